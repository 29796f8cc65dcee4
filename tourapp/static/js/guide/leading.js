// A walk in its guide's hand: a tap without signal is kept with its moment, and sent when signal is back.
import { send } from "../staff/sending.js";

const KEPT = "bureau.gestes";
const SOON_MS = 5000;
const LATE_MS = 60000;
const COUNTED_MS = 10000;
const TRIED_AGAIN = new Set([400, 401, 429]);
const told = document.querySelector(".led-kept");

// As the pages write it: « 10 h », « 10 h 05 ».
function clock(moment) {
  const minutes = moment.getMinutes();
  return `${moment.getHours()}\u202fh${minutes ? `\u202f${String(minutes).padStart(2, "0")}` : ""}`;
}

function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}

function keep(taps) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(taps));
    return true;
  } catch {
    return false;
  }
}

function say(sentence) {
  told.textContent = sentence;
  told.hidden = false;
}

function sayWhatIsKept(taps) {
  const last = taps.at(-1);
  const one = `Sans réseau\u202f: «\u202f${last.said}\u202f», à ${clock(new Date(last.at))}, est gardé sur ce téléphone.`;
  const more = taps.length > 1 ? ` ${taps.length} gestes attendent.` : "";
  say(`${one}${more} Laissez cette page ouverte\u202f: ils partiront avec le réseau.`);
}

// The key of a form lasts as long as the sign-in; whatever failed may have failed with a former one.
let key = document.querySelector("[name=csrf_token]").value;

async function renewKey() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  key = page.querySelector("[name=csrf_token]")?.value ?? key;
}

async function sendTap({ action, fields }) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...fields, csrf_token: key })) body.set(name, value);
  return send(null, action, body);
}

// What stands first was tapped first, and is sent first.
async function sendKept() {
  let taps = recall();
  while (taps.length) {
    const answer = await sendTap(taps[0]);
    if (TRIED_AGAIN.has(answer.status) || answer.status >= 500) throw answer;
    taps = taps.slice(1);
    keep(taps);
  }
}

let failures = 0;
let timer;

async function turn() {
  clearTimeout(timer);
  if (!recall().length) return;
  try {
    if (failures) await renewKey();
    await sendKept();
    location.reload();
  } catch (problem) {
    failures += 1;
    timer = setTimeout(turn, Math.min(SOON_MS * 2 ** failures, LATE_MS));
    if (problem.status === 401) {
      say("Vous n’êtes plus connecté. Entrez de nouveau dans un autre onglet\u202f: vos gestes sont gardés ici.");
    } else {
      sayWhatIsKept(recall());
    }
  }
}

for (const form of document.querySelectorAll(".tap")) {
  form.addEventListener("submit", (event) => {
    const at = new Date().toISOString();
    const { csrf_token: _, ...fields } = Object.fromEntries(new FormData(form));
    const tap = { action: form.action, fields: { ...fields, at }, at, said: form.dataset.said };
    // A phone that keeps nothing sends the form as it is.
    if (!keep([...recall(), tap])) return;
    event.preventDefault();
    failures = 0;
    turn();
  });
}
addEventListener("online", turn);
turn();

// How many phones have joined: the guide waits for them before the first halt.
const phones = document.querySelector(".led-phones");

async function count() {
  if (document.hidden) return;
  try {
    const answer = await fetch(phones.dataset.count, { headers: { Accept: "application/json" } });
    const { joined } = await answer.json();
    phones.querySelector(".led-joined").textContent = joined;
    phones.querySelector(".led-word").textContent = joined > 1 ? "téléphones" : "téléphone";
  } catch {
    // Without signal, the last count stays.
  }
}

if (phones?.dataset.count) setInterval(count, COUNTED_MS);

const time = document.querySelector(".led-time");
if (time) {
  const since = Date.parse(time.dataset.since);
  const hours = (minutes) => {
    const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
    if (!whole) return `${rest}\u202fmin`;
    return `${whole}\u202fh${rest ? `\u00a0${String(rest).padStart(2, "0")}\u202fmin` : ""}`;
  };
  setInterval(() => {
    const elapsed = Math.round((Date.now() - since) / 60000);
    const late = Math.round((Date.now() - since) / 60000 - time.dataset.planned / 60);
    time.querySelector(".led-elapsed").textContent = hours(elapsed);
    const early = time.dataset.here ? `encore ${hours(-late)} ici` : `${hours(-late)} d’avance`;
    const word = time.querySelector(".led-late");
    word.classList.toggle("is-late", late > 0);
    word.textContent = late ? ` · ${late > 0 ? `${hours(late)} de retard` : early}` : "";
  }, 10000);
}
