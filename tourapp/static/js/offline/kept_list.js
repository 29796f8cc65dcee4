// Without signal: the stops that were taken along.
import { offerLetters } from "../keypad.js";
import { listTours } from "./keeping.js";

offerLetters(document.querySelector(".keypad"));
const section = document.querySelector("#gardes-section");
const pattern = section.querySelector("template").content;
const tours = "caches" in globalThis ? await listTours("ready") : [];
const wished = document.documentElement.lang;
const lang = tours.some((each) => each.lang === wished) ? wished : tours[0]?.lang;
const told = tours.filter((each) => each.lang === lang);

if (told.length) {
  // Of several tours that pass by a stop, one is enough to open it.
  const stops = new Map(told.flatMap((tour) => tour.stops.map((stop) => [stop.page, stop])));
  const inOrder = [...stops.values()].sort((one, other) => one.number - other.number);
  section.querySelector("ol").append(...inOrder.map(drawn));
  const itineraries = told.filter(({ pages }) => pages?.itinerary);
  section.querySelector(".kept-itineraries").append(...itineraries.map(linked));
  section.hidden = false;
}

function linked({ title, pages }) {
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: pages.itinerary, textContent: title });
  link.className = "way-to";
  item.append(link);
  return item;
}

function drawn(stop) {
  const item = pattern.cloneNode(true);
  item.querySelector("a").href = stop.page;
  item.querySelector(".stops-number").textContent = stop.number;
  item.querySelector("strong").textContent = stop.title;
  return item;
}
