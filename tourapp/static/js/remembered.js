// What this phone remembers, and nobody else ever learns.
const PREFIX = "visite.";
const MOST_POSITIONS = 40;
const WORTH_RESUMING_S = 5;

/** Return what was remembered under a name, or null; a browser may refuse to keep anything. */
export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

/** Remember a value under a name, for as long as the browser keeps it. */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A full or closed store: the page works without.
  }
}

/** Let go of what was remembered under a name. */
export function forget(name) {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept, then.
  }
}

/** Return the second at which to go on with a clip, 0 for its beginning. */
export function recallPosition(clip) {
  const [, seconds = 0] = (recall("positions") ?? []).find(([known]) => known === clip) ?? [];
  return seconds;
}

/** Remember where one stopped; near the beginning, and at the end, nothing is to be resumed. */
export function rememberPosition(clip, seconds, length) {
  const others = (recall("positions") ?? []).filter(([known]) => known !== clip);
  const isWorth = seconds > WORTH_RESUMING_S && seconds < length - WORTH_RESUMING_S;
  const own = isWorth ? [[clip, Math.floor(seconds)]] : [];
  remember("positions", [...own, ...others].slice(0, MOST_POSITIONS));
}
