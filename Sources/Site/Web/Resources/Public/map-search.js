// The search box of the map: what is chosen from its list is shown here, without another page.

const PLACES = { address: 16.5, intersection: 16.5, street: 15, microdistrict: 14.5 }; // and how near to look at them

/**
 * Listens to the suggestions of the form.
 *
 * `near` gives the place that the reader looks at; `show` has a function for each sort of thing that can be chosen. What
 * has no place on the map leads to its own page.
 */
export function connectSearch(form, near, show) {
  const input = form.querySelector("[role=combobox], input[name=q]");
  // Before the box hears of a letter it learns where the reader is.
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
