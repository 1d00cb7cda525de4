// The filter form: category checkboxes, a district, open now; and the summary shown while it is collapsed.

import { isEmpty, normalised } from "./map-filter.js";

const byId = (id) => document.getElementById(id);

/** Calls `onChange` after changes by the reader, and `onSought` with a category chosen by its chip. */
export function connectForm(page, onChange, onSought) {
  byId("categories").addEventListener("change", ({ target }) => {
    if (target.checked) untickRelatives(target.value, page.categoryOf);
    const boxes = byId("categories").querySelectorAll("input:checked");
    onChange({ categories: normalised([...boxes].map((input) => input.value), page.categoryOf) });
  });
  // A tap selects only this category; a second tap deselects it.
  for (const chip of chips()) {
    chip.addEventListener("click", (event) => {
      const box = byId(`category-${chip.dataset.quick}`);
      if (!box) return;
      event.preventDefault();
      const isChosen = chip.hasAttribute("aria-current");
      for (const input of byId("categories").querySelectorAll("input")) input.checked = false;
      box.checked = !isChosen;
      if (isChosen) onChange({ categories: [] });
      else onSought([box.value]);
    });
  }
  byId("open").addEventListener("change", ({ target }) => onChange({ open: target.checked }));
  byId("district").addEventListener("change", ({ target }) => onChange({ district: target.value }));
  byId("filter-clear").addEventListener("click", (event) => {
    event.preventDefault();
    const nothing = { categories: [], district: "", open: false, q: "" };
    onChange(nothing);
    showFilter(nothing, page);
    byId("filter").querySelector("summary").focus();
  });
}

function chips() {
  return document.querySelectorAll("[data-quick]");
}

/** A group stands for its categories, so checking it unchecks them, and the other way round. */
function untickRelatives(id, categoryOf) {
  const { group } = categoryOf.get(id);
  for (const input of byId("categories").querySelectorAll("input:checked")) {
    const isRelative = id === group ? categoryOf.get(input.value).group === group : input.value === group;
    if (isRelative && input.value !== id) input.checked = false;
  }
}

/** Sets the form to the state of the filter. */
export function showFilter(filter, page) {
  for (const input of byId("categories").querySelectorAll("input")) input.checked = filter.categories.includes(input.value);
  byId("district").value = filter.district;
  byId("open").checked = filter.open;
  tellFilter(filter, page);
}

/** Updates the summary of the filter. */
export function tellFilter(filter, page) {
  const words = filter.categories.map((id) => page.categoryOf.get(id)?.plural).filter(Boolean);
  if (filter.district) words.push(page.districtOf.get(filter.district)?.label);
  if (filter.open) words.push(page.text("map_open_now"));
  if (filter.q) words.push(`«${filter.q}»`);
  byId("chosen-categories").textContent = words.join(", ") || page.text("map_all_categories");
  byId("filter-clear").hidden = isEmpty(filter);
  for (const chip of chips()) {
    const isChosen = filter.categories.length === 1 && filter.categories[0] === chip.dataset.quick;
    if (isChosen) chip.setAttribute("aria-current", "true");
    else chip.removeAttribute("aria-current");
  }
}
