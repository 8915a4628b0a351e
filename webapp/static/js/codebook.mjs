// The codebook's tree: a handle drags a code under or before another (mouse and touch), and moves
// it by arrow keys; a field finds codes. Without this, the code's own page does the same.
const book = document.querySelector("[data-live]");
const mover = document.querySelector("[data-mover]");
const box = document.querySelector("[data-book-filter]");
const entries = () => [...book.querySelectorAll("[data-entry]")];
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function move(entry, parent, before) {
  mover.action = entry.dataset.move;
  mover.elements.parent_id.value = parent ?? "";
  mover.elements.before_id.value = before ?? "";
  mover.elements.revision.value = entry.dataset.revision;
  mover.submit();
}

const family = (entry) => entries().filter((each) => each.dataset.parent === entry.dataset.parent);
const branch = (entry) => entry.closest("li, section");

function byKey(entry, key) {
  const order = family(entry);
  const at = order.indexOf(entry);
  const { parent } = entry.dataset;
  if (key === "ArrowUp" && at > 0) move(entry, parent, order[at - 1].dataset.entry);
  else if (key === "ArrowDown" && at < order.length - 1) move(entry, parent, order[at + 2]?.dataset.entry);
  else if (key === "ArrowRight" && at > 0) move(entry, order[at - 1].dataset.entry);
  else if (key === "ArrowLeft" && parent) {
    const above = entries().find((each) => each.dataset.entry === parent);
    const aunts = family(above);
    move(entry, above.dataset.parent, aunts[aunts.indexOf(above) + 1]?.dataset.entry);
  }
}

let held = null;
let target = null;

function aim(event) {
  for (const each of book.querySelectorAll("[data-drop]")) each.removeAttribute("data-drop");
  const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-entry]");
  target = null;
  if (!over || branch(held).contains(over)) return;
  const area = over.getBoundingClientRect();
  target = { over, before: event.clientY < area.top + Math.min(10, area.height / 4) };
  over.dataset.drop = target.before ? "before" : "under";
}

function drop() {
  document.removeEventListener("pointermove", aim);
  document.removeEventListener("pointercancel", cancel);
  const [entry, aimed] = [held, target];
  cancel();
  if (!entry || !aimed) return;
  const { over, before } = aimed;
  if (before) move(entry, over.dataset.parent, over.dataset.entry);
  else move(entry, over.dataset.entry);
}

function cancel() {
  document.removeEventListener("pointermove", aim);
  document.removeEventListener("pointerup", drop);
  for (const each of book.querySelectorAll("[data-drop]")) each.removeAttribute("data-drop");
  held = target = null;
}

function handles() {
  for (const entry of entries()) {
    if (entry.querySelector(".handle")) continue;
    const handle = document.createElement("button");
    Object.assign(handle, { type: "button", className: "handle", textContent: "⠿" });
    handle.setAttribute("aria-label", `Move ${entry.dataset.name}: drag, or arrow keys`);
    handle.title = "Drag under or before another code, or use the arrow keys";
    entry.firstElementChild.prepend(handle);
  }
}

if (mover) {
  handles();
  new MutationObserver(handles).observe(book, { childList: true });
  book.addEventListener("keydown", (event) => {
    if (event.key === "Escape") cancel();
    if (!event.target.matches(".handle") || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    byKey(event.target.closest("[data-entry]"), event.key);
  });
  book.addEventListener("pointerdown", (event) => {
    if (!event.target.matches(".handle") || event.button) return;
    held = event.target.closest("[data-entry]");
    document.addEventListener("pointermove", aim);
    document.addEventListener("pointerup", drop, { once: true });
    document.addEventListener("pointercancel", cancel, { once: true });
  });
  // Back at the code that was moved by key, so that the next key moves it on.
  const back = document.getElementById(location.hash.slice(1));
  addEventListener("load", () => back?.querySelector(".handle")?.focus());
}

if (box) {
  box.hidden = false;
  box.querySelector("input").addEventListener("input", (event) => {
    const wanted = plain(event.target.value.trim());
    let found = 0;
    const fit = new Set();
    for (const entry of entries()) {
      if (!plain(entry.textContent).includes(wanted)) continue;
      found += 1;
      for (let at = branch(entry); at && book.contains(at); at = at.parentElement.closest("li, section")) fit.add(at);
    }
    for (const entry of entries()) branch(entry).hidden = !fit.has(branch(entry));
    document.querySelector("[data-found]").textContent = `${found} codes found`;
  });
}
