// The sheet of keys: press the new key for an action; a clash is told, and all can be as delivered.
import { keyOf, nameOf, rows } from "./desk-keys.mjs";
import { onPreference, preference, setPreference } from "./desk-preferences.mjs";

const sheet = document.querySelector("[data-keys]");
const said = sheet.querySelector("[data-keys-said]");
const single = sheet.querySelector("[data-single-keys]");
let asking = null;

const wordsOf = (row) => row.querySelector("[data-what]").textContent;
const shown = (name) => (name.length === 1 ? name.toUpperCase() : name);

function draw() {
  for (const row of rows()) {
    const button = row.querySelector("button");
    button.textContent = row === asking ? "press the new key" : shown(keyOf(row));
    button.setAttribute("aria-label", `${wordsOf(row)}: ${keyOf(row)}. Change the key`);
    row.toggleAttribute("data-asking", row === asking);
  }
  single.checked = preference("single_keys");
  for (const hint of document.querySelectorAll("[data-key-of]")) {
    const row = rows().find((each) => each.dataset.action === hint.dataset.keyOf);
    hint.textContent = shown(keyOf(row));
  }
}

// Why a key cannot be taken, or nothing.
function refusal(name, row) {
  if (/^[1-9]$/.test(name)) return "The digits 1 to 9 are your favourite codes. Press another key.";
  if (!/^[^\s\p{C}]$/u.test(name) && !["Delete", "Insert", "Backspace"].includes(name)) return `${name === " " ? "Space" : name} belongs to the browser. Press a letter or a sign.`;
  const other = rows().find((each) => each !== row && keyOf(each) === name);
  return other ? `${shown(name)} is already “${wordsOf(other)}”. Press another key, or change that one first.` : "";
}

function stop(words) {
  const row = asking;
  asking = null;
  said.textContent = words;
  draw();
  row?.querySelector("button").focus();
}

function take(event) {
  if (!asking || ["Shift", "Control", "Alt", "Meta", "AltGraph"].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Escape") return stop("The key stays as it was.");
  const name = nameOf(event);
  const wrong = event.ctrlKey || event.metaKey || event.altKey ? "Keys with Ctrl, Alt or ⌘ belong to the browser. Press one key alone." : refusal(name, asking);
  said.toggleAttribute("data-failed", Boolean(wrong));
  if (wrong) return (said.textContent = wrong);
  const row = asking;
  const keys = { ...preference("keys"), [row.dataset.action]: name };
  if (name === row.dataset.key) delete keys[row.dataset.action];
  setPreference("keys", keys);
  return stop(`“${wordsOf(row)}” is now ${shown(name)}.`);
}

export function init() {
  sheet.addEventListener("click", (event) => {
    const row = event.target.closest("button")?.closest("[data-action]");
    if (row) {
      asking = row;
      said.removeAttribute("data-failed");
      said.textContent = `Press the new key for “${wordsOf(row)}”, or Escape.`;
      draw();
    } else if (event.target.closest("[data-keys-reset]")) {
      asking = null;
      setPreference("keys", {});
      stop("All keys are as delivered.");
    }
  });
  single.addEventListener("change", () => setPreference("single_keys", single.checked));
  sheet.addEventListener("keydown", take, true);
  sheet.addEventListener("cancel", (event) => asking && event.preventDefault());
  sheet.addEventListener("close", () => asking && stop(""));
  onPreference(draw);
}
