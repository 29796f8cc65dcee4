import { afterPause, send } from "./sending.js";

// Shows how long the text is, how easily it is read and what a voice may get wrong in it, while it
// is written.
export function keepMeasuring(form, text, judged, whenJudged) {
  async function measure() {
    const fields = new FormData();
    fields.set("csrf_token", form.elements.csrf_token.value);
    fields.set("text", text.value);
    const answer = await send(form, form.dataset.measures, fields).catch(() => null);
    if (!answer?.ok) return;
    const isOpen = judged.querySelector(".doubts")?.open ?? false;
    judged.innerHTML = await answer.text();
    judged.querySelector(".doubts")?.toggleAttribute("open", isOpen);
    whenJudged();
  }
  text.addEventListener("input", afterPause(measure, 700));
}
