// What the buttons do, by the keyboard; the keys are listed where they work.
export function offerShortcuts(form, keys, { saveNow }) {
  const does = {
    s: saveNow,
    enter: () => form.requestSubmit(document.getElementById("submit")),
    "shift+l": () => document.getElementById("listen-all").click(),
  };
  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = `${event.shiftKey ? "shift+" : ""}${event.key.toLowerCase()}`;
    if (!Object.hasOwn(does, key)) return;
    event.preventDefault();
    does[key]();
  });
  keys.hidden = false;
}
