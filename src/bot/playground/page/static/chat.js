// The messages of the open chat, kept at the end while one reads the end.

import { act } from "./api.js";
import { $, make } from "./dom.js";
import { author, brief, messageItem } from "./message.js";
import { announce } from "./notices.js";
import { here, me, said, store, watch, words } from "./store.js";
import { settle } from "./text.js";

const ACTION_SECONDS = 5;
const NEAR = 80;
const DOING = {
  typing: ["is typing", "正在输入"],
  upload_document: ["is sending a file", "正在发送文件"],
  upload_photo: ["is sending a picture", "正在发送图片"],
};
const BUSY = ["is busy", "正在忙"];

export function startChat(acts, shown) {
  const box = $("scroller");
  let following = true;
  let actionEnds = 0;

  function toEnd() {
    following = true;
    box.scrollTop = box.scrollHeight;
  }

  box.addEventListener("scroll", () => {
    following = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    if (following) $("newer").hidden = true;
  });

  // Pictures load, panels open, tabs appear: who reads the end keeps seeing it.
  const sizes = new ResizeObserver(() => following && toEnd());
  sizes.observe(box);
  sizes.observe($("messages"));

  function read() {
    const newest = said().at(-1)?.message_id || 0;
    if (document.hidden || !store.linked || newest <= (here()?.read || 0)) return;
    here().read = newest;
    const mark = { person: store.person, chat: store.chat, message: newest };
    act("read", mark).catch(() => {});
  }

  function head() {
    const chat = here();
    const name = me().user.first_name;
    $("title").textContent = chat.title;
    $("status").textContent = chat.blocked
      ? words("the bot was removed", "机器人已被移出")
      : chat.kind === "private"
        ? words(`bot · you are ${name}`, `机器人 · 你是${name}`)
        : words(`${chat.members} members · you are ${name}`, `${chat.members} 位成员 · 你是${name}`);
  }

  function idle() {
    clearTimeout(actionEnds);
    $("doing").hidden = true;
  }

  function open() {
    const items = said().map((message) => messageItem(message, me().user, acts));
    $("messages").replaceChildren(...items);
    $("newer").hidden = true;
    settle($("messages"));
    idle();
    head();
    emptiness();
    shown();
    toEnd();
    read();
  }

  function emptiness() {
    $("chat").classList.toggle("is-empty", !said().length);
    $("empty").hidden = said().length > 0;
  }

  function add({ chat, data }) {
    if (chat !== store.chat) return;
    const mine = data.from?.id === store.person;
    const follow = following || mine;
    const item = messageItem(data, me().user, acts);
    item.classList.add("fresh");
    $("messages").append(item);
    settle(item);
    emptiness();
    if (!mine) {
      idle();
      announce(`${author(data)}: ${brief(data)}`);
    }
    shown();
    if (follow) toEnd();
    else if (!acts.opened(data)) $("newer").hidden = false;
    read();
  }

  const item = (id) => $("messages").querySelector(`[data-id="${id}"]`);

  function draw(message) {
    const old = item(message.message_id);
    if (!old) return;
    const focused = old.contains(document.activeElement) && document.activeElement.className;
    const labels = [...old.querySelectorAll(".key")];
    const at = labels.indexOf(document.activeElement);
    const fresh = messageItem(message, me().user, acts);
    old.replaceWith(fresh);
    settle(fresh);
    if (focused) (fresh.querySelectorAll(".key")[at] || box).focus({ preventScroll: true });
    shown();
  }

  function change({ chat, data }) {
    if (chat === store.chat) draw(data);
  }

  function remove({ chat, data }) {
    if (chat !== store.chat) return;
    item(data.message_id)?.remove();
    emptiness();
  }

  function action({ chat, data }) {
    if (chat !== store.chat) return;
    idle();
    const what = `${store.bot.first_name} ${words(...(DOING[data.action] || BUSY))}`;
    $("doing").replaceChildren(
      make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i")),
      make("span", { text: `${what}…` }),
    );
    $("doing").hidden = false;
    if (following) toEnd();
    actionEnds = setTimeout(idle, ACTION_SECONDS * 1000);
  }

  watch("open", open);
  watch("people", head);
  watch("message", add);
  watch("edit", change);
  watch("delete", remove);
  watch("action", action);
  document.addEventListener("visibilitychange", read);
  $("newer").addEventListener("click", toEnd);
  return { redraw: (message) => item(message.message_id) && draw(message), item };
}
