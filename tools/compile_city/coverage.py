"""A coverage of the city by its districts: no gap, no overlap, shared nodes.

The district outlines of the source are drawn apart: along Abay avenue two
borders run beside each other some metres apart, and the outline of the city
leaves strips that no district claims. A pin there would have no district.

All work is done on a grid of whole millionths of a degree, so equality of
points is equality of integers. Every border is cut where another touches it,
the faces between the borders are found, and each face is given to one
district. Faces dissolve into districts without moving a point.
"""
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon

from .geo import line_metres, ring_area_metres

SCALE = 1_000_000


def to_grid(geometry):
    """Whole micro-degrees; a point the rounding doubled is kept once."""
    def ring(points):
        out = []
        for lon, lat in points:
            point = (round(lon * SCALE), round(lat * SCALE))
            if not out or out[-1] != point:
                out.append(point)
        return out
    parts = getattr(geometry, "geoms", [geometry])
    return MultiPolygon([(ring(p.exterior.coords), [ring(i.coords) for i in p.interiors]) for p in parts])


def lines(geometry) -> list:
    out = []
    for part in geometry.geoms:
        for ring in (part.exterior, *part.interiors):
            out.append(LineString(ring.coords))
    return out


@dataclass
class Closed:
    """One strip that had no district, or had two."""
    kind: str
    district: str
    area: float
    widest: float


def _widest(face, project) -> float:
    """Diameter of the largest circle inside the face, in metres."""
    metric = shapely.transform(face, project)
    circle = shapely.maximum_inscribed_circle(metric, tolerance=0.05)
    return 2 * circle.length


def build(districts: dict, outline, project) -> tuple[dict, list[Closed]]:
    """districts: slug → geometry in degrees. Returns slug → integer geometry."""
    grid = {slug: to_grid(shape) for slug, shape in sorted(districts.items())}
    city = to_grid(outline)
    borders = [line for shape in [*grid.values(), city] for line in lines(shape)]
    noded = shapely.unary_union(borders, grid_size=1)
    faces = list(shapely.get_parts(shapely.polygonize(list(shapely.get_parts(noded)))))
    owner: dict[int, str] = {}
    closed: list[Closed] = []
    orphans: list[int] = []
    for index, face in enumerate(faces):
        holders = [slug for slug, shape in grid.items()
                   if shape.intersection(face).area > 0.5 * face.area]
        if holders:
            owner[index] = holders[0]  # a face of two districts: the first slug
            if len(holders) > 1:
                closed.append(Closed("overlap", holders[0], ring_area_metres(face, SCALE),
                                     _widest(face, project)))
        elif city.intersection(face).area > 0.5 * face.area:
            orphans.append(index)
    edges = {index: _edges(face) for index, face in enumerate(faces)}
    while orphans:
        by_edge: dict[tuple, list[str]] = {}
        for index, slug in owner.items():
            for edge in edges[index]:
                by_edge.setdefault(edge, []).append(slug)
        settled = []
        for index in orphans:
            lengths: dict[str, float] = {}
            for edge in edges[index]:
                for slug in by_edge.get(edge, ()):
                    lengths[slug] = lengths.get(slug, 0) + line_metres(edge, SCALE)
            if lengths:
                settled.append((index, max(sorted(lengths), key=lengths.get)))
        if not settled:
            raise ValueError("a part of the city touches no district")
        for index, slug in settled:
            owner[index] = slug
            orphans.remove(index)
            face = faces[index]
            closed.append(Closed("gap", slug, ring_area_metres(face, SCALE),
                                 _widest(face, project)))
    result = {}
    for slug in grid:
        mine = [faces[index] for index, who in owner.items() if who == slug]
        merged = shapely.coverage_union_all(mine)
        result[slug] = merged if merged.geom_type == "MultiPolygon" else MultiPolygon([merged])
    return {slug: shapely.orient_polygons(shape) for slug, shape in result.items()}, closed


def _edges(face: Polygon) -> list[tuple]:
    out = []
    for ring in (face.exterior, *face.interiors):
        points = list(ring.coords)
        out += [tuple(sorted((a, b))) for a, b in zip(points, points[1:])]
    return out
