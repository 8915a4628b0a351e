// The coding desk: what a selection, a click and a key do. Each part is in a module of its own.
import * as keys from "./desk-keys.mjs";
import * as picker from "./desk-picker.mjs";
import * as place from "./desk-place.mjs";
import { save, say, send } from "./desk-send.mjs";
import * as selection from "./desk-selection.mjs";
import { paintSoon } from "./desk-soon.mjs";
import { onSwap, refresh } from "./desk-swap.mjs";
import { findAgain, onCode } from "./desk-tree.mjs";

const text = document.querySelector("[data-text]");
const { api, transcript } = text.dataset;
let pointer = "mouse";

async function apply(code) {
  const passage = selection.current();
  if (!passage) return say("Select the words first, then choose the code", true);
  closePicker();
  picker.remember(code);
  await paintSoon({ passage, code }, save((key) => send("POST", `${api}/transcripts/${transcript}/codings`, { code_id: code, ...passage }, key), refresh));
  return place.show(passage);
}

async function create(name, parent) {
  const made = await save((key) => send("POST", `${api}/codes`, { name, parent_id: parent }, key), refresh);
  if (made?.id) await apply(made.id);
}

function closePicker() {
  picker.close();
  document.activeElement?.blur();
  selection.restore();
}

function openPicker(focus = true) {
  const passage = selection.current();
  if (passage) picker.open(passage, focus);
  else say("Select words in the text first", true);
}

function repeat() {
  if (picker.lastCode()) apply(picker.lastCode());
  else say("There is no last code to repeat yet", true);
}

const remove = (coding) => save((key) => send("DELETE", `${api}/codings/${coding}`, undefined, key), refresh, () => "Removed");
const memo = (coding, sent) => save((key) => send("PUT", `${api}/codings/${coding}/memo`, sent, key), refresh);
const undo = () => save((key) => send("POST", `${api}/undo`, undefined, key), refresh, ({ action }) => `Undone: ${action}`);
const redo = () => save((key) => send("POST", `${api}/redo`, undefined, key), refresh, ({ action }) => `Redone: ${action}`);

function withChosen(act) {
  const coding = place.chosenCoding();
  if (coding) act(coding);
  else say("Choose coded words first", true);
}

function escape() {
  if (picker.isOpen()) return closePicker();
  selection.choose(null);
  getSelection().removeAllRanges();
  return place.close();
}

// A selection made with the mouse opens the picker ready to type in; one made by touch leaves the
// focus where it is, or the keyboard on the screen would cover the words.
function takeSelection(open) {
  const passage = selection.readPassage();
  if (!passage) return;
  selection.choose(passage);
  if (open) {
    openPicker(pointer !== "touch");
    if (pointer !== "touch") place.show(passage);
  }
}

let pause = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(pause);
  if (document.activeElement?.closest("[data-picker], [data-panel]")) return;
  pause = setTimeout(() => takeSelection(pointer === "touch"), 300);
});

text.addEventListener("pointerdown", (event) => {
  pointer = event.pointerType;
  if (event.button) return;
  picker.close();
  if (event.shiftKey) return;
  selection.choose(null);
  // Pressing inside selected words would drag them away instead of beginning a new selection.
  if (pointer === "mouse") getSelection().removeAllRanges();
});

document.addEventListener("pointerup", (event) => {
  if (event.pointerType === "touch" || event.target.closest?.("[data-picker], .side, .bar")) return;
  setTimeout(() => takeSelection(true));
});

text.addEventListener("click", (event) => {
  const stripes = event.target.closest("[data-stripes]");
  if (stripes) {
    event.preventDefault();
    const span = new URLSearchParams(stripes.getAttribute("href").split("#")[0]);
    return place.show({ start: Number(span.get("start")), end: Number(span.get("end")) }, true);
  }
  const mark = event.target.closest("mark");
  if (mark && getSelection().isCollapsed) return place.show(selection.spanOf(mark));
  return null;
});

picker.init({ apply, create, cancel: closePicker });
place.init({ remove, memo });
onCode((code) => (selection.current() ? apply(code) : place.showRules(code)));
onSwap(() => {
  findAgain();
  place.showAgain();
});
keys.init(
  {
    c: () => openPicker(),
    r: repeat,
    m: () => withChosen((coding) => place.editMemo(coding)),
    Delete: () => withChosen((coding) => remove(coding.dataset.coding)),
    "?": keys.showSheet,
    Escape: escape,
  },
  { z: undo, "Shift z": redo, y: redo },
);
document.querySelector("[data-undo]").addEventListener("click", undo);
document.querySelector("[data-redo]").addEventListener("click", redo);

// A link to a place brings it to the upper part of the window, clear of the panel on a phone.
const linked = place.currentSpan();
if (linked) bring(selection.rangeOf(linked)?.startContainer.parentElement);

// Turns get their true height when they come near the window, so one jump is not exact.
function bring(words, times = 4) {
  words?.scrollIntoView({ block: "start", behavior: "instant" });
  if (times) requestAnimationFrame(() => bring(words, times - 1));
}
