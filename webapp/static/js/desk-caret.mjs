// Moves through the words by keys: a step selects the next word, sentence or turn; with Shift the
// selection grows or shrinks at the end that moves.
import { onTop } from "./desk-reach.mjs";
import * as selection from "./desk-selection.mjs";
import { bodies, find, spansIn } from "./desk-units.mjs";

let turned = false; // whether the start is the end that moves
let last = null;

// Where to begin when nothing is selected: the turn that is being read.
function beginning() {
  const body = bodies().find((each) => each.parentElement.getBoundingClientRect().bottom > 90);
  return body ? Number(body.parentElement.dataset.start) : 0;
}

function take(start, end, backward = false) {
  const passage = selection.passageAt(start, end);
  if (!passage) return;
  [turned, last] = [backward, passage];
  selection.choose(passage);
  if (document.activeElement !== document.body) document.activeElement?.blur();
  selection.select(passage, backward);
  onTop(selection.rangeOf(backward ? { start, end: start + 1 } : { start: end - 1, end }));
}

export function step(unit, direction) {
  const now = selection.current();
  if (!now) {
    const place = beginning();
    const span = find(unit, place, direction, (each) => (direction > 0 ? each.start >= place : each.end <= place));
    return span && take(span.start, span.end);
  }
  const within = inside(unit, now, direction);
  if (within) return take(within.start, within.end);
  const place = direction > 0 ? now.end : now.start;
  const span = direction > 0 ? find(unit, place, 1, (each) => each.start >= place) : find(unit, place, -1, (each) => each.start < place);
  return span && take(span.start, span.end);
}

// A step by less than what is selected goes to the first, or the last, of what is in it.
function inside(unit, now, direction) {
  const place = direction > 0 ? now.start : now.end;
  const span = find(unit, place, direction, (each) => (direction > 0 ? each.start >= now.start : each.end <= now.end));
  const smaller = span && span.start >= now.start && span.end <= now.end && span.end - span.start < now.end - now.start;
  return smaller ? span : null;
}

export function extend(unit, direction) {
  const now = selection.current();
  if (!now) return step(unit, direction);
  if (now !== last) turned = false;
  const [anchor, head] = turned ? [now.end, now.start] : [now.start, now.end];
  const to = next(unit, head, direction, anchor);
  return to == null ? null : take(Math.min(anchor, to), Math.max(anchor, to), to < anchor);
}

// Whole units stay whole: what shrinks ends with a word, what grows back begins with one.
function next(unit, head, direction, anchor) {
  const shrinks = direction < 0 ? head > anchor : head < anchor;
  const edge = direction < 0 === shrinks ? "end" : "start";
  const [low, high] = direction < 0 ? [anchor, head] : [head, anchor];
  const within = shrinks && find(unit, head, direction, (each) => low < each[edge] && each[edge] < high)?.[edge];
  if (within) return within;
  const from = shrinks ? anchor : head;
  const grown = direction > 0 ? "end" : "start";
  return find(unit, from, direction, (each) => (direction > 0 ? each.end > from : each.start < from))?.[grown];
}

// The other end of the selection is the one that moves from now on.
export function turn() {
  const now = selection.current();
  if (now) take(now.start, now.end, now === last ? !turned : true);
}

export function nextUncoded(direction) {
  const now = selection.current();
  const place = now ? (direction > 0 ? now.end - 1 : now.start) : beginning() - 1;
  const start = (body) => Number(body.parentElement.dataset.start);
  const open = bodies().filter((body) => !body.parentElement.matches(".mod, :has(mark)"));
  const body = direction > 0 ? open.find((each) => start(each) > place) : open.findLast((each) => start(each) < place);
  if (!body) return false;
  const [span] = spansIn("turn", body);
  take(span.start, span.end);
  return true;
}
