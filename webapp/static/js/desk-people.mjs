// Who else reads the transcript, and what they just did; said a few sentences at a time.
const list = document.querySelector("[data-people]");
const news = document.querySelector("[data-news]");
const SHOWN = 4;
const PAUSE = 4000;
let drawn = "";
let waiting = [];
let quiet = false;

function chip({ name, turn }) {
  const made = document.createElement(turn ? "a" : "span");
  if (turn) made.href = `#t${turn}`;
  made.className = "tag";
  made.append(name);
  if (turn) {
    const where = document.createElement("span");
    where.className = "soft";
    where.textContent = `turn ${turn}`;
    made.append(where);
  }
  return made;
}

export function showPeople(people) {
  const now = JSON.stringify(people);
  if (now === drawn || list.contains(document.activeElement)) return;
  drawn = now;
  const chips = people.slice(0, SHOWN).map(chip);
  if (people.length > SHOWN) chips.push(`and ${people.length - SHOWN} more`);
  list.replaceChildren("Also here: ", ...chips);
  list.hidden = !people.length;
}

function tell() {
  quiet = waiting.length > 0;
  if (!quiet) return;
  const told = waiting.splice(0, 3);
  if (waiting.length) told.push(`and ${waiting.length} more changes`);
  waiting = [];
  news.textContent = `${told.join("; ")}.`;
  setTimeout(tell, PAUSE);
}

export function showNews(sentences) {
  waiting.push(...sentences);
  if (!quiet) tell();
}
