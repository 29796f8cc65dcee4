// The page of an itinerary: it is followed from here, gone on with, and left.
import { say } from "../saying.js";
import { begin, followed, orderOf, part, renew, sayProgress } from "./journey.js";
import { haltAhead, haltsAside } from "./order.js";

const panel = document.querySelector(".follow");
const itinerary = JSON.parse(document.querySelector("#itineraire").textContent);
const halts = [...document.querySelectorAll(".tour-here")];
const [beginKey, onKey, partKey] = ["begin", "on", "part"].map((act) =>
  panel.querySelector(`[data-act="${act}"]`),
);

let journey = followed();
if (journey?.itinerary.slug === itinerary.slug) journey = renew(journey, itinerary);

beginKey.addEventListener("click", () => start(itinerary.halts[0].key, { isHere: false }));
partKey.addEventListener("click", () => {
  part();
  journey = null;
  show();
  beginKey.focus();
});
for (const halt of halts) {
  halt.querySelector("button").addEventListener("click", () => start(halt.dataset.key, { isHere: true }));
}
show();

function start(key, how) {
  journey = begin(itinerary, key, how);
  show();
  // What was tapped may stand far below.
  panel.querySelector("h2").focus();
  panel.scrollIntoView();
}

function show() {
  const isFollowed = journey?.itinerary.slug === itinerary.slug;
  panel.querySelector(".follow-now").hidden = onKey.hidden = partKey.hidden = !isFollowed;
  beginKey.hidden = isFollowed;
  for (const halt of halts) {
    halt.querySelector("button").hidden = isFollowed;
    say(halt, isFollowed ? journey.reached[halt.dataset.key] : "");
  }
  showOther(isFollowed ? null : journey?.itinerary);
  if (isFollowed) showProgress();
}

function showProgress() {
  const order = orderOf(journey);
  const { words } = itinerary;
  const ahead = haltAhead(order, journey.reached, journey.at);
  panel.querySelector(".follow-progress").textContent = ahead ? sayProgress(journey) : words.over;
  list("ahead", order.filter(({ key }) => !(key in journey.reached)));
  list("aside", haltsAside(itinerary, journey.start));
  onKey.hidden = !ahead;
  if (!ahead) return;
  onKey.href = ahead.url;
  onKey.textContent = words.on.replace("{title}", ahead.title);
}

function list(name, some) {
  const place = panel.querySelector(`[data-part="${name}"]`);
  place.hidden = !some.length;
  place.querySelector("span").textContent = some.map(({ title }) => title).join(" · ");
}

function showOther(other) {
  const place = panel.querySelector(".follow-other");
  place.hidden = !other;
  if (!other) return;
  const link = place.querySelector("a");
  link.href = other.page;
  link.textContent = other.title;
  link.lang = other.title_lang;
}
