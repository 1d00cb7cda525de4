// The map's state in the URL, so that a shared link shows the same.

import { writeFilter } from "./map-filter.js";

/** The initial view: that of the URL, else the point, the selected district, or the whole city. */
export function readView(page, { pin, filter }) {
  const query = new URLSearchParams(location.search);
  const [lon, lat, zoom] = ["lon", "lat", "z"].map((name) => Number.parseFloat(query.get(name)));
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 85) return { center: [lon, lat], zoom: zoom >= 0 ? zoom : page.zoom };
  if (pin) return { center: pin, zoom: Math.max(page.zoom, 14) };
  const whole = page.districtOf.get(filter.district)?.bbox;
  if (whole) return { bounds: whole, fitBoundsOptions: { padding: 32 } };
  return { center: page.center, zoom: page.zoom };
}

export function readPin(query) {
  const pin = (query.get("pin") ?? "").split(",").map(Number);
  return query.has("pin") && pin.length === 2 && Math.abs(pin[0]) <= 180 && Math.abs(pin[1]) <= 85 ? pin : null;
}

/** The query that restores the state and the view. */
export function addressOf(state, map) {
  const query = new URLSearchParams(location.search);
  const { lng, lat } = map.getCenter();
  const set = (name, value) => (value ? query.set(name, value) : query.delete(name));
  set("lon", lng.toFixed(5));
  set("lat", lat.toFixed(5));
  set("z", map.getZoom().toFixed(2));
  writeFilter(query, state.filter);
  set("q", state.q);
  set("pin", state.pin?.join(","));
  set("organization", state.organization);
  return `?${query.toString().replaceAll("%2C", ",")}`;
}
