// Keeps what is typed into long forms until the server says that it is saved, so that a sign-in
// that ended, or a slip, loses nothing. Drafts stay in this tab and belong to one person.
import { person } from "./token.mjs";

const ALL = "draft ";
const OWN = `${ALL}${person} `;
const here = location.pathname + location.search;
const claimed = new Set();

const names = (start) => Object.keys(sessionStorage).filter((name) => name.startsWith(start));
const load = (name) => JSON.parse(sessionStorage.getItem(name));
const pathOf = (form) => new URL(form.action).pathname;

function put(name, draft) {
  try {
    sessionStorage.setItem(name, JSON.stringify(draft));
  } catch {
    // A full or forbidden store: the page works as it would without drafts.
  }
}

const kept = (form) => [...form.elements].filter((each) => each.name && each.name !== "csrf_token" && !["file", "password", "submit", "button"].includes(each.type));
const ticks = (field) => field.type === "radio" || field.type === "checkbox";
const read = (form) => kept(form).map((each) => (ticks(each) ? each.checked : each.value.replaceAll("\r\n", "\n")));

function write(form, values) {
  kept(form).forEach((each, n) => {
    if (ticks(each)) each.checked = values[n];
    else each.value = values[n];
  });
}

function button(words, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "quiet", textContent: words });
  made.addEventListener("click", act);
  return made;
}

function note(...pieces) {
  const made = document.createElement("p");
  made.className = "done";
  made.setAttribute("role", "status");
  made.append(...pieces);
  return made;
}

// Watches a form. `reads` and `writes` say how a form with rows of its own is taken and filled.
export function keep(form, reads = read, writes = write) {
  const path = pathOf(form);
  const unsaved = "unsaved" in form.dataset;
  const sent = names(OWN).find((name) => load(name).path === path && load(name).sent);
  const name = unsaved && sent ? sent : `${OWN}${here} ${path}`;
  const at = unsaved && sent ? load(sent).at : here;
  const clean = JSON.stringify(reads(form));
  const store = (isSent) => put(name, { at, path, sent: isSent, title: document.querySelector("h1").textContent, values: reads(form) });
  claimed.add(name);
  const old = sessionStorage.getItem(name) && load(name);
  if (unsaved) store(false);
  else if (old && JSON.stringify(old.values) !== clean) {
    writes(form, old.values);
    const said = note("Restored what you had typed; it is not saved yet. ", button("Throw it away", () => {
      writes(form, JSON.parse(clean));
      sessionStorage.removeItem(name);
      said.remove();
    }));
    form.before(said);
  }
  form.addEventListener("input", () => (JSON.stringify(reads(form)) === clean && !unsaved ? sessionStorage.removeItem(name) : store(false)));
  form.addEventListener("submit", () => store(true));
}

function forgetSaved() {
  const saved = document.cookie.split("; ").find((each) => each.startsWith("saved="));
  if (!saved) return;
  document.cookie = "saved=; path=/; max-age=0; samesite=lax";
  const path = decodeURIComponent(saved.slice(6).replaceAll('"', ""));
  for (const name of names(OWN)) if (load(name).sent && decodeURIComponent(load(name).path) === path) sessionStorage.removeItem(name);
}

// What was sent while signed out and has no form on this page: the way back to it.
function remind() {
  for (const name of names(OWN).filter((each) => load(each).sent && !claimed.has(each))) {
    const { at, title } = load(name);
    const link = document.createElement("a");
    Object.assign(link, { href: at, textContent: `Go back to “${title}”` });
    const said = note("What you typed was not saved. ", link, " ", button("Throw it away", () => {
      sessionStorage.removeItem(name);
      said.remove();
    }));
    document.querySelector("main").prepend(said);
  }
}

if (person) {
  forgetSaved();
  document.querySelectorAll("form[data-draft]").forEach((form) => keep(form));
  addEventListener("load", remind);
  document.querySelector("[data-drop-draft]")?.addEventListener("click", () => claimed.forEach((name) => sessionStorage.removeItem(name)));
  const forget = () => names(ALL).forEach((name) => sessionStorage.removeItem(name));
  const channel = new BroadcastChannel("signed out");
  channel.addEventListener("message", forget);
  document.querySelector("[data-sign-out]")?.addEventListener("submit", () => {
    forget();
    channel.postMessage("");
  });
}
