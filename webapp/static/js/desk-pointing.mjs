// What mouse, pen and finger do in the text: select words, choose a coding.
import { holdsExtent } from "./desk-codings.mjs";
import * as picker from "./desk-picker.mjs";
import * as place from "./desk-place.mjs";
import * as selection from "./desk-selection.mjs";
import { snapped } from "./desk-snapping.mjs";

const text = document.querySelector("[data-text]");
const ELSEWHERE = "[data-picker], .side, .bar, .handle, dialog";
let pointer = "mouse";
let pause = 0;

// A selection made with the mouse opens the picker ready to type in; one made by touch leaves the
// focus where it is, or the keyboard on the screen would cover the words.
function take(made, open) {
  const read = selection.readPassage();
  const passage = made ? snapped(read) : read;
  const now = selection.current();
  if (!passage || (now?.start === passage.start && now.end === passage.end)) return;
  selection.choose(passage);
  if (!made) return;
  if (pointer !== "touch" && passage !== read) selection.select(passage);
  if (holdsExtent()) return;
  open(pointer !== "touch");
  if (pointer !== "touch") place.show(passage);
}

function settle(open) {
  clearTimeout(pause);
  pause = 0;
  take(pointer === "touch", open);
}

function click(event) {
  const stripes = event.target.closest("[data-stripes]");
  if (stripes) {
    event.preventDefault();
    const span = new URLSearchParams(stripes.getAttribute("href").split("#")[0]);
    return place.show({ start: Number(span.get("start")), end: Number(span.get("end")) }, true);
  }
  const mark = event.target.closest("mark");
  if (mark && getSelection().isCollapsed && !holdsExtent()) return place.show(selection.spanOf(mark));
  return null;
}

export function init({ open, press }) {
  document.addEventListener("selectionchange", () => {
    clearTimeout(pause);
    pause = 0;
    if (document.activeElement?.closest("[data-picker], [data-panel]")) return;
    pause = setTimeout(settle, 300, open);
  });
  // A key means the words as they are selected now, however soon it follows.
  document.addEventListener("keydown", () => pause && settle(open), true);
  text.addEventListener("pointerdown", (event) => {
    pointer = event.pointerType;
    if (event.button) return;
    press();
    picker.close();
    if (event.shiftKey) return;
    selection.choose(null);
    // Pressing inside selected words would drag them away instead of beginning a new selection.
    if (pointer === "mouse") getSelection().removeAllRanges();
  });
  document.addEventListener("pointerup", (event) => {
    if (event.pointerType === "touch" || event.target.closest?.(ELSEWHERE)) return;
    setTimeout(() => take(true, open));
  });
  text.addEventListener("click", click);
}
