// On every page, where a visit is kept: it goes on arriving, and tells when a newer one is there.
import { recall, remember } from "../remembered.js";
import { listTours } from "./keeping.js";
import { ASKED, fetchTour, take } from "./taking.js";

// An itinerary is gathered anew for whoever asks: not with every page that somebody opens.
const PATIENCE_MS = 600_000;

const notice = document.querySelector(".kept-update");
// The page on which it is taken along does this by itself.
const isThere = document.querySelector(".along-tour");

const begun = isThere ? [] : (await listTours("wanted")).filter(({ isPaused }) => !isPaused);
for (const tour of begun) {
  await take(tour, { onProgress: () => undefined }).catch(() => undefined);
}
if (!begun.length && !isThere && navigator.onLine) {
  const asked = recall(ASKED) ?? {};
  const isDue = ({ url, pages }) => !pages?.itinerary || !(Date.now() - asked[url] < PATIENCE_MS);
  const kept = (await listTours("ready")).filter(isDue);
  const now = await Promise.all(kept.map(({ url }) => fetchTour(url).catch(() => undefined)));
  const changed = now.find((tour, place) => tour && tour.version !== kept[place].version);
  const same = now.filter((tour, place) => tour?.version === kept[place].version);
  remember(ASKED, { ...asked, ...Object.fromEntries(same.map(({ url }) => [url, Date.now()])) });
  notice.hidden = !changed;
  if (changed) notice.querySelector("a").href = changed.pages.along;
}
