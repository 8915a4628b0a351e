// On the page of a code, a story or a message: who edits it too, and who saved it meanwhile.
import { poll } from "./live.mjs";
import { renew, signInAgain } from "./token.mjs";

const line = document.querySelector("[data-here]");
let away = false;
let drawn = "";

const joined = (names) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)} are` : `${names[0]} is`);

function saved(name) {
  const link = document.createElement("a");
  Object.assign(link, { href: location.pathname, target: "_blank", rel: "noopener", textContent: "See what is saved now" });
  return [`${name} has saved this ${line.dataset.what} since you opened it. If you save, you will see both and choose. `, link];
}

function show(words, key) {
  if (key === drawn) return;
  drawn = key;
  line.replaceChildren(...words);
  line.hidden = !words.length;
}

async function ask() {
  const answer = await fetch(`${line.dataset.here}?revision=${line.dataset.revision}`, { headers: { Accept: "application/json" } });
  if (answer.redirected || answer.status === 401) {
    away = true;
    show([signInAgain("before you save; what you typed stays here.")], "out");
    return false;
  }
  if (!answer.ok) return false;
  if (away) await renew();
  away = false;
  const { people, saved_by: by } = await answer.json();
  const words = people.length ? [`${joined(people.map((each) => each.name))} editing this too. `] : [];
  show(by ? [...words, ...saved(by)] : words, JSON.stringify([people.map((each) => each.name), by]));
  return true;
}

if (line) poll(ask, 1500);
