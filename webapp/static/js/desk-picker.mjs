// The picker at the selection: type a few letters, Enter applies; what is not there yet is made.
import { codes, plain } from "./desk-tree.mjs";
import { rangeOf } from "./desk-selection.mjs";

const box = document.querySelector("[data-picker]");
const input = box.querySelector("[data-picker-input]");
const list = box.querySelector("[data-picker-list]");
const fresh = box.querySelector("[data-picker-new]");
const under = box.querySelector("[data-picker-under]");
const told = box.querySelector("[data-picker-told]");
const again = box.querySelector("[data-picker-repeat]");
const story = box.querySelector("[data-picker-story]");
const similar = box.querySelector("[data-picker-similar]");
const text = document.querySelector("[data-text]");
const recent = [];
let actions = {};
let at = 0;

export const isOpen = () => !box.hidden;
export const lastCode = () => recent[0];

export function remember(id) {
  if (recent.includes(id)) recent.splice(recent.indexOf(id), 1);
  recent.unshift(id);
}

function score(code, words) {
  const name = plain(code.name);
  const marks = words.map((word) => {
    const place = name.indexOf(word);
    if (place === 0) return 4;
    if (place > 0) return /\W/.test(name[place - 1]) ? 3 : 2;
    return plain(code.theme).includes(word) ? 1 : 0;
  });
  return marks.includes(0) ? 0 : 1 + marks.reduce((a, b) => a + b, 0);
}

function found(query) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const turn = (code) => (recent.includes(code.id) ? recent.indexOf(code.id) : Infinity);
  return codes()
    .map((code, place) => ({ ...code, place, score: score(code, words) }))
    .filter((code) => code.score)
    .sort((a, b) => b.score - a.score || Math.sign(turn(a) - turn(b)) || a.place - b.place)
    .slice(0, 60);
}

function piece(tag, words, className) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = words;
  return made;
}

// The name, with the letters typed in bold.
function marked(name) {
  const made = piece("span", "");
  const place = typed() ? plain(name).indexOf(plain(typed())) : -1;
  if (place < 0 || plain(name).length !== name.length) made.textContent = name;
  else made.append(name.slice(0, place), piece("b", name.slice(place, place + typed().length)), name.slice(place + typed().length));
  return made;
}

function item(code, n) {
  const row = piece("li", "");
  row.id = `pick-${n}`;
  row.setAttribute("role", "option");
  row.dataset.pick = code.id;
  if (code.id) row.append(piece("i", "", `dot c${code.id}`), marked(code.name));
  else row.append(piece("span", `New code “${code.name}”`));
  if (code.theme) row.append(piece("span", code.theme, "small soft"));
  if (!code.id) row.append(piece("kbd", "⇧↵"));
  return row;
}

const typed = () => input.value.trim().replace(/\s+/g, " ");

function draw() {
  const known = found(typed());
  const isNew = typed() && !known.some((code) => plain(code.name) === plain(typed()));
  if (isNew) known.push({ id: 0, name: typed() });
  list.replaceChildren(...known.map(item));
  fresh.hidden = !isNew;
  move(0, 0);
}

// Scrolls the list alone; scrollIntoView would move the page away from the selected words.
function show(row) {
  if (!row) return;
  const below = row.offsetTop + row.offsetHeight - list.clientHeight;
  list.scrollTop = Math.min(Math.max(list.scrollTop, below), row.offsetTop);
}

function move(step, from = at) {
  const rows = [...list.children];
  at = rows.length ? (from + step + rows.length) % rows.length : 0;
  rows.forEach((row, n) => row.setAttribute("aria-selected", String(n === at)));
  show(rows[at]);
  const code = codes().find(({ id }) => id === Number(rows[at]?.dataset.pick));
  told.textContent = code?.told ?? "";
  told.hidden = !code?.told;
  if (rows[at]) input.setAttribute("aria-activedescendant", rows[at].id);
  else input.removeAttribute("aria-activedescendant");
}

function pick(row) {
  if (row && Number(row.dataset.pick)) actions.apply(Number(row.dataset.pick));
  else if (typed()) actions.create(typed(), under.value ? Number(under.value) : null);
}

function place(passage) {
  const rects = rangeOf(passage).getClientRects();
  const [first, words] = [rects[0], rects[rects.length - 1]];
  const frame = box.parentElement.getBoundingClientRect();
  if (!words) return;
  if (matchMedia("(max-width: 760px)").matches) {
    // It stands at the bottom of a phone; the words must not stand behind it.
    if (words.bottom > 0.45 * innerHeight) scrollBy({ top: words.bottom - 0.4 * innerHeight, behavior: "instant" });
    return;
  }
  const below = words.bottom + 8 + box.offsetHeight < innerHeight - 40 || first.top < box.offsetHeight;
  const left = Math.min(Math.max(8, words.left - frame.left), frame.width - box.offsetWidth - 8);
  box.style.left = `${left}px`;
  // The list grows and shrinks while one types: the edge at the words stays where it is.
  box.style.top = below ? `${words.bottom + 8 - frame.top}px` : "auto";
  box.style.bottom = below ? "auto" : `${frame.bottom - first.top + 8}px`;
}

export function open(passage, focus = true, recoding = false) {
  input.value = "";
  const themes = codes().filter((code) => !code.theme);
  under.replaceChildren(new Option("No theme yet", ""), ...themes.map((theme) => new Option(theme.name, theme.id)));
  box.querySelector("[data-picker-words]").textContent = `“${passage.quote.slice(0, 40)}${passage.quote.length > 40 ? "…" : ""}”`;
  const last = recoding ? null : codes().find(({ id }) => id === lastCode());
  again.hidden = !last;
  if (last) again.textContent = `Again: ${last.name}`;
  box.querySelector("[data-picker-vivo]").hidden = recoding;
  box.setAttribute("aria-label", recoding ? "Choose another code for these words" : "Code the selected words");
  input.placeholder = recoding ? "Another code, or a new one" : "Code, or a new one";
  const asked = new URLSearchParams({ transcript: text.dataset.transcript, start: passage.start, end: passage.end });
  if (story) story.href = `${text.dataset.story}?${asked}`;
  if (similar) similar.href = `${similar.dataset.pickerSimilar}?${asked}`;
  box.hidden = false;
  draw();
  place(passage);
  if (focus) input.focus({ preventScroll: true });
}

export function close() {
  box.hidden = true;
}

const KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Enter: (event) => (event.shiftKey ? pick(null) : pick(list.children[at])),
};

export function init(given) {
  actions = given;
  input.addEventListener("input", draw);
  input.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (!act || event.isComposing) return;
    event.preventDefault();
    act(event);
  });
  list.addEventListener("click", (event) => pick(event.target.closest("[data-pick]")));
  again.addEventListener("click", () => actions.repeat());
  box.querySelector("[data-picker-vivo]").addEventListener("click", () => actions.vivo());
  // A press must not take the focus, or the selection with it.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  box.addEventListener("keydown", (event) => event.key === "Escape" && actions.cancel());
  box.querySelector("[data-picker-close]").addEventListener("click", () => actions.cancel());
}
