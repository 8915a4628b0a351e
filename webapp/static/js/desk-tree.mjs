// The tree of codes at the left: find, read the rules, apply.
const tree = document.querySelector("[data-tree]");
const filter = document.querySelector("[data-filter]");

export const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function codes() {
  return [...tree.querySelectorAll("[data-code]")].map((row) => ({
    id: Number(row.dataset.code),
    name: row.dataset.name,
    theme: row.dataset.theme,
    told: row.dataset.told,
  }));
}

function find() {
  const wanted = plain(filter.value.trim());
  for (const item of tree.querySelectorAll("li")) {
    const branch = [item, ...item.querySelectorAll("li")];
    item.hidden = !branch.some((each) => plain(each.dataset.path).includes(wanted));
  }
}

const open = () => [...tree.querySelectorAll("[data-code]")].filter((row) => row.getClientRects().length);

export function focusTree() {
  document.querySelector(".codes").setAttribute("open", "");
  (tree.querySelector("[data-code][aria-current]") ?? open()[0] ?? filter)?.focus();
}

// Up and down go through the rows, so that a long codebook is not walked by Tab.
const ARROWS = { ArrowDown: 1, ArrowUp: -1 };
tree.addEventListener("keydown", (event) => {
  const rows = open();
  const at = rows.indexOf(event.target.closest("[data-code]"));
  if (!ARROWS[event.key] || at < 0) return;
  event.preventDefault();
  rows[at + ARROWS[event.key]]?.focus();
});

export const findAgain = () => filter && find();

export function onCode(act) {
  filter?.addEventListener("input", find);
  tree.addEventListener("click", (event) => {
    const row = event.target.closest("[data-code]");
    if (!row) return;
    for (const each of tree.querySelectorAll("[aria-current]")) each.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    act(Number(row.dataset.code));
  });
}

// On a narrow screen the codebook starts folded, so that the words come first.
if (matchMedia("(max-width: 1180px)").matches) document.querySelector(".codes").removeAttribute("open");
