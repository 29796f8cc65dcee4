// The order in which somebody goes on an itinerary, as values: nothing here asks the page or the phone.

/**
 * Return the halts of whoever starts at the one of this key: round a loop until they are back, else
 * from there to the end. A loop's last halt is its first one again, and is passed once.
 */
export function orderFrom({ halts, is_loop: isLoop }, key) {
  const start = Math.max(0, halts.findIndex((halt) => halt.key === key));
  if (!isLoop || start === 0) return halts.slice(start);
  return start === halts.length - 1 ? halts : [...halts.slice(start), ...halts.slice(1, start)];
}

/** Return the halts that are left out by whoever starts at the one of this key. */
export function haltsAside(itinerary, key) {
  const order = orderFrom(itinerary, key);
  return itinerary.is_loop ? [] : itinerary.halts.slice(0, itinerary.halts.length - order.length);
}

/** Return where in the order a stop is, next to where one was: on the way rather than back. */
export function placeOf(order, stop, at) {
  const places = order.flatMap((halt, place) => (halt.stop === stop ? [place] : []));
  const far = (place) => Math.abs(place - at) - (place > at ? 0.5 : 0);
  return places.sort((one, other) => far(one) - far(other))[0];
}

/** Return the halt after a place: from a loop's last one, back to where one started within it. */
export function haltAfter({ is_loop: isLoop }, order, at) {
  return order[at + 1] ?? (isLoop && order[0].way ? order[0] : undefined);
}

/** Return the first halt after a place that was not reached, else one that was passed over. */
export function haltAhead(order, reached, at) {
  const left = (halt) => !(halt.key in reached);
  return order.slice(at + 1).find(left) ?? order.find(left);
}
