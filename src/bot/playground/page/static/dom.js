// Making elements. Foreign text only ever enters as text.

export const $ = (id) => document.getElementById(id);

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export const button = (attributes, ...children) =>
  make("button", { type: "button", ...attributes }, ...children);

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// What the browser keeps for this page; a browser that keeps nothing is fine too.
export function recall(store, name) {
  try {
    return store()[`quipwire.${name}`] ?? null;
  } catch {
    return null;
  }
}

export function remember(store, name, value) {
  try {
    store()[`quipwire.${name}`] = value;
  } catch {
    // Private windows may refuse.
  }
}

export const tab = () => sessionStorage;
export const browser = () => localStorage;

export function bytes(count) {
  if (count < 1024) return `${count} B`;
  if (count < 1024 * 1024) return `${(count / 1024).toFixed(1)} KB`;
  return `${(count / 1024 / 1024).toFixed(1)} MB`;
}
