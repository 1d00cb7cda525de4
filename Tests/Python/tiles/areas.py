"""Districts on the tiles compared with the API: no gaps, no overlaps, equal areas, each border once."""

from __future__ import annotations

import functools
from itertools import combinations

import shapely
from pyproj import Geod
from shapely import affinity
from shapely.geometry import LineString, Point, box, shape
from shapely.ops import transform, unary_union

from support import BUFFER, DEEPEST, EXTENT, Address, TileTest, project, unproject

NAME = "districts"
GEOD = Geod(ellps="WGS84")
TILE = box(0, 0, EXTENT, EXTENT)
# Borders are simplified by half a pixel (four units) and rounded to units; on the deepest level by half a unit.
FRAYED = {zoom: 6.0 for zoom in range(DEEPEST)} | {DEEPEST: 2.0}


class DistrictTest(TileTest):
    """The districts tileset."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        features = cls.portal.get("/api/v1/districts?f=geojson").json()["features"]
        cls.known = {feature["properties"]["slug"]: feature["properties"] for feature in features}
        cls.city = unary_union([shape(feature["geometry"]) for feature in features])

    @functools.cache
    def city_on(self, zoom: int) -> shapely.Geometry:
        """The city in units of a zoom level, without the strip along its edge in which simplified borders may differ."""
        units = transform(lambda lon, lat: project(lon, lat, zoom), self.city)
        return units.buffer(-FRAYED[zoom])

    def districts(self, address: Address) -> dict[str, shapely.Geometry]:
        """The areas on a tile by slug, in units of the tile."""
        return {
            feature["properties"]["slug"]: shape(feature["geometry"])
            for feature in self.tiles.features(NAME, "districts", address)
        }

    def test_neighbours_share_their_borders(self) -> None:
        faults = []
        for zoom in range(6, DEEPEST + 1):
            for address in self.tiles.addresses(NAME, range(zoom, zoom + 1)):
                areas = self.districts(address)
                frame = affinity.translate(TILE, address[1] * EXTENT, address[2] * EXTENT)
                city = affinity.translate(
                    shapely.clip_by_rect(self.city_on(zoom), *frame.bounds), -address[1] * EXTENT, -address[2] * EXTENT
                )
                # With half a unit added on both sides, any remaining gap is wider than one unit.
                gap = city.difference(unary_union(list(areas.values())).buffer(0.5))
                if gap.area > 0.5:
                    faults.append(f"{address}: {gap.area:.1f} square units without a district at {gap.centroid}")
                for (one, first), (other, second) in combinations(areas.items(), 2):
                    if (shared := first.intersection(second).area) > 4:
                        faults.append(f"{address}: {one} and {other} share {shared:.1f} square units")
        self.assert_none(faults)

    def test_areas_are_those_of_the_api(self) -> None:
        for zoom, tolerance in ((11, 0.02), (13, 0.005), (DEEPEST, 0.001)):
            areas = dict.fromkeys(self.known, 0.0)
            for address in self.tiles.addresses(NAME, range(zoom, zoom + 1)):
                for slug, area in self.districts(address).items():
                    areas[slug] += self.square_metres(area.intersection(TILE), address)
            for slug, area in areas.items():
                expected = self.known[slug]["area_km2"]
                self.assertAlmostEqual(area / 1e6, expected, delta=expected * tolerance + 0.005, msg=f"{zoom} {slug}")

    @staticmethod
    def square_metres(area: shapely.Geometry, address: Address) -> float:
        """The area on the ellipsoid of a shape in units of a tile."""
        if area.is_empty:
            return 0
        zoom, column, row = address
        # Long straight edges on a tile follow parallels, not geodesics.
        fine = shapely.segmentize(area, EXTENT / 8)
        ground = transform(lambda x, y: unproject(x + column * EXTENT, y + row * EXTENT, zoom), fine)
        # Counter-clockwise exteriors count as positive, clockwise holes as negative.
        return GEOD.geometry_area_perimeter(shapely.orient_polygons(ground))[0]

    def test_each_border_stands_once_and_where_the_areas_end(self) -> None:
        faults = []
        inner = box(1 - BUFFER, 1 - BUFFER, EXTENT + BUFFER - 1, EXTENT + BUFFER - 1)
        for address in self.tiles.addresses(NAME, range(9, 15)):
            areas = list(self.districts(address).values())
            lines = [
                (shape(feature["geometry"]), feature["properties"]["outer"])
                for feature in self.tiles.features(NAME, "borders", address)
            ]
            drawn = unary_union([line for line, _ in lines] or [LineString()])
            edges = unary_union([area.boundary for area in areas] or [LineString()]).intersection(inner)
            if (missing := edges.difference(drawn.buffer(1)).length) > 1:
                faults.append(f"{address}: {missing:.0f} units of a district's edge have no border")
            if (stray := drawn.intersection(inner).difference(edges.buffer(1)).length) > 1:
                faults.append(f"{address}: {stray:.0f} units of border have no district's edge")
            if (twice := sum(line.length for line, _ in lines) - drawn.length) > 1:
                faults.append(f"{address}: {twice:.0f} units of border stand twice")
            rim = unary_union(areas or [Point()]).boundary.buffer(1)
            for line, outer in lines:
                on_rim = line.intersection(inner).intersection(rim).length > line.intersection(inner).length / 2
                if line.intersection(inner).length > 8 and on_rim != outer:
                    faults.append(f"{address}: a border of {line.length:.0f} units says outer={outer}")
        self.assert_none(faults)

    def test_every_district_is_labelled_once_and_inside(self) -> None:
        for zoom in range(8, DEEPEST + 1):
            labelled = []
            for address, feature, place in self.tiles.points(NAME, "labels", zoom):
                slug = feature["properties"]["slug"]
                labelled.append(slug)
                point = Point(*feature["geometry"]["coordinates"])
                self.assertTrue(self.districts(address)[slug].covers(point), f"{address}: label of {slug}")
                for language, name in self.known[slug]["name"].items():
                    told = feature["properties"].get(f"name_{language}")
                    self.assertTrue(told and name and (told in name or name in told), f"{slug} {language}: {told}")
            self.assertEqual(sorted(labelled), sorted(self.known), f"labels of zoom {zoom}")

    def test_areas_bear_the_facts_of_the_api(self) -> None:
        seen = set()
        for address in self.tiles.addresses(NAME, range(8, 9)):
            for feature in self.tiles.features(NAME, "districts", address):
                known, told = self.known[feature["properties"]["slug"]], feature["properties"]
                seen.add(told["slug"])
                self.assertEqual(told["number"], known["id"])
                for language, name in known["name"].items():
                    self.assertEqual(told.get(f"name_{language}"), name)
        self.assertEqual(seen, set(self.known))
