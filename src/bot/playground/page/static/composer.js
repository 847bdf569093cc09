// The line one writes in: texts, the command menu, inline results, files.

import { act, upload } from "./api.js";
import { size } from "./message.js";

const FILE_LIMIT = 50 * 1024 * 1024;
const PAUSE_BEFORE_ASKING = 300;
const $ = (id) => document.getElementById(id);

export function composer(now) {
  const input = $("input");
  const panel = $("panel");
  let asking = 0;

  function problem(text) {
    $("problem").textContent = text;
    $("problem").hidden = !text;
  }

  async function doing(promise) {
    problem("");
    try {
      return await promise;
    } catch (error) {
      problem(error.message);
      return null;
    }
  }

  function write(text) {
    input.value = text;
    input.focus();
    changed();
  }

  async function send(text) {
    if (!text.trim()) return;
    const done = await doing(act("send", { chat: now.chat().id, text }));
    if (done && input.value === text) write("");
  }

  async function attach(file) {
    if (!file) return;
    if (file.size > FILE_LIMIT) {
      problem(`Files may have up to 50 MB; ${file.name} has ${size(file.size)}.`);
      return;
    }
    if (!file.size) {
      problem(`${file.name} is empty.`);
      return;
    }
    now.toast(`Sending ${file.name}…`);
    const caption = input.value;
    const done = await doing(upload(now.chat().id, file, caption));
    now.toast("");
    if (done && input.value === caption) write("");
  }

  function show(items) {
    panel.replaceChildren(...items);
    panel.hidden = !items.length;
  }

  function choice(title, description, press) {
    const node = document.createElement("button");
    node.type = "button";
    node.className = "choice";
    const name = document.createElement("strong");
    name.textContent = title;
    const more = document.createElement("span");
    more.textContent = description;
    node.append(name, more);
    node.addEventListener("click", press);
    return node;
  }

  function showCommands(start) {
    const fitting = now.chat().commands.filter((c) => `/${c.command}`.startsWith(start));
    const pick = (name) => {
      write("");
      send(`/${name}`);
    };
    show(fitting.map((c) => choice(`/${c.command}`, c.description, () => pick(c.command))));
  }

  async function showResults(text, query) {
    const answer = await doing(act("inline", { query }));
    if (!answer || input.value !== text) return;
    const pick = async (result) => {
      const chosen = { chat: now.chat().id, id: answer.id, result: result.id, query };
      if (await doing(act("choose", chosen))) write("");
    };
    const items = answer.results.map((result) => {
      const said = result.content.text || result.content.caption || "";
      return choice(result.title || said, result.description || said, () => pick(result));
    });
    if (!items.length) items.push(choice("Nothing found", "", () => show([])));
    show(items);
  }

  function changed() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
    clearTimeout(asking);
    const text = input.value;
    const start = `@${now.bot().username} `;
    if (text.startsWith(start)) {
      asking = setTimeout(() => showResults(text, text.slice(start.length)), PAUSE_BEFORE_ASKING);
    } else if (/^\/\S*$/.test(text)) {
      showCommands(text);
    } else {
      show([]);
    }
  }

  function step(by) {
    const choices = [...panel.querySelectorAll(".choice")];
    const at = choices.indexOf(document.activeElement);
    const next = choices[at + by];
    (next || input).focus();
  }

  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    send(input.value);
  });
  input.addEventListener("input", changed);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send(input.value);
    } else if (event.key === "ArrowDown" && !panel.hidden) {
      event.preventDefault();
      step(1);
    }
  });
  panel.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      step(by);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) show([]);
  });
  $("menu").addEventListener("click", () => (panel.hidden ? write("/") : write("")));
  $("file").addEventListener("change", (event) => {
    attach(event.target.files[0]);
    event.target.value = "";
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    attach(event.dataTransfer.files[0]);
  });

  return { send, write, doing };
}
