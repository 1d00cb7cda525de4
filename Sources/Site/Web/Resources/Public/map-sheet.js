// On a phone the panel is a sheet over the map: its handle slides it up and down; on a desk it stands beside the map.

const byId = (id) => document.getElementById(id);
const main = document.querySelector(".map-page");

/** Whether the panel stands beside the map and not below it. */
export function panelIsBeside() {
  return byId("map-panel").getBoundingClientRect().left >= byId("map-box").getBoundingClientRect().right;
}

function isUp() {
  const { top } = byId("map-panel").getBoundingClientRect();
  return top < byId("map-box").getBoundingClientRect().height * 0.6;
}

/** The map must not stay covered while it is used. */
export function showMap() {
  if (!panelIsBeside() && isUp()) window.scrollTo({ top: main.offsetTop });
}

/** Lets the handle and the keyboard move the sheet. */
export function connectSheet() {
  const handle = byId("sheet-handle");
  const label = handle.querySelector("span");
  const words = { up: handle.dataset.map, down: handle.dataset.list };
  const tell = () => {
    handle.setAttribute("aria-expanded", String(isUp()));
    label.textContent = isUp() ? words.up : words.down;
  };
  handle.hidden = false;
  handle.addEventListener("click", () => {
    const panel = byId("map-panel").getBoundingClientRect().top + window.scrollY;
    window.scrollTo({ top: isUp() ? main.offsetTop : panel - 24 });
  });
  window.addEventListener("scroll", tell, { passive: true });
  byId("map-box").addEventListener("focusin", showMap);
  tell();
}
