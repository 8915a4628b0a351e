// The framework matrix: arrow keys go from cell to cell; a quote is referred to at the caret.
const table = document.querySelector("[data-matrix]");
const text = document.querySelector("#editor textarea");
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function go(event) {
  const link = event.target.closest("[data-cell]");
  if (!link || event.altKey || event.ctrlKey || event.metaKey) return;
  const [cell, row] = [link.closest("td"), link.closest("tr")];
  let to = null;
  if (event.key === "Home") to = row.cells[1];
  else if (event.key === "End") to = row.cells[row.cells.length - 1];
  else if (STEPS[event.key]) {
    const [down, right] = STEPS[event.key];
    to = row.parentElement.rows[row.sectionRowIndex + down]?.cells[cell.cellIndex + right];
  } else return;
  event.preventDefault();
  to?.querySelector("[data-cell]")?.focus();
}

function refer(button) {
  const space = text.selectionStart && !/\s$/.test(text.value.slice(0, text.selectionStart)) ? " " : "";
  text.setRangeText(space + button.dataset.refer, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  document.querySelector("[data-referred]").textContent = `${button.dataset.refer} is in the summary; save it when you are done.`;
}

table?.addEventListener("keydown", go);
for (const button of text ? document.querySelectorAll("[data-refer]") : []) {
  button.hidden = false;
  button.addEventListener("click", () => refer(button));
}
