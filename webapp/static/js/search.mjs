// Says how many hits are ticked, and ticks all or none.
const form = document.querySelector("[data-hits]");
const boxes = () => [...(form?.querySelectorAll('[name="hit"]') ?? [])];
const told = form?.querySelector("[data-ticked]");

function tell() {
  if (told) told.textContent = boxes().filter((box) => box.checked).length;
}

for (const [name, on] of [["[data-all]", true], ["[data-none]", false]]) {
  const button = form?.querySelector(name);
  if (!button) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const box of boxes()) box.checked = on;
    tell();
  });
}
form?.addEventListener("change", tell);
tell();
