// A language that was chosen is remembered on this phone alone, and goes before the phone's own
// wherever an address leaves the language open: a sign, and the home page.
import { recall, remember } from "./remembered.js";

const OPEN = /^\/(q\/.*)?$/i;

const links = [...document.querySelectorAll(".languages a")];
for (const link of links) {
  link.addEventListener("click", () => remember("language", link.hreflang));
}

const chosen = links.find((link) => link.hreflang === recall("language"));
if (chosen && chosen.hreflang !== document.documentElement.lang && OPEN.test(location.pathname)) {
  location.replace(chosen.href + location.search);
}

// Only where a visit is kept on this phone.
if (navigator.serviceWorker?.controller) {
  import("./offline/companion.js");
}
