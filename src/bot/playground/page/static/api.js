// What the page asks of its server. Every refusal comes back as an Error with one sentence.

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;

async function answer(response) {
  const said = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(said.error || "The playground did not understand that.");
  return said;
}

async function ask(path, options) {
  const headers = { "X-Playground": "1", ...(options.headers || {}) };
  let response;
  try {
    response = await fetch(path, { ...options, method: "POST", headers });
  } catch {
    throw new Error("Not sent: nobody is at the other end just now.");
  }
  return answer(response);
}

export function act(name, said) {
  const headers = { "Content-Type": "application/json" };
  return ask(`/page/${name}`, { headers, body: JSON.stringify(said) });
}

export function upload(person, chat, file, caption) {
  const photo = /^image\/(png|jpeg)$/.test(file.type) ? "1" : "";
  const query = new URLSearchParams({ person, chat, caption, photo, name: file.name });
  const headers = { "Content-Type": "application/octet-stream" };
  return ask(`/page/upload?${query}`, { headers, body: file });
}

export async function fileText(id) {
  const response = await fetch(fileAddress(id));
  if (!response.ok) throw new Error("This file is gone.");
  return (await response.text()).replace(/^\ufeff/, "");
}

export const fileAddress = (id) => `/page/files/${encodeURIComponent(id)}`;

// Listens for ever: a stream that breaks is opened again, at once when the page is looked at or
// the network comes back, and after longer and longer pauses otherwise.
export function listen(hear, lost) {
  let pause = FIRST_PAUSE;
  let waiting = 0;
  let stream = null;

  function open() {
    clearTimeout(waiting);
    waiting = 0;
    stream = new EventSource("/page/events");
    stream.onmessage = (event) => {
      pause = FIRST_PAUSE;
      hear(JSON.parse(event.data));
    };
    stream.onerror = () => {
      stream.close();
      lost();
      waiting = setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    };
  }

  const hurry = () => waiting && !document.hidden && open();
  document.addEventListener("visibilitychange", hurry);
  addEventListener("online", hurry);
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => event.persisted && open());
  open();
}
