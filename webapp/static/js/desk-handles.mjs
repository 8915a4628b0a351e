// Handles at both ends of the chosen coding; dragged with mouse, pen or finger they change its words.
import { holdsExtent, resize } from "./desk-codings.mjs";
import * as place from "./desk-place.mjs";
import * as selection from "./desk-selection.mjs";
import { snapped } from "./desk-snapping.mjs";
import { onSwap } from "./desk-swap.mjs";

let busy = false;

function clear() {
  for (const handle of document.querySelectorAll(".handle")) handle.remove();
}

function draw() {
  if (busy) return;
  clear();
  const coding = place.chosenCoding();
  if (!coding || !("own" in coding.dataset) || !place.currentSpan() || holdsExtent()) return;
  const span = { start: Number(coding.dataset.start), end: Number(coding.dataset.end) };
  const range = selection.rangeOf(span);
  const rects = range ? [...range.getClientRects()] : [];
  if (!rects.length) return;
  put("start", range.startContainer, rects[0], coding, span);
  put("end", range.endContainer, rects.at(-1), coding, span);
}

// It stands in its turn, so that it moves with the words when those above grow.
function put(edge, node, rect, coding, span) {
  const turn = node.parentElement.closest("[data-turn]");
  const frame = turn.getBoundingClientRect();
  const handle = document.createElement("div");
  handle.className = `handle ${edge}`;
  handle.setAttribute("aria-hidden", "true"); // the keys and the panel do the same
  handle.title = "Drag to change the coded words";
  handle.style.left = `${(edge === "start" ? rect.left : rect.right) - frame.left}px`;
  handle.style.top = `${rect.top - frame.top}px`;
  handle.style.height = `${rect.height}px`;
  handle.addEventListener("mousedown", (event) => event.preventDefault());
  handle.addEventListener("pointerdown", (event) => grab(event, edge, coding, span));
  turn.append(handle);
}

function grab(event, edge, coding, span) {
  const handle = event.currentTarget;
  event.stopPropagation();
  selection.choose(null);
  getSelection().removeAllRanges();
  handle.setPointerCapture(event.pointerId);
  handle.classList.add("moving");
  busy = true;
  let fresh = null;
  handle.onpointermove = (move) => {
    const at = selection.placeAt(move.clientX, move.clientY);
    if (at == null) return;
    const [start, end] = edge === "start" ? [Math.min(at, span.end - 1), span.end] : [span.start, Math.max(at, span.start + 1)];
    fresh = snapped(selection.passageAt(start, end));
    selection.paint("place", null);
    selection.paint("chosen", fresh);
  };
  handle.onpointerup = async (up) => {
    busy = false;
    // A press that moved nothing is for the words below.
    if (!fresh) document.elementFromPoint(up.clientX, up.clientY)?.closest("mark")?.click();
    if (fresh && (fresh.start !== span.start || fresh.end !== span.end)) await resize(coding.dataset.coding, fresh);
    selection.paint("chosen", null);
    draw();
  };
  handle.onpointercancel = () => {
    busy = false;
    selection.paint("chosen", null);
    selection.paint("place", span);
    draw();
  };
}

export function init() {
  place.onDraw(draw);
  onSwap(draw);
  addEventListener("resize", draw);
  draw();
}
