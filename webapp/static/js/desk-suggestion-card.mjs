// The panel of one suggestion: code, probability, what speaks for it, and the buttons to decide.
import { read } from "./desk-send.mjs";

const card = document.querySelector("[data-suggestion-card]");
const body = card.querySelector("[data-suggestion-body]");
const BUTTONS = ["back", "next", "accept", "reject", "close"];
let asked = 0;

export const isOpen = () => !card.hidden;

// An answer that comes after a later one was asked for is not drawn.
export async function show(suggestion, told) {
  asked += 1;
  const mine = asked;
  const { transcript_id, code_id, start, end } = suggestion;
  const html = await read(`${card.dataset.one}?${new URLSearchParams({ transcript_id, code_id, start, end })}`);
  if (html == null || mine !== asked) return;
  body.innerHTML = html;
  card.querySelector("[data-suggestion-at]").textContent = told;
  card.hidden = false;
}

export function close() {
  asked += 1;
  card.hidden = true;
}

export function init(actions) {
  for (const name of BUTTONS) card.querySelector(`[data-suggestion-${name}]`)?.addEventListener("click", actions[name]);
}
