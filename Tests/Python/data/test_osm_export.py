"""The export as OpenStreetMap XML, read by libosmium and compared with data/; needs osmium and shapely.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/data/test_osm_export.py
"""
import csv
import json
import re
import shutil
import subprocess
import tempfile
import unittest
from collections import Counter, defaultdict
from pathlib import Path
from xml.etree import ElementTree

import osmium
import shapely
from shapely.geometry import Point, shape

from program import BINARY, ROOT, copy_databases, environment

DATA = ROOT / "data"
# Metres in a degree in the middle of the city; accurate to a few tenths of a percent throughout.
METRES = (81_260, 111_090)
SURVEYED = ("exact", "address")
NEAR = 14.9


def table(name: str) -> list[dict]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def features(name: str) -> list[dict]:
    return json.loads((DATA / f"{name}.geojson").read_text(encoding="utf-8"))["features"]


def units(lon, lat) -> tuple[int, int]:
    """A position in the units of OpenStreetMap, 1e-7 degrees."""
    return round(float(lon) * 1e7), round(float(lat) * 1e7)


class Export:
    """An exported file and its contents."""

    def __init__(self, path: Path):
        self.root = {}
        for _, element in ElementTree.iterparse(path, events=("start",)):
            self.root = dict(element.attrib)
            break
        self.order, self.nodes, self.ways, self.relations, self.areas = [], {}, {}, {}, {}
        for item in osmium.FileProcessor(str(path)):
            tags = dict(item.tags)
            self.order.append((item.type_str(), item.id))
            if item.is_node():
                self.nodes[item.id] = (units(item.location.lon, item.location.lat), tags)
            elif item.is_way():
                self.ways[item.id] = ([node.ref for node in item.nodes], tags)
            else:
                self.relations[item.id] = ([(m.type, m.ref, m.role) for m in item.members], tags)
        factory = osmium.geom.WKBFactory()
        for item in osmium.FileProcessor(str(path)).with_areas():
            if item.is_area() and not item.from_way():
                name = item.tags.get("ref:openalmaty", "city")
                self.areas[name] = shapely.from_wkb(factory.create_multipolygon(item))

    def tagged(self, key: str) -> dict[str, tuple]:
        """The nodes with a key, by our id."""
        return {tags["ref:openalmaty"]: (spot, tags) for spot, tags in self.nodes.values() if key in tags}


class OsmExport(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="openalmaty-osm-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        copy_databases(cls.folder / "city.sqlite")
        cls.plain = Export(cls.export("plain.osm"))
        cls.whole = Export(cls.export("whole.osm", "--approximate"))

    @classmethod
    def export(cls, name: str, *options: str) -> Path:
        path = cls.folder / name
        done = subprocess.run(
            [BINARY, "export", "--format", "osm", "--output", str(path), *options],
            capture_output=True, text=True, timeout=300,
            env=environment(OPENALMATY_DATABASE=str(cls.folder / "city.sqlite")),
        )
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return path


class File(OsmExport):
    def test_header_names_licence_and_is_not_for_upload(self):
        self.assertEqual(self.plain.root["version"], "0.6")
        self.assertIn("OpenStreetMap contributors", self.plain.root["copyright"])
        self.assertIn("odbl", self.plain.root["license"])
        self.assertEqual(self.plain.root["upload"], "never")

    def test_ids_count_from_one_by_kind(self):
        for export in (self.plain, self.whole):
            kinds = [kind for kind, _ in export.order]
            self.assertEqual(kinds, sorted(kinds, key="nwr".index))
            for kind in "nwr":
                ids = [number for each, number in export.order if each == kind]
                self.assertEqual(ids, list(range(1, len(ids) + 1)))

    def test_same_bytes_again(self):
        again = self.export("again.osm")
        self.assertEqual(again.read_bytes(), (self.folder / "plain.osm").read_bytes())

    def test_every_reference_exists(self):
        for nodes, _ in self.plain.ways.values():
            self.assertGreaterEqual(len(nodes), 2)
            self.assertLessEqual(len(nodes), 2000)
            for node in nodes:
                self.assertIn(node, self.plain.nodes)
        for members, _ in self.plain.relations.values():
            for kind, way, role in members:
                self.assertEqual(kind, "w")
                self.assertIn(way, self.plain.ways)
                self.assertIn(role, ("outer", "inner"))

    def test_nothing_stands_for_nothing(self):
        used = {node for nodes, _ in self.plain.ways.values() for node in nodes}
        bare = {number for number, (_, tags) in self.plain.nodes.items() if not tags}
        self.assertEqual(bare, used)

    def test_values_are_clean(self):
        for _, tags in [*self.plain.nodes.values(), *self.plain.ways.values(), *self.plain.relations.values()]:
            for key, value in tags.items():
                self.assertLessEqual(len(value), 255, key)
                self.assertEqual(value, value.strip(), key)
                self.assertTrue(value.isprintable(), key)


class Points(OsmExport):
    def check_position(self, row: dict, spot: tuple[int, int]):
        self.assertEqual(spot, units(row["lon"], row["lat"]), row["id"])

    def test_microdistricts(self):
        rows = {row["id"]: row for row in table("microdistricts") if row["lon"]}
        found = self.plain.tagged("place")
        self.assertEqual(set(found), set(rows))
        for ident, (spot, tags) in found.items():
            self.check_position(rows[ident], spot)
            self.assertIn(tags["place"], ("suburb", "neighbourhood"))
            self.assertIn(rows[ident]["name_ru"], tags["name:ru"])
            self.assertEqual("name:kk" in tags, bool(rows[ident]["name_kk"]), ident)

    def test_houses(self):
        rows = {row["id"]: row for row in table("addresses")}
        names = defaultdict(set)
        for _, tags in self.whole.ways.values():
            names[tags.get("ref:openalmaty")].add(tags.get("name"))
        for _, tags in self.whole.nodes.values():
            if "place" in tags:
                names[tags["ref:openalmaty"]].add(tags["name"])
        for export, taken in ((self.plain, SURVEYED), (self.whole, (*SURVEYED, "approximate"))):
            found = {key: value for key, value in export.tagged("addr:housenumber").items() if key in rows}
            self.assertEqual(set(found), {key for key, row in rows.items() if row["precision"] in taken})
            for ident, (spot, tags) in found.items():
                row = rows[ident]
                self.check_position(row, spot)
                self.assertEqual(tags["addr:housenumber"], row["house"])
                self.assertEqual(tags["addr:city"], "Алматы")
                self.assertEqual(tags.get("fixme"), None if row["precision"] in SURVEYED else "position")
                # The element of the street or place, if there is one, has the same name.
                key, owner = ("addr:street", "street_id") if row["street_id"] else ("addr:place", "microdistrict_id")
                if row[owner] in names:
                    self.assertEqual(names[row[owner]], {tags[key]}, ident)

    def test_institutions(self):
        rows = {row["id"]: row for row in table("organizations")}
        for export, left_out in ((self.plain, ("uncertain", "none")), (self.whole, ("none",))):
            found = {key: value for key, value in export.tagged("name").items() if key in rows}
            self.assertEqual(set(found), {key for key, row in rows.items() if row["precision"] not in left_out})
            for ident, (spot, tags) in found.items():
                row = rows[ident]
                self.check_position(row, spot)
                self.assertEqual(tags["name:ru"], row["name_ru"][:255])
                for key, column in (("phone", "phones"), ("website", "website"), ("opening_hours", "opening_hours")):
                    self.assertEqual(tags.get(key, ""), row[column], ident)
        kinds = Counter(tags.get("amenity") for _, tags in self.whole.nodes.values())
        self.assertEqual(kinds["kindergarten"], sum(
            row["category"] == "kindergarten" and row["precision"] != "none" for row in rows.values()))


class Lines(OsmExport):
    def test_every_line_with_its_points_in_their_order(self):
        ways = defaultdict(list)
        for nodes, tags in self.plain.ways.values():
            if "highway" in tags or "waterway" in tags:
                ways[tags["ref:openalmaty"]].append([self.plain.nodes[node][0] for node in nodes])
        lines = {feature["properties"]["street_id"] or feature["id"]: feature["geometry"]["coordinates"]
                 for feature in features("street_lines")}
        self.assertEqual(set(ways), set(lines))
        for ident, parts in lines.items():
            self.assertEqual(len(ways[ident]), len(parts), ident)
            for part, way in zip(parts, ways[ident]):
                rest = iter(way)
                self.assertTrue(all(units(*point) in rest for point in part), ident)

    def test_names(self):
        rows = {row["id"]: row for row in table("streets")}
        for _, tags in self.plain.ways.values():
            if "highway" not in tags:
                continue
            row = rows[tags["ref:openalmaty"]]
            for language in ("kk", "ru", "en"):
                self.assertEqual(f"name:{language}" in tags, bool(row[f"name_{language}"]))
                name, label = row[f"name_{language}"], tags.get(f"name:{language}", "")
                # An ordinal agrees in gender with the kind of street: the name «1-я» becomes the label «1-й переулок».
                ordinal = re.fullmatch(r"(\d+-)(?:й|я|е)", name)
                self.assertIn(ordinal[1] if ordinal else name, label)
            self.assertEqual(tags["name"], tags["name:ru"])
            self.assertEqual(tags.get("old_name", ""), row["old_names"])

    def test_crossings_share_a_node(self):
        def plane(geometry):
            return shapely.transform(geometry, lambda xy: xy * METRES)
        lines = {f["properties"]["street_id"]: plane(shape(f["geometry"])) for f in features("street_lines")}
        streets = defaultdict(set)
        for nodes, tags in self.plain.ways.values():
            for node in nodes:
                streets[self.plain.nodes[node][0]].add(tags.get("ref:openalmaty"))
        shared = 0
        for row in table("crossings"):
            pair = {row["street_a"], row["street_b"]}
            spot = plane(Point(float(row["lon"]), float(row["lat"])))
            if all(each in lines and lines[each].distance(spot) < NEAR for each in pair):
                shared += 1
                self.assertLessEqual(pair, streets[units(row["lon"], row["lat"])], row["id"])
        self.assertGreater(shared, 0.9 * len(table("crossings")))


class Borders(OsmExport):
    def test_areas_are_those_of_the_data(self):
        districts = {f["properties"]["slug"]: shape(f["geometry"]) for f in features("districts")}
        self.assertEqual(set(self.plain.areas), {*districts, "city"})
        for slug, district in districts.items():
            self.assertTrue(self.plain.areas[slug].is_valid)
            self.assertLess(self.plain.areas[slug].symmetric_difference(district).area, 1e-12, slug)
        union = shapely.union_all(list(districts.values()))
        self.assertLess(self.plain.areas["city"].symmetric_difference(union).area, 1e-12)

    def test_levels(self):
        levels = Counter(tags["admin_level"] for _, tags in self.plain.relations.values())
        self.assertEqual(levels, {"6": 8, "4": 1})
        for _, tags in self.plain.relations.values():
            self.assertEqual((tags["type"], tags["boundary"]), ("boundary", "administrative"))

    def test_neighbours_share_their_ways(self):
        owners = Counter(way for members, tags in self.plain.relations.values() if tags["admin_level"] == "6"
                         for _, way, _ in members)
        self.assertEqual(set(owners.values()), {1, 2})
        city = next(members for members, tags in self.plain.relations.values() if tags["admin_level"] == "4")
        self.assertEqual({way for _, way, _ in city}, {way for way, count in owners.items() if count == 1})


if __name__ == "__main__":
    unittest.main()
