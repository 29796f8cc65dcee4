// A language that was chosen is remembered on this phone alone, and goes before the phone's own
// wherever an address leaves the language open: a sign, and the home page.
const KEY = "language";
const OPEN = /^\/(q\/.*)?$/i;

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // A phone that keeps nothing still gets its page.
  }
}

function remember(language) {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Then each page offers the choice anew.
  }
}

const links = [...document.querySelectorAll(".languages a")];
for (const link of links) {
  link.addEventListener("click", () => remember(link.hreflang));
}

const chosen = links.find((link) => link.hreflang === remembered());
if (chosen && chosen.hreflang !== document.documentElement.lang && OPEN.test(location.pathname)) {
  location.replace(chosen.href + location.search);
}
