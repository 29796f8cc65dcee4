// Where stops are: distances and bearings on a sphere, right to half a percent.
const EARTH_M = 6371008.8;

const radians = (degrees) => (degrees * Math.PI) / 180;

/** Return the metres and the bearing, in degrees from north, from one [latitude, longitude] to another. */
function wayBetween([fromLatitude, fromLongitude], [toLatitude, toLongitude]) {
  const from = radians(fromLatitude);
  const to = radians(toLatitude);
  const across = radians(toLongitude - fromLongitude);
  const chord =
    Math.sin((to - from) / 2) ** 2 + Math.cos(from) * Math.cos(to) * Math.sin(across / 2) ** 2;
  const bearing = Math.atan2(
    Math.sin(across) * Math.cos(to),
    Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(across),
  );
  return {
    distanceM: 2 * EARTH_M * Math.asin(Math.sqrt(chord)),
    directionDeg: ((bearing * 180) / Math.PI + 360) % 360,
  };
}

/** Return the stops of a GeoJSON document, with their position as [latitude, longitude]. */
function stopsOf({ features }) {
  return features.map(({ geometry, properties }) => ({
    ...properties,
    place: [geometry.coordinates[1], geometry.coordinates[0]],
    // The document names the public address; a page stays where it was opened.
    path: new URL(properties.url).pathname,
  }));
}

/** Return the stops with their way from here, the nearest first. */
export function byNearness(stops, here) {
  return stops
    .map((stop) => ({ ...stop, ...wayBetween(here, stop.place) }))
    .sort((one, other) => one.distanceM - other.distanceM);
}

/** Fetch the stops of a GeoJSON document; an error where it does not come. */
export async function fetchStops(url) {
  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status}`);
  }
  return stopsOf(await answer.json());
}
