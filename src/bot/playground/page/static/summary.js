// A summary is a message of the bot with quotes and a "Full text" button. Each quote is a
// sentence of the whole text; the line under it says where it stands.

import { button, make, recall, remember, browser } from "./dom.js";
import { words } from "./store.js";

const hint = () =>
  words("Tap a quoted sentence: it lights up in the original.", "点一句引文，它就在原文里亮起。");

export function textButton(message) {
  const rows = message.reply_markup?.inline_keyboard || [];
  return rows.flat().find((one) => /^text:\d+$/.test(one.callback_data || "")) || null;
}

// The quotes of a summary in their order: [{sentence, section}].
export function quotesOf(message) {
  const text = message.text ?? message.caption ?? "";
  const quotes = (message.entities || message.caption_entities || [])
    .filter((one) => one.type === "blockquote" || one.type === "expandable_blockquote")
    .sort((a, b) => a.offset - b.offset);
  return quotes.map(({ offset, length }, index) => {
    const between = text.slice(offset + length, quotes[index + 1]?.offset);
    return {
      sentence: text.slice(offset, offset + length).trim(),
      section: between.match(/^\n?([^\n]*)/)[1].trim(),
    };
  });
}

export function wireSummary(item, message, acts) {
  if (!textButton(message) || message.sender_chat || !message.from?.is_bot) return;
  const quotes = [...item.querySelectorAll(".text blockquote")];
  if (!quotes.length) return;
  item.classList.add("summary");
  quotes.forEach((quote, index) => wire(quote, message, index, quotes.length, acts));
  if (!recall(browser, "tapped")) item.append(make("p", { class: "hint", text: hint() }));
}

function wire(quote, message, index, count, acts) {
  const label = `Show sentence ${index + 1} of ${count} in the original`;
  const see = button({ class: "see", "aria-label": label, title: label, "aria-pressed": "false" });
  see.append(make("span", { "aria-hidden": "true", text: "¶" }));
  const tap = (event) => {
    if (getSelection().toString() && event.target !== see && !see.contains(event.target)) return;
    if (event.target.closest("a, .more, .command")) return;
    remember(browser, "tapped", "1");
    document.querySelectorAll(".hint").forEach((hint) => hint.remove());
    see.focus({ preventScroll: true });
    acts.light(message, index);
  };
  quote.classList.add("sentence");
  quote.dataset.quote = index;
  quote.append(see);
  quote.addEventListener("click", tap);
}
