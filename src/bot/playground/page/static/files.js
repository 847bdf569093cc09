// Files from the person: chosen, dropped or pasted.

import { upload } from "./api.js";
import { $, bytes } from "./dom.js";
import { doing, problem, toast } from "./notices.js";
import { here, store } from "./store.js";

const FILE_LIMIT = 50 * 1024 * 1024;
const CAPTION_LIMIT = 1024;
const LONGEST_NAME = 60;

function short(name) {
  const letters = [...name];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME).join("")}…` : name;
}

function refusal(file, caption) {
  if (file.size > FILE_LIMIT) {
    return `Files may have up to 50 MB; ${short(file.name)} has ${bytes(file.size)}.`;
  }
  if (!file.size) return `${short(file.name)} is empty, or a folder.`;
  if (caption.length > CAPTION_LIMIT) {
    return `A text sent with a file may have up to 1,024 characters; yours has ${caption.length}.`;
  }
  return "";
}

export function files({ write }) {
  const input = $("input");
  let inside = 0;

  async function attach(file) {
    if (!file) return;
    const caption = input.value;
    const refused = refusal(file, caption);
    problem(refused);
    if (refused) return;
    toast(`Sending ${short(file.name)}…`);
    const done = await doing(upload(store.person, store.chat, file, caption));
    toast("");
    if (done && input.value === caption) write("");
  }

  async function attachAll(list) {
    for (const file of [...list]) await attach(file);
  }

  function carries(event) {
    return [...(event.dataTransfer?.types || [])].includes("Files");
  }

  function hover(by) {
    inside = Math.max(0, inside + by);
    $("drop-text").textContent = `Drop the file to send it to ${here()?.title || "the bot"}`;
    $("drop").hidden = !inside;
  }

  $("file").addEventListener("change", async (event) => {
    await attachAll(event.target.files);
    event.target.value = "";
  });
  document.addEventListener("dragenter", (event) => carries(event) && hover(1));
  document.addEventListener("dragleave", (event) => carries(event) && hover(-1));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    hover(-inside);
    attachAll(event.dataTransfer.files);
  });
  input.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    attachAll(event.clipboardData.files);
  });
  $("attach").addEventListener("click", () => $("file").click());
  return { choose: () => $("file").click() };
}
