// Choosing files: a drop zone, a list of what was chosen, and only the fields that matter.
const LIMIT = 200_000_000;

function sizeInWords(bytes) {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toLocaleString("en-GB", { maximumFractionDigits: 1 })} MB`;
}

function showChosen(zone, input) {
  const list = document.createElement("ul");
  for (const file of input.files) {
    const item = document.createElement("li");
    item.textContent = `${file.name}, ${sizeInWords(file.size)}`;
    list.append(item);
  }
  const place = zone.querySelector("[data-chosen]");
  place.replaceChildren(...(input.files.length ? [list] : []));
  const total = [...input.files].reduce((sum, file) => sum + file.size, 0);
  input.setCustomValidity(total > LIMIT ? `These files have ${sizeInWords(total)} together and may have 200 MB; choose fewer.` : "");
}

for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector("input[type=file]");
  zone.querySelector("[data-drop-words]").hidden = false;
  input.addEventListener("change", () => showChosen(zone, input));
  for (const name of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", name === "dragover");
    });
  }
  zone.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    showChosen(zone, input);
  });
}

// A group that exists has its area, name and date already.
for (const place of document.querySelectorAll("[data-place]")) {
  const group = place.querySelector("[name=group]");
  const fields = place.querySelector("[data-new-group]");
  const show = () => (fields.hidden = Boolean(group.value));
  group?.addEventListener("change", show);
  if (group) show();
}
