// The map page: the point, the filter, the list and the address in the browser follow one another.

import { badge, el, named, readPage, symbol } from "./page.js";
import { buildStyle, chosenFilter, districtNames, readTheme } from "./map-style.js";
import { drawImage, loadDrawings } from "./map-symbols.js";

const LIST_LENGTH = 20;
const page = readPage();
const { text, distance } = page;
const byId = (id) => document.getElementById(id);
const box = byId("map");
const main = document.querySelector(".map-page");
const icons = box.dataset.icons;

const state = { pin: page.pin ?? null, category: page.category ?? "", q: "" };
const data = { land: null, districts: null, districtNames: null, organizations: null, highlight: null };
const categories = new Map(page.categories.map((category) => [category.id, category]));
let districtLabels = new Map();
let chosen = null;
let map = null;
let marker = null;
let asking = null;
let filtering = null;

start();

async function start() {
  if (!supported()) {
    showMessage(text("map_no_webgl"));
    main.classList.add("is-without-map");
    return;
  }
  const [drawings] = await Promise.all([
    loadDrawings(icons).catch(() => new Map()),
    // Without the font in memory the first labels would be drawn in another one.
    document.fonts.load('400 16px "Noto Sans"', "Әң").catch(() => null),
    document.fonts.load('600 16px "Noto Sans"', "Әң").catch(() => null),
  ]);
  readAddress();
  makeMap(drawings);
  byId("map-tools").hidden = false;
  connectControls();
  await Promise.all([loadDistricts(), loadOrganizations(), loadLand()]);
  if (state.pin) {
    writeAddress(); // the point that the server found for the words, so that Back finds it again
    await showPin();
  } else {
    listInView();
  }
}

function supported() {
  if (!window.maplibregl) return false;
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

// The map itself

function makeMap(drawings) {
  let theme = readTheme();
  const style = () => buildStyle({ theme, sources: data, chosen });
  const view = readView();
  map = new maplibregl.Map({
    container: box,
    style: style(),
    center: view.center,
    zoom: view.zoom,
    minZoom: 8,
    maxZoom: 18,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    locale: mapWords(),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibregl.ScaleControl(), "bottom-left");

  // Signs are drawn when first wanted, and again after the theme has changed.
  map.on("styleimagemissing", ({ id }) => {
    const image = drawImage(id, drawings, theme, 2);
    if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: 2 });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    theme = readTheme();
    for (const id of map.listImages()) map.removeImage(id);
    map.setStyle(style(), { diff: false });
  });

  map.on("click", onClick);
  map.on("moveend", () => {
    writeAddress();
    if (!state.pin) listInView();
  });
  for (const layer of ["clusters", "organizations"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  map.on("mousemove", "organizations", ({ features }) => markListItem(features[0].properties.id));
  map.on("mouseleave", "organizations", () => markListItem(null));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    placePin(map.getCenter());
  });
  map.once("idle", () => {
    window.__mapReady = true;
    document.documentElement.dataset.map = "ready";
  });
}

function mapWords() {
  return {
    "Map.Title": text("map_ctl_title"),
    "Marker.Title": text("map_ctl_marker"),
    "NavigationControl.ZoomIn": text("map_ctl_zoom_in"),
    "NavigationControl.ZoomOut": text("map_ctl_zoom_out"),
    "NavigationControl.ResetBearing": text("map_ctl_reset_bearing"),
    "Popup.Close": text("map_ctl_popup_close"),
    "ScaleControl.Meters": text("map_ctl_meters"),
    "ScaleControl.Kilometers": text("map_ctl_kilometers"),
    "CooperativeGesturesHandler.WindowsHelpText": text("map_ctl_gesture_windows"),
    "CooperativeGesturesHandler.MacHelpText": text("map_ctl_gesture_mac"),
    "CooperativeGesturesHandler.MobileHelpText": text("map_ctl_gesture_mobile"),
    "AttributionControl.ToggleAttribution": text("map_ctl_attribution"),
  };
}

async function onClick(event) {
  const [feature] = map.queryRenderedFeatures(event.point, { layers: ["clusters", "organizations"] });
  if (!feature) {
    placePin(event.lngLat);
  } else if (feature.properties.point_count) {
    const zoom = await map.getSource("organizations").getClusterExpansionZoom(feature.properties.cluster_id);
    map.easeTo({ center: feature.geometry.coordinates, zoom: Math.min(zoom + 0.2, 18) });
  } else {
    openPopup(feature.properties, feature.geometry.coordinates);
  }
}

function openPopup(properties, coordinates) {
  const facts = [categories.get(properties.category)?.label, districtLabels.get(properties.district)].filter(Boolean);
  const popup = new maplibregl.Popup({ offset: 14, maxWidth: "20rem" })
    .setLngLat(coordinates)
    .setDOMContent(el("div", {}, el("p", { class: "place__name" }, el("a", { href: organizationPage(properties.id) }, properties.label)), el("p", {}, facts.join(" · "))))
    .addTo(map);
  popup.getElement().addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    popup.remove();
    map.getCanvas().focus();
  });
}

function organizationPage(id) {
  return `/${page.lang}/organizations/${encodeURIComponent(id)}`;
}

// What lies on it

async function ask(path, parameters = {}, signal) {
  const address = new URL(`${page.api}${path}`, location.origin);
  for (const [key, value] of Object.entries({ lang: page.lang, ...parameters })) if (value !== "") address.searchParams.set(key, value);
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`${answer.status} ${path}`);
  return answer.json();
}

function setData(source, collection) {
  map.getSource(source)?.setData(collection);
}

async function loadDistricts() {
  try {
    data.districts = await ask("/districts", { f: "geojson" });
    data.districtNames = districtNames(data.districts);
    districtLabels = new Map(data.districts.features.map(({ properties }) => [properties.slug, properties.label]));
    setData("districts", data.districts);
    setData("district-names", data.districtNames);
  } catch {
    showMessage(text("map_network_error"));
  }
}

async function loadOrganizations() {
  filtering?.abort();
  filtering = new AbortController();
  try {
    data.organizations = await ask("/organizations", { f: "geojson", limit: 5000, category: state.category }, filtering.signal);
    setData("organizations", data.organizations);
  } catch (error) {
    if (error.name !== "AbortError") showMessage(text("map_network_error"));
  }
}

/** The city blocks are an ornament of the map: it does without them. */
async function loadLand() {
  try {
    const answer = await fetch(box.dataset.land);
    if (!answer.ok) return;
    data.land = await answer.json();
    setData("land", data.land);
  } catch {
    // as above
  }
}

// The point

async function placePin({ lng, lat }) {
  state.pin = [Number(lng.toFixed(6)), Number(lat.toFixed(6))];
  clearSearch();
  writeAddress({ push: true });
  await showPin();
  // The answer is to be seen: beside the map at the top of the list, on a phone below the map, for which the header makes room.
  if (panelIsBeside()) byId("map-panel").scrollTop = 0;
  else if (window.scrollY < main.offsetTop) window.scrollTo({ top: main.offsetTop });
}

function removePin() {
  state.pin = null;
  clearSearch();
  writeAddress({ push: true });
  hidePin();
  listInView();
  box.querySelector("canvas").focus();
}

function hidePin() {
  asking?.abort();
  marker?.remove();
  marker = null;
  byId("point").hidden = true;
  choose(null);
}

async function showPin() {
  if (!marker) {
    const element = el("div", { class: "pin", role: "img" }, symbol("pin", icons));
    marker = new maplibregl.Marker({ element, anchor: "bottom", offset: [0, 4], draggable: true }).setLngLat(state.pin).addTo(map);
    marker.on("dragend", () => placePin(marker.getLngLat()));
  }
  marker.setLngLat(state.pin);
  byId("point").hidden = false;
  byId("point-actions").hidden = false;
  showMessage("");

  asking?.abort();
  asking = new AbortController();
  const [lon, lat] = state.pin;
  try {
    const [place, near] = await Promise.all([
      ask("/resolve", { lon, lat }, asking.signal),
      ask("/nearest", { lon, lat, category: state.category, limit: LIST_LENGTH }, asking.signal),
    ]);
    showPlace(place);
    showList(text("map_nearest_heading"), near.results.map(({ organization, distance_m }) => listEntry(organization, distance_m)));
  } catch (error) {
    if (error.name !== "AbortError") showMessage(text("map_network_error"));
  }
}

function showPlace(place) {
  const district = place.district;
  choose(district?.slug ?? null);
  const [lon, lat] = state.pin;
  const facts = el("dl", { class: "facts" });
  const fact = (name, ...values) => facts.append(el("div", {}, el("dt", {}, name), el("dd", {}, ...values)));
  const body = [];
  if (place.inside) {
    const address = place.address;
    fact(text("map_address"), address ? addressNear(address) : text("map_address_unknown"));
    fact(text("map_district"), el("a", { href: `/${page.lang}/districts/${district.slug}` }, district.label));
    if (place.microdistrict) fact(text("map_microdistrict"), place.microdistrict.label);
    if (place.authority) {
      fact(text("map_akimat"), place.authority.organization ? el("a", { href: organizationPage(place.authority.organization) }, place.authority.label) : place.authority.label);
      if (place.authority.phones?.length) fact(text("map_phone"), ...place.authority.phones.flatMap((phone, index) => [index ? ", " : "", phoneLink(phone)]));
    }
  } else {
    const nearest = place.nearest_district;
    const message = nearest ? text("map_outside", { name: nearest.label, distance: distance(place.distance_m) }) : text("map_outside_plain");
    const swapped = looksSwapped(state.pin) ? [" ", text("map_swapped"), " ", el("a", { href: `?pin=${lat},${lon}` }, text("map_swap"))] : [];
    body.push(el("p", { class: "notice" }, message, ...swapped));
  }
  fact(text("map_coordinates"), `${lon}, ${lat}`);
  byId("point-heading").textContent = text("map_point_heading");
  byId("point-body").replaceChildren(...body, facts);
  announce(place.inside ? [place.address?.label, district.label].filter(Boolean).join(", ") : body[0].textContent);
}

function addressNear({ label, distance_m: metres }) {
  return metres < 1 ? label : text("map_address_near", { address: label, distance: distance(metres) });
}

/** Whether the two numbers would lie in the city the other way round. */
function looksSwapped([lon, lat]) {
  const [west, south, east, north] = page.bbox;
  return lat >= west && lat <= east && lon >= south && lon <= north;
}

function phoneLink(phone) {
  const shown = typeof phone === "string" ? phone : phone.text;
  return el("a", { class: "phone", href: `tel:${shown.replace(/[^+\d]/g, "")}` }, shown);
}

function choose(slug) {
  chosen = slug;
  for (const layer of ["district-chosen", "district-chosen-border"]) if (map.getLayer(layer)) map.setFilter(layer, chosenFilter(slug));
}

// The list

function listEntry(organization, metres) {
  return {
    id: organization.id,
    ...named(organization.name, organization.label, page.lang),
    group: organization.group,
    category: categories.get(organization.category)?.label,
    district: districtLabels.get(organization.district),
    address: organization.address,
    position: [organization.lon, organization.lat],
    distance: metres === undefined ? null : distance(metres),
  };
}

/** Without a point the list shows what is in view, from the middle outwards. */
function listInView() {
  if (!data.organizations) return;
  const bounds = map.getBounds();
  const { lng, lat } = map.getCenter();
  const squeeze = Math.cos((lat * Math.PI) / 180);
  const found = [];
  for (const { geometry, properties } of data.organizations.features) {
    if (!geometry || !bounds.contains(geometry.coordinates)) continue;
    const [lon, latitude] = geometry.coordinates;
    found.push({ reach: ((lon - lng) * squeeze) ** 2 + (latitude - lat) ** 2, properties, lon, lat: latitude });
  }
  found.sort((a, b) => a.reach - b.reach);
  const entries = found.slice(0, LIST_LENGTH).map((place) => listEntry({ ...place.properties, name: null, lon: place.lon, lat: place.lat }));
  showList(text("map_in_view_heading"), entries);
  announce(text("map_places_count", { n: found.length }));
}

function showList(heading, entries) {
  byId("results-heading").textContent = heading;
  byId("results-empty").hidden = entries.length > 0;
  byId("results").replaceChildren(...entries.map(listItem));
  highlight(null);
}

function listItem(entry) {
  const facts = [entry.category, entry.address, entry.district].filter(Boolean).map((fact) => el("span", {}, fact));
  const item = el("li", { class: "place", "data-id": entry.id, "data-lon": entry.position[0], "data-lat": entry.position[1] },
    badge(entry.group, icons),
    el("div", { class: "place__body" },
      el("p", { class: "place__name" }, el("a", { href: organizationPage(entry.id), lang: entry.lang }, entry.label)),
      el("p", { class: "place__facts" }, ...spaced(facts), entry.distance ? " " : null, entry.distance ? el("strong", { class: "place__distance" }, entry.distance) : null),
      el("p", { class: "place__actions" }, el("button", { type: "button", "data-show": "", "aria-label": `${text("map_show")}: ${entry.label}` }, text("map_show")))));
  return item;
}

function spaced(elements) {
  return elements.flatMap((element, index) => (index ? [" ", element] : [element]));
}

function positionOf(item) {
  return [Number(item.dataset.lon), Number(item.dataset.lat)];
}

function highlight(item) {
  for (const active of document.querySelectorAll(".place.is-active")) if (active !== item) active.classList.remove("is-active");
  item?.classList.add("is-active");
  const features = item ? [{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: positionOf(item) } }] : [];
  data.highlight = { type: "FeatureCollection", features };
  setData("highlight", data.highlight);
}

function markListItem(id) {
  for (const item of document.querySelectorAll("#results .place")) item.classList.toggle("is-active", item.dataset.id === id);
}

// The controls

function connectControls() {
  const list = byId("results");
  const itemOf = (event) => event.target.closest(".place[data-lon]");
  list.addEventListener("mouseover", (event) => highlight(itemOf(event)));
  list.addEventListener("focusin", (event) => highlight(itemOf(event)));
  list.addEventListener("mouseleave", () => highlight(null));
  list.addEventListener("focusout", () => highlight(null));
  list.addEventListener("click", (event) => {
    if (!event.target.closest("[data-show]")) return;
    const item = itemOf(event);
    highlight(item);
    scrollToMap();
    map.easeTo({ center: positionOf(item), zoom: Math.max(map.getZoom(), 16) });
  });

  byId("category").addEventListener("change", async (event) => {
    state.category = event.target.value;
    writeAddress({ push: true });
    await showCategory();
  });
  byId("map-centre-pin").addEventListener("click", () => placePin(map.getCenter()));
  byId("map-remove-pin").addEventListener("click", removePin);
  byId("map-locate").addEventListener("click", locate);
  byId("map-box").addEventListener("focusin", scrollToMap);
  window.addEventListener("popstate", restore);
}

async function showCategory() {
  await loadOrganizations();
  if (state.pin) await showPin();
  else listInView();
}

function panelIsBeside() {
  return byId("map-panel").getBoundingClientRect().left >= byId("map-box").getBoundingClientRect().right;
}

/** On a phone the sheet may have slid over the map: the map must not stay covered while it is used. */
function scrollToMap() {
  const { bottom, height } = byId("map-box").getBoundingClientRect();
  const covered = byId("map-panel").getBoundingClientRect().top < bottom - height / 3;
  if (covered && !panelIsBeside()) window.scrollTo({ top: main.offsetTop });
}

function locate() {
  if (!navigator.geolocation) {
    showMessage(text("map_location_failed"));
    return;
  }
  announce(text("map_locating"));
  navigator.geolocation.getCurrentPosition(
    async ({ coords }) => {
      await placePin({ lng: coords.longitude, lat: coords.latitude });
      map.easeTo({ center: state.pin, zoom: 15 });
      if (coords.accuracy > 100) showMessage(text("map_location_rough", { distance: distance(coords.accuracy) }));
    },
    () => showMessage(text("map_location_failed")),
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
  );
}

function showMessage(words) {
  byId("map-message").textContent = words;
  byId("map-message").hidden = words === "";
}

function announce(words) {
  byId("map-status").textContent = words;
}

// The address in the browser

function clearSearch() {
  state.q = "";
  byId("place").value = "";
  document.querySelector("#map-form [name=pin]")?.remove();
}

function readView() {
  const query = new URLSearchParams(location.search);
  const [lon, lat, zoom] = ["lon", "lat", "z"].map((name) => Number.parseFloat(query.get(name)));
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 85) return { center: [lon, lat], zoom: zoom >= 0 ? zoom : page.zoom };
  if (state.pin) return { center: state.pin, zoom: Math.max(page.zoom, 14) };
  return { center: page.center, zoom: page.zoom };
}

function readAddress() {
  const query = new URLSearchParams(location.search);
  state.q = query.get("q") ?? "";
  if (query.has("pin")) {
    const pin = query.get("pin").split(",").map(Number);
    if (pin.length === 2 && Math.abs(pin[0]) <= 180 && Math.abs(pin[1]) <= 85) state.pin = pin;
  }
}

function writeAddress({ push = false } = {}) {
  const query = new URLSearchParams(location.search);
  const { lng, lat } = map.getCenter();
  const set = (name, value) => (value ? query.set(name, value) : query.delete(name));
  set("lon", lng.toFixed(5));
  set("lat", lat.toFixed(5));
  set("z", map.getZoom().toFixed(2));
  set("category", state.category);
  set("q", state.q);
  set("pin", state.pin?.join(","));
  history[push ? "pushState" : "replaceState"](null, "", `?${query.toString().replaceAll("%2C", ",")}`);
}

/** Back and forward: the page takes on what the address says. */
async function restore() {
  const query = new URLSearchParams(location.search);
  const category = query.get("category") ?? "";
  const changed = category !== state.category;
  state.category = category;
  byId("category").value = category;
  state.pin = null;
  readAddress();
  byId("place").value = state.q;
  const view = readView();
  if (!state.pin) hidePin();
  map.jumpTo(view);
  if (changed) await loadOrganizations();
  if (state.pin) await showPin();
  else listInView();
}
