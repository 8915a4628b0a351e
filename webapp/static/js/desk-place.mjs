// The panel “At this place”: the codings there, their memos, and the rules of their codes.
import { read } from "./desk-send.mjs";
import { paint } from "./desk-selection.mjs";

const panel = document.querySelector("[data-panel]");
const list = panel.querySelector("[data-place-list]");
const { desk, place: given, rules } = document.querySelector("[data-text]").dataset;
const listeners = [];
let asked = 0;
let drawn = "";
let span = given ? { start: Number(given.split("-")[0]), end: Number(given.split("-")[1]) } : null;

// Calls the listener when another coding is chosen, or the panel is drawn anew.
export const onDraw = (listener) => listeners.push(listener);
export const currentSpan = () => span;
export const chosenCoding = () => list.querySelector("[data-coding][aria-current]");

// Scrolls the panel alone: the text stays where it is.
function reach(coding) {
  const below = coding.offsetTop + Math.min(coding.offsetHeight, panel.clientHeight) - panel.clientHeight;
  panel.scrollTop = Math.min(Math.max(panel.scrollTop, below), coding.offsetTop);
}

// The chosen coding shows the rules of its code.
function mark(coding) {
  for (const each of list.querySelectorAll("[data-coding]")) {
    if (each !== coding) each.removeAttribute("aria-current");
    if (each === coding && !each.hasAttribute("aria-current")) each.querySelector("details").open = true;
  }
  coding?.setAttribute("aria-current", "true");
  if (coding) reach(coding);
  for (const listener of listeners) listener();
}

// An answer that comes after a later one was asked for is not drawn.
async function load(path, keep) {
  asked += 1;
  const mine = asked;
  const html = await read(path);
  if (html == null || mine !== asked) return;
  panel.removeAttribute("data-empty");
  if (html === drawn) return mark(list.querySelector(`[data-coding="${keep}"]`) ?? chosenCoding());
  drawn = html;
  const focused = list.contains(document.activeElement);
  list.innerHTML = html;
  mark(list.querySelector(`[data-coding="${keep}"]`) ?? list.querySelector("[data-coding]"));
  if (focused) (chosenCoding() ?? panel.querySelector("[data-close-panel]")).focus();
}

export async function show(place, focus = false, coding = chosenCoding()?.dataset.coding) {
  span = { start: place.start, end: place.end };
  paint("place", span);
  await load(`${desk}place?start=${span.start}&end=${span.end}`, coding);
  if (focus) chosenCoding()?.focus();
}

export async function showRules(code) {
  span = null;
  paint("place", null);
  await load(`${rules}${code}/rules`);
}

// A memo half written is not taken away by somebody else's change.
export function showAgain() {
  paint("place", span);
  if (span && !list.querySelector("form:not([hidden])")) return show(span);
  return null;
}

export function close() {
  span = null;
  paint("place", null);
  panel.setAttribute("data-empty", "");
  for (const listener of listeners) listener();
}

export function editMemo(coding, on = true) {
  const form = coding?.querySelector("[data-memo]");
  if (!form) return;
  form.hidden = !on;
  coding.querySelector("[data-edit-memo]").hidden = on;
  coding.querySelector("[data-own-memo]")?.toggleAttribute("hidden", on);
  (on ? form.querySelector("textarea") : coding).focus();
}

// A memo is one's own, yet it may be open in two windows: the second sees what the first saved.
function showTheirs(form, current) {
  const theirs = form.querySelector("[data-theirs]");
  theirs.querySelector("[data-saved]").textContent = current.text;
  theirs.hidden = false;
  theirs.querySelector("[data-take]").onclick = () => {
    form.querySelector("textarea").value = current.text;
    theirs.hidden = true;
  };
  form.dataset.revision = current.revision;
}

export function init({ remove, memo, recode, extent }) {
  mark(chosenCoding() ?? list.querySelector("[data-coding]"));
  paint("place", span);
  list.addEventListener("click", (event) => {
    const coding = event.target.closest("[data-coding]");
    if (!coding) return;
    mark(coding);
    if (event.target.closest("[data-remove]")) remove(coding.dataset.coding);
    else if (event.target.closest("[data-recode]")) recode(coding);
    else if (event.target.closest("[data-extent-act]")) extent[event.target.closest("[data-extent-act]").dataset.extentAct](coding);
    else if (event.target.closest("[data-edit-memo]")) editMemo(coding);
    else if (event.target.closest("[data-cancel-memo]")) editMemo(coding, false);
  });
  list.addEventListener("focusin", (event) => mark(event.target.closest("[data-coding]") ?? chosenCoding()));
  list.addEventListener("submit", async (event) => {
    event.preventDefault();
    const coding = event.target.closest("[data-coding]");
    const saved = await memo(coding.dataset.coding, { text: event.target.querySelector("textarea").value, revision: Number(event.target.dataset.revision) });
    if (saved?.conflict) showTheirs(event.target, saved.conflict);
    else if (saved) editMemo(coding, false), showAgain();
  });
  panel.querySelector("[data-close-panel]").addEventListener("click", close);
}
