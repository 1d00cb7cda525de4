"""Proof that the districts are a coverage, in whole numbers.

Floating point can hide a gap of a tenth of a millimetre; the checks here are
made on integers only and therefore say yes or no, not almost.
"""
from collections import Counter

import shapely
from shapely.geometry import MultiPolygon


def rings(shape) -> list[list[tuple[int, int]]]:
    out = []
    for part in shape.geoms:
        for ring in (part.exterior, *part.interiors):
            out.append([(int(x), int(y)) for x, y in ring.coords])
    return out


def twice_area(shape) -> int:
    total = 0
    for ring in rings(shape):
        total += sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))
    return total


def on_segment(p, a, b) -> bool:
    """p lies strictly inside the segment a–b: exact orientation is zero."""
    if p == a or p == b:
        return False
    if (b[0] - a[0]) * (p[1] - a[1]) != (b[1] - a[1]) * (p[0] - a[0]):
        return False
    return min(a[0], b[0]) <= p[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= p[1] <= max(a[1], b[1])


def t_junctions(shapes: dict) -> list:
    """Vertices of any ring that lie inside an edge of any ring."""
    cell = 2000
    buckets: dict[tuple[int, int], list] = {}
    vertices = set()
    for shape in shapes.values():
        for ring in rings(shape):
            vertices.update(ring)
            for a, b in zip(ring, ring[1:]):
                for x in range(min(a[0], b[0]) // cell, max(a[0], b[0]) // cell + 1):
                    for y in range(min(a[1], b[1]) // cell, max(a[1], b[1]) // cell + 1):
                        buckets.setdefault((x, y), []).append((a, b))
    return [(v, edge) for v in vertices for edge in buckets.get((v[0] // cell, v[1] // cell), ())
            if on_segment(v, *edge)]


def problems(shapes: dict) -> list[str]:
    """Empty when the shapes are a coverage."""
    found = []
    edges: Counter = Counter()
    for shape in shapes.values():
        for ring in rings(shape):
            edges.update(zip(ring, ring[1:]))
    doubled = [edge for edge, count in edges.items() if count > 1]
    if doubled:
        found.append(f"{len(doubled)} edges are used twice in one direction")
    junctions = t_junctions(shapes)
    if junctions:
        found.append(f"{len(junctions)} vertices lie inside an edge: {junctions[:3]}")
    union = shapely.unary_union(list(shapes.values()))
    union = union if union.geom_type == "MultiPolygon" else MultiPolygon([union])
    parts = sum(twice_area(shape) for shape in shapes.values())
    whole = twice_area(shapely.orient_polygons(union))
    if whole != parts:
        found.append(f"areas differ: {parts} and {whole}")
    holes = sum(len(part.interiors) for part in union.geoms)
    if holes:
        found.append(f"{holes} holes in the city")
    for slug, shape in shapes.items():
        if not shape.is_valid:
            found.append(f"{slug} is not valid")
    return found
