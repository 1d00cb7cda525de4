// The symbols of institutions on the map: colour and outline by group, drawing by category, as in the lists.

const SIDE = 26;
const SHAPES = {
  government: "square",
  health: "circle",
  education: "hexagon",
  sport: "circle",
  culture: "hexagon",
  leisure: "circle",
  shopping: "square",
  transport: "square",
  emergency: "octagon",
  tourism: "hexagon",
  finance: "square",
  other: "circle",
};

/** Reads the current colours of the stylesheet, light or dark. */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    edge: colour("--sign-edge"),
    surface: colour("--surface"),
    action: colour("--action"),
    gold: colour("--gold"),
    onGroup: colour("--on-group"),
    groups: Object.fromEntries(Object.keys(SHAPES).map((group) => [group, colour(`--group-${group}`)])),
  };
}

/** Draws the image that the style calls `id`; null if it is not ours. */
export function drawImage(id, { drawings, icons, colours, ratio }) {
  if (id.startsWith("cluster-")) return drawCluster(Number(id.slice("cluster-".length)), colours, ratio);
  const [kind, group, category, about] = id.split("/");
  if (kind !== "sign") return null;
  const drawing = drawings.get(icons.get(category)) ?? drawings.get("other");
  return drawSign(group, drawing, about === "about", colours, ratio);
}

/** Reads the drawings from the file that the lists use too. */
export async function loadDrawings(address) {
  const answer = await fetch(address);
  if (!answer.ok) return new Map();
  const file = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
  const drawings = new Map();
  for (const symbol of file.querySelectorAll("symbol")) {
    const path = symbol.querySelector("path");
    drawings.set(symbol.id.replace("icon-", ""), { path: new Path2D(path.getAttribute("d")), rule: path.getAttribute("fill-rule") ?? "nonzero" });
  }
  return drawings;
}

function polygon(points) {
  const path = new Path2D();
  points.forEach(([x, y], index) => path[index ? "lineTo" : "moveTo"](x, y));
  path.closePath();
  return path;
}

function outline(shape) {
  const near = 2;
  const far = SIDE - 2;
  const size = far - near;
  const middle = SIDE / 2;
  const at = (x, y) => [near + (x * size) / 100, near + (y * size) / 100];
  const path = new Path2D();
  switch (shape) {
    case "square":
      path.roundRect(near, near, size, size, 3);
      return path;
    case "hexagon":
      return polygon([at(25, 3), at(75, 3), at(100, 50), at(75, 97), at(25, 97), at(0, 50)]);
    case "octagon":
      return polygon([at(29, 0), at(71, 0), at(100, 29), at(100, 71), at(71, 100), at(29, 100), at(0, 71), at(0, 29)]);
    default:
      path.arc(middle, middle, size / 2, 0, 2 * Math.PI);
      return path;
  }
}

function surface(side, ratio) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side * ratio;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  return context;
}

function pixels(context) {
  return context.getImageData(0, 0, context.canvas.width, context.canvas.height);
}

/** Draws the ring of a cluster with this radius; the map writes the number into it. */
function drawCluster(radius, colours, ratio) {
  const side = 2 * radius + 8;
  const context = surface(side, ratio);
  const disc = (size) => {
    context.beginPath();
    context.arc(side / 2, side / 2, size, 0, 2 * Math.PI);
  };
  disc(radius + 3);
  context.globalAlpha = 0.25;
  context.fillStyle = colours.action;
  context.fill();
  context.globalAlpha = 1;
  disc(radius);
  context.fillStyle = colours.surface;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = colours.action;
  context.stroke();
  return pixels(context);
}

/** Draws a symbol at `ratio` dots per pixel; approximate positions are drawn as outlines. */
function drawSign(group, drawing, isAbout, colours, ratio) {
  const context = surface(SIDE, ratio);
  const colour = colours.groups[group] ?? colours.groups.other;
  const border = outline(SHAPES[group] ?? SHAPES.other);
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = colours.edge;
  context.stroke(border);
  context.fillStyle = isAbout ? colours.onGroup : colour;
  context.fill(border);
  if (isAbout) {
    context.lineWidth = 1.5;
    context.strokeStyle = colour;
    context.stroke(border);
  }
  if (drawing) {
    const scale = 0.62;
    const inset = (SIDE - 24 * scale) / 2;
    context.translate(inset, inset);
    context.scale(scale, scale);
    context.fillStyle = isAbout ? colour : colours.onGroup;
    context.fill(drawing.path, drawing.rule);
  }
  return pixels(context);
}
