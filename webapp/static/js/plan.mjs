// The form of a plan: rows are added and removed, and the contrasts follow the arms, by asking the
// server for the part anew; without this the same buttons load the whole page.
import { keep } from "./drafts.mjs";

const form = document.querySelector("[data-plan]");
const said = form.querySelector("[data-said]");
const LEFT_OUT = new Set(["csrf_token", "revision"]);
const TOLD = { add: "Added; nothing is saved yet.", drop: "Removed; nothing is saved yet." };

const read = () => [...new FormData(form)].filter(([name]) => !LEFT_OUT.has(name));

async function ask(pairs, more) {
  const body = new URLSearchParams([...pairs, ...more]);
  for (const name of LEFT_OUT) body.set(name, form.elements[name].value);
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function swap(page, part) {
  const fresh = page.getElementById(part.id);
  if (fresh) part.replaceWith(fresh);
  return fresh;
}

async function change(button, part) {
  const page = await ask(read(), [[button.name, button.value]]);
  if (!page) return false;
  const fresh = swap(page, part);
  const added = [...fresh.querySelectorAll(".plan-row")].at(-1);
  const next = button.name === "add" ? added?.querySelector("input:not([type=hidden])") : fresh.querySelector("[name=add]");
  next?.focus();
  said.textContent = TOLD[button.name];
  form.dispatchEvent(new Event("input"));
  return true;
}

async function refresh() {
  const page = await ask(read(), [["do", "show"]]);
  if (!page) return;
  for (const id of ["part-arms", "part-contrasts", "part-families"]) swap(page, document.getElementById(id));
  form.querySelector("[name=design]:checked").focus();
  form.dispatchEvent(new Event("input"));
}

// What was kept in this tab may have other rows than the page: the server draws them all.
async function write(_, pairs) {
  const page = await ask(pairs, [["do", "show"]]);
  if (!page) return;
  for (const part of form.querySelectorAll("[data-part]")) swap(page, part);
  for (const field of [...form.elements].filter((each) => !each.closest("[data-part]"))) {
    const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.name && !LEFT_OUT.has(field.name) && field.type !== "submit") field.value = values[0] ?? "";
  }
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("[name=add], [name=drop]");
  if (!button) return;
  event.preventDefault();
  change(button, button.closest("[data-part]")).then((done) => done || (said.textContent = "The server did not answer; try again."));
});
form.addEventListener("change", (event) => {
  if (event.target.matches("[data-refresh]")) refresh();
});
keep(form, read, write);
