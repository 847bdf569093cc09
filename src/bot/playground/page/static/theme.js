// Runs before the page is drawn, so that a chosen theme never flashes in the other one.

(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function kept() {
    try {
      return localStorage["quipwire.theme"];
    } catch {
      return "";
    }
  }

  function keep(theme) {
    try {
      localStorage["quipwire.theme"] = theme;
    } catch {
      // Private windows may refuse.
    }
  }

  const now = () => root.dataset.theme || (dark.matches ? "dark" : "light");

  function label() {
    const toggle = document.getElementById("theme");
    toggle?.setAttribute("aria-label", now() === "dark" ? "Light theme" : "Dark theme");
    toggle?.setAttribute("title", now() === "dark" ? "Light theme" : "Dark theme");
    if (toggle) toggle.dataset.now = now();
  }

  function follow() {
    const theme = kept();
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
    label();
  }

  follow();
  dark.addEventListener("change", label);
  addEventListener("storage", follow);
  addEventListener("DOMContentLoaded", () => {
    label();
    document.getElementById("theme").addEventListener("click", () => {
      keep(now() === "dark" ? "light" : "dark");
      root.dataset.theme = now() === "dark" ? "light" : "dark";
      label();
    });
  });
})();
