// A map in an element of the page, large or small: the server's style, our symbols, the theme of the device.

import { dress, loadStyle, themeName } from "./map-style.js";
import { drawImage, loadDrawings, readColours } from "./map-symbols.js";

/** Whether this browser can draw maps at all. */
export function isSupported() {
  return Boolean(window.maplibregl && document.createElement("canvas").getContext("webgl2"));
}

/**
 * Opens a map.
 *
 * `look` is the argument of `dress` and is changed with `update`. The promise is rejected when the server has no style.
 */
export async function openMap({ page, box, view, look, options = {} }) {
  let theme = themeName();
  const [drawings, first] = await Promise.all([
    loadDrawings(box.dataset.icons).catch(() => new Map()),
    loadStyle(page.lang, theme),
    // Without the font in memory the first labels would be drawn in another one.
    document.fonts.load('400 16px "Noto Sans"', "Әң").catch(() => null),
    document.fonts.load('600 16px "Noto Sans"', "Әң").catch(() => null),
  ]);
  let served = first;
  let colours = readColours();
  const icons = new Map(page.categories.map((category) => [category.id, category.icon]));
  const style = () => dress(served, { ...look, gold: colours.gold });

  const map = new maplibregl.Map({
    container: box,
    style: style(),
    ...view,
    minZoom: 8,
    maxZoom: 18,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    locale: mapWords(page.text),
    // Tile URLs are written without a host, and the worker that fetches them has no base URL.
    transformRequest: (url) => ({ url: new URL(url, location.origin).href }),
    ...options,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  nameOperator(box, served.style);

  // Symbols are drawn on first use, and again after a change of theme.
  map.on("styleimagemissing", ({ id }) => {
    const image = drawImage(id, { drawings, icons, colours, ratio: 2 });
    if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: 2 });
  });

  async function setTheme(name) {
    if (name === theme) return;
    theme = name;
    served = await loadStyle(page.lang, theme).catch(() => served);
    colours = readColours();
    map.setStyle(style(), { diff: false });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTheme(themeName()));

  await new Promise((resolve) => { map.once("style.load", resolve); });

  return {
    map,
    setTheme,
    /** Changes the look: `{ filter, chosen, found }`. */
    update(changes) {
      Object.assign(look, changes);
      map.setStyle(style(), { diff: true });
    },
    /** Records a change of the look that the map already shows. */
    keep(changes) {
      Object.assign(look, changes);
    },
    /** Draws a ring around a place, or removes it. */
    ring(position) {
      const features = position ? [{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: position } }] : [];
      look.highlight = { type: "FeatureCollection", features };
      map.getSource("highlight")?.setData(look.highlight);
    },
  };
}

// Adds the attribution of the operator's basemap to that of our sources.
function nameOperator(box, style) {
  const words = style.sources.operator?.attribution;
  const line = box.parentElement.querySelector(".map-attribution");
  if (words && line) line.append(", ", new DOMParser().parseFromString(words, "text/html").body.textContent);
}

function mapWords(text) {
  return {
    "Map.Title": text("map_ctl_title"),
    "Marker.Title": text("map_ctl_marker"),
    "NavigationControl.ZoomIn": text("map_ctl_zoom_in"),
    "NavigationControl.ZoomOut": text("map_ctl_zoom_out"),
    "NavigationControl.ResetBearing": text("map_ctl_reset_bearing"),
    "Popup.Close": text("map_ctl_popup_close"),
    "ScaleControl.Meters": text("map_ctl_meters"),
    "ScaleControl.Kilometers": text("map_ctl_kilometers"),
    "CooperativeGesturesHandler.WindowsHelpText": text("map_ctl_gesture_windows"),
    "CooperativeGesturesHandler.MacHelpText": text("map_ctl_gesture_mac"),
    "CooperativeGesturesHandler.MobileHelpText": text("map_ctl_gesture_mobile"),
    "AttributionControl.ToggleAttribution": text("map_ctl_attribution"),
  };
}

/** Zooms in on a cluster until it splits. */
export async function openCluster(map, feature) {
  const { expansion_zoom: told, cluster_id: id } = feature.properties;
  const zoom = told ?? (await map.getSource("organizations").getClusterExpansionZoom(id));
  map.easeTo({ center: feature.geometry.coordinates, zoom: Math.min(zoom + 0.2, 18) });
}

/** The name of a tile feature in the language of this page. */
export function featureName(properties, lang) {
  const order = { kk: ["kk", "ru", "en"], ru: ["ru", "kk", "en"], en: ["en", "ru", "kk"] }[lang];
  const found = order.find((code) => properties[`name_${code}`]);
  return { label: found ? properties[`name_${found}`] : "", lang: found && found !== lang ? found : null };
}
