// The line one writes in.

import { act } from "./api.js";
import { choices } from "./choices.js";
import { $ } from "./dom.js";
import { files } from "./files.js";
import { author, brief } from "./message.js";
import { doing } from "./notices.js";
import { chinese, store, watch } from "./store.js";

const TALLEST = 160;

export function composer() {
  const input = $("input");
  const drafts = new Map();
  let place = null;
  let answered = null;
  let sending = false;

  function write(text) {
    input.value = text;
    input.focus({ preventScroll: true });
    changed();
  }

  function changed() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight + 2, TALLEST)}px`;
    menu.follow();
  }

  function reply(message) {
    answered = message;
    $("reply").hidden = !message;
    if (!message) return;
    $("reply-text").textContent = `${author(message)}: ${brief(message)}`;
    input.focus({ preventScroll: true });
  }

  async function send(text) {
    if (!text.trim() || sending) return false;
    sending = true;
    const said = { person: store.person, chat: store.chat, text };
    if (answered) said.reply_to = answered.message_id;
    const done = await doing(act("send", said));
    sending = false;
    if (!done) return false;
    reply(null);
    if (input.value === text) write("");
    return true;
  }

  // Each person keeps a line of one's own in each chat.
  function open() {
    const now = `${store.person} ${store.chat}`;
    input.placeholder = chinese() ? "发消息…" : "Message";
    if (now === place) return;
    if (place) drafts.set(place, input.value);
    place = now;
    input.value = drafts.get(now) || "";
    reply(null);
    changed();
  }

  const menu = choices({ write, send });
  const chosen = files({ write });
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    send(input.value);
  });
  input.addEventListener("input", changed);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send(input.value);
    } else if (event.key === "Escape" && answered) {
      event.stopPropagation();
      reply(null);
    }
  });
  $("reply-close").addEventListener("click", () => reply(null));
  watch("open", open);
  watch("delete", ({ data }) => answered?.message_id === data.message_id && reply(null));
  return { send, write, reply, chooseFile: chosen.choose };
}
