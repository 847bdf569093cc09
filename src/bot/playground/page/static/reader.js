// The original beside the chat (a sheet on a phone): the tapped sentence is lit, the other
// quoted ones are marked faintly.

import { $, calm } from "./dom.js";
import { originalOf, startFetching, summaryOf, wasOpened } from "./fetching.js";
import { announce, problem, toast } from "./notices.js";
import { headingAbove, locate } from "./original.js";
import { paper, ticks } from "./paper.js";
import { here, store, watch } from "./store.js";
import { quotesOf, textButton } from "./summary.js";

const wide = matchMedia("(min-width: 1000px)");
const LOST = "This sentence was not found word for word in the text.";
let now = null;

const box = () => $("reader");
const ordered = () => now.ranges.map((range) => range.index);

export async function light(message, index) {
  const waiting = { message, index, chat: store.chat };
  if (!now || now.message.message_id !== message.message_id) {
    now = { ...waiting, text: "", quotes: quotesOf(message), ranges: [] };
    $("paper").replaceChildren();
    $("ticks").replaceChildren();
    $("where").textContent = "Asking the bot for the whole text…";
    $("count").textContent = "";
  }
  now.index = index;
  uncover();
  paint();
  if (now.text) {
    activate(index);
    return;
  }
  try {
    const text = await originalOf(message);
    if (now?.message.message_id === message.message_id) lay(text);
  } catch (error) {
    if (now?.message.message_id !== message.message_id) return;
    close();
    problem(error.message);
  }
}

function lay(text) {
  now.text = text;
  const found = now.quotes.map(({ sentence, section }, index) => {
    const place = locate(text, sentence, section);
    return place && { start: place[0], end: place[1], index };
  });
  now.ranges = found.filter(Boolean).sort((a, b) => a.start - b.start);
  $("paper").replaceChildren(paper(text, now.ranges));
  ticks($("ticks"), $("paper"));
  activate(now.index);
}

const where = (index, range) =>
  now.quotes[index].section || headingAbove(now.text, range.start) || "At the beginning";

function activate(index) {
  now.index = index;
  const order = ordered();
  const at = order.indexOf(index);
  $("count").textContent = at < 0 ? "" : `${at + 1} of ${order.length}`;
  $("where").textContent = at < 0 ? LOST : where(index, now.ranges[at]);
  for (const [id, off] of [["before", at <= 0], ["after", at < 0 || at === order.length - 1]]) {
    $(id).setAttribute("aria-disabled", String(off));
  }
  paint();
  reveal(index);
  const spoken = `Sentence ${at + 1} of ${order.length} in the original. ${$("where").textContent}`;
  announce(at < 0 ? LOST : spoken);
}

function reveal(index) {
  const mark = $("paper").querySelector(`mark[data-quote="${index}"]`);
  if (!mark) return;
  const pane = $("pane");
  const above = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  const top = pane.scrollTop + above - pane.clientHeight * 0.3;
  pane.scrollTo({ top, behavior: calm() ? "instant" : "smooth" });
}

// The same sentence is lit on paper, on the ruler and in the chat.
function paint() {
  document.querySelectorAll(".lit").forEach((node) => node.classList.remove("lit"));
  document.querySelectorAll(".see[aria-pressed=true]").forEach((see) => {
    see.setAttribute("aria-pressed", "false");
  });
  if (!now || box().hidden) return;
  const item = $("messages").querySelector(`[data-id="${now.message.message_id}"]`);
  const selector = `[data-quote="${now.index}"]`;
  for (const place of [$("paper"), $("ticks"), item]) {
    place?.querySelectorAll(selector).forEach((node) => node.classList.add("lit"));
  }
  item?.querySelector(`${selector} .see`)?.setAttribute("aria-pressed", "true");
}

function step(by) {
  const order = ordered();
  const next = order[order.indexOf(now.index) + by];
  if (next !== undefined) activate(next);
}

function uncover() {
  toast("");
  const opening = box().hidden;
  box().hidden = false;
  $("frame").classList.add("reading");
  cover();
  if (opening && !wide.matches) $("reader-title").focus();
}

// On a phone the sheet covers the chat: nothing below it can be reached.
function cover() {
  const sheet = !wide.matches && !box().hidden;
  for (const one of document.querySelectorAll(".bar, .rail, #chat")) one.inert = sheet;
  $("veil").hidden = !sheet;
  box().setAttribute("role", sheet ? "dialog" : "complementary");
  if (sheet) box().setAttribute("aria-modal", "true");
  else box().removeAttribute("aria-modal");
}

export function close() {
  if (box().hidden) return;
  const quote = now && `[data-id="${now.message.message_id}"] [data-quote="${now.index}"] .see`;
  const inside = box().contains(document.activeElement);
  box().hidden = true;
  now = null;
  $("frame").classList.remove("reading");
  cover();
  paint();
  if (inside) (document.querySelector(quote) || $("input")).focus({ preventScroll: true });
}

function edited({ data }) {
  if (!now || data.message_id !== now.message.message_id) return;
  if (!textButton(data) || !quotesOf(data).length) {
    close();
    return;
  }
  const before = now.quotes[now.index]?.sentence;
  now.message = data;
  now.quotes = quotesOf(data);
  now.index = Math.max(0, now.quotes.findIndex((quote) => quote.sentence === before));
  if (now.text) lay(now.text);
}

function moved() {
  if (now && (now.chat !== store.chat || !here())) close();
  else paint();
}

export function show(message) {
  const summary = summaryOf(message);
  if (summary) light(summary, now?.message === summary ? now.index : 0);
  else problem("The summary of this text is no longer in the chat.");
}

function keys(event) {
  if (box().hidden || event.ctrlKey || event.metaKey || event.altKey) return;
  const near = event.target.closest?.("#reader, .summary");
  const by = { n: 1, j: 1, ArrowRight: 1, p: -1, k: -1, ArrowLeft: -1 }[event.key];
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    close();
  } else if (near && by && now.text) {
    event.preventDefault();
    step(by);
  }
}

export function startReader() {
  startFetching();
  watch("edit", edited);
  watch("open", moved);
  wide.addEventListener("change", cover);
  document.addEventListener("keydown", keys);
  $("reader-close").addEventListener("click", close);
  $("veil").addEventListener("click", close);
  $("before").addEventListener("click", () => now && step(-1));
  $("after").addEventListener("click", () => now && step(1));
  $("paper").addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark) activate(Number(mark.dataset.quote));
  });
  new ResizeObserver(() => {
    if (!now?.text) return;
    ticks($("ticks"), $("paper"));
    paint();
  }).observe($("paper"));
}

export { paint, wasOpened };
