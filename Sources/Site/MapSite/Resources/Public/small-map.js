// A small map beside a list or the facts about one place. Without it the page still has its list and its drawing.

import { openCard } from "./map-card.js";
import { cityData } from "./map-data.js";
import { fitsTiles } from "./map-filter.js";
import { connectList, positionOf } from "./map-list.js";
import { featureName, isSupported, openCluster, openMap } from "./map-view.js";
import { el, readPage, symbol } from "./page.js";

const frame = document.getElementById("small-map");
// On a phone only the list is shown, with a link to the large map.
const isWanted = frame && getComputedStyle(frame.parentElement).display !== "none";
if (isWanted && isSupported()) start().catch(() => { frame.hidden = true; });

async function start() {
  const page = readPage();
  const box = document.getElementById("map");
  const drawing = document.getElementById("locator");
  const list = document.getElementById("results");
  const city = cityData(page);
  frame.hidden = false;
  const place = page.extent
    ? { bounds: page.extent, fitBoundsOptions: { padding: 28, maxZoom: 14 } }
    : { center: page.pin, zoom: 15.5 };
  const view = await openMap({
    page, box, view: place,
    look: { filter: page.filter, chosen: page.filter.district },
    // The page scrolls, so the wheel and one-finger gestures belong to it.
    options: { cooperativeGestures: true },
  });
  const { map } = view;
  if (page.pin) {
    const element = el("div", { class: "pin", role: "img" }, symbol("pin", box.dataset.icons));
    new maplibregl.Marker({ element, anchor: "bottom", offset: [0, 4] }).setLngLat(page.pin).addTo(map);
  }
  if (!fitsTiles(page.filter)) {
    const found = await city.collection(page.filter);
    view.keep({ found });
    map.getSource("organizations")?.setData?.(found);
  }
  if (list) {
    connectList(list, view, () => null);
    showItemsWhereTheyAre(list, map);
  }
  const showCard = ({ properties, geometry }) => openCard({
    map, page, city, position: geometry.coordinates, onClose: () => null,
    entry: { ...featureName(properties, page.lang), id: properties.id, category: properties.category },
  });
  map.on("click", ({ point }) => {
    const [feature] = map.queryRenderedFeatures(point, { layers: ["clusters", "organizations"] });
    if (feature?.properties.point_count) openCluster(map, feature);
    else if (feature) showCard(feature);
  });
  map.once("idle", () => {
    document.documentElement.dataset.map = "ready";
    drawing?.classList.add("is-replaced");
  });
}

// A listed place outside the view comes into view when the keyboard focus reaches it.
function showItemsWhereTheyAre(list, map) {
  list.addEventListener("focusin", ({ target }) => {
    const item = target.closest(".place[data-lon]");
    if (item && !map.getBounds().contains(positionOf(item))) map.easeTo({ center: positionOf(item) });
  });
}
