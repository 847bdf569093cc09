// The whole text as a page of paper, with the quoted sentences marked.

import { make } from "./dom.js";
import { lines } from "./original.js";

const TAGS = { title: "h3", heading: "h4", under: "h5", text: "p" };

// `ranges`: [{start, end, index}], in the order of the text and apart from each other.
export function paper(text, ranges) {
  const whole = document.createDocumentFragment();
  for (const { start, end, kind } of lines(text)) {
    if (kind === "blank") continue;
    const node = make(TAGS[kind], { dir: "auto" });
    fill(node, text, start, end, ranges);
    whole.append(node);
  }
  return whole;
}

function fill(node, text, start, end, ranges) {
  let at = start;
  for (const range of ranges) {
    const from = Math.max(range.start, at);
    const to = Math.min(range.end, end);
    if (from >= to) continue;
    node.append(text.slice(at, from));
    node.append(make("mark", { "data-quote": range.index, text: text.slice(from, to) }));
    at = to;
  }
  node.append(text.slice(at, end));
}

// Ticks beside the text: where in the whole the sentences stand.
export function ticks(box, content) {
  const height = content.scrollHeight || 1;
  const first = new Map();
  for (const mark of content.querySelectorAll("mark")) {
    if (!first.has(mark.dataset.quote)) first.set(mark.dataset.quote, mark);
  }
  box.replaceChildren(
    ...[...first].map(([index, mark]) => {
      const tick = make("span", { class: "tick", "data-quote": index });
      tick.style.top = `${(100 * mark.offsetTop) / height}%`;
      return tick;
    }),
  );
}
