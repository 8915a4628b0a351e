// Finds words in the transcript as they are typed: a count, next and previous, painted without
// touching the page's own marks.
import { bring } from "./desk-jump.mjs";
import { onSwap } from "./desk-swap.mjs";

const text = document.querySelector("[data-text]");
const field = document.querySelector("[data-find]");
const told = document.querySelector("[data-hits]");
const tools = document.querySelector("[data-with-hits]");
const MOST = 3000;
const ALIKE = { "'": "['’‘ʼ]", "’": "['’‘ʼ]", '"': '["“”]', "-": "[-‐‑–]" };
let hits = [];
let at = -1;

const bodies = () => [...text.querySelectorAll("[data-turn] > p")];
const letter = (each) => ALIKE[each] ?? each.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

function pattern(words) {
  const parts = words.trim().split(/\s+/).filter(Boolean);
  return parts.length ? new RegExp(parts.map((part) => [...part].map(letter).join("")).join("\\s+"), "giu") : null;
}

function search(words) {
  const wanted = pattern(words);
  if (!wanted) return [];
  return bodies().flatMap((body) => [...body.textContent.matchAll(wanted)].map((found) => ({ body, from: found.index, to: found.index + found[0].length })));
}

// The ranges of hits, each turn walked once.
function rangesOf(some) {
  const made = some.map((hit) => [hit, document.createRange()]);
  let walker = null;
  let [body, before] = [null, 0];
  for (const [hit, range] of made) {
    if (hit.body !== body) {
      body = hit.body;
      walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
      walker.nextNode();
      before = 0;
    }
    const seek = (place, last) => {
      while (walker.currentNode && before + walker.currentNode.data.length < place + (last ? 0 : 1)) {
        before += walker.currentNode.data.length;
        if (!walker.nextNode()) break;
      }
      return [walker.currentNode, place - before];
    };
    range.setStart(...seek(hit.from, false));
    range.setEnd(...seek(hit.to, true));
  }
  return made.map(([, range]) => range);
}

function paint() {
  if (!globalThis.Highlight) return;
  const ranges = rangesOf(hits.slice(0, MOST));
  CSS.highlights.set("hits", new Highlight(...ranges));
  if (hits[at]) CSS.highlights.set("hit", Object.assign(new Highlight(ranges[at] ?? rangesOf([hits[at]])[0]), { priority: 1 }));
  else CSS.highlights.delete("hit");
}

function tell() {
  tools.hidden = !field.value.trim();
  told.textContent = hits.length ? `${at + 1} of ${hits.length}` : "No hit";
}

function look(keep = false) {
  hits = search(field.value);
  at = hits.length ? Math.min(keep ? Math.max(at, 0) : nearest(), hits.length - 1) : -1;
  paint();
  tell();
}

// The first hit that is not above what is being read, or the very first.
function nearest() {
  const place = text.dataset.place?.split("-").map(Number)[0];
  const below = (hit) => (place === undefined ? hit.body.getBoundingClientRect().bottom > 60 : Number(hit.body.parentElement.dataset.start) + hit.to > place);
  return Math.max(0, hits.findIndex(below));
}

function go(step) {
  if (!hits.length) return;
  at = (at + step + hits.length) % hits.length;
  paint();
  tell();
  show();
}

function show() {
  const range = hits[at] && rangesOf([hits[at]])[0];
  if (!range) return;
  const box = range.getBoundingClientRect();
  if (box.height && box.top > 80 && box.bottom < innerHeight - 80) return;
  bring(range.startContainer.parentElement);
}

let pause = 0;
field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => (look(), show()), 120);
});
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    event.preventDefault();
    go(event.shiftKey ? -1 : 1);
  } else if (event.key === "Escape" && field.value) {
    event.stopPropagation();
    field.value = "";
    look();
  }
});
document.querySelector("[data-next]").addEventListener("click", () => go(1));
document.querySelector("[data-previous]").addEventListener("click", () => go(-1));
onSwap((answer) => Object.keys(answer.turns).length && field.value && look(true));
if (field.value) {
  look();
  if (!text.dataset.place) show();
}

// What is shown changes at once, and the reader stays where they are.
const shown = document.querySelector("[data-shown]");
shown.addEventListener("change", () => {
  const asked = new URLSearchParams([...new FormData(shown)].filter(([, value]) => value));
  if (field.value) asked.set("find", field.value);
  const beside = document.querySelector('[name="beside"]').value;
  if (beside) asked.set("beside", beside);
  const turn = bodies().find((body) => body.getBoundingClientRect().bottom > 80)?.parentElement;
  location.assign(`${text.dataset.desk}?${asked}${turn ? `#${turn.id}` : ""}`);
});
