// The service worker: it stands on a phone only while a tour is kept there.
//
// Where the network answers, it decides: pages come from it, and a kept page is shown only where none
// comes within two seconds, and says so. Files that are named by their bytes come from the phone.
// A new worker takes over at once (skipWaiting): what is kept is read by its own number of form, so
// that no page depends on the worker that was there when it was opened.
import { dropCaches, listTours, readFile } from "./keeping.js";
import { answerRange } from "./ranges.js";
import { findAsset, findFile, findKeyed, findSign } from "./tours.js";

const PATIENCE_MS = 2000;
const LANGUAGES = /^\/(fr|en|nl|de)\//;
const VISITORS_PAGES = /^\/($|q\/|(fr|en|nl|de)\/)/i;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(dropCaches().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const answer = chooseAnswer(event.request);
  if (answer) {
    // Whatever goes wrong in here, the network is still asked.
    event.respondWith(answer(event.request).catch(() => fetch(event.request)));
  }
});

function chooseAnswer(request) {
  const { origin, pathname } = new URL(request.url);
  const isOurs = origin === self.location.origin && request.method === "GET";
  if (!isOurs || request.headers.get("Purpose") === "prefetch") {
    return undefined;
  }
  if (request.mode === "navigate") {
    return VISITORS_PAGES.test(pathname) ? answerPage : undefined;
  }
  if (pathname.startsWith("/media/")) return answerMedia;
  if (pathname.startsWith("/static/")) return answerAsset;
  return pathname === "/api/v1/stops.geojson" ? answerMap : undefined;
}

async function answerPage(request) {
  const network = fetch(request);
  try {
    return await within(PATIENCE_MS, network);
  } catch (error) {
    return answerKept(request, network, error.name === "TimeoutError" ? "slow" : "away");
  }
}

async function answerKept(request, network, why) {
  const tours = await listTours("ready");
  const page = findPage(tours, new URL(request.url));
  if (page?.redirected) return Response.redirect(page.redirected, 303);
  if (page?.file) return marked(page.file, why);
  try {
    return await network;
  } catch (error) {
    const shelter = findShelter(tours, new URL(request.url));
    if (!shelter) throw error;
    return marked(shelter, "none");
  }
}

/** Return the kept page that answers an address, or where the number that was keyed in leads. */
function findPage(tours, url) {
  const path = decodeURI(url.pathname);
  const keyed = url.searchParams.get("numero")?.trim();
  for (const tour of inOrderOfLanguage(tours, path)) {
    if (keyed) {
      const redirected = /^\/(\w\w\/)?$/.test(path) && findKeyed(tour, keyed);
      if (redirected) return { redirected: new URL(redirected, url).href };
    } else if (!url.search) {
      const file = findFile(tour, addressOf(tour, path));
      if (file) return { file };
    }
  }
  return undefined;
}

function addressOf(tour, path) {
  if (path === "/") return `/${tour.lang}/`;
  return /^\/q\//i.test(path) ? findSign(tour, path.slice(3)) : path;
}

function findShelter(tours, url) {
  const [tour] = inOrderOfLanguage(tours, url.pathname);
  return tour && findFile(tour, `/${tour.lang}/hors-ligne`);
}

/** The language of the address first, then those that the phone wishes for. */
function inOrderOfLanguage(tours, path) {
  const wishes = [LANGUAGES.exec(path)?.[1], ...navigator.languages.map((tag) => tag.slice(0, 2))];
  const rank = ({ lang }) => (wishes.indexOf(lang) + wishes.length + 1) % (wishes.length + 1);
  return [...tours].sort((one, other) => rank(one) - rank(other));
}

/** Return a kept page that says why it is shown: the styles of its language make it visible. */
async function marked(file, why) {
  const kept = await readFile(file.sha256);
  const text = (await kept.text()).replace("<html ", `<html data-kept="${why}" `);
  return new Response(text, { headers: kept.headers });
}

async function answerMedia(request) {
  const path = new URL(request.url).pathname;
  const hash = path.slice("/media/".length).split(".")[0];
  const kept = (await readFile(hash)) ?? (await readStandIn(path));
  if (!kept) return fetch(request);
  const type = kept.headers.get("Content-Type");
  return answerRange(await kept.blob(), request.headers.get("Range"), type);
}

async function readStandIn(path) {
  const files = (await listTours("ready")).map((tour) => findFile(tour, path));
  const file = files.find(Boolean);
  return file && readFile(file.sha256);
}

async function answerAsset(request) {
  const path = new URL(request.url).pathname;
  const tours = await listTours("ready");
  const same = tours.map((tour) => findFile(tour, path)).find(Boolean);
  if (same) return readFile(same.sha256);
  try {
    return await fetch(request);
  } catch (error) {
    const alike = tours.map((tour) => findAsset(tour, path)).find(Boolean);
    if (!alike) throw error;
    return readFile(alike.sha256);
  }
}

async function answerMap(request) {
  const { pathname, search } = new URL(request.url);
  try {
    return await within(PATIENCE_MS, fetch(request));
  } catch (error) {
    const tours = await listTours("ready");
    const file = tours.map((tour) => findFile(tour, pathname + search)).find(Boolean);
    if (!file) throw error;
    return readFile(file.sha256);
  }
}

function within(limitMs, promise) {
  const late = () => new DOMException("no answer in time", "TimeoutError");
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), limitMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
