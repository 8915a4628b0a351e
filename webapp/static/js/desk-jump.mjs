// Brings something to the upper part of the window. Turns get their true height only when they
// come near the window, so one jump is not exact.
export function bring(element, times = 4) {
  element?.scrollIntoView({ block: "start", behavior: "instant" });
  if (times) requestAnimationFrame(() => bring(element, times - 1));
}
