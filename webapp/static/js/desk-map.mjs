// The map of the codings beside the text: where they are, where the window is, a way there by
// click and by key. It is drawn by the server and fetched again a while after a change.
import { bring } from "./desk-jump.mjs";
import { onSwap, reading } from "./desk-swap.mjs";

const text = document.querySelector("[data-text]");
const map = document.querySelector("[data-map]");
const strip = map.querySelector("[data-strip]");
const frame = document.createElement("i");
const turns = [...text.querySelectorAll("[data-turn]")];
let firsts = [];
let counts = [];

const listed = (name) => strip.querySelector("svg").dataset[name].split(" ").map(Number);
const positionAt = (bin) => Math.min(firsts[bin], turns.length);
const turnAt = (bin) => document.getElementById(`t${positionAt(bin)}`);

function learn() {
  [firsts, counts] = [listed("turns"), listed("counts")];
  strip.append(frame);
  follow();
}

// The bin of what is being read.
function now() {
  const place = Number(reading()?.dataset.turn ?? 1);
  return Math.max(0, firsts.findLastIndex((first) => first <= place));
}

function follow() {
  const bin = now();
  const last = document.elementsFromPoint(text.getBoundingClientRect().left + 200, innerHeight - 80).find((each) => each.matches?.("[data-turn]"));
  const end = Math.max(bin + 1, firsts.findLastIndex((first) => first <= Number(last?.dataset.turn ?? turns.length)));
  frame.style.top = `${(100 * bin) / firsts.length}%`;
  frame.style.height = `${(100 * (end - bin)) / firsts.length}%`;
  strip.setAttribute("aria-valuenow", positionAt(bin));
  const many = counts.reduce((sum, count, n) => sum + (firsts[n] === firsts[bin] ? count : 0), 0);
  strip.setAttribute("aria-valuetext", `Turn ${positionAt(bin)}, ${many} ${many === 1 ? "coding" : "codings"} around it`);
}

function go(bin) {
  bring(turnAt(Math.min(Math.max(bin, 0), firsts.length - 1)));
}

// The next place with codings, one way or the other.
function step(way) {
  const from = now();
  for (let bin = from + way; bin >= 0 && bin < counts.length; bin += way) {
    if (counts[bin] && positionAt(bin) !== positionAt(from)) return go(bin);
  }
  return null;
}

const KEYS = {
  ArrowDown: () => step(1),
  ArrowRight: () => step(1),
  ArrowUp: () => step(-1),
  ArrowLeft: () => step(-1),
  PageDown: () => go(now() + 12),
  PageUp: () => go(now() - 12),
  Home: () => go(0),
  End: () => go(firsts.length - 1),
};

function begin() {
  strip.setAttribute("role", "slider");
  strip.setAttribute("aria-label", "Map of the codings: arrow keys go to the next coded place");
  strip.setAttribute("aria-orientation", "vertical");
  strip.setAttribute("aria-valuemin", 1);
  strip.setAttribute("aria-valuemax", turns.length);
  strip.tabIndex = 0;
  strip.addEventListener("click", (event) => {
    const box = strip.getBoundingClientRect();
    go(Math.floor((firsts.length * (event.clientY - box.top)) / box.height));
  });
  strip.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key]();
  });
  learn();
}

async function again() {
  const answer = await fetch(`${text.dataset.desk}map?${text.dataset.filtered}`).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const held = strip.contains(document.activeElement);
  strip.innerHTML = await answer.text();
  learn();
  if (held) strip.focus({ preventScroll: true });
}

let waiting = 0;
onSwap((answer) => {
  if (!answer.counts) return;
  clearTimeout(waiting);
  waiting = setTimeout(again, 1500);
});

let drawing = 0;
addEventListener("scroll", () => {
  drawing ||= requestAnimationFrame(() => {
    drawing = 0;
    if (firsts.length) follow();
  });
}, { passive: true });

if (turns.length) requestIdleCallback(begin);
