// Without signal: the stops that were taken along.
import { offerLetters } from "../keypad.js";
import { listTours } from "./keeping.js";

offerLetters(document.querySelector(".keypad"));
const section = document.querySelector("#gardes-section");
const pattern = section.querySelector("template").content;
const tours = "caches" in globalThis ? await listTours("ready") : [];
const lang = document.documentElement.lang;
const tour = tours.find((each) => each.lang === lang) ?? tours[0];

if (tour) {
  section.querySelector("ol").append(...tour.stops.map(drawn));
  section.hidden = false;
}

function drawn(stop) {
  const item = pattern.cloneNode(true);
  item.querySelector("a").href = stop.page;
  item.querySelector(".stops-number").textContent = stop.number;
  item.querySelector("strong").textContent = stop.title;
  return item;
}
