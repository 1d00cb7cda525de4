"""What `check` reports about scattered streets and stray houses, compared with shapely on the files of data/.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/cli/test_scattered_streets.py
"""

from __future__ import annotations

import csv
import json
import math
import re
import shutil
import subprocess
import tempfile
import unittest
from collections import defaultdict

import shapely
from shapely.geometry import Point, shape

from program import BINARY, ROOT, copy_databases, environment

LATITUDE = math.radians(43.25)
METRES = (111_412.84 * math.cos(LATITUDE) - 93.5 * math.cos(3 * LATITUDE), 111_132.92 - 559.82 * math.cos(2 * LATITUDE))
WIDEST_GAP, FARTHEST_HOUSE = 3_000, 1_500
# The planar approximation has an error of up to 0.2 %, so anything this close to a limit may be on either side.
DOUBT = 12


def plane(geometry):
    return shapely.transform(geometry, lambda xy: (xy - (76.9, 43.25)) * METRES)


def groups(lines: list, gap: float) -> int:
    left, count = list(lines), 0
    while left:
        group, count = [left.pop()], count + 1
        for member in group:
            near = [line for line in left if line.distance(member) <= gap]
            left = [line for line in left if line not in near]
            group += near
    return count


class ScatteredStreets(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        with tempfile.TemporaryDirectory(prefix="openalmaty-scattered-") as folder:
            copy_databases(f"{folder}/city.sqlite")
            command = [BINARY, "check", "--points", "10", "--database", f"{folder}/city.sqlite"]
            cls.told = json.loads(cls.run_command([*command, "--json"]))["scattered_streets"]
            cls.text = cls.run_command(command)
        features = json.loads((ROOT / "data" / "street_lines.geojson").read_text(encoding="utf-8"))["features"]
        cls.lines = {
            feature["properties"]["street_id"]: list(shapely.get_parts(plane(shape(feature["geometry"]))))
            for feature in features if feature["properties"].get("street_id")
        }

    @staticmethod
    def run_command(command: list) -> str:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=300, env=environment())
        if answer.returncode != 0:
            raise RuntimeError(answer.stdout + answer.stderr)
        return answer.stdout

    def test_streets_with_lines_far_apart(self) -> None:
        told = {street["id"]: street["parts"] for street in self.told["separated"]}
        for street, lines in self.lines.items():
            allowed = {groups(lines, WIDEST_GAP - DOUBT), groups(lines, WIDEST_GAP + DOUBT)}
            self.assertIn(told.get(street, 1), allowed, street)
        self.assertGreater(len(told), 40)

    def test_houses_far_from_their_street(self) -> None:
        houses = defaultdict(list)
        with (ROOT / "data" / "addresses.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["street_id"] in self.lines and re.match(r"0*[1-9]", row["house"]):
                    houses[row["street_id"]].append((row["id"], plane(Point(float(row["lon"]), float(row["lat"])))))
        told = {house["id"] for house in self.told["stray_houses"]}
        sure, possible = set(), set()
        for street, members in houses.items():
            lines = shapely.union_all(self.lines[street])
            far = [(name, place) for name, place in members if place.distance(lines) > FARTHEST_HOUSE - DOUBT]
            for name, place in far:
                others = [place.distance(other) for own, other in far if own != name]
                alone = min(others, default=math.inf)
                if alone > FARTHEST_HOUSE - DOUBT:
                    possible.add(name)
                    if alone > FARTHEST_HOUSE + DOUBT and place.distance(lines) > FARTHEST_HOUSE + DOUBT:
                        sure.add(name)
        self.assertLessEqual(sure, told)
        self.assertLessEqual(told, possible)
        self.assertGreater(len(told), 10)

    def test_names_them_to_people(self) -> None:
        lines = [line for line in self.text.splitlines() if line.startswith("info ")]
        streets = next(line for line in lines if "more than 3 km apart" in line)
        self.assertIn(f"{len(self.told['separated'])} have", streets)
        self.assertIn("улица Центральная (street-tsentralnaya, 4)", streets)
        houses = next(line for line in lines if "far from their street" in line)
        self.assertIn(f"{len(self.told['stray_houses'])} stand", houses)
        self.assertIn("address-street-kunaeva-32", houses)


if __name__ == "__main__":
    unittest.main()
