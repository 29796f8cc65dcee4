import { afterPause, send } from "./sending.js";

// Shows how long the text is and how easily it is read, while it is written.
export function keepMeasuring(form, text, measures) {
  async function measure() {
    const fields = new FormData();
    fields.set("csrf_token", form.elements.csrf_token.value);
    fields.set("text", text.value);
    const answer = await send(form, form.dataset.measures, fields).catch(() => null);
    if (answer?.ok) measures.innerHTML = await answer.text();
  }
  text.addEventListener("input", afterPause(measure, 700));
}
