// Passages of one code beside the text; which code is in the address. A passage of this transcript
// is brought into view, one of another opens there.
import { read } from "./desk-send.mjs";
import { bring } from "./desk-jump.mjs";
import { paint, rangeOf } from "./desk-selection.mjs";

const box = document.querySelector("[data-beside]");
const list = box.querySelector("[data-passages]");
const choice = box.querySelector("[name=beside]");
const { desk } = document.querySelector("[data-text]").dataset;

choice.addEventListener("change", async () => {
  const address = new URL(location.href);
  if (choice.value) address.searchParams.set("beside", choice.value);
  else address.searchParams.delete("beside");
  history.replaceState(null, "", address);
  const html = await read(`${desk}beside?beside=${choice.value}`);
  if (html != null) list.innerHTML = html;
});

list.addEventListener("click", (event) => {
  const here = event.target.closest("[data-here]");
  if (!here || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const span = { start: Number(here.dataset.start), end: Number(here.dataset.end) };
  paint("place", span);
  bring(rangeOf(span).startContainer.parentElement);
});
