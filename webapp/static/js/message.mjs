// The editor of a message: rows are added, moved and removed; a quote goes to the sentence in
// which one was last; what the respondent reads follows every letter.
import { keep } from "./drafts.mjs";

const editor = document.querySelector("[data-editor]");
const rows = editor.querySelector("[data-rows]");
const said = editor.querySelector("[data-said]");
const preview = document.querySelector("[data-preview]");
const words = document.querySelector("[data-words]");
const template = editor.querySelector("template[data-row]");
let key = 1000;
let here = null;

const all = () => [...rows.querySelectorAll("[data-sentence]")];
const say = (text) => { said.textContent = text; };

function number() {
  for (const [at, row] of all().entries()) {
    row.querySelector("[data-number]").textContent = at + 1;
    row.querySelector("textarea").setAttribute("aria-label", `Sentence ${at + 1}`);
  }
}

function show() {
  const text = all().map((row) => row.querySelector("textarea").value.trim()).filter(Boolean).join(" ");
  preview.textContent = text || "Nothing yet.";
  const count = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  words.textContent = count === 1 ? "1 word" : `${count} words`;
}

function arm(row) {
  row.querySelector("[data-row-tools]").hidden = false;
}

function add() {
  const row = template.content.firstElementChild.cloneNode(true);
  key += 1;
  row.querySelector('[name="row"]').value = key;
  row.querySelector("textarea").name = `text-${key}`;
  for (const box of row.querySelectorAll('[type="checkbox"]')) box.name = `quotes-${key}`;
  rows.append(row);
  arm(row);
  number();
  row.querySelector("textarea").focus();
  return row;
}

function move(row, step) {
  const list = all();
  const to = list.indexOf(row) + step;
  if (to < 0 || to >= list.length) return say("It is at the end already.");
  if (step < 0) list[to].before(row);
  else list[to].after(row);
  number();
  show();
  say(`Now sentence ${to + 1}.`);
}

function remove(row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  const at = all().indexOf(row) + 1;
  row.remove();
  if (here === row) here = null;
  number();
  show();
  say(`Sentence ${at} is removed; nothing is saved yet.`);
  (next ?? add()).querySelector("textarea").focus();
}

function use(quote) {
  const row = here ?? all().at(-1) ?? add();
  const box = row.querySelector(`[type="checkbox"][value="${quote}"]`);
  box.checked = true;
  mark(row);
  box.focus();
  say(`The quote now stands behind sentence ${all().indexOf(row) + 1}.`);
}

function mark(row) {
  here?.classList.remove("here");
  here = row;
  here?.classList.add("here");
}

rows.addEventListener("input", show);
rows.addEventListener("focusin", (event) => mark(event.target.closest("[data-sentence]")));
rows.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const row = event.target.closest("[data-sentence]");
  if (button?.dataset.move) {
    move(row, Number(button.dataset.move));
    button.focus();
  }
  if (button && "remove" in button.dataset) remove(row);
});

const adder = editor.querySelector("[data-add]");
adder.hidden = false;
adder.addEventListener("click", add);
for (const button of document.querySelectorAll("[data-use]")) {
  button.hidden = false;
  button.addEventListener("click", () => use(button.dataset.use));
}
all().forEach(arm);
show();

// A draft of the rows: the text of each, and the quotes ticked behind it.
const readRows = () => [editor.elements.revision.value, all().map((row) => [row.querySelector("textarea").value, [...row.querySelectorAll(":checked")].map((box) => box.value)])];

function writeRows(form, [revision, texts]) {
  editor.elements.revision.value = revision;
  while (all().length > Math.max(1, texts.length)) all().at(-1).remove();
  texts.forEach(([words, quotes], at) => {
    const row = all()[at] ?? add();
    row.querySelector("textarea").value = words;
    for (const box of row.querySelectorAll('[type="checkbox"]')) box.checked = quotes.includes(box.value);
  });
  number();
  show();
}

// Leaving in haste asks first, while something typed is not saved.
const first = new URLSearchParams(new FormData(editor)).toString();
let sent = false;
keep(editor, readRows, writeRows);
editor.addEventListener("submit", () => { sent = true; });
addEventListener("beforeunload", (event) => {
  const now = new URLSearchParams(new FormData(editor)).toString();
  if (!sent && ("unsaved" in editor.dataset || now !== first)) event.preventDefault();
});
