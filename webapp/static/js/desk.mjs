// The coding desk: what a selection, a click and a key do. Each part is in a module of its own.
import * as caret from "./desk-caret.mjs";
import * as codings from "./desk-codings.mjs";
import * as drag from "./desk-drag.mjs";
import * as favourites from "./desk-favourites.mjs";
import * as handles from "./desk-handles.mjs";
import * as keys from "./desk-keys.mjs";
import * as picker from "./desk-picker.mjs";
import * as place from "./desk-place.mjs";
import * as pointing from "./desk-pointing.mjs";
import { save, say, send } from "./desk-send.mjs";
import * as selection from "./desk-selection.mjs";
import { paintSoon } from "./desk-soon.mjs";
import * as sheet from "./desk-sheet.mjs";
import * as snapping from "./desk-snapping.mjs";
import { onSwap, refresh } from "./desk-swap.mjs";
import { codes, findAgain, focusTree, onCode, plain } from "./desk-tree.mjs";

const text = document.querySelector("[data-text]");
const { api, transcript } = text.dataset;
const LONGEST = 200; // characters of a code's name
let recoding = null;

async function apply(code) {
  const coding = recoding;
  const passage = selection.current();
  if (!coding && !passage) return say("Select the words first, then choose the code", true);
  closePicker();
  picker.remember(code);
  if (coding) return codings.recode(coding, code);
  const made = await paintSoon({ passage, code }, save((key) => send("POST", `${api}/transcripts/${transcript}/codings`, { code_id: code, ...passage }, key), refresh));
  return place.show(passage, false, made?.id && String(made.id));
}

async function create(name, parent) {
  const coding = recoding;
  const made = await save((key) => send("POST", `${api}/codes`, { name, parent_id: parent }, key), refresh);
  recoding = coding;
  if (made?.id) await apply(made.id);
}

function vivo() {
  const name = selection.current()?.quote.trim().replace(/\s+/g, " ");
  if (!name) return say("Select the words first; they become the code", true);
  if ([...name].length > LONGEST) return say(`A code’s name has at most ${LONGEST} characters; select fewer words`, true);
  const known = codes().find((code) => plain(code.name) === plain(name));
  return known ? apply(known.id) : create(name, null);
}

function closePicker() {
  recoding = null;
  picker.close();
  document.activeElement?.blur();
  selection.restore();
}

function openPicker(focus = true) {
  const passage = selection.current();
  if (passage) picker.open(passage, focus);
  else say("Select words in the text first", true);
}

function askCode(coding) {
  if (!codings.own(coding)) return;
  recoding = coding;
  picker.open(selection.passageAt(Number(coding.dataset.start), Number(coding.dataset.end)), true, true);
}

function repeat() {
  if (picker.lastCode()) apply(picker.lastCode());
  else say("There is no last code to repeat yet", true);
}

function applyFavourite(digit) {
  const code = codes().find(({ id }) => id === favourites.favourite(digit));
  if (code) apply(code.id);
  else say(`No code is on ${digit} yet; press ☆ beside a code, or Shift and the digit on it`, true);
}

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
  if (codings.holdsExtent()) return codings.endExtent();
  selection.choose(null);
  getSelection().removeAllRanges();
  return place.close();
}

const extent = {
  begin: (coding) => codings.own(coding) && codings.beginExtent(coding),
  save: codings.saveExtent,
  cancel: codings.endExtent,
};

picker.init({ apply, create, repeat, vivo, cancel: closePicker });
place.init({ remove: codings.remove, memo, recode: askCode, extent });
onCode((code) => (selection.current() || recoding ? apply(code) : place.showRules(code)));
onSwap(() => {
  findAgain();
  place.showAgain();
});
favourites.init();
snapping.init();
handles.init();
pointing.init({ open: openPicker, press: () => { recoding = null; } });
drag.init({ apply, say });
sheet.init();

const move = (unit, direction) => (grows) => (grows ? caret.extend(unit, direction) : caret.step(unit, direction));
keys.init(
  {
    "turn-next": move("turn", 1),
    "turn-back": move("turn", -1),
    "sentence-next": move("sentence", 1),
    "sentence-back": move("sentence", -1),
    "word-next": move("word", 1),
    "word-back": move("word", -1),
    "other-end": caret.turn,
    uncoded: (back) => caret.nextUncoded(back ? -1 : 1) || say(back ? "No turn before is without a coding" : "No further turn is without a coding", true),
    code: () => openPicker(),
    repeat,
    vivo,
    tree: focusTree,
    favourite: () => (document.activeElement?.dataset.code ? favourites.toggle(Number(document.activeElement.dataset.code)) : say("Go to a code in the tree first", true)),
    snapping: snapping.nextSnapping,
    "coding-next": () => codings.step(1),
    "coding-back": () => codings.step(-1),
    recode: () => withChosen(askCode),
    extent: () => withChosen(extent.begin),
    memo: () => withChosen((coding) => place.editMemo(coding)),
    remove: () => withChosen((coding) => codings.remove(coding.dataset.coding)),
    sheet: keys.showSheet,
    Enter: () => codings.holdsExtent() && codings.saveExtent(),
    Escape: escape,
  },
  { command: { z: undo, "Shift z": redo }, digit: applyFavourite, digitOnCode: favourites.toggle },
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
