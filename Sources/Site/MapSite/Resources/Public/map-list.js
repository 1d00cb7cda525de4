// The list beside a map; each highlights the selection of the other.

import { badge, el, named } from "./page.js";

/** What the list shows of an institution from the API. */
export function listEntry(organization, page) {
  const category = page.categoryOf.get(organization.category);
  return {
    id: organization.id,
    ...named(organization.name, organization.label, page.lang),
    group: organization.group,
    icon: category?.icon ?? organization.group,
    category: category?.label,
    district: page.districtOf.get(organization.district)?.label,
    address: organization.address,
    position: [organization.lon, organization.lat],
    distance: organization.distance ?? null,
  };
}

/** A list item as printed by `place_item.mustache`, with a button that shows the place. */
export function listItem(entry, page, icons) {
  const facts = [entry.category, entry.address, entry.district].filter(Boolean).map((fact) => el("span", {}, fact));
  const distance = entry.distance ? [" ", el("strong", { class: "place__distance" }, entry.distance)] : [];
  const words = page.text("map_show");
  const [lon, lat] = entry.position;
  return el("li", { class: "place", "data-id": entry.id, "data-lon": lon, "data-lat": lat },
    badge(entry.group, entry.icon, icons),
    el("div", { class: "place__body" },
      el("p", { class: "place__name" }, el("a", { href: organizationPage(entry.id, page), lang: entry.lang }, entry.label)),
      el("p", { class: "place__facts" }, ...facts.flatMap((fact, index) => (index ? [" ", fact] : [fact])), ...distance),
      lon === null ? null : el("p", { class: "place__actions" }, el("button", { type: "button", "data-show": "", "aria-label": `${words}: ${entry.label}` }, words))));
}

export function organizationPage(id, page) {
  return `/${page.lang}/organizations/${encodeURIComponent(id)}`;
}

export function positionOf(item) {
  return [Number(item.dataset.lon), Number(item.dataset.lat)];
}

/** Marks the institution whose card is open, and returns its item if it is in the list. */
export function markItem(list, id) {
  let marked = null;
  for (const item of list.querySelectorAll(".place")) {
    const isSelected = item.dataset.id === id;
    item.classList.toggle("is-selected", isSelected);
    if (isSelected) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
    if (isSelected) marked = item;
  }
  return marked;
}

/** Makes the list and the map highlight the same place; `onShow` is called with the item whose button was pressed. */
export function connectList(list, view, onShow) {
  const itemOf = (event) => event.target.closest(".place[data-lon]");
  const mark = (item) => {
    for (const active of list.querySelectorAll(".is-active")) if (active !== item) active.classList.remove("is-active");
    item?.classList.add("is-active");
    view.ring(item ? positionOf(item) : null);
  };
  list.addEventListener("mouseover", (event) => mark(itemOf(event)));
  list.addEventListener("focusin", (event) => mark(itemOf(event)));
  list.addEventListener("mouseleave", () => mark(null));
  list.addEventListener("focusout", () => mark(null));
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-show]") && itemOf(event);
    if (item) onShow(item);
  });
  const { map } = view;
  for (const layer of ["clusters", "organizations"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  const markActive = (id) => {
    for (const item of list.querySelectorAll(".place")) item.classList.toggle("is-active", item.dataset.id === id);
  };
  map.on("mousemove", "organizations", ({ features }) => markActive(features[0].properties.id));
  map.on("mouseleave", "organizations", () => markActive(null));
  return mark;
}
