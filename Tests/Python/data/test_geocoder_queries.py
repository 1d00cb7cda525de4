"""Checks of the geocoder's test queries against the files in data/; needs only Python 3.11.

    python3 Tests/Python/data/test_geocoder_queries.py
"""
import csv
import json
import re
import unicodedata
import unittest
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "data"
QUERIES = ROOT / "Tests" / "Geocoder" / "queries.csv"
COLUMNS = ["form", "language", "query", "expected", "tolerance_m", "note"]
FORMS = {"address_plain", "address_microdistrict", "address_reversed", "house_forms", "with_unit", "no_space_and_case",
         "nominative_and_first_name", "kk_address", "kk_without_letters", "latin", "old_names", "typo", "interpolated",
         "crossing", "corner", "microdistrict", "block_of_streets", "organization", "district", "street_only",
         "city_context", "negative"}
LANGUAGES = {"kk", "ru", "latin", "mixed"}
KINDS = {"address", "street", "crossing", "microdistrict", "organization", "district", "house"}
# Queries that the city's people are known to type, so a geocoder must handle them.
NAMED = ["мкр Самал-2, 58", "угол Сатпаева и Манаса", "пр. Абая 52/ул. Байтурсынова", "Абай даңғылы 10",
         "ленина 12 (Достык)", "abay ave 10", "розыбакиева 247а кв 5", "жетысу 2 мкр 14 дом", "Сатпаеваа 8",
         "поликлинника 5 рядом", "дворец республики"]
CYRILLIC, LATIN = re.compile(r"[Ѐ-ӿ]"), re.compile(r"[A-Za-zÀ-ɏ]")
NUMBER = re.compile(r"\d+")


def table(name: str) -> list[dict]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def spoken(query: str) -> str:
    """The text by which queries are compared, ignoring case and the number of spaces."""
    return " ".join(unicodedata.normalize("NFC", query).lower().split())


class Queries(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with QUERIES.open(encoding="utf-8", newline="") as stream:
            cls.rows = list(csv.DictReader(stream))
        cls.known = {kind: {row["id"] for row in table(name)} for kind, name in (
            ("address", "addresses"), ("street", "streets"), ("microdistrict", "microdistricts"),
            ("organization", "organizations"))}
        features = json.loads((DATA / "districts.geojson").read_text(encoding="utf-8"))["features"]
        cls.known["district"] = {feature["properties"]["slug"] for feature in features}
        cls.crossings = {frozenset((row["street_a"], row["street_b"])) for row in table("crossings")}
        cls.houses = {}
        for row in table("addresses"):
            if row["street_id"]:
                number = int(NUMBER.match(row["house"]).group())
                cls.houses.setdefault((row["street_id"], number % 2), set()).add(number)

    def references(self):
        for row in self.rows:
            for reference in row["expected"].split("|"):
                yield row, reference

    def test_file(self):
        text = QUERIES.read_text(encoding="utf-8")
        self.assertEqual(text.splitlines()[0].split(","), COLUMNS)
        self.assertNotIn("\r", text)
        self.assertEqual(text, unicodedata.normalize("NFC", text))
        self.assertTrue(text.endswith("\n"))

    def test_amount_and_variety(self):
        self.assertGreaterEqual(len(self.rows), 360)
        forms = Counter(row["form"] for row in self.rows)
        self.assertEqual(set(forms), FORMS)
        self.assertGreaterEqual(min(forms.values()), 15)
        self.assertEqual({row["language"] for row in self.rows}, LANGUAGES)
        places = {row["expected"] for row in self.rows}
        self.assertGreaterEqual(len(places), 300)

    def test_no_query_twice(self):
        asked = Counter(spoken(row["query"]) for row in self.rows)
        self.assertEqual([query for query, times in asked.items() if times > 1], [])
        self.assertNotIn("", asked)

    def test_named_queries_are_there(self):
        self.assertEqual(set(NAMED) - {row["query"] for row in self.rows}, set())

    def test_scripts_fit_languages(self):
        for row in self.rows:
            with self.subTest(row["query"]):
                if row["language"] == "latin":
                    self.assertFalse(CYRILLIC.search(row["query"]))
                elif row["language"] in ("kk", "ru"):
                    self.assertTrue(CYRILLIC.search(row["query"]))

    def test_tolerances(self):
        for row in self.rows:
            with self.subTest(row["query"]):
                needed = row["expected"] != "none" and not row["expected"].startswith("district:")
                self.assertIn(int(row["tolerance_m"]), range(30, 1001) if needed else (0,))

    def test_references_exist(self):
        for row, reference in self.references():
            with self.subTest(row["query"], reference=reference):
                if reference == "none":
                    self.assertEqual(row["form"], "negative")
                    continue
                kind, value = reference.split(":", 1)
                self.assertIn(kind, KINDS)
                if kind == "crossing":
                    self.assertIn(frozenset(value.split("+")), self.crossings)
                elif kind == "house":
                    self.check_house(*value.split("+"))
                else:
                    self.assertIn(value, self.known[kind])

    def check_house(self, street: str, house: str):
        """Checks that an unknown house has known neighbours with lower and higher numbers on its side."""
        number = int(house)
        beside = self.houses.get((street, number % 2), set())
        self.assertTrue([n for n in beside if n <= number], "no house below it")
        self.assertTrue([n for n in beside if n >= number], "no house above it")

    def test_negatives_expect_nothing(self):
        for row in self.rows:
            if row["form"] == "negative":
                self.assertEqual(row["expected"], "none", row["query"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
