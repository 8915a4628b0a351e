// The review page: keys move and decide, and a decision swaps the list in place, so that whoever
// reads does not lose the place. Without this script every button does the same by a new page.
const KEYS = { j: () => step(1), k: () => step(-1), y: () => press("[data-accept]"), d: () => press("[data-reject]"), u: () => document.querySelector("[data-undo]")?.click() };
let busy = false;

const main = () => document.querySelector("main");
const items = () => [...document.querySelectorAll("[data-suggestion]")];
const at = () => items().findIndex((item) => item.contains(document.activeElement) || item.hasAttribute("aria-current"));

function choose(item) {
  for (const each of items()) each.removeAttribute("aria-current");
  if (!item) return;
  item.setAttribute("aria-current", "true");
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = items();
  choose(all[Math.min(Math.max(at() + by, 0), all.length - 1)]);
}

function press(button) {
  const item = items()[at()];
  if (item) item.querySelector(button)?.click();
  else step(1);
}

function say(words, failed = false) {
  const said = document.querySelector("[data-said]");
  if (!said) return;
  said.textContent = words;
  said.toggleAttribute("data-failed", failed);
}

// Takes the answer's page in; what it says at its top is said in the bar, which stays in view.
function swap(html, place) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const content = fresh.querySelector("main");
  const [done, problem] = [content.querySelector(":scope > .done"), content.querySelector(":scope > .problem")];
  const words = (problem?.querySelector("p") ?? done)?.textContent.trim() ?? "";
  done?.remove();
  problem?.remove();
  main().replaceChildren(...content.childNodes);
  say(words, Boolean(problem));
  const all = items();
  choose(all[Math.min(Math.max(place, 0), all.length - 1)]);
}

async function send(form, button) {
  if (busy) return;
  busy = true;
  const [place, body] = [at(), new FormData(form)];
  if (button?.name) body.set(button.name, button.value);
  say("Saving …");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    const html = await answer.text();
    if (!html.includes("data-learned")) return location.reload(); // signed out, or no longer allowed
    swap(html, place);
  } catch {
    say("The server cannot be reached. This is not saved: try again in a moment.", true);
  } finally {
    busy = false;
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-decide], [data-undo-form]") || !document.querySelector("[data-said]")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const act = document.querySelector("[data-said]") && KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// When much has changed since, it is learned anew in the background; the list stays as it is until
// somebody asks for the new one.
const learned = document.querySelector("[data-learned]");
const tell = (...words) => document.querySelector("[data-learning]")?.replaceChildren(...words);

async function learn() {
  const body = new FormData(document.querySelector("[data-learn]"));
  body.set("quiet", "1");
  const answer = await fetch(document.querySelector("[data-learn]").action, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) return;
  tell("Much has changed, so the codings are being learned from again.");
  follow((await answer.json()).job);
}

async function follow(job) {
  const answer = await fetch(job, { headers: { Accept: "application/json" } }).catch(() => null);
  const state = answer?.ok ? await answer.json() : null;
  if (!state || ["failed", "cancelled", "interrupted"].includes(state.state)) {
    if (state?.error) tell(`It was not learned: ${state.error}`);
  } else if (state.state === "done") {
    const link = Object.assign(document.createElement("a"), { href: location.href, textContent: "Show them" });
    tell("New suggestions are ready. ", link);
  } else setTimeout(() => follow(job), 1500);
}

if (learned?.dataset.job) follow(learned.dataset.job);
else if (learned && "stale" in learned.dataset) learn();
