// How this phone shows pages: chosen once, remembered on it alone, applied before the first paint.
(() => {
  const root = document.documentElement;
  const recall = (name) => {
    try {
      return localStorage.getItem(`visite.${name}`) === "on";
    } catch {
      return false; // a browser that keeps nothing shows pages as they are
    }
  };
  const remember = (name, chosen) => {
    try {
      localStorage.setItem(`visite.${name}`, chosen ? "on" : "off");
    } catch {
      // The choice holds for this page.
    }
  };
  const apply = (name, chosen) => root.toggleAttribute(`data-${name}`, chosen);

  root.toggleAttribute("data-scripts", true);
  for (const name of ["contrast", "text"]) apply(name, recall(name));

  document.addEventListener("DOMContentLoaded", () => {
    for (const key of document.querySelectorAll("[data-display]")) {
      const name = key.dataset.display;
      key.setAttribute("aria-pressed", recall(name));
      key.addEventListener("click", () => {
        const chosen = !root.hasAttribute(`data-${name}`);
        apply(name, chosen);
        key.setAttribute("aria-pressed", chosen);
        remember(name, chosen);
      });
    }
  });
})();
