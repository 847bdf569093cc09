// The page holds no truth of its own: on every (re)connection the server sends everything
// there is, then each change.

import { act, listen } from "./api.js";
import { composer } from "./composer.js";
import { messageItem } from "./message.js";
import { settle } from "./text.js";

const ACTION_SECONDS = 5;
const TOAST_SECONDS = 4;
const ACTIONS = { typing: "typing…", upload_document: "sending a file…", upload_photo: "sending a picture…" };
const $ = (id) => document.getElementById(id);
const world = { me: {}, bot: { username: "" }, chats: [], current: null };
let actionEnds = 0;
let toastEnds = 0;

const chat = () => world.chats.find((c) => c.id === world.current) || { commands: [], messages: [] };
const line = composer({ chat, bot: () => world.bot, toast });
const acts = { command: (text) => line.send(text), button };

function toast(text) {
  clearTimeout(toastEnds);
  $("toast").textContent = text;
  if (text) toastEnds = setTimeout(() => toast(""), TOAST_SECONDS * 1000);
}

function status(text) {
  $("status").textContent = text || (chat().blocked ? "the bot was removed" : "bot, playground");
}

async function button(message, pressed, node) {
  if (pressed.callback_data !== undefined) {
    await callback(message, pressed, node);
  } else if (pressed.copy_text) {
    await navigator.clipboard.writeText(pressed.copy_text.text);
    toast("Copied.");
  } else {
    const query = pressed.switch_inline_query_current_chat ?? pressed.switch_inline_query ?? "";
    line.write(`@${world.bot.username} ${query}`);
  }
}

async function callback(message, pressed, node) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  const said = { chat: message.chat.id, message: message.message_id, data: pressed.callback_data };
  const answer = await line.doing(act("press", said));
  node.removeAttribute("aria-busy");
  if (!answer) return;
  if (answer.url && /^https?:/i.test(answer.url)) window.open(answer.url, "_blank", "noopener");
  if (answer.show_alert && answer.text) {
    $("alert-text").textContent = answer.text;
    $("alert").showModal();
  } else {
    toast(answer.text);
  }
}

let following = true;

function toEnd() {
  following = true;
  $("scroller").scrollTop = $("scroller").scrollHeight;
}

$("scroller").addEventListener("scroll", () => {
  const box = $("scroller");
  following = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
});

// Pictures load, panels open, tabs appear: who reads the end keeps seeing it.
const sizes = new ResizeObserver(() => following && toEnd());
sizes.observe($("scroller"));
sizes.observe($("messages"));

function showChats() {
  $("chats").hidden = world.chats.length < 2;
  $("chats").replaceChildren(
    ...world.chats.map((one) => {
      const tab = document.createElement("button");
      tab.type = "button";
      tab.className = "tab";
      tab.textContent = one.title;
      if (one.id === world.current) tab.setAttribute("aria-current", "true");
      if (one.unread) tab.dataset.unread = one.unread;
      tab.addEventListener("click", () => open(one.id));
      return tab;
    }),
  );
}

function open(id) {
  world.current = id;
  const now = chat();
  now.unread = 0;
  showChats();
  $("title").textContent = now.title;
  $("face").textContent = [...(now.title || "?")][0];
  $("messages").replaceChildren(...now.messages.map((m) => messageItem(m, world.me, acts)));
  $("empty").hidden = now.messages.length > 0;
  settle($("messages"));
  status("");
  toEnd();
}

function add(told) {
  const place = world.chats.find((one) => one.id === told.chat);
  if (!place) return;
  place.messages.push(told.data);
  if (place.id !== world.current) {
    place.unread = (place.unread || 0) + 1;
    showChats();
    return;
  }
  const follow = following || told.data.from?.id === world.me.id;
  const item = messageItem(told.data, world.me, acts);
  $("empty").hidden = true;
  $("messages").append(item);
  settle(item);
  status("");
  if (follow) toEnd();
}

function shown(id) {
  return $("messages").querySelector(`[data-id="${id}"]`);
}

function change(told) {
  const place = world.chats.find((one) => one.id === told.chat);
  const index = place?.messages.findIndex((m) => m.message_id === told.data.message_id) ?? -1;
  if (index < 0) return;
  place.messages[index] = told.data;
  const old = place.id === world.current && shown(told.data.message_id);
  if (!old) return;
  const item = messageItem(told.data, world.me, acts);
  old.replaceWith(item);
  settle(item);
}

function remove(told) {
  const place = world.chats.find((one) => one.id === told.chat);
  if (!place) return;
  place.messages = place.messages.filter((m) => m.message_id !== told.data.message_id);
  if (place.id === world.current) shown(told.data.message_id)?.remove();
}

function action(told) {
  if (told.chat !== world.current) return;
  clearTimeout(actionEnds);
  status(ACTIONS[told.data.action] || "busy…");
  actionEnds = setTimeout(() => status(""), ACTION_SECONDS * 1000);
}

function rebuild(told) {
  Object.assign(world, { me: told.me, bot: told.bot, chats: told.chats });
  document.title = `${told.bot.first_name} playground`;
  const still = told.chats.some((one) => one.id === world.current);
  open(still ? world.current : told.chats[0].id);
}

function reheader(told) {
  const before = new Map(world.chats.map((one) => [one.id, one]));
  world.chats = told.chats.map((head) => {
    const old = before.get(head.id) || {};
    return { ...head, messages: old.messages || [], unread: old.unread || 0 };
  });
  const still = world.chats.some((one) => one.id === world.current);
  if (!still) open(world.chats[0].id);
  showChats();
  status("");
}

const told = { state: rebuild, chats: reheader, message: add, edit: change, delete: remove, action };
$("start").addEventListener("click", () => line.send("/start"));
listen(
  (event) => told[event.type]?.(event),
  () => status("connecting…"),
);
