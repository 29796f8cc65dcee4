// A position set on a map beside its fields: the map and its library come when they are asked for,
// tiles of another server only after a tap that says so.
for (const part of document.querySelectorAll(".placing")) offerMap(part);

function offerMap(part) {
  const form = part.closest("form");
  const [latitude, longitude, accuracy] = part.dataset.fields.split(" ").map((name) => form.elements[name]);
  const fields = { latitude, longitude, accuracy };
  const state = part.querySelector('[role="status"]');
  const open = part.querySelector(".placing-open");
  part.hidden = false;
  open.addEventListener("click", async () => {
    open.disabled = true;
    try {
      await load(part.dataset);
      part.querySelector(".placing-shown").hidden = false;
      open.setAttribute("aria-expanded", "true");
      draw(part, fields, globalThis.L);
    } catch {
      open.disabled = false;
      state.textContent = "La carte n’est pas arrivée. Réessayez.";
    }
  });
  part.querySelector(".placing-here").addEventListener("click", () => take(fields, state));
}

function load({ leaflet, styles }) {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = styles;
  const arrived = new Promise((resolve, reject) => {
    sheet.addEventListener("load", resolve);
    sheet.addEventListener("error", reject);
  });
  document.head.append(sheet);
  return Promise.all([arrived, import(leaflet)]);
}

function draw(part, fields, L) {
  const map = L.map(part.querySelector(".map"), { zoomControl: false, maxZoom: 18, minZoom: 6 });
  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>');
  L.control.zoom({ zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const place = read(fields) ?? part.dataset.around.split(",").map(Number);
  const icon = L.divIcon({ className: "map-mark", iconSize: [28, 28] });
  const mark = L.marker(place, { icon, draggable: true, title: "La position", alt: "" }).addTo(map);
  const doubt = L.circle(place, { radius: reach(fields), className: "map-doubt", weight: 1 }).addTo(map);
  map.setView(place, 16);

  const move = (to) => {
    mark.setLatLng(to);
    doubt.setLatLng(to).setRadius(reach(fields));
  };
  const set = ({ lat, lng }) => {
    write(fields, lat, lng);
    move([lat, lng]);
  };
  mark.on("dragend", () => set(mark.getLatLng()));
  map.on("click", ({ latlng }) => set(latlng));
  part.querySelector(".placing-centre").addEventListener("click", () => set(map.getCenter()));
  for (const field of Object.values(fields)) {
    field.addEventListener("input", () => {
      const written = read(fields);
      if (written === null) return;
      move(written);
      map.panTo(written);
    });
  }
  offerTiles(part, map, L);
}

function offerTiles(part, map, L) {
  const button = part.querySelector(".placing-tiles");
  const tiles = L.tileLayer(part.dataset.tiles, { attribution: part.dataset.credit, maxZoom: 18 });
  button.addEventListener("click", () => {
    const shown = !map.hasLayer(tiles);
    shown ? tiles.addTo(map) : tiles.remove();
    button.setAttribute("aria-pressed", String(shown));
  });
}

function take(fields, state) {
  state.textContent = "La position est cherchée…";
  const found = ({ coords }) => {
    fields.accuracy.value = String(Math.max(1, Math.round(coords.accuracy)));
    write(fields, coords.latitude, coords.longitude);
    fields.latitude.dispatchEvent(new Event("input"));
    state.textContent = `Trouvée à ${fields.accuracy.value} m près. Enregistrez pour la garder.`;
  };
  const lost = () => {
    state.textContent = "Cet appareil ne donne pas sa position.";
  };
  navigator.geolocation.getCurrentPosition(found, lost, { enableHighAccuracy: true, timeout: 20_000 });
}

function read({ latitude, longitude }) {
  const place = [latitude, longitude].map(({ value }) => Number.parseFloat(value.replace(",", ".")));
  return place.every(Number.isFinite) && Math.abs(place[0]) <= 90 && Math.abs(place[1]) <= 180 ? place : null;
}

function write({ latitude, longitude }, lat, lng) {
  latitude.value = lat.toFixed(6).replace(".", ",");
  longitude.value = lng.toFixed(6).replace(".", ",");
}

function reach({ accuracy }) {
  return Number.parseInt(accuracy.value, 10) || 0;
}
