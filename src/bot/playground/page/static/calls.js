// The Bot API calls as they happen, for those who want to see the wire.

import { $, button, make, recall, remember, tab } from "./dom.js";
import { store, watch } from "./store.js";

const SHOWN = 100;

function line(call) {
  const failed = call.status >= 400;
  const head = make(
    "summary",
    {},
    make("span", { class: "method", text: call.method }),
    make("span", { class: failed ? "code bad" : "code", text: call.status }),
    make("span", { class: "spent", text: `${call.ms < 10 ? call.ms.toFixed(1) : Math.round(call.ms)} ms` }),
    make("span", { class: "brief", dir: "auto", text: call.description || brief(call.params) }),
  );
  const values = Object.entries(call.params).map(([name, value]) =>
    make("div", {}, make("dt", { text: name }), make("dd", { dir: "auto", text: value })),
  );
  return make("li", {}, make("details", {}, head, make("dl", {}, ...values)));
}

const brief = (params) =>
  Object.entries(params)
    .map(([name, value]) => `${name}: ${value}`)
    .join("  ")
    .slice(0, 240);

export function startCalls() {
  const list = $("calls-list");
  const box = $("calls");

  function add(call) {
    if (box.hidden) return;
    const end = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(line(call));
    while (list.children.length > SHOWN) list.firstElementChild.remove();
    if (end) list.scrollTop = list.scrollHeight;
  }

  function draw() {
    if (box.hidden) return;
    list.replaceChildren(...store.calls.map(line));
    list.scrollTop = list.scrollHeight;
  }

  function turn(open) {
    box.hidden = !open;
    $("calls-toggle").setAttribute("aria-expanded", String(open));
    remember(tab, "calls", open ? "1" : "");
    draw();
  }

  $("calls-toggle").addEventListener("click", () => turn(box.hidden));
  box.querySelector(".title").append(
    button({ class: "round small", "aria-label": "Close the list of calls", onclick: () => {
      turn(false);
      $("calls-toggle").focus();
    } }, make("span", { "aria-hidden": "true", text: "×" })),
  );
  watch("call", add);
  watch("all", draw);
  turn(recall(tab, "calls") === "1");
}
