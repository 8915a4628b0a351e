// What is done with a coding that is there: go to the next one, other words, another code, gone.
import * as place from "./desk-place.mjs";
import { onTop } from "./desk-reach.mjs";
import { save, say, send } from "./desk-send.mjs";
import * as selection from "./desk-selection.mjs";
import { onSwap, refresh } from "./desk-swap.mjs";

const text = document.querySelector("[data-text]");
const { api } = text.dataset;
let held = null; // the coding whose words are being chosen anew

export const holdsExtent = () => held !== null;

// The codings in the order in which they begin, with their first and last marks.
function inOrder() {
  const found = new Map();
  for (const mark of text.querySelectorAll("mark[data-codings]")) {
    for (const id of mark.dataset.codings.split(" ").filter(Boolean)) found.set(id, [found.get(id)?.[0] ?? mark, mark]);
  }
  return found;
}

export function step(direction) {
  const all = inOrder();
  const ids = [...all.keys()];
  const at = ids.indexOf(place.chosenCoding()?.dataset.coding);
  const turnOf = (id) => all.get(id)[0].closest("[data-turn]");
  const reading = at >= 0 ? 0 : ids.findIndex((id) => turnOf(id).getBoundingClientRect().bottom > 90);
  const id = ids[at >= 0 ? at + direction : direction > 0 ? reading : reading - 1];
  if (!id) return say(direction > 0 ? "There is no further coding" : "There is no coding before", true);
  const [first, last] = all.get(id);
  const span = { start: selection.spanOf(first).start, end: selection.spanOf(last).end };
  selection.choose(null);
  getSelection().removeAllRanges();
  onTop(selection.rangeOf(span));
  return place.show(span, false, id);
}

const change = (coding, sent, words) => save((key) => send("PATCH", `${api}/codings/${coding}`, sent, key), refresh, () => words);
export const remove = (coding) => save((key) => send("DELETE", `${api}/codings/${coding}`, undefined, key), refresh, () => "Removed");

// One's own coding, or nothing and the reason why.
export function own(coding) {
  if (!coding) say("Choose coded words first", true);
  else if (!("own" in coding.dataset)) say("This coding is somebody else’s; code the words yourself instead", true);
  else return coding;
  return null;
}

export async function recode(coding, code) {
  const span = { start: Number(coding.dataset.start), end: Number(coding.dataset.end) };
  await change(coding.dataset.coding, { code_id: code }, "Code changed");
  return place.show(span, false, coding.dataset.coding);
}

export async function resize(id, passage) {
  const done = await change(id, passage, "Words changed");
  if (done && !done.conflict) await place.show(passage, false, id);
  return done;
}

export function beginExtent(coding) {
  held = coding.dataset.coding;
  document.activeElement?.blur();
  const passage = selection.passageAt(Number(coding.dataset.start), Number(coding.dataset.end));
  selection.choose(passage);
  selection.select(passage);
  say("Select the new words, then press Enter or “Save these words”");
  showExtent();
}

export function endExtent() {
  held = null;
  selection.choose(null);
  getSelection().removeAllRanges();
  say("The words stay as they were");
  showExtent();
}

export async function saveExtent() {
  const [id, passage] = [held, selection.current()];
  if (!passage) return say("Select the new words first", true);
  held = null;
  selection.choose(null);
  getSelection().removeAllRanges();
  showExtent();
  return resize(id, passage);
}

function showExtent() {
  for (const each of document.querySelectorAll("[data-coding]")) each.toggleAttribute("data-extent", each.dataset.coding === held);
}

place.onDraw(showExtent);
onSwap(showExtent);
