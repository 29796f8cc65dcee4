import { send } from "./sending.js";

const ASK_AGAIN_MS = 30_000;

// Tells from time to time who else has the text open, as long as somebody looks at it.
export function keepCompany(form, company) {
  async function ask() {
    if (document.hidden) return;
    const fields = { csrf_token: form.elements.csrf_token.value };
    const answer = await send(form, company.dataset.address, Object.entries(fields)).catch(
      () => null,
    );
    if (!answer?.ok) return;
    const told = await answer.text();
    // What has not changed is not read aloud again.
    if (told.trim() !== company.innerHTML.trim()) company.innerHTML = told;
  }
  setInterval(ask, ASK_AGAIN_MS);
  document.addEventListener("visibilitychange", ask);
}
