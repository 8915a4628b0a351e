// The selected passage in code points. The browser counts UTF-16 units and the study counts code
// points; the two meet only here.
import { bodiesIn, bodyAt } from "./desk-turns.mjs";

const text = document.querySelector("[data-text]");
let chosen = null;

const points = (words) => [...words].length;
const startOf = (body) => Number(body.parentElement.dataset.start);

// The units of `body` that stand before a boundary of the range.
function unitsBefore(body, node, offset) {
  const until = document.createRange();
  until.selectNodeContents(body);
  until.setEnd(node, offset);
  return until.toString().length;
}

function parts(range) {
  const found = [];
  for (const body of bodiesIn(range)) {
    const words = body.textContent;
    const low = body.contains(range.startContainer) ? unitsBefore(body, range.startContainer, range.startOffset) : 0;
    const high = body.contains(range.endContainer) ? unitsBefore(body, range.endContainer, range.endOffset) : words.length;
    found.push({ body, low, words: words.slice(low, high) });
  }
  while (found.length && !found[0].words.trim()) found.shift();
  while (found.length && !found.at(-1).words.trim()) found.pop();
  return found;
}

// Exactly the characters of the range, spaces at its ends too; null where it holds no words.
function passageIn(range) {
  const found = parts(range);
  if (!found.length) return null;
  const [{ body, low }] = found;
  const quote = found.map((part, n) => (n ? part.body.parentElement.dataset.before : "") + part.words).join("");
  const start = startOf(body) + points(body.textContent.slice(0, low));
  return { start, end: start + points(quote), quote };
}

export function readPassage() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  return range.intersectsNode(text) ? passageIn(range) : null;
}

export function passageAt(start, end) {
  const range = start < end ? rangeOf({ start, end }) : null;
  return range && passageIn(range);
}

// The place, in code points, of the character under a point of the window; null outside of the words.
export function placeAt(x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  const old = caret ? null : document.caretRangeFromPoint?.(x, y);
  const [node, offset] = caret ? [caret.offsetNode, caret.offset] : [old?.startContainer, old?.startOffset];
  const body = (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.("[data-turn] > p");
  return body ? startOf(body) + points(body.textContent.slice(0, unitsBefore(body, node, offset))) : null;
}

export function isChosenAt(x, y) {
  const rects = chosen ? [...rangeOf(chosen).getClientRects()] : [];
  return rects.some((rect) => rect.left <= x && x <= rect.right && rect.top - 3 <= y && y <= rect.bottom + 3);
}

function locate(body, count) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  let left = count;
  let node = null;
  while (walker.nextNode()) {
    node = walker.currentNode;
    const size = points(node.data);
    if (left <= size) return [node, [...node.data].slice(0, left).join("").length];
    left -= size;
  }
  return node ? [node, node.data.length] : [body, 0];
}

export function rangeOf({ start, end }) {
  const [first, last] = [bodyAt(start), bodyAt(end - 1)];
  if (!first) return null;
  const range = document.createRange();
  range.setStart(...locate(first, Math.max(0, start - startOf(first))));
  range.setEnd(...locate(last, end - startOf(last)));
  return range;
}

export function spanOf(mark) {
  const body = mark.closest("[data-turn] > p");
  const start = startOf(body) + points(body.textContent.slice(0, unitsBefore(body, mark, 0)));
  return { start, end: start + points(mark.textContent) };
}

// The range turn by turn, without the names between.
function wordsOf(whole) {
  return bodiesIn(whole).map((body) => {
    const range = document.createRange();
    range.selectNodeContents(body);
    if (body.contains(whole.startContainer)) range.setStart(whole.startContainer, whole.startOffset);
    if (body.contains(whole.endContainer)) range.setEnd(whole.endContainer, whole.endOffset);
    return range;
  });
}

// Shows a passage without touching the page's own marks, and without needing the focus.
export function paint(name, passage) {
  if (!globalThis.Highlight) return;
  const whole = passage && rangeOf(passage);
  if (whole) CSS.highlights.set(name, new Highlight(...wordsOf(whole)));
  else CSS.highlights.delete(name);
}

export const current = () => chosen;

export function choose(passage) {
  chosen = passage;
  paint("chosen", passage);
}

export function select(passage, backward = false) {
  const { startContainer, startOffset, endContainer, endOffset } = rangeOf(passage);
  if (backward) getSelection().setBaseAndExtent(endContainer, endOffset, startContainer, startOffset);
  else getSelection().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
}

// The chosen words are selected again, unless the person types elsewhere.
export function restore() {
  paint("chosen", chosen);
  if (chosen && !document.activeElement?.closest("input, textarea, select, .place")) select(chosen);
}

// Before turns are swapped: returns how to select the same words again, if they stand in them.
export function hold(turns) {
  const now = getSelection();
  const broken = now.rangeCount && !now.isCollapsed && turns.some((turn) => now.getRangeAt(0).intersectsNode(turn));
  const passage = broken ? readPassage() : null;
  const backward = broken && (now.anchorNode.compareDocumentPosition(now.focusNode) & Node.DOCUMENT_POSITION_PRECEDING || (now.anchorNode === now.focusNode && now.anchorOffset > now.focusOffset));
  return () => {
    paint("chosen", chosen);
    if (passage) select(passage, backward);
  };
}
