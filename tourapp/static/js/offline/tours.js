// What a tour is made of, as values: nothing here asks the network or the phone.
const CONFUSED = { O: "0", I: "1", L: "1" };
const NUMBER = /^\s*(?:\p{L}{1,8}\s*[.°]?|№|#)?\s*(\d{1,5})\.?\s*$/u;
// What a phone shows sharply, and no more: wider forms are for large screens.
const WIDEST_TAKEN_PX = 960;
const ADDRESS_OF_FOLDER = /\/~[0-9a-f]+\//;

/**
 * Return the files that this phone needs: of those that share a `one_of` and that it shows or plays,
 * the lightest of a photograph's forms that are as wide as a phone needs, or of a clip's formats.
 */
export function chooseFiles(files, canPlay) {
  const chosen = new Map();
  for (const file of files) {
    const key = file.one_of ?? file.url;
    const known = chosen.get(key);
    if (file.one_of && !canPlay(file.type)) {
      continue;
    }
    if (!known || isBetter(file, known)) {
      chosen.set(key, file);
    }
  }
  return [...chosen.values()];
}

function isBetter(file, known) {
  const gained = fitness(file) - fitness(known);
  return gained > 0 || (gained === 0 && file.bytes < known.bytes);
}

function fitness({ width_px: width }) {
  return width > WIDEST_TAKEN_PX ? WIDEST_TAKEN_PX - width : (width ?? 0);
}

/** Return the files that are wanted and not among the hashes that are kept, each content once. */
export function missingFiles(wanted, keptHashes) {
  const missing = new Map();
  for (const file of wanted) {
    if (!keptHashes.has(file.sha256)) {
      missing.set(file.sha256, file);
    }
  }
  return [...missing.values()];
}

/** Return the hashes that are kept and that none of the tours needs any more. */
export function needlessHashes(keptHashes, tours) {
  const needed = new Set(tours.flatMap((tour) => tour.chosen.map((file) => file.sha256)));
  return [...keptHashes].filter((hash) => !needed.has(hash));
}

/** Return the bytes of files, each content counted once. */
export function weigh(files) {
  return missingFiles(files, new Set()).reduce((sum, file) => sum + file.bytes, 0);
}

/** Return the kept file that answers an address, or one that stands in for it. */
export function findFile(tour, url) {
  const named = tour.files.find((file) => file.url === url);
  if (!named) {
    return undefined;
  }
  const key = named.one_of;
  return tour.chosen.find((file) => file.url === url || (key && file.one_of === key));
}

/** Return the kept asset that has the same path in whatever release. */
export function findAsset(tour, url) {
  const path = url.replace(ADDRESS_OF_FOLDER, "/");
  return tour.chosen.find(
    (file) => file.kind === "asset" && file.url.replace(ADDRESS_OF_FOLDER, "/") === path,
  );
}

/** Return the page of the stop whose number or code somebody keyed in. */
export function findKeyed(tour, typed) {
  const number = NUMBER.exec(typed)?.[1];
  const code = normaliseCode(typed);
  const stop = tour.stops.find((each) =>
    number ? each.number === Number(number) : each.codes.includes(code),
  );
  return stop?.page;
}

/** Return the page of the stop that a sign leads to. */
export function findSign(tour, code) {
  return tour.stops.find((stop) => stop.codes.includes(normaliseCode(code)))?.page;
}

function normaliseCode(typed) {
  return typed.toUpperCase().replace(/[-\s]/g, "").replace(/[OIL]/g, (letter) => CONFUSED[letter]);
}
