"""The queries of the geocoder's test set, and the distance of a result from the place that a query asks for."""

from __future__ import annotations

import csv
import json
import math
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from common import ROOT, polygons

DATA = ROOT / "data"
QUERIES = ROOT / "Tests" / "Geocoder" / "queries.csv"
LATITUDE = math.radians(43.25)
# Metres in a degree of longitude and of latitude in the middle of the city; accurate to a few tenths of a percent
# throughout.
METRES = (
    111_412.84 * math.cos(LATITUDE) - 93.5 * math.cos(3 * LATITUDE),
    111_132.92 - 559.82 * math.cos(2 * LATITUDE),
)
Point = tuple[float, float]


@dataclass(frozen=True)
class Query:
    """A question with its correct places; none if it must find nothing."""

    form: str
    text: str
    references: tuple[str, ...]
    tolerance: float


def read_queries(path: Path = QUERIES) -> list[Query]:
    """Reads the test set; `REPEAT(text,count)` stands for a long text."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    queries = []
    for row in rows:
        text = re.sub(r"REPEAT\((.*?),(\d+)\)", lambda found: found[1] * int(found[2]), row["query"], flags=re.DOTALL)
        references = tuple(part.strip() for part in row["expected"].split("|") if part.strip() not in ("", "none"))
        queries.append(Query(row["form"], text, references, float(row["tolerance_m"] or 0)))
    return queries


def plane(point: Point) -> Point:
    """A position in metres."""
    return point[0] * METRES[0], point[1] * METRES[1]


def to_segment(point: Point, start: Point, end: Point) -> float:
    """The distance from a point to a segment in the plane."""
    east, north = end[0] - start[0], end[1] - start[1]
    squared = east * east + north * north
    share = ((point[0] - start[0]) * east + (point[1] - start[1]) * north) / squared if squared else 0
    share = min(1, max(0, share))
    return math.dist(point, (start[0] + share * east, start[1] + share * north))


def is_inside(point: Point, rings: list[list[Point]]) -> bool:
    """Whether a point is inside a polygon, by the even-odd rule."""
    inside = False
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:]):
            if (ay > point[1]) != (by > point[1]) and point[0] < (bx - ax) * (point[1] - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def number(house: str) -> int | None:
    """The leading number of a house number."""
    found = re.match(r"\d+", house)
    return int(found[0]) if found else None


class Places:
    """The places of data/ that queries refer to, as far as an export contains them."""

    def __init__(self) -> None:
        self.lines: dict[str, list[list[Point]]] = {}
        for feature in self._features("street_lines"):
            if street := feature["properties"]["street_id"]:
                parts = feature["geometry"]["coordinates"]
                self.lines[street] = [[plane((lon, lat)) for lon, lat in part] for part in parts]
        self.points: dict[str, Point] = {}
        for kind, name in (
            ("address", "addresses"), ("microdistrict", "microdistricts"), ("organization", "organizations")
        ):
            for row in self._table(name):
                # Without a line its street is not in the export, so the house cannot be found by it.
                lost = kind == "address" and row["street_id"] and row["street_id"] not in self.lines
                if row["lon"] and not lost:
                    self.points[f"{kind}:{row['id']}"] = self._spot(row)
        self.crossings: dict[frozenset[str], list[Point]] = defaultdict(list)
        for row in self._table("crossings"):
            self.crossings[frozenset((row["street_a"], row["street_b"]))].append(self._spot(row))
        self.districts = {feature["properties"]["slug"]: polygons(feature) for feature in self._features("districts")}
        self.houses: dict[str, list[tuple[int, Point]]] = defaultdict(list)
        for row in self._table("addresses"):
            if row["street_id"] and number(row["house"]) is not None:
                self.houses[row["street_id"]].append((number(row["house"]), self._spot(row)))

    @staticmethod
    def _table(name: str) -> list[dict[str, str]]:
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @staticmethod
    def _features(name: str) -> list[dict]:
        return json.loads((DATA / f"{name}.geojson").read_text(encoding="utf-8"))["features"]

    @staticmethod
    def _spot(row: dict[str, str]) -> Point:
        return plane((float(row["lon"]), float(row["lat"])))

    def holds(self, reference: str) -> bool:
        """Whether the place is known well enough to be exported."""
        return self.distance(reference, (76.9, 43.25)) is not None

    def distance(self, reference: str, answer: Point) -> float | None:
        """Metres from the place to a result in degrees; infinite outside a district, None for an unknown place."""
        kind, _, name = reference.partition(":")
        point = plane(answer)
        if kind == "street":
            parts = self.lines.get(name)
            return min(to_segment(point, *edge) for part in parts for edge in zip(part, part[1:])) if parts else None
        if kind == "crossing":
            spots = self.crossings.get(frozenset(name.split("+")))
            return min(math.dist(point, spot) for spot in spots) if spots else None
        if kind == "district":
            if name not in self.districts:
                return None
            return 0 if any(is_inside(answer, polygon) for polygon in self.districts[name]) else math.inf
        if kind == "house":
            street, _, house = name.rpartition("+")
            between = self._between(street, house)
            return math.dist(point, between) if between else None
        known = self.points.get(reference)
        return math.dist(point, known) if known else None

    def _between(self, street: str, house: str) -> Point | None:
        """The expected position of a house missing in data/: on the straight line between its neighbours by number."""
        wanted = number(house)
        if wanted is None or street not in self.lines:
            return None
        same = [(count, spot) for count, spot in self.houses[street] if count % 2 == wanted % 2]
        before = max((each for each in same if each[0] <= wanted), default=None)
        after = min((each for each in same if each[0] >= wanted), default=None)
        if not before or not after:
            return None
        share = (wanted - before[0]) / (after[0] - before[0]) if after[0] > before[0] else 0
        return (
            before[1][0] + (after[1][0] - before[1][0]) * share, before[1][1] + (after[1][1] - before[1][1]) * share
        )

    def is_right(self, query: Query, answer: Point) -> bool:
        """Whether a result in degrees is within the query's tolerance of one of its places."""
        distances = (self.distance(reference, answer) for reference in query.references)
        return any(distance is not None and distance <= query.tolerance for distance in distances)
