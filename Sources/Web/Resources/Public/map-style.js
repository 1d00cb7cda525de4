// The map's style: built here from the page's own colours, so that the dark theme is the same style again.

import { GROUPS } from "./map-symbols.js";

const EMPTY = { type: "FeatureCollection", features: [] };
const FONT = ["Noto Sans"];
const FONT_STRONG = ["Noto Sans SemiBold", "Noto Sans"];

// In the middle if it is free, else beside it, askew, a little further off; in letter heights.
const NAME_PLACES = [
  "center", [0, 0], "top", [0, 1.5], "bottom", [0, -1.5], "left", [1.7, 0], "right", [-1.7, 0],
  "top", [2, 1.5], "top", [-2, 1.5], "bottom", [2, -1.5], "bottom", [-2, -1.5],
  "top", [0, 3], "bottom", [0, -3], "left", [3.5, 0], "right", [-3.5, 0],
  "top", [4, 1.5], "top", [-4, 1.5], "bottom", [4, -1.5], "bottom", [-4, -1.5], "top", [0, 4.5], "bottom", [0, -4.5],
];

/** The colours of the stylesheet as they stand now, light or dark. */
export function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    ground: colour("--map-ground"),
    city: colour("--map-city"),
    land: colour("--map-land"),
    border: colour("--map-border"),
    halo: colour("--map-halo"),
    ink: colour("--ink"),
    surface: colour("--surface"),
    action: colour("--action"),
    gold: colour("--gold"),
    onGroup: colour("--on-group"),
    groups: Object.fromEntries(GROUPS.map((group) => [group, colour(`--group-${group}`)])),
  };
}

/** The style without `glyphs`: MapLibre then draws the letters with the page's own font. */
export function buildStyle({ theme, sources, chosen }) {
  const source = (data) => ({ type: "geojson", data: data ?? EMPTY });
  return {
    version: 8,
    sources: {
      land: source(sources.land),
      districts: source(sources.districts),
      "district-names": source(sources.districtNames),
      organizations: { ...source(sources.organizations), cluster: true, clusterRadius: 64, clusterMaxZoom: 15 },
      highlight: source(sources.highlight),
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": theme.ground } },
      { id: "city", type: "fill", source: "districts", paint: { "fill-color": theme.city } },
      {
        // Under the blocks: in the chosen district the streets between them shine.
        id: "district-chosen", type: "fill", source: "districts", filter: chosenFilter(chosen),
        paint: { "fill-color": theme.gold, "fill-opacity": 0.25 },
      },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": theme.land } },
      {
        id: "district-borders", type: "line", source: "districts",
        layout: { "line-join": "round" },
        paint: { "line-color": theme.border, "line-width": ["interpolate", ["linear"], ["zoom"], 9, 0.8, 14, 2], "line-dasharray": [4, 2] },
      },
      {
        id: "district-chosen-border", type: "line", source: "districts", filter: chosenFilter(chosen),
        layout: { "line-join": "round" },
        paint: { "line-color": theme.gold, "line-width": 3 },
      },
      {
        // Below the institutions in the drawing, so that a name looks for a free place beside them.
        id: "district-names", type: "symbol", source: "district-names", maxzoom: 14,
        layout: {
          "text-field": ["get", "label"],
          "text-font": FONT_STRONG,
          "text-size": ["interpolate", ["linear"], ["zoom"], 9, 12, 13, 17],
          "text-max-width": 7,
          "text-variable-anchor-offset": NAME_PLACES,
          "text-justify": "center",
          // The whole city must show every name; further in, one that finds no place would only hide others.
          "text-overlap": ["step", ["zoom"], "always", 11.5, "never"],
        },
        paint: { "text-color": theme.ink, "text-halo-color": theme.halo, "text-halo-width": 2 },
      },
      {
        id: "clusters", type: "symbol", source: "organizations", filter: ["has", "point_count"],
        layout: {
          "icon-image": ["step", ["get", "point_count"], "cluster-14", 10, "cluster-17", 100, "cluster-20", 1000, "cluster-24"],
          "icon-allow-overlap": true,
          "text-field": ["to-string", ["get", "point_count"]],
          "text-font": FONT,
          "text-size": 12,
          "text-allow-overlap": true,
        },
        paint: { "text-color": theme.ink },
      },
      {
        id: "organizations", type: "symbol", source: "organizations", filter: ["!", ["has", "point_count"]],
        layout: {
          "icon-image": ["concat", "sign-", ["get", "group"]],
          "icon-allow-overlap": true,
          "text-field": ["step", ["zoom"], "", 15, ["get", "label"]],
          "text-font": FONT,
          "text-size": 12,
          "text-anchor": "top",
          "text-offset": [0, 1.1],
          "text-max-width": 9,
          "text-optional": true,
        },
        paint: { "text-color": theme.ink, "text-halo-color": theme.halo, "text-halo-width": 1.5 },
      },
      {
        id: "highlight", type: "circle", source: "highlight",
        paint: { "circle-radius": 18, "circle-color": theme.gold, "circle-opacity": 0.25, "circle-stroke-color": theme.gold, "circle-stroke-width": 4 },
      },
    ],
  };
}

/** Lets through the district with this slug; none when there is none. */
export function chosenFilter(slug) {
  return ["==", ["get", "slug"], slug ?? ""];
}

/** One point a district, well inside its largest part, for the name. */
export function districtNames(collection) {
  const features = collection.features.map((feature) => {
    const polygons = feature.geometry.type === "Polygon" ? [feature.geometry.coordinates] : feature.geometry.coordinates;
    const rings = polygons.map((polygon) => polygon[0]);
    const largest = rings.reduce((best, ring) => (Math.abs(area(ring)) > Math.abs(area(best)) ? ring : best));
    return { type: "Feature", properties: feature.properties, geometry: { type: "Point", coordinates: innerPoint(largest) } };
  });
  return { type: "FeatureCollection", features };
}

function area(ring) {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) sum += (ring[j][0] + ring[i][0]) * (ring[j][1] - ring[i][1]);
  return sum / 2;
}

/** The point of a coarse grid that is furthest from the border. */
function innerPoint(ring) {
  const xs = ring.map((point) => point[0]);
  const ys = ring.map((point) => point[1]);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const steps = 16;
  let best = [(left + right) / 2, (low + high) / 2];
  let furthest = -1;
  for (let column = 1; column < steps; column += 1) {
    for (let row = 1; row < steps; row += 1) {
      const point = [left + ((right - left) * column) / steps, low + ((high - low) * row) / steps];
      if (!inside(point, ring)) continue;
      const reach = Math.min(...ring.map(([x, y]) => (x - point[0]) ** 2 * 0.53 + (y - point[1]) ** 2));
      if (reach > furthest) [best, furthest] = [point, reach];
    }
  }
  return best;
}

function inside([x, y], ring) {
  let result = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) result = !result;
  }
  return result;
}
