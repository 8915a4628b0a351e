// Favourite codes on the digits 1 to 9: set at the tree, applied by the digit.
import { onPreference, preference, setPreference } from "./desk-preferences.mjs";
import { onSwap } from "./desk-swap.mjs";

const tree = document.querySelector("[data-tree]");
const DIGITS = "123456789";

export const favourite = (digit) => preference("favourites")[digit];
const digitOf = (code) => [...DIGITS].find((digit) => favourite(digit) === code);

function set(code, digit) {
  const others = Object.entries(preference("favourites")).filter(([key, held]) => held !== code && key !== digit);
  return setPreference("favourites", Object.fromEntries(digit ? [...others, [digit, code]] : others));
}

// Gives a code the digit, or the next that is free; what has it already loses it.
export function toggle(code, digit = null) {
  const has = digitOf(code);
  const there = (key) => tree.querySelector(`[data-code="${favourite(key)}"]`);
  if (has && (!digit || digit === has)) return set(code, null);
  return set(code, digit ?? [...DIGITS].find((key) => !there(key)) ?? "9");
}

function draw() {
  for (const star of tree.querySelectorAll("[data-favourite]")) {
    const digit = digitOf(Number(star.dataset.favourite));
    star.textContent = digit ?? "☆";
    star.setAttribute("aria-pressed", String(Boolean(digit)));
    star.title = digit ? `Favourite: the key ${digit} applies it. Press to take it off` : "Make it a favourite";
  }
}

export function init() {
  tree.addEventListener("click", (event) => {
    const star = event.target.closest("[data-favourite]");
    if (star) toggle(Number(star.dataset.favourite));
  });
  onPreference(draw);
  onSwap(draw);
}
