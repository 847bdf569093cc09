// One message as a list item: who, what, attached files, buttons, time.

import { fileAddress } from "./api.js";
import { button, bytes, make } from "./dom.js";
import { store, words } from "./store.js";
import { wireSummary } from "./summary.js";
import { formatted } from "./text.js";

const WEB = /^https?:/i;

export function messageItem(message, person, acts) {
  const item = make("li", { class: "message", "data-id": message.message_id });
  const service = serviceLine(message);
  if (service) {
    item.classList.add("service");
    item.append(make("p", { text: service }));
    return item;
  }
  if (acts.opened(message)) return openedItem(item, message, acts);
  const mine = message.from?.id === person.id && !message.sender_chat;
  item.classList.toggle("mine", mine);
  const bubble = make("div", { class: "bubble" });
  if (mine) bubble.append(make("span", { class: "hidden-text", text: "You: " }));
  else if (message.chat.type !== "private") bubble.append(authorLine(message));
  bubble.append(...about(message), ...attached(message));
  const text = message.text ?? message.caption;
  const entities = message.entities || message.caption_entities;
  if (text) bubble.append(formatted(text, entities, acts.command));
  bubble.append(foot(message, acts));
  item.append(bubble);
  if (text) wireSummary(item, message, acts);
  const keyboard = message.reply_markup?.inline_keyboard;
  if (keyboard) item.append(buttons(message, keyboard, acts));
  return item;
}

export function author(message) {
  return message.sender_chat?.title || message.from?.first_name || "";
}

function authorLine(message) {
  const bot = message.from?.id === store.bot.id;
  return make("p", { class: bot ? "author" : "author other", dir: "auto", text: author(message) });
}

function serviceLine(message) {
  if (message.migrate_to_chat_id) {
    return words("This group became a supergroup.", "本群已升级为超级群组。");
  }
  if (message.migrate_from_chat_id) {
    return words("This supergroup was a group before.", "本超级群组由普通群组升级而来。");
  }
  return "";
}

// The document that the page asked for itself, to show it beside the chat.
function openedItem(item, message, acts) {
  const name = message.document.file_name;
  item.classList.add("service", "opened");
  item.append(
    make(
      "p",
      {},
      words("Full text opened beside the chat · ", "全文已在旁边打开 · "),
      button({ class: "link", text: words("show", "查看"), onclick: () => acts.show(message) }),
      " · ",
      make("a", {
        href: fileAddress(message.document.file_id),
        download: name,
        text: words("save", "保存"),
      }),
    ),
  );
  return item;
}

function about(message) {
  const found = [];
  const origin = message.forward_origin;
  if (origin) {
    const from = origin.sender_user?.first_name || origin.chat?.title || "somebody";
    found.push(make("p", { class: "about", dir: "auto", text: words(`Forwarded from ${from}`, `转发自 ${from}`) }));
  }
  if (message.via_bot) {
    found.push(make("p", { class: "about", text: `via @${message.via_bot.username}` }));
  }
  const answered = message.reply_to_message;
  if (answered) {
    const quote = make("p", { class: "about answered", dir: "auto" });
    quote.append(make("strong", { text: author(answered) }), " ", brief(answered));
    found.push(quote);
  }
  return found;
}

export function brief(message) {
  const file = message.document?.file_name || (message.photo ? "a picture" : "a file");
  return (message.text || message.caption || file).slice(0, 120);
}

function attached(message) {
  if (message.photo) {
    const largest = message.photo.at(-1);
    const source = fileAddress(largest.file_id);
    const alt = message.caption || "Picture";
    const { width, height } = largest;
    const picture = make("img", { class: "photo", src: source, alt, width, height });
    return [make("a", { href: source, target: "_blank", rel: "noopener" }, picture)];
  }
  if (!message.document) return [];
  const { file_id: id, file_name: name, file_size: size } = message.document;
  const kind = (name.match(/\.([\p{L}\d]{1,5})$/u)?.[1] || "file").toUpperCase();
  return [
    make(
      "a",
      { class: "document", href: fileAddress(id), download: name },
      make("span", { class: "kind", "aria-hidden": "true", text: kind }),
      make("span", { class: "name", dir: "auto", text: name }),
      make("span", { class: "size", text: bytes(size) }),
    ),
  ];
}

function foot(message, acts) {
  const when = new Date(message.date * 1000);
  const shown = when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const line = make("p", { class: "foot" });
  const whom = author(message);
  const label = words(`Reply to ${whom || "this"}`, `回复 ${whom || "这条消息"}`);
  const onclick = () => acts.reply(message);
  line.append(button({ class: "answer", text: words("Reply", "回复"), "aria-label": label, onclick }));
  if (message.edit_date) line.append(make("span", { text: words("edited", "已编辑") }));
  line.append(make("time", { datetime: when.toISOString(), text: shown }));
  return line;
}

function buttons(message, keyboard, acts) {
  const rows = make("div", { class: "keyboard", role: "group", "aria-label": "Buttons" });
  for (const row of keyboard) {
    const line = make("div", { class: "row" });
    line.append(...row.map((one) => oneButton(message, one, acts)));
    rows.append(line);
  }
  return rows;
}

function oneButton(message, one, acts) {
  if (one.url) {
    const href = WEB.test(one.url) ? one.url : undefined;
    const node = make("a", { class: "key", href, target: "_blank", rel: "noopener noreferrer" });
    node.append(make("span", { dir: "auto", text: one.text }));
    node.append(make("span", { class: "corner", "aria-hidden": "true", text: "↗" }));
    return node;
  }
  const node = button({ class: "key", onclick: () => acts.button(message, one, node) });
  node.append(make("span", { dir: "auto", text: one.text }));
  return node;
}
