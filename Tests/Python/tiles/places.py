"""Streets, blocks, parks, stops and microdistricts on the tiles compared with the city's files."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict

import numpy
import shapely
from shapely.geometry import shape

from support import DEEPEST, EXTENT, ROOT, TileTest, project

TOLERANCE = 0.5 + 0.02
ORDINAL = re.compile(r"(\d+)-я")
MASCULINE = {"lane"}
FIRST_ZOOMS = {
    ("basemap", "streets"): {1: 9, 2: 10, 3: 12, 4: 13, 5: 14},
    ("places", "streets"): {1: 11, 2: 12, 3: 13, 4: 14, 5: 14},
}


def rows(name: str) -> dict[str, dict[str, str]]:
    """A file of the city by id."""
    with open(ROOT / "data" / f"{name}.csv", newline="", encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def bare_name(street: dict[str, str], language: str) -> str:
    """The name contained in a label: the register writes every Russian ordinal for "улица", but a lane has another ending."""
    name = street[f"name_{language}"]
    if language == "ru" and street["kind"] in MASCULINE:
        return ORDINAL.sub(r"\1-й", name)
    return name


class PlaceTest(TileTest):
    """The basemap, places and stops tilesets."""

    def assert_points(self, name: str, layer: str, zoom: int, expected: dict[str, dict[str, str]]) -> None:
        """Checks that a zoom has exactly the expected records as points, each once, at its place and with its names."""
        faults: list[str] = []
        seen: Counter[str] = Counter()
        for address, feature, place in self.tiles.points(name, layer, zoom):
            told = feature["properties"]
            seen[told["id"]] += 1
            record = expected.get(told["id"])
            if record is None:
                continue
            x, y = project(float(record["lon"]), float(record["lat"]), zoom)
            if abs(place[0] - x) > TOLERANCE or abs(place[1] - y) > TOLERANCE:
                faults.append(f"{address}: {told['id']} is {place[0] - x:.2f}, {place[1] - y:.2f} units off")
            for language in ("kk", "ru", "en"):
                name_told, name_known = told.get(f"name_{language}"), record[f"name_{language}"]
                if bool(name_told) != bool(name_known) or (name_known and name_known not in name_told):
                    faults.append(f"{address}: {told['id']} is called {name_told!r}, not {name_known!r}")
        self.assert_none(faults)
        self.assertEqual(set(seen), set(expected))
        self.assertEqual([key for key, count in seen.items() if count > 1], [])

    def test_every_stop_on_the_deepest_level(self) -> None:
        self.assert_points("stops", "stops", DEEPEST, rows("stops"))

    def test_stops_further_out_keep_their_distance(self) -> None:
        known = rows("stops")
        spacing = self.tiles.declared["stops"]["layers"][0]["spacing"]
        for zoom, pixels in spacing.items():
            found = list(self.tiles.points("stops", "stops", int(zoom)))
            self.assertTrue(found)
            self.assertLessEqual({feature["properties"]["id"] for _, feature, _ in found}, set(known))
            places = shapely.points(numpy.array([place for _, _, place in found], dtype=float))
            near, far = shapely.STRtree(places).query(places, predicate="dwithin", distance=pixels * 8 - 1)
            self.assertEqual(int((near != far).sum()), 0, f"stops of zoom {zoom} too close to each other")

    def test_every_microdistrict_with_a_position(self) -> None:
        positioned = {key: row for key, row in rows("microdistricts").items() if row["lon"]}
        self.assert_points("places", "microdistricts", 14, positioned)

    def test_streets_are_those_of_the_register(self) -> None:
        known = rows("streets")
        for name, layer in FIRST_ZOOMS:
            ids = {
                feature["properties"]["id"]
                for address in self.tiles.addresses(name, range(14, 15))
                for feature in self.tiles.features(name, layer, address)
                if "id" in feature["properties"]
            }
            self.assertTrue(ids, f"{name}.{layer} shows streets")
            self.assertLessEqual(ids, set(known))

    def test_labels_bear_the_full_name(self) -> None:
        known = rows("streets")
        faults = []
        for address in self.tiles.addresses("places", range(14, 15)):
            for feature in self.tiles.features("places", "streets", address):
                told = feature["properties"]
                for language in ("kk", "ru", "en"):
                    wanted, name = bare_name(known[told["id"]], language), told.get(f"name_{language}", "")
                    if bool(wanted) != bool(name) or wanted not in name:
                        faults.append(f"{address}: {told}")
        self.assert_none(sorted(set(faults)))

    def test_streets_come_by_rank(self) -> None:
        for (name, layer), first in FIRST_ZOOMS.items():
            seen: dict[int, set[int]] = defaultdict(set)
            for address in self.tiles.addresses(name):
                for feature in self.tiles.features(name, layer, address):
                    seen[feature["properties"]["rank"]].add(address[0])
            self.assertEqual(set(seen), set(first), f"ranks of {name}.{layer}")
            for rank, zooms in seen.items():
                self.assertEqual(zooms, set(range(first[rank], DEEPEST + 1)), f"{name}.{layer}: zooms of rank {rank}")

    def test_land_covers_what_the_blocks_cover(self) -> None:
        features = json.loads((ROOT / "data" / "blocks.geojson").read_text(encoding="utf-8"))["features"]
        zoom = 13

        def units(points: numpy.ndarray) -> numpy.ndarray:
            return numpy.array([project(*point, zoom) for point in points])

        blocks = shapely.union_all([shapely.transform(shape(feature["geometry"]), units) for feature in features])
        tile = shapely.box(0, 0, EXTENT, EXTENT)
        covered = 0.0
        for address in self.tiles.addresses("basemap", range(zoom, zoom + 1)):
            shapes = [shape(feature["geometry"]) for layer in ("land", "parks", "greens")
                      for feature in self.tiles.features("basemap", layer, address)]
            covered += shapely.union_all(shapes).intersection(tile).area
        self.assertAlmostEqual(covered / blocks.area, 1, delta=0.01)
