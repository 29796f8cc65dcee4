// A phone that follows a led walk: it asks where the group is, less often the worse the network is.
import { forget, recall, remember } from "../remembered.js";

const NAME = "marche";
const SOON_MS = 5000;
const LATE_MS = 60000;

/** Return the walk that this phone follows, as { code, phone, counted, farewell }, or null. */
export function followed() {
  const walk = recall(NAME);
  return walk?.code ? walk : null;
}

/** Follow a walk, under a number that is drawn for it alone. */
export function follow(code) {
  const known = followed();
  if (known?.code === code) return known;
  const drawn = crypto.getRandomValues(new Uint8Array(16));
  const phone = Array.from(drawn, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const walk = { code, phone, counted: false };
  remember(NAME, walk);
  return walk;
}

/** Follow no walk any more; nothing is left on the phone. */
export function part() {
  forget(NAME);
}

/**
 * Ask now and then, and tell `onNews` the answer, `onOver` that the walk is over, `onLost` that there is
 * no signal. A page that nobody looks at asks nothing, and asks at once when it is looked at again.
 */
export function ask(walk, { onNews, onOver, onLost }) {
  let failures = 0;
  let timer;
  const later = () => {
    clearTimeout(timer);
    const pauseMs = Math.min(SOON_MS * 2 ** failures, LATE_MS);
    timer = setTimeout(turn, pauseMs * (1 + Math.random() / 5));
  };
  const turn = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
      await count(walk);
      const answer = await fetch(`/m/${walk.code}/etat`);
      if (answer.status === 404) return onOver();
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      failures = 0;
      const news = await answer.json();
      keep(walk, news.farewell);
      onNews(news);
    } catch {
      failures += 1;
      onLost();
    }
    later();
  };
  document.addEventListener("visibilitychange", turn);
  turn();
}

// Nobody answers once the walk is over: what is said then is known before.
function keep(walk, farewell) {
  if (walk.farewell === farewell) return;
  walk.farewell = farewell;
  remember(NAME, walk);
}

// Until the site has counted this phone; whoever cannot be counted is told where the group is all the same.
async function count(walk) {
  if (walk.counted) return;
  const body = new URLSearchParams({ phone: walk.phone });
  const answer = await fetch(`/m/${walk.code}/telephone`, { method: "POST", body });
  if (!answer.ok) return;
  walk.counted = true;
  remember(NAME, walk);
}
