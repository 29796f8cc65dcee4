// What is near: asked of the phone only on demand, and reckoned on the phone.
import { byNearness, fetchStops } from "./places.js";
import { say, writeDistance } from "./saying.js";

const MOST = 5;
const FAR_M = 30_000;
const PATIENCE_MS = 15_000;
const KNOWN_FOR_MS = 30_000;

/** List the stops nearest to the phone within an element, or tell there why not. */
export async function tellNearest(near) {
  say(near, "asking");
  say(near, await listNearest(near));
}

async function listNearest(near) {
  const list = near.querySelector("ol");
  list.hidden = true;
  let here;
  try {
    here = await findPosition();
  } catch (error) {
    return error.code === GeolocationPositionError.PERMISSION_DENIED ? "denied" : "unknown";
  }
  try {
    const stops = byNearness(await fetchStops(near.dataset.stops), here).slice(0, MOST);
    show(stops, near, list);
    return stops[0]?.distanceM > FAR_M ? "far" : "found";
  } catch {
    return "lost";
  }
}

function findPosition() {
  const wish = { enableHighAccuracy: true, maximumAge: KNOWN_FOR_MS, timeout: PATIENCE_MS };
  return new Promise((found, failed) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found([coords.latitude, coords.longitude]),
      failed,
      wish,
    );
  });
}

function show(stops, near, list) {
  const winds = near.dataset.winds.split("|");
  const pattern = near.querySelector("template").content;
  list.replaceChildren(...stops.map((stop) => drawn(stop, pattern.cloneNode(true), winds)));
  list.hidden = false;
}

function drawn(stop, item, winds) {
  item.querySelector("a").href = stop.path;
  item.querySelector(".stops-number").textContent = stop.number;
  const title = item.querySelector("strong");
  title.textContent = stop.title;
  if (stop.lang !== document.documentElement.lang) {
    title.lang = stop.lang;
  }
  item.querySelector("[data-distance]").textContent = writeDistance(stop.distanceM);
  item.querySelector("[data-direction]").textContent = winds[Math.round(stop.directionDeg / 45) % 8];
  return item;
}
