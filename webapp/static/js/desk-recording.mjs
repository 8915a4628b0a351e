// Plays a recording from the reader's own disk beside the transcript. The file is opened as an
// object of this page: nothing of it is sent, and only its name and place are kept, for this tab.
import { forget, heard, offer, turnAt, wandered } from "./recording-turns.mjs";
import { clock } from "./recording-times.mjs";

const panel = document.querySelector("[data-recording]");
const part = (name) => panel.querySelector(`[data-${name}]`);
const [media, seek, speed, shift, follow] = ["media", "seek", "speed", "shift", "follow"].map(part);
const kept = `recording ${panel.dataset.recording}`;
const STEP = 5;
let address = null;

const say = (words) => { part("recording-said").textContent = words; };
const shifted = () => Number(shift.value) || 0;
const remembered = () => JSON.parse(sessionStorage.getItem(kept) ?? "null");

function remember() {
  const name = media.dataset.name;
  if (name) sessionStorage.setItem(kept, JSON.stringify({ name, at: media.currentTime, shift: shifted() }));
}

function reveal() {
  document.querySelector("header.top").after(panel);
  panel.hidden = false;
  const last = remembered();
  if (last && !address) say(`Open “${last.name}” again to go on at ${clock(last.at)}.`);
  part("file").focus();
}

function close() {
  media.pause();
  panel.hidden = true;
  forget();
  opener.focus();
}

function open(file) {
  if (!file) return;
  if (address) URL.revokeObjectURL(address);
  address = URL.createObjectURL(file);
  media.dataset.name = file.name;
  media.hidden = !file.type.startsWith("video/");
  media.src = address;
  part("about").textContent = `${file.name}, from your disk and never uploaded`;
}

function ready() {
  part("controls").hidden = false;
  seek.max = Number.isFinite(media.duration) ? media.duration : 1;
  const last = remembered();
  if (last?.name === media.dataset.name) {
    shift.value = last.shift;
    media.currentTime = last.at;
  }
  const times = offer(playFrom);
  say(times ? "" : "This transcript has no times, so the recording plays beside it but does not follow its turns.");
  show();
  part("play").focus();
}

function failed() {
  if (!media.getAttribute("src")) return;
  part("controls").hidden = true;
  say(`This browser cannot play “${media.dataset.name}”. Convert it to mp3, m4a, wav or mp4 and open that.`);
}

// What plays the file refuses to begin only where the browser wants a press of its own button.
const play = () => media.play().catch(() => say("Press Play to begin."));

function playFrom(time) {
  const to = time + shifted();
  if (to > media.duration) return say(`The recording ends at ${clock(media.duration)}, before this turn. Set the shift if the two begin at different moments.`);
  say(to < 0 ? "With this shift the turn lies before the recording begins." : "");
  follow.checked = true;
  media.currentTime = Math.max(0, to);
  return play();
}

const toggle = () => (media.paused ? play() : media.pause());
const jump = (by) => { media.currentTime = Math.min(Math.max(0, media.currentTime + by), media.duration || 0); };

function change(by) {
  speed.selectedIndex = Math.min(Math.max(0, speed.selectedIndex + by), speed.options.length - 1);
  media.playbackRate = Number(speed.value);
  say(`Speed ${speed.value}×`);
}

function show() {
  part("play").textContent = media.paused ? "Play" : "Pause";
  seek.value = media.currentTime;
  seek.setAttribute("aria-valuetext", clock(media.currentTime));
  part("clock").textContent = `${clock(media.currentTime)} / ${clock(media.duration)}`;
  heard(turnAt(media.currentTime - shifted()), follow.checked && !media.paused);
}

// Alt leaves the desk's own keys alone, and works while one types a memo.
const KEYS = { KeyK: toggle, KeyJ: () => jump(-STEP), KeyL: () => jump(STEP), Comma: () => change(-1), Period: () => change(1) };

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || panel.hidden || part("controls").hidden) return;
  const act = KEYS[event.code];
  if (!act) return;
  event.preventDefault();
  act();
});

const opener = document.createElement("button");
Object.assign(opener, { type: "button", className: "btn", textContent: "Recording" });
opener.addEventListener("click", reveal);
document.querySelector("header.top .tools").prepend(opener);

part("file").addEventListener("change", (event) => open(event.target.files[0]));
part("close-recording").addEventListener("click", close);
part("play").addEventListener("click", toggle);
part("back").addEventListener("click", () => jump(-STEP));
part("forward").addEventListener("click", () => jump(STEP));
seek.addEventListener("input", () => { media.currentTime = Number(seek.value); });
speed.addEventListener("change", () => change(0));
shift.addEventListener("input", () => { remember(); show(); });
media.addEventListener("loadedmetadata", ready);
media.addEventListener("error", failed);
for (const name of ["timeupdate", "play", "pause", "seeked"]) media.addEventListener(name, show);
for (const name of ["pause", "seeked"]) media.addEventListener(name, remember);
addEventListener("pagehide", remember);
wandered(() => {
  if (!media.paused && follow.checked) follow.checked = false;
});
