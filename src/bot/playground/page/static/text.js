// Text and entities (UTF-16 offsets, as JavaScript counts) become DOM nodes. Foreign text only
// ever enters through textContent.

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SAFE = new Set(["http:", "https:", "mailto:"]);

import { button, make } from "./dom.js";
import { words } from "./store.js";

export function formatted(text, entities, press) {
  const whole = make("div", { class: "text", dir: "auto" });
  fill(whole, text, 0, text.length, sorted(entities), press);
  return whole;
}

function sorted(entities) {
  return [...(entities || [])].sort(
    (a, b) => a.offset - b.offset || b.length - a.length || (BLOCKS.has(b.type) ? 1 : -1),
  );
}

function fill(parent, text, start, end, entities, press) {
  let at = start;
  let rest = entities;
  while (rest.length) {
    const [first, ...others] = rest;
    const from = Math.max(first.offset, at);
    const to = Math.min(first.offset + first.length, end);
    rest = others;
    if (from >= to) continue;
    plain(parent, text.slice(at, from), BLOCKS.has(first.type));
    const inner = others.filter((entity) => entity.offset < to);
    rest = others.filter((entity) => entity.offset + entity.length > to);
    const node = element(first, text.slice(from, to), press);
    fill(node.inside || node, text, from, to, inner, press);
    parent.append(node);
    at = to;
  }
  plain(parent, text.slice(at, end), false);
}

// A line break beside a block is the block's own.
function plain(parent, piece, beforeBlock) {
  const last = parent.lastElementChild;
  if (last && last === parent.lastChild && last.dataset.block && piece.startsWith("\n")) {
    piece = piece.slice(1);
  }
  if (beforeBlock && piece.endsWith("\n")) piece = piece.slice(0, -1);
  if (piece) parent.append(document.createTextNode(piece));
}

function element(entity, content, press) {
  if (entity.type === "spoiler") return spoiler();
  if (entity.type === "text_link") return link(entity.url);
  if (entity.type === "url") return link(/^[a-z]+:/i.test(content) ? content : `http://${content}`);
  if (entity.type === "email") return link(`mailto:${content}`);
  if (entity.type === "bot_command") return command(content, press);
  const node = document.createElement(TAGS[entity.type] || "span");
  if (BLOCKS.has(entity.type)) node.dataset.block = "1";
  if (entity.type === "expandable_blockquote") expandable(node);
  return node;
}

function link(address) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    url = null;
  }
  if (!url || !SAFE.has(url.protocol)) return make("span");
  return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" });
}

const command = (content, press) => button({ class: "command", onclick: () => press(content) });

function spoiler() {
  const inside = make("span", { "aria-hidden": "true" });
  const label = "Hidden text: press to show";
  const node = make("span", { class: "spoiler", tabindex: 0, role: "button", "aria-label": label });
  node.append(inside);
  node.inside = inside;
  const show = (event) => {
    if (node.classList.contains("shown")) return;
    event.preventDefault();
    event.stopPropagation();
    node.classList.add("shown");
    node.removeAttribute("role");
    node.removeAttribute("tabindex");
    node.removeAttribute("aria-label");
    inside.removeAttribute("aria-hidden");
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") show(event);
  });
  return node;
}

function expandable(node) {
  const inside = make("div");
  const more = button({ class: "more", text: words("Show more", "展开"), "aria-expanded": "false" });
  const turn = () => {
    const open = node.classList.toggle("open");
    more.textContent = open ? words("Show less", "收起") : words("Show more", "展开");
    more.setAttribute("aria-expanded", String(open));
  };
  more.addEventListener("click", turn);
  node.classList.add("expandable");
  node.append(inside, more);
  node.inside = inside;
}

// Only quotes that are really cut need their button; known once they are laid out.
export function settle(root) {
  for (const quote of root.querySelectorAll("blockquote.expandable:not(.open)")) {
    const inside = quote.firstElementChild;
    quote.classList.toggle("short", inside.scrollHeight <= inside.clientHeight + 2);
  }
}
