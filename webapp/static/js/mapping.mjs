// A column whose role changes asks the server for its details; without this the page has a button.
// Whatever changes after a check, Import waits for the next check.
const form = document.querySelector("[data-mapping]");

async function refresh(select) {
  const fields = new URLSearchParams(new FormData(form));
  fields.set("do", "show");
  const answer = await fetch(location.href, { method: "POST", body: fields }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const row = select.closest("tbody");
  const fresh = page.getElementById(row.id);
  if (!fresh) return;
  row.replaceWith(fresh);
  fresh.querySelector("select").focus();
}

function goStale() {
  const checked = form.querySelector("[data-as-checked]");
  if (!checked) return;
  checked.remove();
  form.querySelector("[data-checked-words]").textContent = "Changed since it was checked: check again.";
}

form?.addEventListener("input", (event) => {
  if (event.target.id !== "replace") goStale();
});
form?.addEventListener("change", (event) => {
  if (event.target.matches("[data-role]")) refresh(event.target);
});
