// On every page, where a visit is kept: it goes on arriving, and tells when a newer one is there.
import { listTours } from "./keeping.js";
import { fetchTour, take } from "./taking.js";

const notice = document.querySelector(".kept-update");
// The page on which it is taken along does this by itself.
const isThere = document.querySelector(".along-tour");

const begun = isThere ? [] : (await listTours("wanted")).filter(({ isPaused }) => !isPaused);
for (const tour of begun) {
  await take(tour, { onProgress: () => undefined }).catch(() => undefined);
}
if (!begun.length && !isThere && navigator.onLine) {
  const kept = await listTours("ready");
  const now = await Promise.all(kept.map(({ url }) => fetchTour(url).catch(() => undefined)));
  const changed = now.find((tour, place) => tour && tour.version !== kept[place].version);
  notice.hidden = !changed;
  if (changed) notice.querySelector("a").href = changed.pages.along;
}
