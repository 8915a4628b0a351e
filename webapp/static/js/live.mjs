// Asks again and again while somebody looks: not in a hidden tab, and ever more rarely while the
// server does not answer.
const SOON = 100;
const LONGEST = 30_000;

export function poll(ask, every) {
  let wait = every;
  let timer = 0;
  let busy = false;

  async function once() {
    clearTimeout(timer);
    if (busy || document.hidden) return;
    busy = true;
    const answered = await ask().catch(() => false);
    busy = false;
    wait = answered ? every : Math.min(2 * wait, LONGEST);
    timer = setTimeout(once, wait);
  }

  document.addEventListener("visibilitychange", () => {
    wait = every;
    once();
  });
  addEventListener("online", once);
  timer = setTimeout(once, SOON);
}
