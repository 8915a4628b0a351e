// Draws what changed since the last look, and nothing else: own changes, undo and other people's.
// The reader's place, selection and focus stay where they are.
import { showNews, showPeople } from "./desk-people.mjs";
import { read, say } from "./desk-send.mjs";
import { hold } from "./desk-selection.mjs";
import { poll } from "./live.mjs";

const text = document.querySelector("[data-text]");
const tree = document.querySelector("[data-tree]");
const listeners = [];
let since = Number(text.dataset.last);
let busy = null;
let pressed = false;

export const onSwap = (listener) => listeners.push(listener);

// The turn that is being read: the first that stands clear of the top of the window. Looking for it
// makes the browser lay the page out, so what was found lasts until the page is scrolled.
let found = null;
addEventListener("scroll", () => { found = null; }, { passive: true });
addEventListener("resize", () => { found = null; });
export function reading() {
  found ??= find()?.id ?? null;
  return found && document.getElementById(found);
}

function find() {
  const { left, width } = text.getBoundingClientRect();
  const at = (y) => document.elementsFromPoint(left + width / 2, y).find((each) => each.matches("[data-turn]"));
  return at(90) ?? at(160) ?? at(260) ?? null;
}

function swapTurn(position, html) {
  const old = document.getElementById(`t${position}`);
  const piece = document.createElement("template");
  piece.innerHTML = html.trim();
  const fresh = piece.content.firstElementChild;
  const focused = old?.contains(document.activeElement);
  old?.replaceWith(fresh);
  if (focused) fresh.querySelector("[data-stripes]")?.focus({ preventScroll: true });
}

function flash(position) {
  const turn = document.getElementById(`t${position}`);
  turn?.classList.add("touched");
  turn?.addEventListener("animationend", () => turn.classList.remove("touched"), { once: true });
}

function redrawColours() {
  const link = document.querySelector("[data-colours]");
  const fresh = link.cloneNode();
  fresh.href = `${link.href.split("?")[0]}?since=${since}`;
  fresh.addEventListener("load", () => link.remove());
  link.after(fresh);
}

function redrawTree(html) {
  const side = tree.closest(".side");
  const [top, focused] = [side.scrollTop, tree.contains(document.activeElement) && document.activeElement.dataset.code];
  const chosen = tree.querySelector("[aria-current]")?.dataset.code;
  tree.innerHTML = html;
  tree.querySelector(`[data-code="${chosen}"]`)?.setAttribute("aria-current", "true");
  if (focused) tree.querySelector(`[data-code="${focused}"]`)?.focus({ preventScroll: true });
  side.scrollTop = top;
  document.querySelector("[data-no-codes]")?.remove();
  redrawColours();
}

function draw(answer) {
  if (answer.tree != null) redrawTree(answer.tree);
  for (const [position, html] of Object.entries(answer.turns)) swapTurn(position, html);
  for (const [code, count] of Object.entries(answer.counts ?? {})) {
    const place = tree.querySelector(`[data-count="${code}"]`);
    if (place) place.textContent = count;
  }
  const share = document.querySelector("[data-share]");
  if (answer.share_coded != null) share.textContent = `${Math.round(100 * answer.share_coded)} % of turns coded`;
  if (answer.reload) say("The transcript itself was changed; reload the page to see it", true);
}

// What is swapped below the turn that is read does not move it.
const above = (answer, turn) => turn && Object.keys(answer.turns).some((position) => Number(position) < Number(turn.dataset.turn));

function drawInPlace(answer) {
  const anchor = above(answer, reading()) ? reading() : null;
  const top = anchor?.getBoundingClientRect().top;
  const reselect = hold(Object.keys(answer.turns).map((position) => document.getElementById(`t${position}`)).filter(Boolean));
  draw(answer);
  reselect();
  const moved = anchor ? document.getElementById(anchor.id).getBoundingClientRect().top - top : 0;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
  answer.theirs?.forEach(flash);
}

async function look() {
  const turn = reading()?.dataset.turn ?? "";
  const answer = await read(`${text.dataset.desk}live?since=${since}&turn=${turn}&${text.dataset.filtered}`, "json");
  if (!answer) return false;
  await released();
  since = answer.last;
  showPeople(answer.people);
  const changed = Object.keys(answer.turns).length || answer.tree != null;
  if (changed || answer.counts || answer.reload) drawInPlace(answer);
  if (answer.news?.length) showNews(answer.news);
  if (changed || answer.suggestions) for (const listener of listeners) listener(answer);
  return answer.more ? look() : true;
}

// A look asked for while one is under way follows it: what was just saved must be in the answer.
export async function refresh() {
  await busy;
  busy = look().finally(() => (busy = null));
  return busy;
}

// Words are not swapped under a mouse that selects them.
const released = () => pressed && new Promise((go) => addEventListener("pointerup", () => setTimeout(go, 50), { once: true }));
addEventListener("pointerdown", (event) => { pressed = event.pointerType === "mouse"; }, true);
for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => { pressed = false; }, true);

poll(() => (busy ? busy.then(() => true) : refresh()), 1000);
