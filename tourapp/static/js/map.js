// The map: stops drawn on our own ground; tiles of another server only after a tap that says so.
import { setApart } from "./apart.js";
import { fetchStops } from "./places.js";
import { say } from "./saying.js";

const SIZE_PX = 44;
const APART_PX = SIZE_PX + 2;
const UNCERTAIN_M = 100;
const CLOSEST = 17;
const THE_BASIN = [50.44, 2.78];
const WALKABLE_M = 6000;

const frame = document.querySelector(".map-frame");
const { dataset } = frame;

try {
  const [stops] = await Promise.all([fetchStops(dataset.stops), import(dataset.leaflet)]);
  frame.hidden = false;
  offerTiles(drawMap(stops, globalThis.L));
} catch (error) {
  console.warn(error);
  frame.hidden = true;
  say(document.querySelector(".map-lost"), "lost");
}

function drawMap(stops, L) {
  const map = L.map("carte", { zoomControl: false, maxZoom: 18, minZoom: 8 });
  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>');
  L.control.zoom({ zoomInTitle: dataset.zoomIn, zoomOutTitle: dataset.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const places = stops.map(({ place }) => place);
  // Some stops are a bus ride away: to show them all at once would heap the others up.
  const walkable = places.filter((place) => L.latLng(place).distanceTo(places[0]) < WALKABLE_M);
  map.fitBounds(walkable.length ? walkable : [THE_BASIN], { padding: [48, 48], maxZoom: CLOSEST });
  L.polyline(places, { className: "map-route", weight: 3, dashArray: "2 8" }).addTo(map);
  const pins = stops.map((stop) => drawStop(stop, map, L));
  const threads = L.layerGroup().addTo(map);
  const settle = () => settlePins(pins, places, threads, map, L);
  map.on("zoomend", settle);
  settle();
  return map;
}

/** Set pins beside each other that would hide one another, each held to its place by a thread. */
function settlePins(pins, places, threads, map, L) {
  threads.clearLayers();
  const points = places.map((place) => map.project(place));
  const moved = setApart(points.map(({ x, y }) => [x, y]), APART_PX);
  for (const [number, point] of moved.entries()) {
    const spot = map.unproject(point);
    pins[number].setLatLng(spot);
    if (points[number].distanceTo(point) < 1) continue;
    L.polyline([places[number], spot], { className: "map-thread", weight: 3 }).addTo(threads);
    L.circleMarker(places[number], { className: "map-spot", radius: 5, weight: 2 }).addTo(threads);
  }
}

function drawStop(stop, map, L) {
  if (stop.accuracy_m > UNCERTAIN_M) {
    L.circle(stop.place, { radius: stop.accuracy_m, className: "map-doubt", weight: 1 }).addTo(map);
  }
  const name = `${dataset.stop} ${stop.number} – ${stop.title}`;
  const icon = L.divIcon({
    className: "map-stop",
    html: String(stop.number),
    iconSize: [SIZE_PX, SIZE_PX],
  });
  const marker = L.marker(stop.place, { icon, title: name, riseOnHover: true }).addTo(map);
  marker.getElement().setAttribute("aria-label", name);
  return marker.bindPopup(told(stop), { offset: [0, -SIZE_PX / 3] });
}

function told(stop) {
  const words = document.createElement("div");
  words.lang = stop.lang;
  const link = document.createElement("a");
  link.href = stop.path;
  link.textContent = `${stop.number}. ${stop.title}`;
  const lede = document.createElement("p");
  lede.textContent = stop.lede;
  words.append(link, lede);
  return words;
}

function offerTiles(map) {
  const panel = frame.querySelector(".map-tiles");
  const button = panel.querySelector("button");
  const tiles = globalThis.L.tileLayer(dataset.tiles, {
    attribution: dataset.credit,
    maxZoom: 18,
  });
  const show = (shown) => {
    button.setAttribute("aria-pressed", String(shown));
    shown ? tiles.addTo(map) : tiles.remove();
  };
  button.addEventListener("click", () => {
    say(panel, "");
    show(!map.hasLayer(tiles));
  });
  tiles.on("tileerror", () => {
    show(false);
    say(panel, "silent");
  });
}
