// What is kept on the phone: files under the hash of their bytes, and the tours that need them.
//
// A tour that is ready never changes until another one is whole: its new files stand beside the
// former ones, since each has its own hash, and one write puts the new list in the old one's place.
import { needlessHashes } from "./tours.js";

// Another number where what is kept has another form: a worker drops the caches that it cannot read.
const FILES = "visite-files-1";
const TOURS = "visite-tours-1";

const LASTING = [
  "Content-Language",
  "Content-Security-Policy",
  "Permissions-Policy",
  "Referrer-Policy",
  "X-Content-Type-Options",
];

const keyOfFile = (hash) => `/kept/files/${hash}`;
const keyOfTour = (tour, state) => `/kept/tours/${tour.tour}/${tour.lang}/${state}`;

/** Return the file of this hash as a Response, or undefined. */
export async function readFile(hash) {
  return (await caches.open(FILES)).match(keyOfFile(hash));
}

/** Keep the bytes of a file, which were verified, with the headers that protect it. */
export async function keepFile(file, bytes, answered) {
  const headers = new Headers({ "Content-Type": file.type });
  for (const name of LASTING.filter((each) => answered.has(each))) {
    headers.set(name, answered.get(name));
  }
  await (await caches.open(FILES)).put(keyOfFile(file.sha256), new Response(bytes, { headers }));
}

/** Return the hashes of all files that are kept. */
export async function listHashes() {
  const requests = (await caches.has(FILES)) ? await (await caches.open(FILES)).keys() : [];
  return new Set(requests.map(({ url }) => url.slice(url.lastIndexOf("/") + 1)));
}

/** Return the tours in a state: `ready` to be gone on, or `wanted` and not whole yet. */
export async function listTours(state) {
  // Asking whether it exists makes no cache where nothing was ever taken along.
  if (!(await caches.has(TOURS))) {
    return [];
  }
  const cache = await caches.open(TOURS);
  const keys = (await cache.keys()).filter(({ url }) => url.endsWith(`/${state}`));
  return Promise.all(keys.map(async (key) => (await cache.match(key)).json()));
}

/** Write down a tour in a state. */
export async function putTour(tour, state) {
  const cache = await caches.open(TOURS);
  await cache.put(keyOfTour(tour, state), Response.json(tour));
}

/** Forget a tour in a state. */
export async function dropTour(tour, state) {
  await (await caches.open(TOURS)).delete(keyOfTour(tour, state));
}

/** Delete the files that no tour needs; where none is left, everything. */
export async function tidy() {
  const tours = [...(await listTours("ready")), ...(await listTours("wanted"))];
  if (!tours.length) {
    await dropCaches(() => true);
    return;
  }
  const cache = await caches.open(FILES);
  const needless = needlessHashes(await listHashes(), tours);
  await Promise.all(needless.map((hash) => cache.delete(keyOfFile(hash))));
}

/** Delete our caches, or those in a form that this release does not read. */
export async function dropCaches(isDropped = (name) => name !== FILES && name !== TOURS) {
  const ours = (await caches.keys()).filter((name) => name.startsWith("visite-"));
  await Promise.all(ours.filter(isDropped).map((name) => caches.delete(name)));
}
