// Paints a coding before it is saved, so that nobody waits for the network: broken lines until the
// server's own drawing takes its place, and away again where it was not saved.
import { say } from "./desk-send.mjs";
import { hold, rangeOf } from "./desk-selection.mjs";
import { bodiesIn } from "./desk-turns.mjs";

const text = document.querySelector("[data-text]");
const MOST = 40; // turns; a longer passage is painted when it is saved

// The pieces of text of a passage, cut where it begins and ends.
function pieces(body, range) {
  const found = [];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (range.intersectsNode(walker.currentNode)) found.push(walker.currentNode);
  const { startContainer, startOffset, endContainer, endOffset } = range;
  return found.map((node) => {
    const end = node === endContainer ? endOffset : node.data.length;
    const start = node === startContainer ? startOffset : 0;
    if (end < node.data.length) node.splitText(end);
    return start ? node.splitText(start) : node;
  }).filter((node) => node.data);
}

function wrap(node, code) {
  const mark = document.createElement(node.parentElement.closest("mark") ? "span" : "mark");
  mark.className = `c${code} l0 soon`;
  mark.dataset.codings = "";
  node.replaceWith(mark);
  mark.append(node);
}

function unwrap() {
  const marks = [...document.querySelectorAll(".soon")];
  const again = hold(marks.map((mark) => mark.closest("[data-turn]")));
  for (const mark of marks) mark.replaceWith(...mark.childNodes);
  again();
}

// Returns what `saving` does; a change that was not saved leaves no paint.
export async function paintSoon({ passage, code }, saving) {
  const range = rangeOf(passage);
  const bodies = range ? bodiesIn(range) : [];
  if (bodies.length && bodies.length <= MOST && range.toString().trim()) {
    const again = hold(bodies.map((body) => body.parentElement));
    const cut = bodies.flatMap((body) => pieces(body, range));
    for (const node of cut) wrap(node, code);
    again();
  }
  const saved = await saving;
  if (!saved?.id) unwrap();
  else if (text.dataset.filtered && !text.querySelector(`[data-codings~="${saved.id}"]`)) say("Saved; what is shown now leaves it out");
  return saved;
}
