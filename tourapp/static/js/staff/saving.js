import { afterPause, send } from "./sending.js";

const PAUSE_MS = 1500;
const RETRY_MS = 10_000;

// Keeps what is written as a draft: at the server after each pause, and on this device until the
// server has it, so that a closed tab or a lost network loses nothing. Returns what saves at once.
export function keepSaving(form, state, whenSaved) {
  const place = `brouillon ${form.getAttribute("action")}`;
  let kept = serialised(form);
  let overtaken = false;
  let saving = Promise.resolve();

  offerLost(form, state, place, kept);

  async function save() {
    const written = serialised(form);
    if (overtaken || written === kept) return;
    tell("Enregistrement…");
    const answer = await send(form, form.getAttribute("action")).catch(() => null);
    if (answer?.ok) {
      form.elements.base.value = (await answer.json()).base;
      kept = written;
      if (serialised(form) === written) localStorage.removeItem(place);
      tell("Brouillon enregistré. Les visiteurs ne voient rien de changé.");
      whenSaved();
    } else if (answer?.status === 412) {
      overtaken = true;
      tell("Ce texte a changé ailleurs. Enregistrez pour voir les deux textes côte à côte.", true);
    } else if (answer?.status === 422) {
      tell(Object.values((await answer.json()).faults).join(" "), true);
    } else {
      tell(lost(answer), true);
      setTimeout(queue, RETRY_MS);
    }
  }

  function queue() {
    saving = saving.then(save);
  }

  function tell(words, isUnsaved = false) {
    state.textContent = words;
    state.classList.toggle("unsaved", isUnsaved);
  }

  form.addEventListener("input", () => localStorage.setItem(place, serialised(form)));
  form.addEventListener("input", afterPause(queue, PAUSE_MS));
  form.addEventListener("submit", () => localStorage.removeItem(place));
  window.addEventListener("online", queue);
  return queue;
}

function lost(answer) {
  if (answer?.status === 401) {
    return "Vous n’êtes plus connecté. Votre texte est gardé sur cet appareil\u202f: entrez de nouveau dans un autre onglet.";
  }
  return "Pas de réseau. Votre texte est gardé sur cet appareil et sera enregistré dès que possible.";
}

function serialised(form) {
  const fields = [...new FormData(form)].filter(([name]) => !["csrf_token", "base"].includes(name));
  return JSON.stringify(fields);
}

function offerLost(form, state, place, kept) {
  const found = localStorage.getItem(place);
  if (found === null || found === kept) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second";
  button.textContent = "Reprendre ce qui n’avait pas été enregistré sur cet appareil";
  button.addEventListener("click", () => {
    for (const [name, value] of JSON.parse(found)) form.elements[name].value = value;
    button.remove();
    form.dispatchEvent(new Event("input"));
    form.elements.text.dispatchEvent(new Event("input"));
  });
  state.after(button);
}
