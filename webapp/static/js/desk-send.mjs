// Sends changes one after the other, tells the truth about them in the bar, and retries once with
// the same key, so that a lost answer makes no second change. What failed can be sent again.
import { renew, signInAgain, SignedOut, token } from "./token.mjs";

const bar = document.querySelector("[data-status]");
const again = document.querySelector("[data-again]");
let line = Promise.resolve();
let away = false;

export function say(words, failed = false) {
  bar.replaceChildren(words);
  bar.toggleAttribute("data-failed", failed);
}

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function attempt(ask) {
  return ask().catch(ask).catch(() => {
    throw new Error("The server cannot be reached. This is not saved: try again in a moment.");
  });
}

function ask(method, path, body, key) {
  const headers = { Accept: "application/json", "X-CSRFToken": token(), "Idempotency-Key": key };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  return fetch(path, { method, headers, body: body && JSON.stringify(body) });
}

export async function send(method, path, body, key = freshKey()) {
  let answer = await attempt(() => ask(method, path, body, key));
  let said = await readJson(answer);
  if (answer.status === 401 || said.lapsed) {
    await renew();
    answer = await attempt(() => ask(method, path, body, key));
    said = await readJson(answer);
  }
  if (answer.status === 401) throw new SignedOut();
  if (!answer.ok) throw Object.assign(new Error(said.error ?? `The server answered ${answer.status}. This is not saved: try again.`), { status: answer.status, current: said.current });
  return said;
}

const readJson = (answer) => (answer.status === 204 ? {} : answer.json().catch(() => ({})));

// Reads a piece of the page; null where the server cannot be reached, and the bar says so.
export async function read(path, kind = "text") {
  const answer = await fetch(path, { headers: { Accept: kind === "json" ? "application/json" : "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) {
    away = true;
    if (answer?.redirected || answer?.status === 401) say(signInAgain("to go on; until then nothing is saved."), true);
    else say("The server cannot be reached; this page keeps trying. What you do now is not saved.", true);
    return null;
  }
  if (away) {
    renew().catch(() => {});
    say("The server is back");
  }
  away = false;
  return answer[kind]();
}

const clock = () => new Date().toTimeString().slice(0, 5);

function fail(error, retry) {
  const out = error instanceof SignedOut;
  say(out ? signInAgain("and press “Save again”: this is not saved.") : error.message, true);
  again.hidden = Boolean(error.status) && error.status !== 503;
  again.onclick = retry;
}

// Runs a change when those before it are answered; `after` draws what changed. The key stays the
// same when it is sent again.
export function save(work, after, words = () => "") {
  const key = freshKey();
  const run = async () => {
    say("Saving …");
    again.hidden = true;
    try {
      const answer = await work(key);
      say([words(answer), `Saved ${clock()}`].filter(Boolean).join(" · "));
      await after(answer);
      return answer;
    } catch (error) {
      fail(error, () => (line = line.then(run)));
      if (error.status === 409) return { conflict: error.current };
      return null;
    }
  };
  line = line.then(run);
  return line;
}
