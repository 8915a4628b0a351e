// Times of a recording: as transcripts write them, and as people read them.

// Reads 1:02, 00:01:02, 00:01:02.500, 00:01:02,5 or [1:02] as seconds; null where it is no time.
export function seconds(text) {
  const found = /^[[(]?\s*(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d+)?)\s*[\])]?$/.exec(text.trim());
  if (!found) return null;
  return Number(found[1] ?? 0) * 3600 + Number(found[2]) * 60 + Number(found[3].replace(",", "."));
}

export function clock(time) {
  const whole = Math.max(0, Math.floor(time || 0));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
