// On a stop's page, for a phone that follows an itinerary: how far it is, and the halts before and after.
import { arrive, followed, head, hear, orderOf, part, renew, sayProgress } from "./journey.js";
import { haltAfter, haltAhead } from "./order.js";

const STOP = /\/arrets\/([^/]+)/;
// No visit of anybody's: the server does not count it.
const QUIETLY = { "Purpose": "prefetch" };

const lang = document.documentElement.lang;
const canonical = document.querySelector("link[rel=canonical]");
const stop = STOP.exec(new URL(canonical?.href ?? location.href).pathname)?.[1];

let journey = followed();
if (journey) {
  journey = arrive(await inOurLanguage(journey), stop);
  const order = orderOf(journey);
  const isHere = order[journey.at]?.stop === stop;
  tell(order);
  if (isHere) {
    leadOn(order);
    document.querySelector(".player audio")?.addEventListener("ended", () => {
      journey = hear(journey);
    });
  }
}

/** Take the words of the page's language from the itinerary's own page, where the network has it. */
async function inOurLanguage(known) {
  if (known.itinerary.lang === lang) return known;
  try {
    const answer = await fetch(known.itinerary.page.replace(/^\/\w\w\//, `/${lang}/`), { headers: QUIETLY });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return renew(known, JSON.parse(page.querySelector("#itineraire").textContent));
  } catch {
    return known;
  }
}

function tell(order) {
  const { title, title_lang: titleLang, page, words } = journey.itinerary;
  const bar = made("aside", { className: "tour-follow", lang: journey.itinerary.lang });
  bar.setAttribute("aria-label", words.followed);
  const link = made("a", { href: page, textContent: title, lang: titleLang });
  const progress = made("span", { textContent: sayProgress(journey) });
  const ahead = haltAhead(order, journey.reached, journey.at);
  const onward = ahead
    ? made("a", { href: ahead.url, textContent: words.on.replace("{title}", ahead.title) })
    : made("span", { textContent: words.over });
  const leave = made("button", { type: "button", textContent: words.part });
  leave.addEventListener("click", () => {
    part();
    // The page as everybody sees it, with the stops before and after by number.
    location.reload();
  });
  bar.append(made("p", {}, link, " ", progress), made("p", {}, onward), leave);
  document.querySelector("main").before(bar);
}

function leadOn(order) {
  const { words, lang: told } = journey.itinerary;
  const around = document.querySelector(".neighbours");
  const pattern = around?.querySelector(".neighbour");
  if (!pattern) return;
  const next = haltAfter(journey.itinerary, order, journey.at);
  const previous = order[journey.at - 1];
  const plates = [
    next && plate(pattern, next, next.way, { rel: "next", label: words.next }),
    previous && plate(pattern, previous, wayBack(order), { rel: "prev", label: words.previous }),
  ].filter(Boolean);
  for (const each of plates) {
    const at = order.indexOf(each.rel === "next" ? next : previous);
    each.addEventListener("click", () => head(journey, at));
  }
  for (const each of plates) each.lang = told;
  for (const former of around.querySelectorAll(".neighbour")) former.remove();
  around.prepend(...plates);
}

function wayBack(order) {
  const { way } = order[journey.at];
  return way && { degrees: way.back_degrees, told: way.back_told };
}

function plate(pattern, halt, way, { rel, label }) {
  const copy = pattern.cloneNode(true);
  Object.assign(copy, { className: `neighbour neighbour-${rel}`, rel, href: halt.url });
  const within = (name) => copy.querySelector(`.neighbour-${name}`);
  within("label").textContent = label;
  within("number").textContent = halt.number ?? "";
  Object.assign(within("title"), { textContent: halt.title, lang: halt.lang });
  const compass = within("way").querySelector(".compass");
  compass.querySelector("[transform]").setAttribute("transform", `rotate(${way?.degrees ?? 0})`);
  within("way").replaceChildren(...(way ? [compass, way.told] : []));
  return copy;
}

function made(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
