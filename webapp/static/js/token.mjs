// The token that changes need. A page may outlive its sign-in: then the token is fetched anew.
const meta = document.querySelector('meta[name="csrf-token"]');
export const person = document.querySelector('meta[name="person"]')?.content;
export const token = () => meta.content;

export class SignedOut extends Error {}

export async function renew() {
  const answer = await fetch(meta.dataset.renew, { headers: { Accept: "application/json" } });
  if (answer.redirected || !answer.ok) throw new SignedOut();
  const now = await answer.json();
  if (now.person !== person) throw new Error("Somebody else has signed in in this browser, so this is not saved. Sign in as yourself, then try again.");
  meta.content = now.token;
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = now.token;
}

// “You have been signed out”, with the way back that leaves this page as it is.
export function signInAgain(then) {
  const link = document.createElement("a");
  Object.assign(link, { href: meta.dataset.signIn, target: "_blank", rel: "noopener", textContent: "sign in in another tab" });
  const words = document.createElement("span");
  words.append("You have been signed out; ", link, ` ${then}`);
  return words;
}
