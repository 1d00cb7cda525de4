// The map's style: the server's style with the selections of this page.

import { fitsTiles } from "./map-filter.js";

const EMPTY = { type: "FeatureCollection", features: [] };

/** «dark» or «light», as the device prefers. */
export function themeName() {
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Loads the server's style and the description of the tiles that can be filtered. */
export async function loadStyle(lang, theme) {
  const [style, organizations] = await Promise.all([
    read(`/tiles/style.json?theme=${theme}&lang=${lang}`),
    read("/tiles/organizations.json"),
  ]);
  return { style, organizations };
}

async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

/**
 * The style with a filter of institutions, a selected district and a highlighted place.
 *
 * Filters that the tiles support are applied to them; other results come from `found`, which the browser clusters alike.
 */
export function dress({ style, organizations }, { filter, chosen = "", found = EMPTY, highlight = EMPTY, gold, without = [] }) {
  const fromTiles = fitsTiles(filter);
  const sources = {
    ...style.sources,
    organizations: fromTiles ? tileSource(organizations, filter.categories) : foundSource(found, organizations),
    highlight: { type: "geojson", data: highlight },
  };
  const layers = style.layers.filter((layer) => !without.includes(layer.source)).map((layer) => {
    if (layer.id.startsWith("district-chosen")) return { ...layer, filter: ["==", ["get", "slug"], chosen] };
    if (layer.source !== "organizations" || fromTiles) return layer;
    const { "source-layer": tiled, ...plain } = layer;
    return plain;
  });
  layers.push({
    id: "highlight", type: "circle", source: "highlight",
    paint: { "circle-radius": 19, "circle-color": gold, "circle-opacity": 0.25, "circle-stroke-color": gold, "circle-stroke-width": 4 },
  });
  return { ...style, sources, layers };
}

function tileSource({ tiles, minzoom, maxzoom, bounds, attribution }, categories) {
  const query = categories.map((category) => `category=${encodeURIComponent(category)}`).join("&");
  const chosen = query ? tiles.map((address) => `${address}${address.includes("?") ? "&" : "?"}${query}`) : tiles;
  return defined({ type: "vector", tiles: chosen, minzoom, maxzoom, bounds, attribution });
}

function foundSource(data, { attribution }) {
  return defined({ type: "geojson", data, cluster: true, clusterRadius: 64, clusterMaxZoom: 13, attribution });
}

function defined(source) {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined));
}
