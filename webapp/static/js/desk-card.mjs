// A card at coded words: which codes, who put them there, when, and the memo. It comes on hover and
// on focus of the margin, can be pointed at, and Escape sends it away.
import { onSwap } from "./desk-swap.mjs";

const text = document.querySelector("[data-text]");
const card = document.querySelector("[data-card]");
const SOON = 350;
const told = new Map();
let timer = 0;
let shown = null;

// Where the turn's codings are to be asked for; what is not saved yet has none.
function spanOf(turn) {
  const stripes = turn.querySelector("[data-stripes]");
  if (!stripes) return null;
  const asked = new URLSearchParams(stripes.getAttribute("href").split("#")[0]);
  return `start=${asked.get("start")}&end=${asked.get("end")}`;
}

async function fetchTold(turn) {
  const span = spanOf(turn);
  if (span && !told.has(turn.id)) {
    const answer = await fetch(`${text.dataset.desk}told?${span}&${text.dataset.filtered}`).catch(() => null);
    if (!answer?.ok || answer.redirected) return null;
    told.set(turn.id, await answer.text());
  }
  return told.get(turn.id) ?? null;
}

function place(rect) {
  const box = card.getBoundingClientRect();
  const below = rect.bottom + 6;
  const fits = below + box.height < innerHeight - 44;
  card.style.top = `${Math.max(4, fits ? below : rect.top - box.height - 6)}px`;
  card.style.left = `${Math.max(4, Math.min(rect.left, innerWidth - box.width - 12))}px`;
}

async function show(element, rect) {
  const turn = element.closest("[data-turn]");
  const html = await fetchTold(turn);
  if (html == null || shown !== element || !element.isConnected) return;
  card.innerHTML = html;
  const ids = element.dataset.codings?.split(" ");
  for (const row of ids ? card.querySelectorAll("[data-id]") : []) row.hidden = !ids.includes(row.dataset.id);
  card.hidden = false;
  if (!ids) element.setAttribute("aria-describedby", card.id);
  place(rect);
}

function hide() {
  clearTimeout(timer);
  shown?.removeAttribute("aria-describedby");
  shown = null;
  card.hidden = true;
}

function wait(element, rect) {
  if (shown === element) return clearTimeout(timer);
  hide();
  shown = element;
  timer = setTimeout(() => show(element, rect), SOON);
  return null;
}

const later = () => {
  clearTimeout(timer);
  timer = setTimeout(hide, 200);
};

// The line of the words that is pointed at, since a mark may run over several.
const lineAt = (element, y) => [...element.getClientRects()].find((each) => y >= each.top - 4 && y <= each.bottom + 4) ?? element.getBoundingClientRect();

text.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse" || event.buttons) return;
  const element = event.target.closest("mark, [data-stripes]");
  if (element) wait(element, lineAt(element, event.clientY));
  else if (shown) later();
});
text.addEventListener("pointerleave", later);
card.addEventListener("pointerenter", () => clearTimeout(timer));
card.addEventListener("pointerleave", later);
text.addEventListener("focusin", (event) => {
  const stripes = event.target.closest("[data-stripes]");
  if (stripes?.matches(":focus-visible")) wait(stripes, stripes.getBoundingClientRect());
});
text.addEventListener("focusout", hide);
addEventListener("pointerdown", hide, true);
addEventListener("scroll", hide, { passive: true });
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
onSwap((answer) => {
  for (const position of Object.keys(answer.turns)) told.delete(`t${position}`);
});
