// What the page asks of its server. Every refusal comes back as an Error with one sentence.

export const person = new URLSearchParams(location.search).get("as") || "";

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
    throw new Error("The playground is not running. This page reconnects when it is back.");
  }
  return answer(response);
}

export function act(name, said) {
  return ask(`/page/${name}`, {
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ person, ...said }),
  });
}

export function upload(chat, file, caption) {
  const photo = /^image\/(png|jpeg)$/.test(file.type) ? "1" : "";
  const query = new URLSearchParams({ person, chat, caption, photo, name: file.name });
  const headers = { "Content-Type": "application/octet-stream" };
  return ask(`/page/upload?${query}`, { headers, body: file });
}

export function listen(hear, lost) {
  const stream = new EventSource(`/page/events?person=${encodeURIComponent(person)}`);
  stream.onmessage = (event) => hear(JSON.parse(event.data));
  stream.onerror = () => {
    lost();
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => listen(hear, lost), 1000);
  };
}
