// Keys of the desk; they rest while somebody types and never take the browser's own.
const sheet = document.querySelector("[data-keys]");

export const showSheet = () => sheet.showModal();

export function init(plain, command) {
  document.querySelector("[data-sheet]").addEventListener("click", showSheet);
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || sheet.open || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const withCommand = event.ctrlKey || event.metaKey;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = withCommand ? command[(event.shiftKey ? "Shift " : "") + name] : plain[name];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
