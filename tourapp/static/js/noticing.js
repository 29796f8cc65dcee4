// What somebody notices at a stop: kept on this phone until the site has it, and kept there once.
import { recall, remember } from "./remembered.js";

const KEPT = "remarques";
const LATER_MS = 30000;
const form = document.querySelector(".saying");
const told = form?.querySelector(".saying-told");

function say(name) {
  if (told) told.textContent = form.dataset[name];
}

function waiting() {
  return recall(KEPT) ?? [];
}

/** Return a number for one observation alone: sent twice, it is kept once. */
function drawKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function send({ key, ...said }) {
  const answer = await fetch("/api/v1/observations", {
    method: "POST",
    body: JSON.stringify(said),
    headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    keepalive: true,
  });
  if (answer.status === 429 || answer.status >= 500) throw answer;
  return answer.ok;
}

// What the site does not take is given back, to be said otherwise.
function giveBack({ text }) {
  if (form && !form.elements.text.value) form.elements.text.value = text;
  say("refused");
}

let later;

async function sendKept() {
  clearTimeout(later);
  try {
    for (const note of waiting()) {
      const isTaken = await send(note);
      remember(KEPT, waiting().filter(({ key }) => key !== note.key));
      if (isTaken) say("thanks");
      else giveBack(note);
    }
  } catch {
    say("kept");
    later = setTimeout(sendKept, LATER_MS);
  }
}

function keep(note) {
  remember(KEPT, [...waiting(), note]);
  return waiting().some(({ key }) => key === note.key);
}

form?.addEventListener("submit", (event) => {
  const { site, text, kind = null } = Object.fromEntries(new FormData(form));
  const note = { key: drawKey(), stop: form.dataset.stop, lang: document.documentElement.lang, text, kind };
  // The site answers what is empty, and a robot; a phone that keeps nothing sends the form as it is.
  if (site || !text.trim() || !keep(note)) return;
  event.preventDefault();
  form.reset();
  sendKept();
});
addEventListener("online", sendKept);
if (waiting().length) sendKept();
