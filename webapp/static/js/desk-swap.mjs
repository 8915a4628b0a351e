// Draws what changed since the last look, and nothing else: own changes, undo and other people's.
import { read, say } from "./desk-send.mjs";
import { restore } from "./desk-selection.mjs";

const text = document.querySelector("[data-text]");
const tree = document.querySelector("[data-tree]");
const listeners = [];
let since = Number(text.dataset.last);
let busy = null;

export const onSwap = (listener) => listeners.push(listener);

function swapTurn(position, html) {
  const old = document.getElementById(`t${position}`);
  const piece = document.createElement("template");
  piece.innerHTML = html.trim();
  const fresh = piece.content.firstElementChild;
  const focused = old?.contains(document.activeElement);
  old?.replaceWith(fresh);
  if (focused) fresh.querySelector("[data-stripes]")?.focus();
}

function redrawColours() {
  const link = document.querySelector("[data-colours]");
  const fresh = link.cloneNode();
  fresh.href = `${link.href.split("?")[0]}?since=${since}`;
  fresh.addEventListener("load", () => link.remove());
  link.after(fresh);
}

function draw(answer) {
  if (answer.tree != null) {
    tree.innerHTML = answer.tree;
    document.querySelector("[data-no-codes]")?.remove();
    redrawColours();
  }
  for (const [position, html] of Object.entries(answer.turns)) swapTurn(position, html);
  for (const [code, count] of Object.entries(answer.counts ?? {})) {
    const place = tree.querySelector(`[data-count="${code}"]`);
    if (place) place.textContent = count;
  }
  const share = document.querySelector("[data-share]");
  if (answer.share_coded != null) share.textContent = `${Math.round(100 * answer.share_coded)} % of turns coded`;
  if (answer.reload) say("The transcript itself was changed; reload the page to see it", true);
}

async function look() {
  const answer = await read(`${text.dataset.desk}turns?since=${since}`, "json");
  if (!answer) return;
  since = answer.last;
  draw(answer);
  if (Object.keys(answer.turns).length || answer.tree != null) {
    restore();
    for (const listener of listeners) listener(answer);
  }
  if (answer.more) await look();
}

// A look asked for while one is under way follows it: what was just saved must be in the answer.
export async function refresh() {
  await busy;
  busy = look().finally(() => (busy = null));
  return busy;
}

setInterval(() => {
  if (!document.hidden && !busy) refresh();
}, 2000);
