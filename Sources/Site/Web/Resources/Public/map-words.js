// What the map has to say beside its panels.

const byId = (id) => document.getElementById(id);

/** Shows what went wrong, or takes it away. */
export function showMessage(words) {
  byId("map-message").textContent = words;
  byId("map-message").hidden = words === "";
}

/** Tells a screen reader what has changed. */
export function announce(words) {
  byId("map-status").textContent = words;
}
