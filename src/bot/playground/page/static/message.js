// One message as a list item: who, what, attached files, buttons, time.

import { formatted } from "./text.js";

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

export function messageItem(message, me, acts) {
  const item = make("li", "message");
  item.dataset.id = message.message_id;
  const service = serviceLine(message);
  if (service) {
    item.classList.add("service");
    item.append(make("p", "", service));
    return item;
  }
  const mine = message.from?.id === me.id && !message.sender_chat;
  item.classList.toggle("mine", mine);
  const bubble = make("div", "bubble");
  if (!mine && message.chat.type !== "private") {
    bubble.append(make("p", "author", author(message)));
  }
  bubble.append(...about(message), ...attached(message));
  const text = message.text ?? message.caption;
  const entities = message.entities || message.caption_entities;
  if (text) bubble.append(formatted(text, entities, acts.command));
  bubble.append(foot(message));
  item.append(bubble);
  const keyboard = message.reply_markup?.inline_keyboard;
  if (keyboard) item.append(buttons(message, keyboard, acts));
  return item;
}

function author(message) {
  return message.sender_chat?.title || message.from?.first_name || "";
}

function serviceLine(message) {
  if (message.migrate_to_chat_id) return "This group became a supergroup.";
  if (message.migrate_from_chat_id) return "This supergroup was a group before.";
  return "";
}

function about(message) {
  const lines = [];
  const origin = message.forward_origin;
  if (origin) {
    const from = origin.sender_user?.first_name || origin.chat?.title || "somebody";
    lines.push(make("p", "about", `Forwarded from ${from}`));
  }
  if (message.via_bot) lines.push(make("p", "about", `via @${message.via_bot.username}`));
  const answered = message.reply_to_message;
  if (answered) {
    const quote = make("p", "about answered");
    quote.append(make("strong", "", author(answered)), " ");
    quote.append((answered.text || answered.caption || "a file").slice(0, 120));
    lines.push(quote);
  }
  return lines;
}

function attached(message) {
  if (message.photo) {
    const picture = make("img", "photo");
    picture.src = `/page/files/${message.photo.at(-1).file_id}`;
    picture.alt = message.caption || "Picture";
    return [picture];
  }
  if (!message.document) return [];
  const file = make("a", "document");
  file.href = `/page/files/${message.document.file_id}`;
  file.download = message.document.file_name;
  file.append(make("span", "name", message.document.file_name));
  file.append(make("span", "size", size(message.document.file_size)));
  return [file];
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function foot(message) {
  const when = new Date(message.date * 1000);
  const time = make("time", "", when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  time.dateTime = when.toISOString();
  const line = make("p", "foot");
  if (message.edit_date) line.append("edited ");
  line.append(time);
  return line;
}

function buttons(message, keyboard, acts) {
  const rows = make("div", "keyboard");
  for (const row of keyboard) {
    const line = make("div", "row");
    line.append(...row.map((button) => oneButton(message, button, acts)));
    rows.append(line);
  }
  return rows;
}

function oneButton(message, button, acts) {
  if (button.url) {
    const node = make("a", "key", button.text);
    node.href = /^https?:/i.test(button.url) ? button.url : "#";
    node.target = "_blank";
    node.rel = "noopener noreferrer";
    node.append(make("span", "corner", "↗"));
    return node;
  }
  const node = make("button", "key", button.text);
  node.type = "button";
  node.addEventListener("click", () => acts.button(message, button, node));
  return node;
}
