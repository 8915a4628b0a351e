// Words, sentences and turns as spans in code points; nothing here looks at the selection.
const text = document.querySelector("[data-text]");
const cut = Object.fromEntries(["word", "sentence"].map((granularity) => [granularity, new Intl.Segmenter("en", { granularity })]));
const KEPT = 12;
const kept = new Map();

export const bodies = () => [...text.querySelectorAll("[data-turn] > p")];
const startOf = (body) => Number(body.parentElement.dataset.start);
const points = (words) => [...words].length;

function pieces(unit, words) {
  if (unit === "turn") return [{ index: 0, segment: words }];
  const found = [...cut[unit].segment(words)].filter((piece) => (unit === "word" ? piece.isWordLike : piece.segment.trim()));
  return unit === "word" ? joined(found, words) : found;
}

// A word with hyphens is one word.
function joined(found, words) {
  const whole = [];
  for (const { index, segment } of found) {
    const last = whole.at(-1);
    const end = last && last.index + last.segment.length;
    if (last && /^[-\u2010\u2011]$/.test(words.slice(end, index))) last.segment = words.slice(last.index, index + segment.length);
    else whole.push({ index, segment });
  }
  return whole;
}

function measure(unit, words) {
  const spans = [];
  let [units, count] = [0, 0];
  for (const { index, segment } of pieces(unit, words)) {
    count += points(words.slice(units, index));
    const length = points(segment.trimEnd());
    if (length) spans.push({ start: count, end: count + length });
    count += points(segment);
    units = index + segment.length;
  }
  return spans;
}

// The spans of a turn. The last few are kept: a long turn takes milliseconds to cut.
export function spansIn(unit, body) {
  const words = body.textContent;
  const name = `${unit} ${words}`;
  const spans = kept.get(name) ?? measure(unit, words);
  kept.delete(name);
  kept.set(name, spans);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value);
  const start = startOf(body);
  return spans.map((span) => ({ start: start + span.start, end: start + span.end }));
}

// The turn in which a place stands, or the one before it.
function turnAt(all, place) {
  return Math.max(0, all.findLastIndex((body) => startOf(body) <= place));
}

// The first span after `place` for which `fits`, or the last before it where `step` is -1.
export function find(unit, place, step, fits) {
  const all = bodies();
  for (let n = turnAt(all, place); n >= 0 && n < all.length; n += step) {
    const spans = spansIn(unit, all[n]);
    const span = step > 0 ? spans.find(fits) : spans.findLast(fits);
    if (span) return span;
  }
  return null;
}

const around = (unit, place) => {
  const all = bodies();
  return all.length ? spansIn(unit, all[turnAt(all, place)]).find((span) => span.start <= place && place < span.end) : null;
};

// The least passage of whole units that holds the one given, without white space at its ends.
export function grown({ start, end, quote }, unit) {
  const letters = [...quote];
  const low = start + letters.findIndex((letter) => letter.trim());
  const high = end - (letters.length - 1 - letters.findLastIndex((letter) => letter.trim()));
  return { start: around(unit, low)?.start ?? low, end: around(unit, high - 1)?.end ?? high };
}
