"""Checks of the compiled files in data/; needs only Python 3.11 and shapely.

    python3 Tests/Python/data/test_data.py
"""
import csv
import json
import re
import sys
import unicodedata
import unittest
from collections import Counter
from pathlib import Path

import shapely
from shapely.geometry import Point, shape

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from tools.compile_city import russian_forms  # noqa: E402

DATA = ROOT / "data"
SLUGS = ["alatau", "almaly", "auezov", "bostandyk", "medeu", "nauryzbay", "turksib", "zhetysu"]
TABLES = ["block_centres", "streets", "microdistricts", "addresses", "organizations", "categories",
          "stops", "authorities"]
PROVENANCE = ["source", "date", "confidence"]
DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
HOURS = re.compile(rf"^(?:24/7|{DAY}(?:-{DAY})? [0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d"
                   rf"(?:; {DAY}(?:-{DAY})? [0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d)*)$")
PHONE = re.compile(r"^(?:\+7\d{10}|1\d{2,3})$")
HOUSE = re.compile(r"^\d{1,4}[А-Я]?(?:[/-]\d{1,4}[А-Я]?)*(?: к\d+[А-Я]?)?$")
DATE = re.compile(r"^(?:\d{4}(?:-\d\d-\d\d)?)?$")


def table(name: str) -> list[dict]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def collection(name: str) -> list[dict]:
    return json.loads((DATA / f"{name}.geojson").read_text(encoding="utf-8"))["features"]


def integer_rings(geometry: dict) -> list[list[tuple[int, int]]]:
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = []
    for part in parts:
        for ring in part:
            points = [(round(x * 1e6), round(y * 1e6)) for x, y in ring]
            assert all(abs(x * 1e6 - p[0]) < 1e-3 and abs(y * 1e6 - p[1]) < 1e-3
                       for (x, y), p in zip(ring, points)), "more than six decimals"
            rings.append(points)
    return rings


def twice_area(rings) -> int:
    return sum(a[0] * b[1] - b[0] * a[1] for ring in rings for a, b in zip(ring, ring[1:]))


class Files(unittest.TestCase):
    def test_sizes_and_form(self):
        for path in sorted(DATA.iterdir()):
            with self.subTest(path.name):
                self.assertLess(path.stat().st_size, 1_800_000)
                text = path.read_text(encoding="utf-8")
                self.assertNotIn("\r", text)
                self.assertEqual(text, unicodedata.normalize("NFC", text))
                self.assertTrue(text.endswith("\n"))

    def test_one_feature_a_line(self):
        for name in ("districts", "city", "blocks"):
            lines = (DATA / f"{name}.geojson").read_text(encoding="utf-8").splitlines()
            self.assertEqual(len(lines) - 2, len(collection(name)))

    def test_no_lookalikes(self):
        """No word mixes Latin and Cyrillic look-alikes."""
        alike = set("AaBCcEeHIiKMOoPpTXxyƏək")
        for path in sorted(DATA.iterdir()):
            if path.suffix == ".md":
                continue
            for word in set(re.findall(r"[^\W\d_]+", path.read_text(encoding="utf-8"))):
                latin = [c for c in word if c in alike or "a" <= c.lower() <= "z"]
                cyrillic = [c for c in word if "Ѐ" <= c <= "ӿ"]
                self.assertNotIn("Ə", word)
                self.assertNotIn("ə", word)
                if cyrillic and latin:
                    self.assertFalse(all(c in alike for c in latin), f"{path.name}: {word}")


class Coverage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.features = collection("districts")
        cls.rings = {f["properties"]["slug"]: integer_rings(f["geometry"]) for f in cls.features}

    def test_names(self):
        self.assertEqual([f["properties"]["slug"] for f in self.features], SLUGS)
        self.assertEqual([f["properties"]["id"] for f in self.features], list(range(1, 9)))
        for feature in self.features:
            for key in ("name_kk", "name_ru", "name_en", "wikidata", *PROVENANCE):
                self.assertTrue(feature["properties"][key], key)

    def test_valid_and_detached_part(self):
        for feature in self.features:
            self.assertTrue(shape(feature["geometry"]).is_valid)
        medeu = self.features[SLUGS.index("medeu")]["geometry"]
        self.assertEqual((medeu["type"], len(medeu["coordinates"])), ("MultiPolygon", 2))

    def test_every_shared_edge_once_each_way(self):
        edges = Counter(edge for rings in self.rings.values() for ring in rings for edge in zip(ring, ring[1:]))
        self.assertEqual(max(edges.values()), 1)
        outer = {edge for edge in edges if edge[::-1] not in edges}
        # The outer edges alone form rings: each point has as many outgoing as incoming edges.
        balance = Counter()
        for a, b in outer:
            balance[a] += 1
            balance[b] -= 1
        self.assertFalse([p for p, n in balance.items() if n])

    def test_no_t_junctions(self):
        buckets, vertices = {}, set()
        for rings in self.rings.values():
            for ring in rings:
                vertices.update(ring)
                for a, b in zip(ring, ring[1:]):
                    for x in range(min(a[0], b[0]) // 2000, max(a[0], b[0]) // 2000 + 1):
                        for y in range(min(a[1], b[1]) // 2000, max(a[1], b[1]) // 2000 + 1):
                            buckets.setdefault((x, y), []).append((a, b))
        for p in vertices:
            for a, b in buckets.get((p[0] // 2000, p[1] // 2000), ()):
                if p in (a, b) or (b[0] - a[0]) * (p[1] - a[1]) != (b[1] - a[1]) * (p[0] - a[0]):
                    continue
                inside = (min(a[0], b[0]) <= p[0] <= max(a[0], b[0])
                          and min(a[1], b[1]) <= p[1] <= max(a[1], b[1]))
                self.assertFalse(inside, f"{p} lies inside {a} {b}")

    def test_area_is_exact_and_union_has_no_hole(self):
        def grid(geometry):
            return shapely.transform(shape(geometry), lambda xy: (xy * 1e6).round())
        union = shapely.union_all([grid(f["geometry"]) for f in self.features])
        parts = list(shapely.get_parts(shapely.orient_polygons(union)))
        self.assertEqual(sum(len(p.interiors) for p in parts), 0)
        rings = [[(int(x), int(y)) for x, y in p.exterior.coords] for p in parts]
        self.assertEqual(twice_area(rings), sum(twice_area(r) for r in self.rings.values()))
        city = grid(collection("city")[0]["geometry"])
        self.assertEqual(city.difference(union).area, 0)


class Records(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tables = {name: table(name) for name in TABLES}
        cls.blocks = [f["properties"] for f in collection("blocks")]
        cls.districts = {f["properties"]["slug"]: shape(f["geometry"]) for f in collection("districts")}
        for polygon in cls.districts.values():
            shapely.prepare(polygon)

    def ids(self, name):
        return {row["id"] for row in self.tables[name]}

    def test_ids(self):
        for name, rows in {**self.tables, "blocks": self.blocks}.items():
            ids = [row["id"] for row in rows]
            self.assertEqual(len(ids), len(set(ids)), name)
            for ident in ids:
                self.assertRegex(ident, r"^[a-z0-9][a-z0-9_-]*$", name)

    def test_provenance(self):
        for name, rows in {**self.tables, "blocks": self.blocks}.items():
            if name == "categories":
                continue
            for row in rows:
                self.assertTrue(row["source"], row["id"])
                self.assertRegex(row["date"], DATE, row["id"])
                self.assertIn(row["confidence"], ("high", "medium", "low"), row["id"])

    def test_russian_words_have_yo(self):
        for name in ("streets", "microdistricts", "organizations", "stops", "authorities"):
            for row in self.tables[name]:
                self.assertEqual(russian_forms.of_row(row), row, row["id"])
        self.assertEqual(russian_forms.with_yo("ул. Зеленая, 7"), "ул. Зелёная, 7")
        self.assertEqual(russian_forms.with_yo("Зеленстрой"), "Зеленстрой")

    def test_a_street_bears_a_name_in_the_genitive(self):
        for row in self.tables["streets"]:
            self.assertNotIn(row["name_ru"], russian_forms.STREETS, row["id"])
        sygay = next(row for row in self.tables["streets"] if row["id"] == "street-ashirbek-sygay")
        self.assertEqual(sygay["name_ru"], "Аширбека Сыгая")
        self.assertIn("Аширбек Сыгай", sygay["variants"].split(";"))

    def test_no_two_streets_differ_by_a_case_alone(self):
        """«Шафик Чокина» and «Шафика Чокина» are one street; «Ахметовой» and «Ахметова» are different people."""
        def key(name: str) -> tuple:
            words = re.split(r"[ -]+", name.lower().replace("ё", "е"))
            return tuple(sorted(re.sub(r"(?<=\w{3})[аеиоуыьйюя]$", "", word) for word in words))
        names = Counter((row["kind"], key(row["name_ru"])) for row in table("streets"))
        self.assertEqual([name for name, count in names.items() if count > 1], [])

    def test_english_ordinals(self):
        for row in table("streets"):
            self.assertNotRegex(row["name_en"], r"\d+-?(?:Aya|Ya|aya|ya|y|yy)\b|^\d+ [A-Z]", row["id"])

    def test_words_of_categories(self):
        rows = {row["id"]: row for row in self.tables["categories"]}
        self.assertEqual(rows["place_of_worship"]["plural_ru"], "Мечети и храмы")
        self.assertEqual(rows["place_of_worship"]["plural_kk"], "Мешіттер мен шіркеулер")
        self.assertEqual(rows["emergency_line"]["name_kk"], "Шұғыл қызмет нөмірі")
        for row in rows.values():
            self.assertNotRegex(row["name_kk"] + row["plural_kk"], "[Сс]танса", row["id"])

    def test_russian_name_is_never_empty(self):
        for name in ("streets", "microdistricts", "organizations", "categories", "stops", "authorities"):
            for row in self.tables[name]:
                self.assertTrue(row["name_ru"].strip(), f"{name} {row['id']}")
                for column in ("name_kk", "name_ru", "name_en"):
                    self.assertEqual(row[column], " ".join(row[column].split()), row["id"])

    def test_references(self):
        streets, areas = self.ids("streets"), self.ids("microdistricts")
        parents = {row["parent"] for row in self.tables["categories"]} - {""}
        self.assertLessEqual(parents, self.ids("categories"))
        leaves = {row["id"] for row in self.tables["categories"] if row["parent"]}
        for row in self.tables["addresses"]:
            self.assertTrue(row["street_id"] or row["microdistrict_id"], row["id"])
            self.assertIn(row["street_id"], streets | {""})
            self.assertIn(row["microdistrict_id"], areas | {""})
            self.assertIn(row["corner_street_id"], streets | {""})
            self.assertRegex(row["house"], HOUSE)
        for row in self.tables["organizations"]:
            self.assertIn(row["category"], leaves)
            self.assertIn(row["street_id"], streets | {""})
            self.assertIn(row["microdistrict_id"], areas | {""})
            self.assertTrue(row["house"] == "" or HOUSE.match(row["house"]), row["id"])
        for row in self.tables["authorities"]:
            self.assertIn(row["organization_id"], self.ids("organizations"))
        self.assertEqual(sorted(r["district"] for r in self.tables["authorities"]), ["", *SLUGS])

    def test_districts(self):
        for name in ("block_centres", "microdistricts", "addresses", "organizations", "stops"):
            for row in self.tables[name]:
                self.assertIn(row["district"], [*SLUGS, ""], row["id"])
                self.assertEqual(bool(row["lon"]), bool(row["lat"]), row["id"])
                if not row["lon"] or name == "microdistricts":
                    continue  # a microdistrict's point is its middle, but its district is that of the majority
                self.assertRegex(row["lon"], r"^7[67]\.\d{6}$")
                self.assertRegex(row["lat"], r"^4[23]\.\d{6}$")
                point = Point(float(row["lon"]), float(row["lat"]))
                self.assertTrue(row["district"], row["id"])
                self.assertTrue(self.districts[row["district"]].covers(point), row["id"])

    def test_blocks(self):
        for feature in collection("blocks"):
            polygon, properties = shape(feature["geometry"]), feature["properties"]
            self.assertTrue(polygon.is_valid, properties["id"])
            self.assertIn(properties["district"], SLUGS)
            self.assertIsInstance(properties["streets"], list)
            self.assertTrue(properties["residents"] is None or properties["residents"] >= 0)

    def test_organizations(self):
        for row in self.tables["organizations"]:
            self.assertIn(row["precision"], ("exact", "address", "uncertain", "none"))
            self.assertEqual(row["precision"] == "none", row["lon"] == "", row["id"])
            for phone in filter(None, row["phones"].split(";")):
                self.assertRegex(phone, PHONE)
            self.assertTrue(row["opening_hours"] == "" or HOURS.match(row["opening_hours"]), row["id"])
            self.assertTrue(row["website"] == "" or row["website"].startswith("http"), row["id"])
            if row["confidence"] == "low":
                self.assertEqual((row["address_ru"], row["house"], row["lon"], row["email"]), ("",) * 4, row["id"])

    def test_known_places(self):
        abay = next(r for r in self.tables["streets"] if r["id"] == "street-abaya")
        self.assertEqual((abay["kind"], abay["name_kk"], abay["name_ru"]), ("avenue", "Абай", "Абая"))
        self.assertTrue([r for r in self.tables["addresses"]
                         if r["street_id"] == "street-abaya" and r["house"] == "52"])
        samal = next(r for r in self.tables["microdistricts"] if r["id"] == "mkr-samal-2")
        self.assertEqual((samal["name_kk"], samal["district"]), ("Самал-2", "medeu"))
        city = next(r for r in self.tables["authorities"] if r["district"] == "")
        self.assertIn("1308", city["phones"].split(";"))

    def test_categories(self):
        for row in self.tables["categories"]:
            for column in ("name_kk", "name_en", "plural_kk", "plural_ru", "plural_en", "icon", "position"):
                self.assertTrue(row[column], f"{row['id']} {column}")
        positions = [int(row["position"]) for row in self.tables["categories"]]
        self.assertEqual(positions, sorted(set(positions)))


if __name__ == "__main__":
    unittest.main()
