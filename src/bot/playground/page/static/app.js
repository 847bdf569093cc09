// Puts the parts of the page together.

import { act, listen } from "./api.js";
import { startCalls } from "./calls.js";
import { startChat } from "./chat.js";
import { startChips } from "./chips.js";
import { composer } from "./composer.js";
import { $, browser } from "./dom.js";
import { alert, doing, startNotices, toast } from "./notices.js";
import { startPeople } from "./people.js";
import { light, paint, show, startReader, wasOpened } from "./reader.js";
import { hear, lose, said, store, words } from "./store.js";

const LATE = ["No answer yet. The bot may be busy, or away.", "还没有回答。机器人也许在忙，也许不在。"];
const WEB = /^https?:/i;

async function press(message, pressed, node) {
  if (pressed.callback_data !== undefined) {
    await callback(message, pressed, node);
  } else if (pressed.copy_text) {
    const copied = await doing(copy(pressed.copy_text.text));
    if (copied) toast("Copied.");
  } else {
    const query = pressed.switch_inline_query_current_chat ?? pressed.switch_inline_query ?? "";
    line.write(`@${store.bot.username} ${query}`);
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    throw new Error(`This browser does not copy by itself: ${text}`);
  }
}

async function callback(message, pressed, node) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  const where = { person: store.person, chat: message.chat.id, message: message.message_id };
  const answer = await doing(act("press", { ...where, data: pressed.callback_data }));
  node.removeAttribute("aria-busy");
  if (!answer) return;
  if (answer.url && WEB.test(answer.url)) window.open(answer.url, "_blank", "noopener");
  if (answer.late) toast(words(...LATE));
  else if (answer.show_alert && answer.text) alert(answer.text);
  else toast(answer.text);
}

startNotices();
startPeople();
startReader();
const line = composer();
const chat = startChat(
  {
    command: (text) => line.send(text),
    button: press,
    reply: line.reply,
    light,
    show,
    opened: wasOpened,
  },
  paint,
);
startChips(line);
startCalls();
$("start").addEventListener("click", () => line.send("/start"));
$("start-zh").addEventListener("click", () => line.send("/start"));

// Another tab of this browser opened a text: its document is a small line here too.
addEventListener("storage", (event) => {
  if (event.storageArea !== browser() || event.key !== "quipwire.opened") return;
  for (const message of said().filter(wasOpened)) chat.redraw(message);
});

listen(hear, lose);
