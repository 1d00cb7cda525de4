"""Every point must be resolved to the district that GEOS finds.

The product's answers come from `openalmaty resolve --batch`: lines `longitude latitude` in degrees on stdin, one district
slug or `-` per line on stdout. On borders the district with the lowest id wins among those that cover the point (boundary
included).

OPENALMATY_BIN names the binary (default .build/debug/openalmaty), ORACLE_POINTS the number of points of each kind.
"""

from __future__ import annotations

import json
import math
import os
import random
import shutil
import subprocess
import tempfile
import unittest

import shapely
from pyproj import Geod
from shapely.geometry import shape

from program import BINARY, ROOT, copy_databases, environment

COUNT = int(os.environ.get("ORACLE_POINTS", "4000"))
GEOD = Geod(ellps="WGS84")
Point = tuple[float, float]


def load_districts() -> list[tuple[str, shapely.Geometry]]:
    """Slug and shape of each district in id order."""
    features = json.loads((ROOT / "data" / "districts.geojson").read_text(encoding="utf-8"))["features"]
    features.sort(key=lambda feature: feature["properties"]["id"])
    return [(feature["properties"]["slug"], shape(feature["geometry"])) for feature in features]


def rings(geometry: shapely.Geometry) -> list[list[Point]]:
    """All rings of a polygon or multipolygon as lists of points."""
    parts = shapely.get_parts(geometry)
    return [list(ring.coords) for part in parts for ring in (part.exterior, *part.interiors)]


def expected(points: list[Point], districts: list[tuple[str, shapely.Geometry]]) -> list[str]:
    """The answers by GEOS: the district with the lowest id that covers the point."""
    answers = ["-"] * len(points)
    geometries = shapely.points(points)
    for slug, district in reversed(districts):
        shapely.prepare(district)
        for index in shapely.covers(district, geometries).nonzero()[0]:
            answers[index] = slug
    return answers


def resolved(points: list[Point]) -> list[str]:
    """The answers by the product."""
    lines = "".join(f"{longitude!r} {latitude!r}\n" for longitude, latitude in points)
    with tempfile.TemporaryDirectory(prefix="openalmaty-oracle-") as folder:
        database = copy_databases(f"{folder}/portal.sqlite")
        run = subprocess.run(
            [BINARY, "resolve", "--batch", "--database", database], input=lines, capture_output=True, text=True,
            timeout=600, check=True, env=environment(),
        )
    return run.stdout.split()


class DistrictsOracle(unittest.TestCase):
    """One test for each kind of point."""

    @classmethod
    def setUpClass(cls) -> None:
        if not BINARY.exists():
            raise FileNotFoundError(f"{BINARY} is not built; set OPENALMATY_BIN")
        cls.districts = load_districts()
        cls.rings = [ring for _, district in cls.districts for ring in rings(district)]
        cls.edges = [edge for ring in cls.rings for edge in zip(ring, ring[1:]) if edge[0] != edge[1]]
        bounds = shapely.total_bounds([district for _, district in cls.districts])
        cls.box = [float(bound) for bound in bounds]

    def setUp(self) -> None:
        self.random = random.Random(f"districts {self._testMethodName}")

    def check(self, points: list[Point]) -> list[str]:
        """Compares both answers for each point."""
        wanted, got = expected(points, self.districts), resolved(points)
        self.assertEqual(len(wanted), len(got), "one answer a line")
        wrong = [(*point, w, g) for point, w, g in zip(points, wanted, got) if w != g]
        self.assertEqual(wrong, [], f"{len(wrong)} of {len(points)} points")
        return got

    def on_edge(self, edge: tuple[Point, Point], share: float) -> Point:
        """A point at a fraction of an edge, rounded to doubles and therefore seldom exactly on it."""
        (x0, y0), (x1, y1) = edge
        return (x0 + share * (x1 - x0), y0 + share * (y1 - y0))

    def test_anywhere_in_and_around_the_city(self) -> None:
        west, south, east, north = self.box
        points = [
            (self.random.uniform(west - 0.02, east + 0.02), self.random.uniform(south - 0.02, north + 0.02))
            for _ in range(5 * COUNT)
        ]
        self.assertEqual(set(self.check(points)), {"-"} | {slug for slug, _ in self.districts})

    def test_every_vertex(self) -> None:
        self.assertNotIn("-", self.check([point for ring in self.rings for point in ring]))

    def test_within_one_ulp_of_every_vertex(self) -> None:
        steps = [(-math.inf, 0), (math.inf, 0), (0, -math.inf), (0, math.inf), (math.inf, math.inf)]
        points = []
        for ring in self.rings:
            for x, y in ring:
                dx, dy = self.random.choice(steps)
                points.append((math.nextafter(x, dx) if dx else x, math.nextafter(y, dy) if dy else y))
        self.check(points)

    def test_midpoints_of_every_edge(self) -> None:
        # A midpoint is exactly on its edge only where the sum of the ends needs no rounding; GEOS decides.
        self.check([self.on_edge(edge, 0.5) for edge in self.edges])

    def test_exactly_on_edges(self) -> None:
        # Points of the dyadic lattice that lie on an edge: midpoints of axis-parallel edges, and the ends.
        level = [edge for edge in self.edges if edge[0][0] == edge[1][0] or edge[0][1] == edge[1][1]]
        points = [self.on_edge(edge, 2.0**-k) for edge in level for k in range(1, 4)]
        points += [edge[0] for edge in self.edges[::3]]
        self.check(points)

    def test_points_next_to_borders(self) -> None:
        points = []
        for _ in range(COUNT):
            x, y = self.on_edge(self.random.choice(self.edges), self.random.random())
            for exponent in (6, 7, 8, 9, 10, 11, 12):
                away = 10.0**-exponent
                angle = self.random.uniform(0, 2 * math.pi)
                points.append((x + away * math.cos(angle), y + away * math.sin(angle)))
        self.check(points)

    def test_points_within_50_metres_of_borders(self) -> None:
        points = []
        for _ in range(COUNT):
            x, y = self.on_edge(self.random.choice(self.edges), self.random.random())
            x, y, _ = GEOD.fwd(x, y, self.random.uniform(0, 360), self.random.uniform(0, 50))
            points.append((x, y))
        self.check(points)

    def test_along_abay_avenue(self) -> None:
        # The avenue runs east-west near 43.24 N and forms the border of Almaly and Auezov with Bostandyk.
        avenue = [
            edge for edge in self.edges
            if all(76.84 < x < 76.96 and 43.230 < y < 43.245 for x, y in edge)
        ]
        self.assertGreater(len(avenue), 20)
        points = []
        for _ in range(COUNT):
            x, y = self.on_edge(self.random.choice(avenue), self.random.random())
            points += [(x, math.nextafter(y, 0)), (x, y), (x, math.nextafter(y, 90)), (x, y + 1e-7), (x, y - 1e-7)]
        self.check(points)

    def test_far_outside_and_swapped(self) -> None:
        points = [(0.0, 0.0), (180.0, 90.0), (-180.0, -90.0), (43.25, 76.9), (37.62, 55.75)]
        points += [(self.random.uniform(-180, 180), self.random.uniform(-90, 90)) for _ in range(COUNT)]
        west, south, east, north = self.box
        points += [(x, y) for x in (west, east) for y in (south, north)]
        self.check(points)


if __name__ == "__main__":
    unittest.main()
