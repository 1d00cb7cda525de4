// API requests in the language of the page.

import { questions } from "./map-filter.js";

const EARTH = 6_371_008.8;

/** The request functions of a page; each returns a promise and takes an abort signal. */
export function cityData(page) {
  async function ask(path, parameters = {}, signal) {
    const address = new URL(`${page.api}${path}`, location.origin);
    for (const [key, value] of Object.entries({ lang: page.lang, ...parameters })) {
      if (value !== "" && value !== undefined) address.searchParams.set(key, value);
    }
    const answer = await fetch(address, { signal });
    if (!answer.ok) throw new Error(`${answer.status} ${path}`);
    return answer.json();
  }

  /** The institutions in the box, from its centre outwards, and their total number. */
  async function within(filter, box, [lon, lat], limit, signal) {
    const parameters = { bbox: box.map((side) => side.toFixed(6)).join(), lon: lon.toFixed(6), lat: lat.toFixed(6), limit };
    const answers = await Promise.all(questions(filter).map((question) => ask("/organizations", { ...question, ...parameters }, signal)));
    return {
      total: answers.reduce((sum, answer) => sum + answer.total, 0),
      places: nearestFirst(answers.flatMap((answer) => answer.organizations), [lon, lat]).slice(0, limit),
    };
  }

  /** The institutions nearest to a point. */
  async function nearest(filter, [lon, lat], limit, signal) {
    if (filter.q) {
      const answers = await Promise.all(questions(filter).map((question) => ask("/organizations", { ...question, limit: 200 }, signal)));
      const placed = answers.flatMap((answer) => answer.organizations).filter((place) => place.lon !== null);
      return nearestFirst(placed, [lon, lat]).slice(0, limit);
    }
    const answers = await Promise.all(questions(filter).map(({ q, ...question }) => ask("/nearest", { ...question, lon, lat, limit }, signal)));
    return answers
      .flatMap((answer) => answer.results)
      .map(({ organization, distance_m: metres }) => ({ ...organization, metres }))
      .sort((a, b) => a.metres - b.metres)
      .slice(0, limit);
  }

  /** The matches of the filter when none of them has a position. */
  async function unplaced(filter, limit, signal) {
    const answers = await Promise.all(questions(filter).map((question) => ask("/organizations", { ...question, limit: 200 }, signal)));
    const places = answers.flatMap((answer) => answer.organizations);
    const total = answers.reduce((sum, answer) => sum + answer.total, 0);
    const isPlaced = total > places.length || places.some((place) => place.lon !== null);
    return isPlaced ? { places: [], total: 0 } : { places: places.slice(0, limit), total };
  }

  /** All matches of the filter, in the form that the map draws. */
  async function collection(filter, signal) {
    const answers = await Promise.all(questions(filter).map((question) => ask("/organizations", { ...question, f: "geojson" }, signal)));
    const features = answers.flatMap((answer) => answer.features);
    // The style reads the name in the page's language, from the property that the tiles use.
    for (const { properties } of features) properties[`name_${page.lang}`] = properties.label;
    return { type: "FeatureCollection", features };
  }

  return {
    within,
    nearest,
    unplaced,
    collection,
    resolve: ([lon, lat], signal) => ask("/resolve", { lon, lat }, signal),
    organization: (id, signal) => ask(`/organizations/${encodeURIComponent(id)}`, {}, signal),
  };
}

/** The bounding box of some positions: west, south, east, north. */
export function boxOf(positions) {
  return positions.reduce(
    ([west, south, east, north], [lon, lat]) => [Math.min(west, lon), Math.min(south, lat), Math.max(east, lon), Math.max(north, lat)],
    [180, 90, -180, -90],
  );
}

function nearestFirst(places, from) {
  return places
    .map((place) => ({ ...place, metres: place.lon === null ? Infinity : metresBetween(from, [place.lon, place.lat]) }))
    .sort((a, b) => a.metres - b.metres);
}

function metresBetween([lon, lat], [otherLon, otherLat]) {
  const radians = Math.PI / 180;
  const half = Math.sin(((otherLat - lat) * radians) / 2) ** 2
    + Math.cos(lat * radians) * Math.cos(otherLat * radians) * Math.sin(((otherLon - lon) * radians) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.sqrt(half));
}
