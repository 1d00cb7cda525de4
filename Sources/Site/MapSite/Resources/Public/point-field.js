// The field for a place: a map to put a pin on, in step with the address and the coordinates. Without it both are typed.

import { isSupported, openMap } from "./map-view.js";
import { el, symbol } from "./page.js";

const CITY = [76.9, 43.24];
// Suggestions that stand at one place; the middle of a street or of a microdistrict is not where something happened.
const PLACES = ["address", "intersection", "organization"];

for (const field of document.querySelectorAll(".point-field")) {
  if (isSupported()) connect(field).catch(() => { field.querySelector(".point-field__picker").hidden = true; });
}

async function connect(field) {
  const picker = field.querySelector(".point-field__picker");
  const box = picker.querySelector(".map-canvas");
  const status = picker.querySelector("[role=status]");
  const address = field.querySelector(".combobox input");
  const [lat, lon] = ["lat", "lon"].map((part) => field.querySelector(`[name$="_${part}"]`));
  const act = (name) => picker.querySelector(`[data-act=${name}]`);
  const { lang } = document.documentElement;
  let marker = null;
  // The address that the pin gave, which another pin may replace; also after the form came back.
  let named = field.querySelector("[name$=_named]").value || null;
  let asking = null;

  picker.hidden = false;
  const start = typed();
  const { map } = await openMap({
    page: { lang, categories: [], text: (key) => box.dataset[key] ?? "" },
    box,
    view: start ? { center: start, zoom: 15.5 } : { center: CITY, zoom: 10.5 },
    look: { filter: { categories: [], district: "", open: false, q: "" }, without: ["organizations"] },
    // The page scrolls, so the wheel and one-finger gestures belong to it.
    options: { cooperativeGestures: true },
  });
  if (start) mark(start);
  map.on("click", ({ lngLat }) => place(lngLat.toArray()));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    place(map.getCenter().toArray());
  });
  act("centre").addEventListener("click", () => place(map.getCenter().toArray()));
  act("remove").addEventListener("click", remove);
  for (const input of [lat, lon]) input.addEventListener("change", () => { if (typed()) show(typed()); else unmark(); });
  field.addEventListener("suggestion", ({ detail }) => {
    name(null);
    const isPlace = PLACES.includes(detail.kind) && detail.match === "exact" && typeof detail.lon === "number";
    if (isPlace) return show([detail.lon, detail.lat]);
    unmark();
    write(null);
    if (typeof detail.lon === "number") map.easeTo({ center: [detail.lon, detail.lat], zoom: Math.max(map.getZoom(), 14) });
  });
  map.once("idle", () => { field.dataset.map = "ready"; });

  /** The coordinates in the inputs; null when they are none. */
  function typed() {
    const [y, x] = [lat, lon].map(({ value }) => (value.trim() ? Number(value.trim().replace(",", ".")) : NaN));
    return Math.abs(y) <= 85 && Math.abs(x) <= 180 ? [x, y] : null;
  }

  function mark(position) {
    const element = el("div", { class: "pin", role: "img" }, symbol("pin", box.dataset.icons));
    marker?.remove();
    marker = new maplibregl.Marker({ element, anchor: "bottom", offset: [0, 4] }).setLngLat(position).addTo(map);
    act("remove").hidden = false;
  }

  function show(position) {
    write(position);
    mark(position);
    map.easeTo({ center: position, zoom: Math.max(map.getZoom(), 15) });
  }

  function write(position) {
    [lon.value, lat.value] = position ? position.map((degrees) => degrees.toFixed(6)) : ["", ""];
  }

  function unmark() {
    asking?.abort();
    marker?.remove();
    marker = null;
    act("remove").hidden = true;
  }

  function name(label) {
    named = label;
    field.querySelector("[name$=_named]").value = label ?? "";
  }

  /** Puts the pin where the reader points, and writes its address unless one was typed. */
  async function place(position) {
    write(position);
    mark(position);
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const body = new URLSearchParams({ lon: position[0].toFixed(6), lat: position[1].toFixed(6), limit: 1, lang });
    // Posted, because addresses are logged by servers, and the place may be where somebody lives.
    const found = await fetch("/api/v1/reverse", { method: "POST", body, signal }).then((answer) => answer.json()).catch(() => ({}));
    if (signal.aborted) return;
    // A house farther away would be a wrong address.
    const label = found.precision === "house" ? found.results[0].label : "";
    // An address that the earlier pin gave is not that of this one, even where there is none.
    if (!address.value.trim() || address.value === named) {
      address.value = label;
      name(label || null);
    }
    status.textContent = `${box.dataset.point_placed} ${label}`.trim();
  }

  function remove() {
    unmark();
    write(null);
    if (address.value === named) address.value = "";
    address.focus();
  }
}
