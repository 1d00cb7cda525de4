// Messages of the map outside its panels.

const byId = (id) => document.getElementById(id);

/** Shows an error message, or removes it. */
export function showMessage(words) {
  byId("map-message").textContent = words;
  byId("map-message").hidden = words === "";
}

/** Announces a change to screen readers. */
export function announce(words) {
  byId("map-status").textContent = words;
}
