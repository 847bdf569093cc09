// Tabs for the people one can be, and the chats of the one chosen.

import { $, button, make } from "./dom.js";
import { become, chats, me, store, unread, watch } from "./store.js";

const face = (name) => [...(name || "?")][0];

function badge(count) {
  if (!count) return null;
  const label = `${count} unread`;
  return make("span", { class: "badge", "aria-label": label, role: "img", text: count });
}

function personTab(one) {
  const chosen = one.user.id === store.person;
  const count = one.chats.reduce((sum, chat) => sum + unread(one, chat), 0);
  const tab = button({
    class: "person",
    role: "tab",
    id: `person-${one.user.id}`,
    "aria-selected": String(chosen),
    "aria-controls": "chat",
    tabindex: chosen ? 0 : -1,
    "data-tone": store.people.indexOf(one) % 3,
    onclick: () => become(one.user.id),
  });
  tab.append(
    make("span", { class: "face", "aria-hidden": "true", text: face(one.user.first_name) }),
    make(
      "span",
      { class: "who" },
      make("span", { class: "name", dir: "auto", text: one.user.first_name }),
      make("span", { class: "role", text: one.role }),
    ),
  );
  const mark = badge(count);
  if (mark) tab.append(mark);
  return tab;
}

function chatButton(chat) {
  const current = chat.id === store.chat;
  const node = button({
    class: "place",
    "aria-current": current ? "true" : undefined,
    onclick: () => become(store.person, chat.id),
  });
  node.append(make("span", { class: "name", dir: "auto", text: chat.title }));
  const mark = badge(unread(me(), chat));
  if (mark) node.append(mark);
  return node;
}

// Drawn anew at every change; who had the focus keeps it.
function redraw(box, nodes) {
  const focused = [...box.children].indexOf(document.activeElement);
  box.replaceChildren(...nodes);
  if (focused >= 0) box.children[focused]?.focus();
}

function draw() {
  if (!me()) return;
  redraw($("people"), store.people.map(personTab));
  redraw($("chats"), chats().map(chatButton));
  $("chats").hidden = chats().length < 2;
  $("chat").setAttribute("aria-labelledby", `person-${store.person}`);
}

function step(event) {
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const count = store.people.length;
  const at = store.people.findIndex((one) => one.user.id === store.person);
  const to = { Home: 0, End: count - 1 }[event.key] ?? (by ? (at + by + count) % count : -1);
  if (to < 0) return;
  event.preventDefault();
  become(store.people[to].user.id);
  $("people").children[to].focus();
}

export function startPeople() {
  watch("open people message delete", draw);
  $("people").addEventListener("keydown", step);
}
