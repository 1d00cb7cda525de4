// The map page: keeps the point, the filter, the list and the URL in step.

import { addressOf, readPin, readView } from "./map-address.js";
import { connectForm, showFilter, tellFilter } from "./map-form.js";
import { boxOf, cityData } from "./map-data.js";
import { fitsTiles, isEmpty, readFilter } from "./map-filter.js";
import { openCard } from "./map-card.js";
import { connectList, listEntry, listItem, markItem, positionOf } from "./map-list.js";
import { locate } from "./map-locate.js";
import { showPlace } from "./map-point.js";
import { connectPrint } from "./map-print.js";
import { connectSearch } from "./map-search.js";
import { connectSheet, panelIsBeside, showMap } from "./map-sheet.js";
import { featureName, isSupported, openCluster, openMap } from "./map-view.js";
import { announce, showMessage } from "./map-words.js";
import { el, readPage, symbol } from "./page.js";

const LIST_LENGTH = 20;
const page = readPage();
const { text, distance } = page;
const byId = (id) => document.getElementById(id);
const box = byId("map");
const main = document.querySelector(".map-page");
const icons = box.dataset.icons;
const city = cityData(page);

// `q` is the typed text: either a place that became the point, or words of the filter (then also in `filter.q`).
const state = { pin: page.pin ?? null, organization: page.organization ?? null, q: byId("place").value, filter: { ...page.filter } };
let view = null;
let map = null;
let marker = null;
let popup = null;
let pinned = null; // the district of the point
const asking = { point: null, list: null, found: null };

start();

async function start() {
  if (!isSupported()) return goWithout(text("map_no_webgl"));
  try {
    view = await openMap({ page, box, view: readView(page, state), look: { filter: state.filter, chosen: state.filter.district } });
  } catch {
    return goWithout(text("map_network_error"));
  }
  map = view.map;
  map.addControl(new maplibregl.ScaleControl(), "bottom-left");
  window.openAlmatyMap = map; // for debugging in the browser
  connectMap(connectPrint(view, () => state.pin));
  connectControls();
  connectSheet();
  for (const id of ["map-tools", "page-actions"]) byId(id).hidden = false;
  if (state.pin) writeAddress(); // add the point that the server found for the text, so that Back finds it again
  await Promise.all([findOthers({ fit: !page.has_view }), state.pin ? showPin() : listInView()]);
  if (state.organization) await showSelected();
  map.once("idle", () => { document.documentElement.dataset.map = "ready"; });
  map.triggerRepaint();
}

function goWithout(words) {
  showMessage(words);
  main.classList.add("is-without-map");
}

function connectMap(isPrinting) {
  map.on("click", onClick);
  map.on("moveend", () => {
    if (isPrinting()) return;
    writeAddress();
    if (!state.pin) listInView();
  });
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    placePin(map.getCenter());
  });
}

function onClick(event) {
  const [feature] = map.queryRenderedFeatures(event.point, { layers: ["clusters", "organizations"] });
  if (!feature) placePin(event.lngLat);
  else if (feature.properties.point_count) openCluster(map, feature);
  else select(feature.properties, feature.geometry.coordinates);
}

// One institution, selected by its symbol

function select(properties, position) {
  state.organization = properties.id;
  writeAddress({ push: true });
  showCard({ ...featureName(properties, page.lang), id: properties.id, category: properties.category }, position);
}

function showCard(entry, position, options) {
  closeCard();
  popup = openCard({ map, page, city, entry, position, onClose: forgetSelected, ...options });
  markSelected({ scroll: true });
}

function closeCard() {
  const own = popup;
  popup = null;
  own?.remove();
}

/** Called when a card is closed, by the reader or by another card that replaces it. */
function forgetSelected(own) {
  if (popup !== own) return;
  popup = null;
  state.organization = null;
  writeAddress();
  markSelected();
}

/** Shows the institution named in the URL. */
async function showSelected() {
  try {
    const place = await city.organization(state.organization);
    if (place.lon === null) return;
    const position = [place.lon, place.lat];
    if (!page.has_view && !state.pin) map.jumpTo({ center: position, zoom: Math.max(map.getZoom(), 16) });
    showCard(listEntry(place, page), position, { focus: false });
  } catch {
    state.organization = null;
  }
}

function markSelected({ scroll = false } = {}) {
  const item = markItem(byId("results"), state.organization);
  if (scroll && panelIsBeside()) item?.scrollIntoView({ block: "nearest" });
}

// The point

async function placePin({ lng, lat }) {
  state.pin = [Number(lng.toFixed(6)), Number(lat.toFixed(6))];
  state.organization = null;
  closeCard();
  forgetPlace();
  writeAddress({ push: true });
  await showPin();
  // Make the answer visible: at the top of the list beside the map, on a phone below the map, where the header makes room.
  if (panelIsBeside()) byId("map-panel").scrollTop = 0;
  else if (window.scrollY < main.offsetTop) window.scrollTo({ top: main.offsetTop });
}

function removePin() {
  state.pin = null;
  forgetPlace();
  writeAddress({ push: true });
  hidePin();
  listInView();
  box.querySelector("canvas").focus();
}

function hidePin() {
  asking.point?.abort();
  marker?.remove();
  marker = null;
  pinned = null;
  byId("point").hidden = true;
  outlineDistrict();
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
  await Promise.all([tellPoint(), listNearest()]);
}

async function tellPoint() {
  const signal = renew("point");
  await attempt(async () => {
    const place = await city.resolve(state.pin, signal);
    pinned = place.district?.slug ?? null;
    outlineDistrict();
    announce(showPlace(place, state.pin, page));
  });
}

function outlineDistrict() {
  const chosen = state.filter.district || pinned || "";
  for (const layer of ["district-chosen", "district-chosen-border"]) map.setFilter(layer, ["==", ["get", "slug"], chosen]);
  view.keep({ chosen });
}

// The list

async function listNearest() {
  const signal = renew("list");
  await attempt(async () => {
    const places = await city.nearest(state.filter, state.pin, LIST_LENGTH, signal);
    if (!places.length && (await listUnplaced(signal))) return;
    showList(text("map_nearest_heading"), "", places.map((place) => ({ ...place, distance: distance(place.metres) })));
  });
}

/** Without a point, lists what is in view, from the centre outwards. */
async function listInView() {
  const signal = renew("list");
  await attempt(async () => {
    const bounds = map.getBounds();
    const sides = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const { places, total } = await city.within(state.filter, sides, map.getCenter().toArray(), LIST_LENGTH, signal);
    if (!total && (await listUnplaced(signal))) return;
    const count = text("map_places_count", { n: total });
    showList(text("map_in_view_heading"), total > places.length ? `${count}. ${text("map_places_shown", { n: places.length })}` : count, places);
    announce(count);
  });
}

/** Lists the matches that have no place on the map, and says so. */
async function listUnplaced(signal) {
  if (isEmpty(state.filter)) return false;
  const { places, total } = await city.unplaced(state.filter, LIST_LENGTH, signal);
  if (!places.length) return false;
  const count = `${text("map_places_count", { n: total })}. ${text("map_unplaced")}`;
  showList(text("map_results_heading"), count, places);
  announce(count);
  return true;
}

function showList(heading, count, places) {
  byId("results-heading").textContent = heading;
  byId("results-count").textContent = count;
  byId("results-empty").hidden = places.length > 0;
  byId("results").replaceChildren(...places.map((place) => listItem(listEntry(place, page), page, icons)));
  view.ring(null);
  markSelected();
}

// The filter

function connectControls() {
  connectList(byId("results"), view, (item) => {
    showMap();
    map.easeTo({ center: positionOf(item), zoom: Math.max(map.getZoom(), 16) });
    view.ring(positionOf(item));
  });
  connectForm(page, (changes) => {
    if (changes.q === "" && state.filter.q) forgetPlace({ words: true });
    choose(changes);
    if (changes.district !== undefined) showDistrict(changes.district);
  }, seekKind);
  connectSearch(byId("map-form"), () => state.pin ?? map.getCenter().toArray(), {
    place: showFound,
    institution: showInstitution,
    category: (id) => chooseFound({ categories: [id] }, reachNearest),
    district: (id) => chooseFound({ district: id }, () => showDistrict(id)),
  });
  byId("map-centre-pin").addEventListener("click", () => placePin(map.getCenter()));
  byId("map-remove-pin").addEventListener("click", removePin);
  byId("map-locate").addEventListener("click", () => locate(page, map, placePin));
  window.addEventListener("popstate", restore);
}

/** Selects a single category and brings its nearest institution into view. */
async function seekKind(categories) {
  await choose({ categories });
  await reachNearest();
}

async function choose(changes) {
  Object.assign(state.filter, changes);
  writeAddress({ push: true });
  await applyFilter();
}

async function applyFilter() {
  tellFilter(state.filter, page);
  view.update({ filter: state.filter, chosen: state.filter.district || pinned || "" });
  await Promise.all([findOthers(), state.pin ? listNearest() : listInView()]);
}

/** Requests the complete results of filters that the tiles do not support. */
async function findOthers({ fit = false } = {}) {
  const signal = renew("found");
  if (fitsTiles(state.filter)) return;
  await attempt(async () => {
    const found = await city.collection(state.filter, signal);
    view.keep({ found });
    map.getSource("organizations")?.setData?.(found);
    if (fit && state.filter.q && !state.pin && found.features.length) showWhole(boxOf(found.features.map(({ geometry }) => geometry.coordinates)));
  });
}

/** Widens the view until the nearest match is visible, seen from the point or else from the centre. */
async function reachNearest() {
  const from = state.pin ?? map.getCenter().toArray();
  await attempt(async () => {
    const [place] = await city.nearest(state.filter, from, 1);
    if (!place || map.getBounds().contains([place.lon, place.lat])) return;
    showWhole(boxOf([from, [place.lon, place.lat]]));
  });
}

function showDistrict(slug) {
  showWhole(page.districtOf.get(slug)?.bbox ?? page.bbox);
}

function showWhole([west, south, east, north]) {
  map.fitBounds([[west, south], [east, north]], { padding: 32, maxZoom: 16, animate: false });
}

// Suggestions chosen in the search box

/** Makes a place the point; its text is kept in the URL, so that a shared link shows it. */
async function showFound(pin, zoom, words) {
  await goTo(pin, zoom, { pin, q: words, organization: null });
  await showPin();
}

async function showInstitution(organization, position) {
  await goTo(position, 16, { organization });
  await showSelected();
}

/** Clears the previous text, both as a filter and as the name of the point, and moves the map. */
async function goTo(center, zoom, changes) {
  closeCard();
  const hadWords = Boolean(state.filter.q);
  state.filter.q = "";
  Object.assign(state, { q: "" }, changes);
  document.querySelector("#map-form [name=pin]")?.remove();
  writeAddress({ push: true }); // before the map moves, so that Back returns to the old view
  map.jumpTo({ center, zoom: Math.max(map.getZoom(), zoom) });
  showMap();
  if (hadWords) await applyFilter();
}

async function chooseFound(changes, show) {
  forgetPlace({ words: true });
  showFilter({ ...state.filter, ...changes, q: "" }, page);
  await choose({ ...changes, q: "" });
  await show();
}

// Requests

/** Aborts the pending request of this kind and returns a signal for the next. */
function renew(kind) {
  asking[kind]?.abort();
  asking[kind] = new AbortController();
  return asking[kind].signal;
}

async function attempt(work) {
  try {
    await work();
  } catch (error) {
    if (error.name !== "AbortError") showMessage(text("map_network_error"));
  }
}

// The URL

/** Empties the box, because a point set by hand is not the typed place. Filter words stay. */
function forgetPlace({ words = false } = {}) {
  if (state.filter.q && !words) return;
  state.q = "";
  byId("place").value = "";
  document.querySelector("#map-form [name=pin]")?.remove();
}

function writeAddress({ push = false } = {}) {
  history[push ? "pushState" : "replaceState"](null, "", addressOf(state, map));
}

function showView({ bounds, center, zoom }) {
  if (bounds) showWhole(bounds);
  else map.jumpTo({ center, zoom });
}

/** Back and forward: restores the state from the URL. */
async function restore() {
  const query = new URLSearchParams(location.search);
  // Only the server can interpret the typed text.
  if ((query.get("q") ?? "") !== state.q) return location.reload();
  const before = JSON.stringify(state.filter);
  Object.assign(state.filter, readFilter(query));
  state.pin = readPin(query);
  state.organization = query.get("organization");
  showFilter(state.filter, page);
  closeCard();
  if (!state.pin) hidePin();
  showView(readView(page, state));
  if (before !== JSON.stringify(state.filter)) await applyFilter();
  await (state.pin ? showPin() : listInView());
  if (state.organization) await showSelected();
}
