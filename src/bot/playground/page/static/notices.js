// What the page says beside the chat: toasts, alerts, problems, and how the line is.

import { $ } from "./dom.js";
import { store, watch } from "./store.js";

const TOAST_SECONDS = 5;
const QUIET_SECONDS = 1.5;
const AWAY = "The playground is away. This page comes back by itself.";
const ASLEEP = "The bot is not running just now. What you write waits for it.";
let toastEnds = 0;
let quiet = 0;

export function toast(text) {
  clearTimeout(toastEnds);
  $("toast").textContent = text || "";
  if (text) toastEnds = setTimeout(() => toast(""), TOAST_SECONDS * 1000);
}

export function alert(text) {
  $("alert-text").textContent = text;
  $("alert").showModal();
}

export function problem(text) {
  $("problem-text").textContent = text;
  $("problem").hidden = !text;
}

// For those who hear the page rather than see it.
export function announce(text) {
  $("announce").textContent = text;
}

// Does what was asked; a refusal is shown as one line, and null comes back.
export async function doing(promise) {
  problem("");
  try {
    return await promise;
  } catch (error) {
    problem(error.message);
    return null;
  }
}

function line() {
  const text = !store.linked ? AWAY : store.awake ? "" : ASLEEP;
  clearTimeout(quiet);
  const show = () => {
    if ($("notice").textContent !== text) $("notice").textContent = text;
    $("notice").hidden = !text;
  };
  // A reload or a bot that is just starting is no news.
  if (text) quiet = setTimeout(show, QUIET_SECONDS * 1000);
  else show();
}

export function startNotices() {
  watch("all presence", line);
  watch("all", () => problem(""));
  watch("person", () => {
    toast("");
    problem("");
  });
  $("problem-close").addEventListener("click", () => problem(""));
}
