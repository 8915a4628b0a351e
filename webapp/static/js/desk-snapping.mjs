// What a selection grows to when it is made: nothing, whole words, whole sentences.
import { onPreference, preference, setPreference } from "./desk-preferences.mjs";
import { passageAt } from "./desk-selection.mjs";
import { grown } from "./desk-units.mjs";

const choice = document.querySelector("[data-snapping]");
const ORDER = ["exactly", "word", "sentence"];

export function snapped(passage) {
  const unit = preference("snapping");
  if (!passage || unit === ORDER[0]) return passage;
  const { start, end } = grown(passage, unit);
  return start === passage.start && end === passage.end ? passage : passageAt(start, end);
}

export const nextSnapping = () => setPreference("snapping", ORDER[(ORDER.indexOf(preference("snapping")) + 1) % ORDER.length]);

export function init() {
  choice.addEventListener("change", () => {
    setPreference("snapping", choice.value);
    choice.blur();
  });
  onPreference(() => { choice.value = preference("snapping"); });
}
