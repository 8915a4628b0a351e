// A person's own way of working in this study; it is kept by the server, so it is there in any browser.
import { save, send } from "./desk-send.mjs";

const { api, preferences } = document.querySelector("[data-text]").dataset;
const held = JSON.parse(preferences);
const listeners = [];

export const preference = (name) => held[name];

// Calls the listener now and whenever the preference changes.
export function onPreference(listener) {
  listeners.push(listener);
  listener();
}

export function setPreference(name, value) {
  held[name] = value;
  for (const listener of listeners) listener();
  return save((key) => send("PATCH", `${api}/preferences`, { [name]: value }, key), () => {});
}
