// Selected words are dragged onto a code of the tree, or a code onto the selected words.
import { paint, choose, current, isChosenAt } from "./desk-selection.mjs";

const text = document.querySelector("[data-text]");
const tree = document.querySelector("[data-tree]");
const FAR = 6; // pixels; less is a click
let dragged = null;

const codeAt = ({ clientX, clientY }) => document.elementFromPoint(clientX, clientY)?.closest("[data-tree] [data-code]") ?? null;

function ghost(event, words) {
  dragged.ghost ??= text.parentElement.appendChild(Object.assign(document.createElement("div"), { className: "ghost" }));
  dragged.ghost.textContent = words;
  dragged.ghost.style.left = `${event.clientX + 14}px`;
  dragged.ghost.style.top = `${event.clientY + 10}px`;
  document.body.classList.add("dragging");
}

function unmark() {
  document.body.classList.remove("dragging");
  text.classList.remove("drop");
  for (const row of tree.querySelectorAll(".drop")) row.classList.remove("drop");
}

// Over the text it is a selection that begins anew; only over the tree it carries the words.
function carryWords(event) {
  unmark();
  const row = codeAt(event);
  if (!row) return hide();
  getSelection().removeAllRanges();
  paint("chosen", dragged.passage);
  row.classList.add("drop");
  return ghost(event, `“${dragged.passage.quote.slice(0, 40)}” as ${row.dataset.name}`);
}

function hide() {
  dragged.ghost?.remove();
  dragged.ghost = null;
}

function carryCode(event) {
  if (!dragged.ghost && Math.hypot(event.clientX - dragged.x, event.clientY - dragged.y) < FAR) return;
  ghost(event, dragged.name);
  text.classList.toggle("drop", isChosenAt(event.clientX, event.clientY));
}

function end() {
  hide();
  unmark();
  dragged = null;
}

export function init({ apply, say }) {
  // Before the press clears the selection.
  text.addEventListener("pointerdown", (event) => {
    const holds = event.pointerType !== "touch" && !event.button && isChosenAt(event.clientX, event.clientY);
    dragged = holds ? { passage: current(), move: carryWords } : null;
  }, true);
  tree.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("[data-code]");
    if (!row || event.pointerType === "touch" || event.button) return;
    dragged = { code: Number(row.dataset.code), name: row.dataset.name, move: carryCode, x: event.clientX, y: event.clientY };
  });
  document.addEventListener("pointermove", (event) => dragged?.move(event));
  document.addEventListener("pointercancel", () => dragged && end());
  document.addEventListener("pointerup", (event) => {
    if (!dragged) return;
    const { passage, code, ghost: shown } = dragged;
    const row = codeAt(event);
    end();
    if (passage && row) {
      choose(passage);
      apply(Number(row.dataset.code));
    } else if (code && shown && isChosenAt(event.clientX, event.clientY)) apply(code);
    else if (code && shown && !row) say(current() ? "Drop the code on the selected words" : "Select the words first, then drop a code on them", true);
  }, true);
}
