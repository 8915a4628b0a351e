// Follows a job; whenever its state changes it loads the page anew, and the server leads on at the end.
const card = document.querySelector("[data-job]");
const bar = card?.querySelector("progress");
const words = card?.querySelector("[data-progress]");
const over = new Set(["done", "failed", "cancelled", "interrupted"]);

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) {
    const job = await answer.json();
    if (job.state !== card.dataset.job) return location.reload();
    if (job.total) {
      bar.max = job.total;
      bar.value = job.done;
      words.textContent = `${job.done.toLocaleString("en-GB")} of ${job.total.toLocaleString("en-GB")}`;
    }
  }
  setTimeout(look, 500);
}

if (card && !over.has(card.dataset.job)) setTimeout(look, 500);
