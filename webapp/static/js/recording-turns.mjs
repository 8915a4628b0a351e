// The turns of the desk and their times: each time plays the recording from there, and the turn
// that is heard is marked. Focus stays where it is, and who scrolls away is left alone.
import { seconds } from "./recording-times.mjs";

const text = document.querySelector("[data-text]");
const SCROLLING = ["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown", " "];
let play = null;
let times = null;
let current = null;

const turns = () => [...text.querySelectorAll("[data-turn]")];
const shownTime = (turn) => turn.querySelector(".who .num");

// A turn that changed is drawn anew without its button, so each look mends what it finds.
const watcher = new MutationObserver((changes) => {
  for (const { addedNodes } of changes) for (const node of addedNodes) if (node.matches?.("[data-turn]")) dress(node);
  times = null;
});

function dress(turn) {
  const label = shownTime(turn);
  if (!label || label.matches("button") || seconds(label.textContent) === null) return;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "at num", textContent: label.textContent });
  button.setAttribute("aria-label", `Play from ${label.textContent}`);
  label.replaceWith(button);
  if (turn.id === current) turn.classList.add("heard");
}

// Makes the times playable; returns how many there are.
export function offer(begin) {
  play = begin;
  turns().forEach(dress);
  watcher.observe(text, { childList: true });
  times = null;
  return all().length;
}

export function forget() {
  watcher.disconnect();
  heard(null);
  for (const button of text.querySelectorAll(".who .at")) {
    const label = document.createElement("span");
    Object.assign(label, { className: "num", textContent: button.textContent });
    button.replaceWith(label);
  }
}

function all() {
  times ??= turns()
    .map((turn) => ({ id: turn.id, at: seconds(shownTime(turn)?.textContent ?? "") }))
    .filter(({ at }) => at !== null)
    .sort((one, other) => one.at - other.at);
  return times;
}

export const turnAt = (time) => all().findLast(({ at }) => at <= time + 0.05)?.id ?? null;

export function heard(id, follow = false) {
  if (id === current) return;
  if (current) document.getElementById(current)?.classList.remove("heard");
  current = id;
  const turn = id && document.getElementById(id);
  turn?.classList.add("heard");
  const typing = document.activeElement?.matches("textarea, input:not([type=range], [type=checkbox], [type=file])");
  if (turn && follow && !typing) bring(turn);
}

function bring(turn) {
  const { top, bottom } = turn.getBoundingClientRect();
  if (top < 120 || bottom > innerHeight - 60) turn.scrollIntoView({ block: "center" });
}

export function wandered(tell) {
  for (const name of ["wheel", "touchmove"]) text.addEventListener(name, tell, { passive: true });
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select, button, [role=slider]");
    if (SCROLLING.includes(event.key) && !field && !event.altKey) tell();
  });
}

text.addEventListener("click", (event) => {
  const button = event.target.closest(".who .at");
  if (button) play(seconds(button.textContent));
});
// A press on a time is no press on the words: what is selected there stays so.
for (const name of ["pointerdown", "pointerup"]) {
  document.addEventListener(name, (event) => {
    if (event.target.closest?.(".who .at")) event.stopPropagation();
  }, true);
}
