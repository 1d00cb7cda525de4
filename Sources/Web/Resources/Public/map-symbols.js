// The signs of institutions on the map: a colour and an outline for each group, with the same drawing as in the lists.

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

export const GROUPS = Object.keys(SHAPES);

/** The image that the style calls `id`, or null when it is none of ours. */
export function drawImage(id, drawings, theme, ratio) {
  const [kind, name] = id.split("-");
  if (kind === "cluster") return drawCluster(Number(name), theme, ratio);
  return kind === "sign" ? drawSign(name, drawings, theme, ratio) : null;
}

/** Reads the drawings out of the same file that the lists use. */
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

/** The ring of a cluster with this radius; the map writes the number into it. */
function drawCluster(radius, theme, ratio) {
  const side = 2 * radius + 4;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side * ratio;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.beginPath();
  context.arc(side / 2, side / 2, radius, 0, 2 * Math.PI);
  context.fillStyle = theme.surface;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = theme.action;
  context.stroke();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** Draws the sign of `group` at `ratio` dots a pixel, as MapLibre's `addImage` takes it. */
function drawSign(group, drawings, theme, ratio) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE * ratio;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const border = outline(SHAPES[group] ?? SHAPES.other);
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = theme.halo;
  context.stroke(border);
  context.fillStyle = theme.groups[group] ?? theme.groups.other;
  context.fill(border);
  const drawing = drawings.get(group) ?? drawings.get("other");
  if (drawing) {
    const scale = 0.6;
    const inset = (SIDE - 24 * scale) / 2;
    context.translate(inset, inset);
    context.scale(scale, scale);
    context.fillStyle = theme.onGroup;
    context.fill(drawing.path, drawing.rule);
  }
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
