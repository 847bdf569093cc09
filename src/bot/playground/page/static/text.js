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

export function formatted(text, entities, press) {
  const whole = document.createElement("div");
  whole.className = "text";
  whole.dir = "auto";
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
  if (!url || !SAFE.has(url.protocol)) return document.createElement("span");
  const node = document.createElement("a");
  node.href = url.href;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  return node;
}

function command(content, press) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = "command";
  node.addEventListener("click", () => press(content));
  return node;
}

function spoiler() {
  const node = document.createElement("span");
  node.className = "spoiler";
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", "Hidden text: press to show");
  const inside = document.createElement("span");
  inside.setAttribute("aria-hidden", "true");
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
  node.addEventListener("click", show, true);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") show(event);
  });
  return node;
}

function expandable(node) {
  node.className = "expandable";
  const inside = document.createElement("div");
  const more = document.createElement("button");
  more.type = "button";
  more.className = "more";
  more.textContent = "Show more";
  more.setAttribute("aria-expanded", "false");
  more.addEventListener("click", () => {
    const open = node.classList.toggle("open");
    more.textContent = open ? "Show less" : "Show more";
    more.setAttribute("aria-expanded", String(open));
  });
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
