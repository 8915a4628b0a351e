// Sends changes one after the other, tells the truth about them in the bar, and retries once with
// the same key, so that a lost answer makes no second change.
const csrf = document.querySelector('meta[name="csrf-token"]').content;
const bar = document.querySelector("[data-status]");
let line = Promise.resolve();
let away = false;

export function say(words, failed = false) {
  bar.textContent = words;
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

export async function send(method, path, body) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrf, "Idempotency-Key": freshKey() };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await attempt(() => fetch(path, { method, headers, body: body && JSON.stringify(body) }));
  if (answer.status === 401) throw new Error("You are signed out, and this is not saved. Sign in in another tab, then try again.");
  const said = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error ?? `The server answered ${answer.status}. This is not saved: try again.`);
  return said;
}

// Reads a piece of the page; null where the server cannot be reached, and the bar says so.
export async function read(path, kind = "text") {
  const answer = await fetch(path, { headers: { Accept: kind === "json" ? "application/json" : "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) {
    away = true;
    say(answer?.redirected ? "You are signed out. Sign in in another tab; until then nothing is saved." : "The server cannot be reached; what you do now is not saved.", true);
    return null;
  }
  if (away) say("The server is back");
  away = false;
  return answer[kind]();
}

const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

// Runs a change when those before it are answered; `after` draws what changed.
export function save(work, after, words = () => "") {
  line = line.then(async () => {
    say("Saving …");
    try {
      const answer = await work();
      say([words(answer), `Saved ${clock()}`].filter(Boolean).join(" · "));
      await after(answer);
      return answer;
    } catch (error) {
      say(error.message, true);
      return null;
    }
  });
  return line;
}
