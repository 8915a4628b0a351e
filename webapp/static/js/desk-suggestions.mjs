// Suggestions on the desk, where a person switched them on: marked without touching the page's own
// marks, gone through and decided by keys, buttons or a tap. Nothing is coded unless accepted.
import { addKeys } from "./desk-keys.mjs";
import * as place from "./desk-place.mjs";
import { onPreference, preference, setPreference } from "./desk-preferences.mjs";
import { onTop } from "./desk-reach.mjs";
import * as selection from "./desk-selection.mjs";
import { read, save, say, send } from "./desk-send.mjs";
import * as card from "./desk-suggestion-card.mjs";
import { onSwap, reading, refresh } from "./desk-swap.mjs";

const text = document.querySelector("[data-text]");
const choice = document.querySelector("[data-suggestions]");
const count = document.querySelector("[data-suggestions-count]");
const go = document.querySelector("[data-suggestions-go]");
const may = Boolean(document.querySelector("[data-suggestion-accept]"));
const { api, transcript } = text.dataset;
let held = []; // in the order of the text
let now = null; // the one that is looked at
let shown = null; // whether they are, as the preference said last

const same = (one, other) => other && one.code_id === other.code_id && one.start === other.start && one.end === other.end;
const index = () => held.findIndex((each) => same(each, now));

function paintAll() {
  if (!globalThis.Highlight) return;
  const spans = new Map(held.map((each) => [`${each.start}-${each.end}`, each]));
  const ranges = [...spans.values()].map(selection.rangeOf).filter(Boolean);
  if (ranges.length) CSS.highlights.set("suggested", new Highlight(...ranges));
  else CSS.highlights.delete("suggested");
  selection.paint("suggestion", now);
}

function tell() {
  count.textContent = shown ? String(held.length) : "";
  go.hidden = !shown || !held.length;
}

async function load() {
  const found = await read(`${api}/suggestions?transcript=${transcript}&order=text`, "json");
  if (!found || !shown) return;
  held = found;
  if (now && index() < 0) look(null);
  paintAll();
  tell();
}

function clear() {
  held = [];
  look(null);
  paintAll();
  tell();
}

// Looks at one: its words are painted and brought into view, and the panel tells of it.
function look(suggestion) {
  now = suggestion;
  selection.paint("suggestion", now);
  if (!now) return card.close();
  if (matchMedia("(max-width: 760px)").matches) place.close();
  onTop(selection.rangeOf(now));
  return card.show(now, `Suggestion ${index() + 1} of ${held.length}`);
}

function step(by) {
  if (!shown) return say("Suggestions are off; switch them on at the top of the page", true);
  const at = index();
  if (at >= 0) return held[at + by] ? look(held[at + by]) : say(by > 0 ? "There is no further suggestion here" : "There is no suggestion before", true);
  const from = selection.current()?.start ?? Number(reading()?.dataset.start ?? 0);
  const found = by > 0 ? held.find((each) => each.start >= from) ?? held[0] : held.findLast((each) => each.start < from);
  return found ? look(found) : say("Nothing is suggested in this transcript", true);
}

async function decide(decision) {
  if (!now || !may) return say("Go to a suggestion first", true);
  const [decided, at] = [now, index()];
  const { transcript_id, code_id, start, end, quote } = decided;
  const sent = { transcript_id, code_id, start, end, quote, decision };
  const done = await save((key) => send("POST", `${api}/suggestions/decisions`, sent, key), refresh, () => `${decided.code} ${decision}`);
  if (!done) return null;
  if (done.conflict !== undefined) return load();
  held = held.filter((each) => !same(each, decided));
  tell();
  paintAll();
  return look(held[at] ?? null);
}

function similar() {
  const passage = selection.current() ?? now ?? place.currentSpan();
  const link = document.querySelector("[data-picker-similar]");
  if (!passage) return say("Select the words first; passages like them are found", true);
  location.assign(`${link.dataset.pickerSimilar}?${new URLSearchParams({ transcript, start: passage.start, end: passage.end })}`);
  return null;
}

const toggle = () => setPreference("suggestions", !preference("suggestions"));
const actions = { next: () => step(1), back: () => step(-1), accept: () => decide("accepted"), reject: () => decide("rejected"), close: () => look(null) };
addKeys({
  "suggestion-next": actions.next,
  "suggestion-back": actions.back,
  "suggestion-accept": actions.accept,
  "suggestion-reject": actions.reject,
  "suggestion-switch": toggle,
  similar,
});
card.init(actions);
go.addEventListener("click", actions.next);
choice.addEventListener("change", () => {
  setPreference("suggestions", choice.checked);
  choice.blur();
});
onPreference(() => {
  choice.checked = Boolean(preference("suggestions"));
  if (shown === choice.checked) return;
  shown = choice.checked;
  if (shown) load();
  else clear();
});
onSwap((answer) => {
  if (!shown) return;
  paintAll();
  if (answer.suggestions || Object.keys(answer.turns).length) load();
});

// A tap on suggested words that bear no mark looks at the suggestion.
text.addEventListener("click", (event) => {
  if (!shown || event.target.closest("mark, [data-stripes], a, button") || !getSelection().isCollapsed) return;
  const at = selection.placeAt(event.clientX, event.clientY);
  const found = at == null ? null : held.find((each) => each.start <= at && at < each.end);
  if (found) look(found);
});
document.addEventListener("keydown", (event) => event.key === "Escape" && card.isOpen() && look(null));
