// What opens under the line one writes in: the command menu and inline results.

import { act, fileAddress } from "./api.js";
import { $, button, make } from "./dom.js";
import { doing } from "./notices.js";
import { here, store, words } from "./store.js";

const PAUSE_BEFORE_ASKING = 300;

export function choices({ write, send }) {
  const input = $("input");
  const panel = $("panel");
  let asking = 0;

  const all = () => [...panel.querySelectorAll(".choice")];

  function show(items, label) {
    panel.replaceChildren(...items);
    panel.hidden = !items.length;
    panel.setAttribute("aria-label", label || "Choices");
    $("menu").setAttribute("aria-expanded", String(!panel.hidden && label === "Commands"));
    panel.scrollTop = 0;
  }

  function choice(title, description, onclick, picture) {
    const node = button({ class: "choice", onclick });
    if (picture) node.append(make("img", { src: fileAddress(picture), alt: "" }));
    node.append(make("strong", { dir: "auto", text: title }));
    node.append(make("span", { dir: "auto", text: description }));
    return node;
  }

  function commands(start) {
    const fitting = here().commands.filter((c) => `/${c.command}`.startsWith(start));
    // In a group a command says whom it means.
    const to = here().kind === "private" ? "" : `@${store.bot.username}`;
    const pick = (name) => {
      write("");
      send(`/${name}${to}`);
    };
    const items = fitting.map((c) =>
      choice(`/${c.command}`, c.description, () => pick(c.command)),
    );
    show(items, "Commands");
  }

  async function results(text, query) {
    const answer = await doing(act("inline", { person: store.person, query }));
    if (!answer || input.value !== text) return;
    const pick = async (result) => {
      const place = { person: store.person, chat: store.chat };
      const chosen = { ...place, id: answer.id, result: result.id, query };
      if (await doing(act("choose", chosen))) write("");
    };
    const items = answer.results.map((result) => {
      const said = result.content.text || result.content.caption || "";
      const picture = result.content.photo?.at(-1).file_id;
      return choice(result.title || said, result.description || said, () => pick(result), picture);
    });
    if (!items.length) {
      const text = answer.late
        ? words("The bot has not answered yet.", "机器人还没有回答。")
        : words("Nothing found.", "没有找到。");
      items.push(make("p", { class: "nothing", text }));
    }
    show(items, "Results");
  }

  function follow() {
    clearTimeout(asking);
    const text = input.value;
    const start = `@${store.bot.username} `;
    if (text.startsWith(start)) {
      asking = setTimeout(() => results(text, text.slice(start.length)), PAUSE_BEFORE_ASKING);
    } else if (/^\/\S*$/.test(text) && here()) {
      commands(text);
    } else {
      show([]);
    }
  }

  function step(event) {
    const found = all();
    const at = found.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: found.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    (to < 0 ? input : found[Math.min(to, found.length - 1)]).focus();
  }

  input.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || panel.hidden || !all().length) return;
    event.preventDefault();
    all()[0].focus();
  });
  panel.addEventListener("keydown", step);
  $("composer").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    show([]);
    input.focus();
  });
  // Not before the click: what is pressed would move away from under the finger. It is closed first
  // of all then, because what is pressed may open it anew.
  const leave = (event) => event.target.closest("#composer") || show([]);
  document.addEventListener("click", leave, { capture: true });
  $("menu").addEventListener("click", () => (panel.hidden ? write("/") : write("")));
  return { follow };
}
