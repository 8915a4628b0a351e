// Brings words into the window, clear of the bar at its foot and what covers it on a phone.
const SPACE = 90;

// Turns get their true height when they come near the window, so one scroll is not exact.
export function onTop(range, times = 2) {
  const turn = range?.startContainer.parentElement?.closest("[data-turn]");
  if (!turn) return;
  const rect = [...range.getClientRects()].at(-1) ?? turn.getBoundingClientRect();
  const foot = innerHeight - (matchMedia("(max-width: 760px)").matches ? innerHeight / 2 : SPACE);
  const by = rect.top < SPACE ? rect.top - innerHeight / 3 : rect.bottom > foot ? rect.bottom - innerHeight / 2 : 0;
  if (!by) return;
  scrollBy({ top: by, behavior: "instant" });
  if (times) requestAnimationFrame(() => onTop(range, times - 1));
}
