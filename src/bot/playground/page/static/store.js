// What the page knows. It holds no truth of its own: on every (re)connection the server sends
// everything there is, then each change.

import { browser, recall, remember, tab } from "./dom.js";

const watchers = {};
export const store = {
  bot: { username: "", first_name: "" },
  awake: true,
  linked: false,
  canJump: false,
  people: [],
  messages: new Map(),
  calls: [],
  person: null,
  chat: null,
};

// Kinds: all, people, person, open, message, edit, delete, action, call, presence.
export function watch(kinds, hear) {
  for (const kind of kinds.split(" ")) (watchers[kind] ||= []).push(hear);
}

function tell(kind, data) {
  for (const hear of watchers[kind] || []) hear(data);
}

export const me = () => store.people.find((one) => one.user.id === store.person);
export const chats = (one = me()) => one?.chats || [];
export const here = () => chats().find((one) => one.id === store.chat);
export const said = (chat = store.chat) => store.messages.get(chat) || [];
export const admin = () => store.people.find((one) => one.role === "Admin") || null;
export const chinese = () => (me()?.user.language_code || "").startsWith("zh");
// What stands in the chat is in its reader's language, as in their Telegram.
export const words = (english, inChinese) => (chinese() ? inChinese : english);

export function knows(one, command) {
  return Boolean(one?.chats[0]?.commands.some((c) => c.command === command));
}

export function unread(one, chat) {
  const fresh = (m) => m.message_id > chat.read && (m.from?.id !== one.user.id || m.sender_chat);
  return said(chat.id).filter(fresh).length;
}

export function become(person, chat) {
  const one = store.people.find((p) => p.user.id === person) || store.people[0];
  const moved = one.user.id !== store.person;
  const wanted = chat ?? Number(recall(tab, `chat.${one.user.id}`));
  store.person = one.user.id;
  store.chat = (one.chats.find((c) => c.id === wanted) || one.chats[0]).id;
  for (const place of [tab, browser]) {
    remember(place, "person", String(store.person));
    remember(place, `chat.${store.person}`, String(store.chat));
  }
  if (moved) tell("person");
  tell("open");
}

function settle() {
  const kept = Number(recall(tab, "person") || recall(browser, "person"));
  become(store.person ?? kept, store.chat ?? undefined);
}

const hears = {
  state(event) {
    Object.assign(store, { bot: event.bot, awake: event.awake, canJump: event.can_jump });
    Object.assign(store, { people: event.people, calls: event.calls, linked: true });
    store.messages = new Map(
      Object.entries(event.messages).map(([id, messages]) => [Number(id), messages]),
    );
    tell("all");
    settle();
  },
  people(event) {
    store.people = event.people;
    if (here()) tell("people");
    else settle();
  },
  presence(event) {
    store.awake = event.awake;
    tell("presence");
  },
  call(event) {
    store.calls = [...store.calls.slice(-99), event.data];
    tell("call", event.data);
  },
  message(event) {
    store.messages.set(event.chat, [...said(event.chat), event.data]);
    tell("message", event);
  },
  edit(event) {
    const same = (m) => m.message_id === event.data.message_id;
    store.messages.set(event.chat, said(event.chat).map((m) => (same(m) ? event.data : m)));
    tell("edit", event);
  },
  delete(event) {
    const other = (m) => m.message_id !== event.data.message_id;
    store.messages.set(event.chat, said(event.chat).filter(other));
    tell("delete", event);
  },
  action(event) {
    tell("action", event);
  },
};

export const hear = (event) => hears[event.type]?.(event);

export function lose() {
  store.linked = false;
  tell("presence");
}
