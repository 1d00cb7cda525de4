// On a phone the panel is a sheet over the map, moved by its handle; on a desktop it is beside the map.

const byId = (id) => document.getElementById(id);
const main = document.querySelector(".map-page");

/** Whether the panel is beside the map instead of over it. */
export function panelIsBeside() {
  return byId("map-panel").getBoundingClientRect().left >= byId("map-box").getBoundingClientRect().right;
}

function isUp() {
  const { top } = byId("map-panel").getBoundingClientRect();
  return top < byId("map-box").getBoundingClientRect().height * 0.6;
}

/** Lowers the sheet, because the map must not stay covered while it is used. */
export function showMap() {
  if (!panelIsBeside() && isUp()) window.scrollTo({ top: main.offsetTop });
}

/** Connects the handle and the keyboard to the sheet. */
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
