// A list that others change is brought up to date while somebody reads it; not under their hands.
import { poll } from "./live.mjs";

const part = document.querySelector("[data-live]");
const kinds = part.dataset.live.split(" ");
let { since } = part.dataset;

async function redraw() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-live]");
  if (fresh && fresh.innerHTML !== part.innerHTML) {
    part.innerHTML = fresh.innerHTML;
    document.querySelector(".where p").textContent = page.querySelector(".where p").textContent;
  }
  return true;
}

poll(async () => {
  if (part.contains(document.activeElement)) return true;
  const answer = await fetch(`${part.dataset.changed}?since=${since}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return false;
  const { last, objects } = await answer.json();
  if (objects.some((each) => kinds.includes(each)) && !(await redraw())) return false;
  since = last;
  return true;
}, 1000);
