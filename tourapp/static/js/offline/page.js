// The page on which a visit is taken along, stopped, brought up to date and removed.
import { say, writeWeight } from "../saying.js";
import { listTours } from "./keeping.js";
import { TakingError, canKeep, fetchTour, lackingFiles, pause, remove, take } from "./taking.js";
import { weigh } from "./tours.js";

const root = document.querySelector(".along-tour");
const bar = root?.querySelector("progress");
const acts = { take: takeNow, stop: () => stopping.abort(), remove: removeNow };
let tour;
let stopping;

if (root) {
  root.addEventListener("click", ({ target }) => acts[target.dataset.act]?.());
  await (canKeep() ? look() : say(root, "unable"));
}

/** Show how things stand; a tour that was on its way goes on. */
async function look() {
  const [kept, begun] = await Promise.all(["ready", "wanted"].map(findOurs));
  try {
    tour = await fetchTour(root.dataset.tour);
  } catch (error) {
    tour = begun ?? kept;
    say(root, error.reason ?? "away");
    show(kept ? "ready" : begun ? "paused" : "");
    return;
  }
  say(root, "");
  await weighEverything();
  if (begun && !begun.isPaused) {
    await takeNow();
  } else if (kept && !begun) {
    show(kept.version === tour.version ? "ready" : "update");
  } else {
    show(begun ? "paused" : "idle");
  }
}

async function takeNow() {
  stopping = new AbortController();
  show("taking");
  say(root, "");
  try {
    await navigator.serviceWorker.register(root.dataset.worker, {
      type: "module",
      updateViaCache: "none",
    });
    tour = await take(tour, { signal: stopping.signal, onProgress: showProgress });
    show("ready");
    say(root, "done");
  } catch (error) {
    await giveUp(error);
  }
}

async function giveUp(error) {
  if (error.reason !== "elsewhere") {
    await pause(tour);
  }
  await weighEverything();
  show("paused");
  say(root, reasonOf(error));
}

function reasonOf(error) {
  if (error.name === "AbortError") return "";
  return error instanceof TakingError ? error.reason : "unable";
}

async function removeNow() {
  await remove(tour);
  await weighEverything();
  show("idle");
  say(root, "removed");
}

async function findOurs(state) {
  return (await listTours(state)).find(({ url }) => url === root.dataset.tour);
}

async function weighEverything() {
  const of = (...kinds) => weigh(tour.chosen.filter(({ kind }) => kinds.includes(kind)));
  write("sound", of("sound"));
  write("picture", of("picture"));
  write("rest", of("page", "data", "words", "asset"));
  write("all", weigh(tour.chosen));
  write("missing", weigh(await lackingFiles(tour)));
  root.querySelector(".along-weights").hidden = false;
}

function showProgress(done, asked) {
  bar.value = asked ? done / asked : 1;
  write("done", done);
  write("asked", asked);
}

function write(name, bytes) {
  for (const place of root.querySelectorAll(`[data-weight="${name}"]`)) {
    place.textContent = writeWeight(bytes);
  }
}

function show(state) {
  for (const part of root.querySelectorAll("[data-state]")) {
    part.hidden = !part.dataset.state.split(" ").includes(state);
  }
}
