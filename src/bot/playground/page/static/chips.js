// Four things a stranger can press; in an empty chat they are cards that say what happens.

import { act } from "./api.js";
import { $, button, make } from "./dom.js";
import { doing, toast } from "./notices.js";
import { admin, become, chinese, knows, me, store, watch } from "./store.js";

const ENGLISH = {
  joke: ["A joke", "Short, kind, and one more whenever you like."],
  report: ["1,429 words in 3 sentences", "Tap a sentence: it lights up in the original."],
  ask: "/report coffee",
  jump: ["Subscribe, then jump to tomorrow 08:00", "See the brief arrive without waiting."],
  subscribe: ["Subscribe to a daily brief", "One message a day, at your hour."],
  shelve: ["Be the admin, drop a PDF", "It is read, cut down and put on the shelf."],
  read: ["Be the admin, drop a PDF", "It is read and told in three of its own sentences."],
  noDigests: "Comes with digests.",
};
const CHINESE = {
  joke: ["来个笑话", "短小、善意，想听再来一个。"],
  report: ["一篇长报告，三句话", "点一句，原文里的那一句就会亮起。"],
  ask: "/report 1",
  jump: ["订阅，然后跳到明早 08:00", "不必等，马上看到早报送到。"],
  subscribe: ["订阅每日早报", "每天一条，时间由你定。"],
  shelve: ["当一回管理员，放一份 PDF", "读一遍，缩成几句，摆上书架。"],
  read: ["当一回管理员，放一份 PDF", "读一遍，用三句原文讲给你听。"],
  noDigests: "有了早报之后开放。",
};

export function startChips(line) {
  const privately = () => become(store.person, me().chats[0].id);

  function say(text) {
    privately();
    return line.send(text);
  }

  async function subscribe() {
    const done = await say("/subscribe 8:00");
    if (done && store.canJump) await doing(act("jump", { person: store.person }));
  }

  function beAdmin() {
    become(admin().user.id, admin().chats[0].id);
    line.chooseFile();
  }

  const chips = () => {
    const words = chinese() ? CHINESE : ENGLISH;
    const digests = knows(me(), "subscribe") ? "" : words.noDigests;
    const file = knows(admin(), "addreport") ? words.shelve : words.read;
    return [
      { name: "joke", words: words.joke, press: () => say("/joke") },
      { name: "report", words: words.report, press: () => say(words.ask) },
      {
        name: "subscribe",
        words: digests || store.canJump ? words.jump : words.subscribe,
        press: subscribe,
        missing: digests,
      },
      { name: "admin", words: file, press: beAdmin },
    ];
  };

  function chip({ name, words: [label, hint], press, missing }) {
    const node = button({
      class: "chip",
      "data-chip": name,
      "aria-disabled": missing ? "true" : undefined,
      title: missing || undefined,
      onclick: () => (missing ? toast(missing) : press()),
    });
    node.append(make("span", { class: "label", text: label }));
    node.append(make("span", { class: "more", text: missing || hint }));
    return node;
  }

  function draw() {
    if (!me()) return;
    const focused = document.activeElement?.dataset?.chip;
    $("chips").replaceChildren(...chips().map(chip));
    if (focused) $("chips").querySelector(`[data-chip=${focused}]`)?.focus();
    for (const language of document.querySelectorAll("[data-language]")) {
      language.hidden = (language.dataset.language === "zh") !== chinese();
    }
  }

  watch("open people", draw);
}
