// The card of one institution on the map: its name at once, the rest when the API has answered.

import { listEntry, organizationPage } from "./map-list.js";
import { el } from "./page.js";

/** Opens a card; `onClose` is called with it when it closes. Escape returns the focus to the map. */
export function openCard({ map, page, city, entry, position, onClose, focus = true }) {
  const facts = el("p", {}, page.categoryOf.get(entry.category)?.label ?? entry.category ?? "");
  const name = el("p", { class: "place__name" }, el("a", { href: organizationPage(entry.id, page), lang: entry.lang }, entry.label));
  const card = new maplibregl.Popup({ offset: 14, maxWidth: "20rem", focusAfterOpen: focus })
    .setLngLat(position)
    .setDOMContent(el("div", {}, name, facts))
    .addTo(map);
  card.on("close", () => onClose(card));
  card.getElement().addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    card.remove();
    map.getCanvas().focus();
  });
  city.organization(entry.id).then((place) => {
    const { category, address, district } = listEntry(place, page);
    facts.textContent = [category, address, district].filter(Boolean).join(" · ");
  }).catch(() => null);
  return card;
}
