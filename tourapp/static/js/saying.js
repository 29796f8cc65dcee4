// Sentences stand in the page, in its language, and are hidden until they are true.

/** Show the one sentence of this name within an element, and hide the others. */
export function say(element, name) {
  for (const sentence of element.querySelectorAll("[data-say]")) {
    sentence.hidden = sentence.dataset.say !== name;
  }
}

const LOCALE = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

const measured = (unit, maximumFractionDigits) =>
  new Intl.NumberFormat(LOCALE, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits });

/** Write a distance as a walker needs it: to ten metres, then to a tenth of a kilometre. */
export function writeDistance(metres) {
  const tens = Math.round(metres / 10) * 10;
  return tens < 1000 ? measured("meter", 0).format(tens) : measured("kilometer", 1).format(metres / 1000);
}

/** Write a number of bytes as it weighs on a phone's contract. */
export function writeWeight(bytes) {
  const kilobytes = bytes && Math.max(1, Math.round(bytes / 1000));
  return kilobytes < 1000
    ? measured("kilobyte", 0).format(kilobytes)
    : measured("megabyte", 1).format(bytes / 1_000_000);
}
