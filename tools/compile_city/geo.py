"""Distances, the district of a point, and the middle of several points."""
import math
from statistics import median

import pyproj
import shapely
from shapely.geometry import Point

LAT = math.radians(43.25)
M_LAT = 111_132.954 - 559.822 * math.cos(2 * LAT) + 1.175 * math.cos(4 * LAT)
M_LON = 111_412.84 * math.cos(LAT) - 93.5 * math.cos(3 * LAT)

# UTM zone 43 north holds the whole city with an error below one part in 2000.
_UTM = pyproj.Transformer.from_crs(4326, 32643, always_xy=True)
_GEOD = pyproj.Geod(ellps="WGS84")


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Flat-earth distance; inside one city it is right to centimetres a km."""
    return math.hypot((a[0] - b[0]) * M_LON, (a[1] - b[1]) * M_LAT)


def line_metres(points, scale: float = 1.0) -> float:
    points = [(x / scale, y / scale) for x, y in points]
    return sum(metres(a, b) for a, b in zip(points, points[1:]))


def ring_area_metres(shape, scale: float = 1.0) -> float:
    area, _ = _GEOD.geometry_area_perimeter(shapely.transform(shape, lambda xy: xy / scale))
    return abs(area)


def project_micro(xy):
    """Integer micro-degrees to UTM metres, for shapely.transform."""
    x, y = _UTM.transform(xy[:, 0] / 1e6, xy[:, 1] / 1e6)
    import numpy
    return numpy.column_stack([x, y])


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    return (round(median(p[0] for p in points), 6), round(median(p[1] for p in points), 6))


def densest(points: list[tuple[float, float]], radius: float) -> list[int]:
    """Indices of the largest group that lies within `radius` of one of its points."""
    best: list[int] = []
    for centre in points:
        group = [i for i, p in enumerate(points) if metres(centre, p) <= radius]
        if len(group) > len(best):
            best = group
    return best


def in_box(lon: float, lat: float) -> bool:
    return 76.5 < lon < 77.5 and 42.9 < lat < 43.6


class Locator:
    """Answers which district a point is in, from the compiled polygons."""

    def __init__(self, districts: dict) -> None:
        self.districts = {slug: shapely.transform(shape, lambda xy: xy / 1e6)
                          for slug, shape in districts.items()}
        for shape in self.districts.values():
            shapely.prepare(shape)

    def district(self, lon: float, lat: float) -> str:
        point = Point(lon, lat)
        for slug, shape in self.districts.items():
            if shape.covers(point):
                return slug
        return ""
