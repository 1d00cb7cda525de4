// Printing: the map as an image in light colours, with the legend open and the URL of the current state.

const byId = (id) => document.getElementById(id);

/**
 * Connects the print button, and prepares prints from the browser's own menu as far as possible without waiting.
 *
 * `pinOf` returns the point or null: its pin is an element over the map and must be drawn into the image. The returned
 * function tells whether the page is being printed: the map then has no size, and its move events mean nothing.
 */
export function connectPrint(view, pinOf) {
  const { map } = view;
  const picture = byId("map-print");
  const legend = byId("legend");
  let wasOpen = legend.open;
  let isPrinting = false;

  function take() {
    // The drawing buffer exists only until the frame is shown, so draw and read it in one step.
    map.redraw();
    const drawn = document.createElement("canvas");
    const { width, height, clientWidth } = map.getCanvas();
    Object.assign(drawn, { width, height });
    const context = drawn.getContext("2d");
    context.drawImage(map.getCanvas(), 0, 0);
    const pin = pinOf();
    if (pin) drawPin(context, map.project(pin), width / clientWidth);
    picture.src = drawn.toDataURL("image/png");
    picture.hidden = false;
    return picture.decode().catch(() => null);
  }

  window.addEventListener("beforeprint", () => {
    isPrinting = true;
    byId("print-address").textContent = location.href;
    wasOpen = legend.open;
    legend.open = true;
    if (picture.hidden) take();
  });
  window.addEventListener("afterprint", () => {
    isPrinting = false;
    picture.hidden = true;
    picture.removeAttribute("src");
    legend.open = wasOpen;
  });
  byId("print").addEventListener("click", async () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    if (dark) await repaint(view, "light");
    await take();
    window.print();
    if (dark) await repaint(view, "dark");
  });
  return () => isPrinting;
}

async function repaint(view, theme) {
  const idle = new Promise((resolve) => { view.map.once("idle", resolve); });
  await view.setTheme(theme);
  await idle;
}

// The pin of the symbol file, 42 pixels high, with its tip at the point.
const PIN = "M12 2a7 7 0 0 1 7 7c0 5-7 13-7 13S5 14 5 9a7 7 0 0 1 7-7zm0 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z";

function drawPin(context, { x, y }, ratio) {
  const scale = 2.1 * ratio;
  context.setTransform(scale, 0, 0, scale, x * ratio - 12 * scale, y * ratio - 22 * scale);
  const path = new Path2D(PIN);
  context.lineWidth = 1.5;
  context.strokeStyle = "#fff";
  context.stroke(path);
  context.fillStyle = "#0067a3";
  context.fill(path, "evenodd");
}
