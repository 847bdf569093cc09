// The whole text of a summary: the page presses the "Full text" button once, as a person would,
// and keeps the document. No other door leads to it.

import { act, fileText } from "./api.js";
import { browser, recall, remember } from "./dom.js";
import { places } from "./original.js";
import { said, store, watch } from "./store.js";
import { quotesOf, textButton } from "./summary.js";

const PATIENCE = 15_000;
const KEPT_NAMES = 200;
const NOT_SENT = "The bot did not send the whole text. Try again in a moment.";
const originals = new Map();
const under_way = new Map();
const expected = [];

const ids = () => (recall(browser, "opened") || "").split(" ").filter(Boolean);

// Whether this document was asked for by the page itself.
export const wasOpened = (message) =>
  Boolean(message.document) && ids().includes(String(message.message_id));

function isText(message) {
  const { mime_type: kind = "", file_name: name = "" } = message.document || {};
  return Boolean(message.from?.is_bot) && (kind === "text/plain" || name.endsWith(".txt"));
}

const belongs = (message, summary) =>
  isText(message) && (!message.caption || (summary.text || "").includes(message.caption.trim()));

// Registered before the chat draws, so that the document is never shown at full size.
function claim({ chat, data }) {
  const at = expected.findIndex((one) => one.chat === chat && belongs(data, one.summary));
  if (at < 0) return;
  const [one] = expected.splice(at, 1);
  const known = [...ids(), String(data.message_id)].slice(-KEPT_NAMES);
  remember(browser, "opened", known.join(" "));
  one.resolve(data);
}

function press(summary, data) {
  const chat = summary.chat.id;
  return new Promise((resolve, reject) => {
    const wish = { chat, summary, resolve };
    const give_up = (text) => {
      const at = expected.indexOf(wish);
      if (at >= 0) expected.splice(at, 1);
      reject(new Error(text));
    };
    expected.push(wish);
    const said = { person: store.person, chat, message: summary.message_id, data };
    act("press", said).then(
      (answer) => setTimeout(give_up, PATIENCE, answer.text || NOT_SENT),
      (error) => give_up(error.message),
    );
  });
}

const holds = (text, sentences) =>
  sentences.every(({ sentence }) => places(text, sentence).length);

// A document that already lies in the chat will do, when it holds the sentences.
async function lying(summary, sentences) {
  const found = said(summary.chat.id).filter((message) => belongs(message, summary));
  for (const message of found.reverse()) {
    const text = await fileText(message.document.file_id).catch(() => "");
    if (holds(text, sentences)) return text;
  }
  return "";
}

async function bring(summary, data) {
  const text = await lying(summary, quotesOf(summary));
  if (text) return text;
  const message = await press(summary, data);
  return fileText(message.document.file_id);
}

// A report may have been changed since its text was kept: then it is asked for once more.
export async function originalOf(summary) {
  const data = textButton(summary).callback_data;
  const asked = `${summary.chat.id} ${summary.message_id} ${summary.edit_date || ""}`;
  const kept = originals.get(data);
  if (kept && (kept.asked === asked || holds(kept.text, quotesOf(summary)))) return kept.text;
  if (!under_way.has(data)) under_way.set(data, bring(summary, data));
  try {
    const text = await under_way.get(data);
    originals.set(data, { text, asked });
    return text;
  } finally {
    under_way.delete(data);
  }
}

// The summary that a document belongs to, if it is still in the chat.
export function summaryOf(message) {
  const fits = (one) => one.from?.is_bot && textButton(one) && belongs(message, one);
  return said(message.chat.id).findLast(fits) || null;
}

export function startFetching() {
  watch("message", claim);
}
