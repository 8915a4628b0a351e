// The turns of a long text, found by halving: a look at each of thousands would be felt.
const turns = document.querySelector("[data-text]").getElementsByClassName("turn");

const bodyOf = (turn) => turn.querySelector(":scope > p");
const startOf = (turn) => Number(turn.dataset.start);

// The first turn of which `test` is true, if it is true of all that follow.
function first(test) {
  let [low, high] = [0, turns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(turns[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

// The words of the turns that a range touches.
export function bodiesIn(range) {
  const from = first((turn) => range.comparePoint(turn, turn.childNodes.length) >= 0);
  const to = first((turn) => range.comparePoint(turn, 0) > 0);
  return Array.from({ length: Math.max(0, to - from) }, (_, n) => bodyOf(turns[from + n])).filter((body) => range.intersectsNode(body));
}

// The words of the turn in which a place stands, or of the turn before it.
export function bodyAt(place) {
  const found = turns[Math.max(0, first((turn) => startOf(turn) > place) - 1)];
  return found ? bodyOf(found) : null;
}
