// Taking a tour along: file by file, each verified before it is kept, so that nothing is lost by a
// stop, a closed browser or a dead network, and nothing that was altered on the way is ever shown.
import { forget } from "../remembered.js";
import { dropTour, keepFile, listHashes, listTours, putTour, tidy } from "./keeping.js";
import { chooseFiles, missingFiles, weigh } from "./tours.js";

// A publication between the list and a page gives it another hash: then the list is read anew.
const ROUNDS = 3;
const SHOWN = new Set(["image/jpeg", "image/webp"]);
/** Under which name a phone remembers when it last asked for tours that had not changed. */
export const ASKED = "demandes";
// No visit of anybody's: the server does not count it, and the worker lets it pass.
const QUIETLY = { "Purpose": "prefetch" };

/** Why a tour could not be taken along: `away`, `none`, `corrupt`, `full` or `elsewhere`. */
export class TakingError extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** Whether this browser can keep a visit at all. */
export function canKeep() {
  return "serviceWorker" in navigator && "caches" in globalThis && Boolean(globalThis.crypto?.subtle);
}

/** Return the tour as the site tells it now, with the files that this phone needs. */
export async function fetchTour(url, signal) {
  const tour = await withNetwork(async () => {
    const answer = await fetchQuietly(url, signal);
    if (!answer.ok) {
      throw new TakingError("none");
    }
    return answer.json();
  });
  return { ...tour, url, chosen: chooseFiles(tour.files, canPlay) };
}

/** Return the files of a tour that this phone lacks. */
export async function lackingFiles(tour) {
  return missingFiles(tour.chosen, await listHashes());
}

/** Take a tour along, and tell `onProgress(doneBytes, askedBytes)`; raises TakingError, AbortError. */
export function take(tour, { signal, onProgress }) {
  // One tab at a time: two would ask for the same files twice.
  return navigator.locks.request("visite.taking", { ifAvailable: true }, async (lock) => {
    if (!lock) {
      throw new TakingError("elsewhere");
    }
    let wanted = tour;
    for (let round = 1; ; round += 1) {
      await putTour({ ...wanted, isPaused: false }, "wanted");
      try {
        await takeMissing(wanted, signal, onProgress);
        break;
      } catch (error) {
        const now = error.reason === "corrupt" && (await fetchTour(tour.url, signal));
        if (!now || now.version === wanted.version || round === ROUNDS) {
          throw error;
        }
        wanted = now;
      }
    }
    await putTour({ ...wanted, readyAt: Date.now() }, "ready");
    await dropTour(wanted, "wanted");
    await tidy();
    return wanted;
  });
}

/** Write down that a tour waits for its visitor, and does not go on by itself. */
export async function pause(tour) {
  await putTour({ ...tour, isPaused: true }, "wanted");
}

/** Take a tour from the phone; with the last one goes the worker. */
export async function remove(tour) {
  forget(ASKED);
  await dropTour(tour, "wanted");
  await dropTour(tour, "ready");
  await tidy();
  if (!(await listTours("ready")).length && !(await listTours("wanted")).length) {
    const registration = await navigator.serviceWorker.getRegistration("/");
    await registration?.unregister();
  }
}

async function takeMissing(tour, signal, onProgress) {
  const missing = await lackingFiles(tour);
  const asked = weigh(missing);
  await spareRoom(asked);
  let done = 0;
  onProgress(done, asked);
  for (const file of missing) {
    await takeFile(file, signal);
    done += file.bytes;
    onProgress(done, asked);
  }
}

async function takeFile(file, signal) {
  const { answer, bytes } = await withNetwork(async () => {
    const answer = await fetchQuietly(file.url, signal);
    return { answer, bytes: await answer.arrayBuffer() };
  });
  if (!answer.ok || (await hashOf(bytes)) !== file.sha256) {
    throw new TakingError("corrupt");
  }
  try {
    await keepFile(file, bytes, answer.headers);
  } catch (error) {
    throw error.name === "QuotaExceededError" ? new TakingError("full") : error;
  }
}

async function fetchQuietly(url, signal) {
  const answer = await fetch(url, { signal, headers: QUIETLY, cache: "no-cache" });
  if (answer.status >= 500 || answer.status === 429) {
    throw new TakingError("away");
  }
  return answer;
}

/** Do what needs the network, and call its absence by its name. */
async function withNetwork(act) {
  try {
    return await act();
  } catch (error) {
    throw error.name === "TypeError" ? new TakingError("away") : error;
  }
}

async function spareRoom(bytes) {
  // Kept as long as the visitor wants, where the phone grants it; elsewhere until it lacks room.
  await navigator.storage?.persist?.();
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota !== undefined && quota - usage < bytes) {
    throw new TakingError("full");
  }
}

async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function canPlay(type) {
  // Whatever keeps a visit shows these; of others one would have to try.
  return SHOWN.has(type) || document.createElement("audio").canPlayType(type) !== "";
}
