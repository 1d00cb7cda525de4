// The map's search box: a chosen suggestion is shown on this page without loading another.

const PLACES = { address: 16.5, intersection: 16.5, street: 15, microdistrict: 14.5 }; // and the zoom at which to show them

/**
 * Handles the suggestions of the form.
 *
 * `near` returns the place that the reader is looking at; `show` has a function for each kind of suggestion. Suggestions
 * without a place on the map open their own page.
 */
export function connectSearch(form, near, show) {
  const input = form.querySelector("[role=combobox], input[name=q]");
  // Tell the box where the reader is before it handles the input.
  form.addEventListener("input", ({ target }) => {
    if (target !== input) return;
    const [lon, lat] = near();
    Object.assign(input.closest("[data-suggest]").dataset, { lon: lon.toFixed(6), lat: lat.toFixed(6) });
  }, { capture: true });
  form.addEventListener("suggestion", (event) => {
    const { kind, id, category, district, lon, lat } = event.detail;
    const isPlaced = typeof lon === "number" && typeof lat === "number";
    if (kind === "category") show.category(category ?? id);
    else if (kind === "district") show.district(district ?? id);
    else if (kind === "organization" && isPlaced) show.institution(id, [lon, lat]);
    else if (PLACES[kind] && isPlaced) show.place([lon, lat], PLACES[kind], input.value);
    else return;
    event.preventDefault();
  });
}
