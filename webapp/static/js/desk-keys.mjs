// Keys of the desk; they rest while somebody types and never take the browser's own. The sheet says
// which action has which key; a person may give it another.
import { preference } from "./desk-preferences.mjs";

const sheet = document.querySelector("[data-keys]");

// Actions of modules that are on the page for some people only.
const more = {};
export const addKeys = (actions) => Object.assign(more, actions);

export const showSheet = () => sheet.showModal();

export const rows = () => [...sheet.querySelectorAll("[data-action]")];
export const keyOf = (row) => preference("keys")[row.dataset.action] ?? row.dataset.key;

// What a key is called: letters do not mind Shift, signs are what they are.
export function nameOf({ key }) {
  return key.length === 1 ? key.toLowerCase() : key;
}

function actionOf(name) {
  return rows().find((row) => keyOf(row) === name)?.dataset.action;
}

const digitOf = (event) => event.shiftKey && /^Digit[1-9]$/.exec(event.code)?.[0].at(-1);

export function init(actions, { command, digit, digitOnCode }) {
  document.querySelector("[data-sheet]").addEventListener("click", showSheet);
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const act = event.ctrlKey || event.metaKey ? command[(event.shiftKey ? "Shift " : "") + nameOf(event)] : plain(event);
    if (act) act();
    if (act) event.preventDefault();
  });

  function plain(event) {
    if (!preference("single_keys") && event.key.length === 1) return null;
    const row = event.target.closest("[data-code]");
    if (row && digitOf(event)) return () => digitOnCode(Number(row.dataset.code), digitOf(event));
    if (/^[1-9]$/.test(event.key)) return () => digit(event.key);
    const name = actionOf(nameOf(event)) ?? event.key;
    const act = actions[name] ?? more[name];
    if (event.key === "Enter" && event.target.closest("button, a, summary")) return null;
    return act && (() => act(event.shiftKey));
  }
}
