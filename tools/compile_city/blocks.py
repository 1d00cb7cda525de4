"""blocks.geojson and block_centres.csv."""
import json
from pathlib import Path

import shapely
from shapely.geometry import mapping, shape

from .block_text import split_streets
from .districts import BY_RU
from .files import read_table, sort_key, write_features, write_table
from .geo import Locator, ring_area_metres
from .ledger import Ledger
from .text import clean

POLYGONS = "city_blocks.geojson"
CENTRES = "population_blocks.csv"
COLUMNS = ["id", "district", "streets", "residents", "lon", "lat", "source", "date", "confidence"]
SLUG_OF = {ru.split()[0]: slug for ru, slug in BY_RU.items()}


def mended(geometry):
    """A valid polygon on six decimals, or None when nothing is left of it."""
    out = geometry if geometry.is_valid else shapely.make_valid(geometry, method="structure")
    out = shapely.set_precision(out, 1e-6)
    parts = [p for p in getattr(out, "geoms", [out]) if p.geom_type == "Polygon" and ring_area_metres(p) >= 50]
    if not parts:
        return None
    out = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    return shapely.orient_polygons(out) if out.is_valid else None


def rounded(value):
    if isinstance(value, float):
        return round(value, 6)
    return [rounded(v) for v in value]


def compile_blocks(facts: Path, out: Path, locator: Locator, ledger: Ledger) -> list[tuple]:
    """Returns (street texts, representative point) of every block taken."""
    source = json.loads((facts / POLYGONS).read_text(encoding="utf-8"))["features"]
    ledger.seen(POLYGONS, len(source))
    features, named, shapes, wrong = [], [], [], 0
    for line, feature in enumerate(source, start=2):
        ident = f"block-{feature['id']}"
        if clean(feature["properties"]["streets"]).lower() == "тест":
            ledger.refuse(POLYGONS, line, ident, "a test record of the source")
            continue
        geometry = mended(shape(feature["geometry"]))
        if geometry is None:
            ledger.refuse(POLYGONS, line, ident, "polygon cannot be mended")
            continue
        spot = geometry.representative_point()
        district = locator.district(spot.x, spot.y)
        if not district:
            ledger.refuse(POLYGONS, line, ident, "outside the city")
            continue
        stated = feature["properties"]["district"]
        wrong += stated != district
        streets = split_streets(feature["properties"]["streets"] or "")
        residents = feature["properties"]["population"]
        shapes.append(geometry)
        named.append((streets, (spot.x, spot.y)))
        body = mapping(geometry)
        features.append({"type": "Feature", "id": ident, "properties": {
            "id": ident, "district": district, "streets": streets, "residents": residents,
            "source": "city-blocks", "date": "", "confidence": "medium"},
            "geometry": {"type": body["type"], "coordinates": rounded(body["coordinates"])}})
        ledger.take(POLYGONS)
    if wrong:
        ledger.note(f"{wrong} blocks lie in another district than their source says; the polygons decide")
    features.sort(key=lambda f: sort_key(f["id"]))
    write_features(out / "blocks.geojson", features)
    whole = {(f["properties"]["residents"], tuple(f["properties"]["streets"])) for f in features}
    named += centres(facts, out, locator, ledger, shapes, whole)
    return named


def centres(facts: Path, out: Path, locator: Locator, ledger: Ledger, shapes: list, whole: set) -> list[tuple]:
    """The blocks of the census table that no polygon holds."""
    rows = read_table(facts / CENTRES)
    ledger.seen(CENTRES, len(rows))
    tree = shapely.STRtree(shapes)
    result, named = [], []
    taken: dict[str, int] = {}
    for row in rows:
        lon, lat = round(float(row["lon"]), 6), round(float(row["lat"]), 6)
        point = shapely.Point(lon, lat)
        streets = split_streets(row["streets"])
        residents = clean(row["population"])
        if (int(residents) if residents else None, tuple(streets)) in whole or \
                len(tree.query(point, predicate="dwithin", distance=0.0002)):
            ledger.same[CENTRES] += 1
            continue
        district = locator.district(lon, lat)
        if not district:
            ledger.refuse(CENTRES, row["_line"], clean(row["streets"]), "outside the city")
            continue
        # The table has no ids; the centre in ten-thousandths is one that stays.
        base = f"centre-{round(lon * 1e5) - 7600000}-{round(lat * 1e5) - 4300000}"
        taken[base] = taken.get(base, 0) + 1
        named.append((streets, (lon, lat)))
        result.append({"id": base if taken[base] == 1 else f"{base}-{taken[base]}", "district": district,
                       "streets": ";".join(streets), "residents": residents,
                       "lon": f"{lon:.6f}", "lat": f"{lat:.6f}", "source": "population-blocks",
                       "date": "", "confidence": "low" if SLUG_OF.get(clean(row["district_ru"])) != district
                       else "medium"})
        ledger.take(CENTRES)
    write_table(out / "block_centres.csv", COLUMNS, result)
    return named
