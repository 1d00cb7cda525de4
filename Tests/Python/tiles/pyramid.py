"""Every tile of the city at every zoom: the format, the declared layers and fields, the geometry."""

from __future__ import annotations

import shapely
from mapbox_vector_tile.Mapbox import vector_tile_pb2
from shapely.geometry import shape

from support import BUFFER, DEEPEST, EXTENT, TILESETS, Address, TileTest

POINT, LINE, AREA = 1, 2, 3
MOVE, DRAW, CLOSE = 1, 2, 7
TYPES = {"String": str, "Number": (int, float), "Boolean": bool}
Ring = list[tuple[int, int]]


def parts(geometry: list[int]) -> list[tuple[Ring, bool]]:
    """The parts that a feature's commands draw, each with whether it was closed; strictly by §4.3 of the specification."""
    found: list[tuple[Ring, bool]] = []
    position = x = y = 0
    while position < len(geometry):
        command, count = geometry[position] & 7, geometry[position] >> 3
        position += 1
        if command == CLOSE:
            if count != 1 or not found or found[-1][1]:
                raise ValueError("a ClosePath that closes nothing")
            found[-1] = (found[-1][0], True)
            continue
        if command not in (MOVE, DRAW) or count < 1 or position + 2 * count > len(geometry):
            raise ValueError(f"command {command} with count {count}")
        for _ in range(count):
            x += (geometry[position] >> 1) ^ -(geometry[position] & 1)
            y += (geometry[position + 1] >> 1) ^ -(geometry[position + 1] & 1)
            position += 2
            if command == MOVE:
                found.append(([(x, y)], False))
            elif not found or found[-1][1]:
                raise ValueError("a LineTo without a MoveTo")
            elif found[-1][0][-1] == (x, y):
                raise ValueError("a LineTo that goes nowhere")
            else:
                found[-1][0].append((x, y))
    return found


def doubled_area(ring: Ring) -> int:
    """Twice the area; positive for an exterior ring as in the specification (clockwise with y down)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))


def geometry_fault(kind: int, geometry: list[int]) -> str | None:
    """The fault in a feature's commands, if any."""
    try:
        drawn = parts(geometry)
    except ValueError as error:
        return str(error)
    if not drawn:
        return "draws nothing"
    if any(not -BUFFER <= value <= EXTENT + BUFFER for part, _ in drawn for point in part for value in point):
        return "reaches beyond the buffer"
    if kind == POINT:
        return "a point that is a line" if any(len(part) != 1 or closed for part, closed in drawn) else None
    if kind == LINE:
        return "a line of one point, or closed" if any(len(part) < 2 or closed for part, closed in drawn) else None
    if kind != AREA:
        return f"geometry of type {kind}"
    if not all(closed and len(part) >= 3 and part[0] != part[-1] for part, closed in drawn):
        return "a ring that is not closed, too short, or says its first point twice"
    areas = [doubled_area(part) for part, _ in drawn]
    if 0 in areas:
        return "a ring without area"
    return "an interior ring before any exterior one" if areas[0] < 0 else None


class PyramidTest(TileTest):
    """Walks the whole pyramid of each tileset, zoom 0 to 15."""

    def walk(self, name: str) -> None:
        faults: list[str] = []
        seen: set[str] = set()
        filled: set[int] = set()
        for address in self.tiles.addresses(name, range(DEEPEST + 1)):
            raw = self.tiles.raw(name, address)
            if not raw:
                continue
            filled.add(address[0])
            found = self.format_faults(name, address, raw, seen) + self.shape_faults(name, address)
            faults += [f"{name} {address}: {fault}" for fault in found]
        self.assert_none(faults)
        declared = self.tiles.declared[name]
        self.assertEqual(seen, {layer["id"] for layer in declared["layers"]}, "layers that occur")
        self.assertEqual(filled, set(range(min(layer["minzoom"] for layer in declared["layers"]), DEEPEST + 1)))

    def format_faults(self, name: str, address: Address, raw: bytes, seen: set[str]) -> list[str]:
        """Checks version, extent, layers, fields, ids and drawing commands in the message itself."""
        tile = vector_tile_pb2.tile()
        tile.ParseFromString(raw)
        layers = {layer["id"]: layer for layer in self.tiles.descriptions[name]["vector_layers"]}
        faults = []
        if len({layer.name for layer in tile.layers}) != len(tile.layers):
            faults.append("a layer stands twice")
        for layer in tile.layers:
            seen.add(layer.name)
            if layer.version != 2 or layer.extent != EXTENT:
                faults.append(f"{layer.name}: version {layer.version}, extent {layer.extent}")
            if layer.name not in layers or not layer.features:
                faults.append(f"{layer.name}: not declared, or empty")
                continue
            if address[0] < layers[layer.name]["minzoom"]:
                faults.append(f"{layer.name}: shown below zoom {layers[layer.name]['minzoom']}")
            if len(set(layer.keys)) != len(layer.keys):
                faults.append(f"{layer.name}: a key stands twice in the table")
            ids = [feature.id for feature in layer.features if feature.id]
            if len(set(ids)) != len(ids):
                faults.append(f"{layer.name}: a feature id stands twice")
            for number, feature in enumerate(layer.features):
                fault = geometry_fault(feature.type, feature.geometry)
                if fault is None and (len(feature.tags) % 2 or len(set(feature.tags[::2])) * 2 != len(feature.tags)):
                    fault = "a property stands twice"
                if fault:
                    faults.append(f"{layer.name}, feature {number}: {fault}")
        return faults

    def shape_faults(self, name: str, address: Address) -> list[str]:
        """Checks properties against their declared types, and areas by shapely's rules, in the decoded tile."""
        faults = []
        for layer, content in self.tiles.layers(name, address).items():
            fields = self.fields(name, layer)
            for number, feature in enumerate(content["features"]):
                for key, value in feature["properties"].items():
                    kind, minzoom = fields.get(key, (None, 0))
                    if kind is None or not isinstance(value, TYPES[kind]) or (kind == "Number" and value is True):
                        faults.append(f"{layer}, feature {number}: {key} = {value!r} is not as declared")
                    elif address[0] < minzoom:
                        faults.append(f"{layer}, feature {number}: {key} is shown below zoom {minzoom}")
                geometry = feature["geometry"]
                if "Polygon" in geometry["type"] and not (area := shape(geometry)).is_valid:
                    faults.append(f"{layer}, feature {number}: {shapely.is_valid_reason(area)}")
        return faults

    def fields(self, name: str, layer: str) -> dict[str, tuple[str, int]]:
        """Type and first zoom of each field of a layer."""
        described = next(each for each in self.tiles.descriptions[name]["vector_layers"] if each["id"] == layer)
        declared = next(each for each in self.tiles.declared[name]["layers"] if each["id"] == layer)
        return {
            field: (kind, declared["fields"].get(field, {}).get("minzoom", 0))
            for field, kind in described["fields"].items()
        }

    def test_basemap(self) -> None:
        self.walk("basemap")

    def test_places(self) -> None:
        self.walk("places")

    def test_districts(self) -> None:
        self.walk("districts")

    def test_organizations(self) -> None:
        self.walk("organizations")

    def test_stops(self) -> None:
        self.walk("stops")

    def test_nothing_beyond_the_city(self) -> None:
        for name in TILESETS:
            for address in ((4, 0, 0), (9, 300, 200), (15, 0, 0), (15, 32767, 32767)):
                self.assertEqual(self.tiles.raw(name, address), b"", f"{name} {address}")
