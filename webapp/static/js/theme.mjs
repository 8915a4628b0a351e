// The theme follows the system unless the person chose one; the choice is kept in a cookie so
// that the server draws the first paint right.
const order = ["", "light", "dark"];
const words = { "": "Theme: system", light: "Theme: light", dark: "Theme: dark" };
const root = document.documentElement;

function show(button) {
  button.textContent = words[root.dataset.theme ?? ""];
}

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  show(button);
  button.addEventListener("click", () => {
    const next = order[(order.indexOf(root.dataset.theme ?? "") + 1) % order.length];
    if (next) root.dataset.theme = next;
    else delete root.dataset.theme;
    document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`;
    show(button);
  });
}

// On a phone the menu starts folded.
if (matchMedia("(max-width: 760px)").matches) document.querySelector(".menu")?.removeAttribute("open");

// What went wrong is read out and seen first.
document.querySelector(".problem[tabindex], .conflict[tabindex]")?.focus();
