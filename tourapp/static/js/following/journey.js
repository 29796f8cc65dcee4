// The itinerary that this phone follows, and how far: kept here alone.
import { forget, recall, remember } from "../remembered.js";
import { orderFrom, placeOf } from "./order.js";

const NAME = "itineraire";

/** Return { itinerary, start, at, reached } of what is followed, or null; `at` is before the order as -1. */
export function followed() {
  const journey = recall(NAME);
  return journey?.itinerary?.halts ? journey : null;
}

/** Follow an itinerary from the halt of this key on, which is reached where one stands there. */
export function begin(itinerary, start, { isHere }) {
  const reached = isHere ? { [start]: "opened" } : {};
  return keep({ itinerary, start, at: isHere ? 0 : -1, reached });
}

/** Take an itinerary as it is told now, perhaps in another language; what was reached stays reached. */
export function renew(journey, itinerary) {
  return keep({ ...journey, itinerary });
}

/** Follow no itinerary any more; nothing is left on the phone. */
export function part() {
  forget(NAME);
}

/** Return the halts in the order in which they are gone on. */
export function orderOf({ itinerary, start }) {
  return orderFrom(itinerary, start);
}

/** Note which halt of the order a plate leads to: a stop that is passed twice stands in two places. */
export function head(journey, at) {
  return keep({ ...journey, at });
}

/** Note that the page of a stop was opened, and return the journey; elsewhere nothing changes. */
export function arrive(journey, stop) {
  const at = placeOf(orderOf(journey), stop, journey.at);
  return at === undefined ? journey : reach({ ...journey, at }, "opened");
}

/** Note that the halt where one is was heard to its end. */
export function hear(journey) {
  return reach(journey, "heard");
}

/** Say how many halts of the order are reached. */
export function sayProgress(journey) {
  const order = orderOf(journey);
  const reached = order.filter(({ key }) => key in journey.reached).length;
  const { progress } = journey.itinerary.words;
  return progress.replace("{reached}", reached).replace("{count}", order.length);
}

function reach(journey, how) {
  const { key } = orderOf(journey)[journey.at];
  const known = journey.reached[key];
  return keep({ ...journey, reached: { ...journey.reached, [key]: known === "heard" ? known : how } });
}

function keep(journey) {
  remember(NAME, journey);
  return journey;
}
