// The reader's position from the device, requested only when a button is pressed.

import { announce, showMessage } from "./map-words.js";

/** Calls `onPlace` with the position, or shows what went wrong. */
export function locate({ text, distance }, map, onPlace) {
  if (!navigator.geolocation) return showMessage(text("map_location_none"));
  announce(text("map_locating"));
  navigator.geolocation.getCurrentPosition(
    async ({ coords }) => {
      await onPlace({ lng: coords.longitude, lat: coords.latitude });
      map.easeTo({ center: [coords.longitude, coords.latitude], zoom: 15 });
      if (coords.accuracy > 100) showMessage(text("map_location_rough", { distance: distance(coords.accuracy) }));
    },
    (error) => showMessage(text({ 1: "map_location_denied", 3: "map_location_slow" }[error.code] ?? "map_location_failed")),
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
  );
}
