import { send } from "./sending.js";

const ASK_AGAIN_MS = 700;
const END = /[.!?…]+["»\s]*|\n{2,}/gu;

// Has the whole text, or the sentence where the cursor stands, spoken beside the form.
export function offerListening(form, text) {
  const sound = document.getElementById("sound");
  const all = document.getElementById("listen-all");
  const one = document.getElementById("listen-sentence");
  one.hidden = false;
  all.addEventListener("click", (event) => {
    event.preventDefault();
    listen(form, { passage: text.value }, sound);
  });
  one.addEventListener("click", () => {
    listen(form, { passage: sentenceAt(text.value, text.selectionStart) }, sound);
  });
}

function sentenceAt(value, position) {
  let start = 0;
  for (const { index, 0: mark } of value.matchAll(END)) {
    const end = index + mark.length;
    if (end > position || end === value.length) return value.slice(start, end).trim();
    start = end;
  }
  return value.slice(start).trim();
}

// Has what these fields say spoken, and plays it as soon as it is there.
export async function listen(form, fields, sound) {
  sound.textContent = "La voix se prépare…";
  const sent = { ...fields, csrf_token: form.elements.csrf_token.value };
  try {
    const answer = await send(form, form.dataset.listen, Object.entries(sent));
    if (!answer.ok) throw new Error(await reason(answer));
    play(await whenReady(answer.url), sound);
  } catch (error) {
    sound.textContent = error.message || "Le son n’a pas pu être préparé. Réessayez.";
  }
}

async function reason(answer) {
  if (answer.status === 429) return "Trop d’écoutes à la fois. Attendez la fin des premières.";
  if (answer.status !== 422) return "";
  return Object.values((await answer.json()).faults).join(" ");
}

async function whenReady(url) {
  for (;;) {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    const { state, files } = await answer.json();
    if (state === "ready") return files;
    if (state === "failed") throw new Error("Ce passage ne peut pas être dit.");
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

function play(files, sound) {
  const audio = document.createElement("audio");
  audio.controls = true;
  for (const { url, type } of files) {
    const source = document.createElement("source");
    source.src = url;
    source.type = type;
    audio.append(source);
  }
  sound.replaceChildren(audio);
  audio.play();
}
