"""districts.geojson and city.geojson."""
import json
from pathlib import Path

import shapely
from shapely.geometry import shape

from . import coverage, exact
from .files import read_table, write_features
from .geo import project_micro
from .ledger import Ledger
from .text import clean

REGISTER = "city_districts.csv"
FILE = "districts/almaty_districts_osm_2024-11-18.geojson"
CITY = "districts/almaty_city_osm_2024.geojson"

# slug: Kazakh, Russian and English names, and the stem of the Russian name.
NAMES = {
    "alatau": ("Алатау ауданы", "Алатауский район", "Alatau District"),
    "almaly": ("Алмалы ауданы", "Алмалинский район", "Almaly District"),
    "auezov": ("Әуезов ауданы", "Ауэзовский район", "Auezov District"),
    "bostandyk": ("Бостандық ауданы", "Бостандыкский район", "Bostandyk District"),
    "medeu": ("Медеу ауданы", "Медеуский район", "Medeu District"),
    "nauryzbay": ("Наурызбай ауданы", "Наурызбайский район", "Nauryzbay District"),
    "turksib": ("Түрксіб ауданы", "Турксибский район", "Turksib District"),
    "zhetysu": ("Жетісу ауданы", "Жетысуский район", "Zhetysu District"),
}
BY_RU = {ru: slug for slug, (_, ru, _) in NAMES.items()}
# The source writes «Кагановичский р-он.»; «р-он» is spelt out.
OLD_NAME_TAGS = ("old_name", "old_name:ru")


def geometry_json(shape_int) -> dict:
    """Degrees with at most six decimals; the integers come back exactly."""
    def ring(points):
        return [[x / coverage.SCALE, y / coverage.SCALE] for x, y in points]
    parts = [[ring(p.exterior.coords), *(ring(i.coords) for i in p.interiors)] for p in shape_int.geoms]
    parts.sort()
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def compile_districts(facts: Path, out: Path, ledger: Ledger) -> dict:
    """Writes both files; returns slug → integer geometry."""
    source = json.loads((facts / FILE).read_text(encoding="utf-8"))
    city = json.loads((facts / CITY).read_text(encoding="utf-8"))
    ledger.seen(FILE, len(source["features"]))
    ledger.seen(CITY, len(city["features"]))
    tags, shapes = {}, {}
    for feature in source["features"]:
        slug = BY_RU[clean(feature["properties"]["name:ru"])]
        tags[slug], shapes[slug] = feature["properties"], shape(feature["geometry"])
    outline = shape(city["features"][0]["geometry"])
    result, closed = coverage.build(shapes, outline, project_micro)
    found = exact.problems(result)
    grid_city = coverage.to_grid(outline)
    missing = grid_city.difference(shapely.union_all(list(result.values())))
    if missing.area > 0:
        found.append(f"the city outline is not covered: {missing.area} square micro-degrees")
    if found:
        raise ValueError("districts are no coverage: " + "; ".join(found))
    write_features(out / "districts.geojson", [
        {"type": "Feature", "id": index, "properties": {
            "id": index, "slug": slug,
            "name_kk": NAMES[slug][0], "name_ru": NAMES[slug][1], "name_en": NAMES[slug][2],
            "old_names": old_names(tags[slug]), "wikidata": tags[slug].get("wikidata", ""),
            "source": "osm-2024-11-18", "date": "2024-11-18", "confidence": "high",
        }, "geometry": geometry_json(result[slug])}
        for index, slug in enumerate(sorted(NAMES), start=1)])
    write_features(out / "city.geojson", [{"type": "Feature", "id": "almaty", "properties": {
        "id": "almaty", "name_kk": "Алматы", "name_ru": "Алматы", "name_en": "Almaty",
        "old_names": "Алма-Ата;Верный", "wikidata": "Q35493",
        "source": "osm-2024", "date": "2024", "confidence": "high",
    }, "geometry": geometry_json(grid_city)}])
    check_names(facts, ledger)
    ledger.take(FILE, 8)
    ledger.take(CITY, 1)
    report(closed, shapes, result)
    return result


def check_names(facts: Path, ledger: Ledger) -> None:
    """Our fixed names against the city register's, look-alikes put right."""
    rows = read_table(facts / REGISTER)
    ledger.seen(REGISTER, len(rows))
    ours = {(kk, ru) for kk, ru, _ in NAMES.values()}
    for row in rows:
        pair = clean(row["name_kk"]), clean(row["name_ru"])
        if pair in ours:
            ledger.take(REGISTER)
        else:
            ledger.refuse(REGISTER, row["_line"], " / ".join(pair), "the name differs from ours")


def old_names(tags: dict) -> str:
    names = [clean(tags[tag]).replace("р-он.", "район") for tag in OLD_NAME_TAGS if tags.get(tag)]
    return ";".join(sorted(set(names)))


def report(closed, before, after) -> None:
    for kind in ("gap", "overlap"):
        group = [c for c in closed if c.kind == kind]
        if group:
            print(f"districts: {len(group)} {kind}s closed, {sum(c.area for c in group):,.0f} m2, "
                  f"widest {max(c.widest for c in group):.1f} m")
            for c in sorted(group, key=lambda c: -c.area)[:12]:
                print(f"  {kind} to {c.district}: {c.area:,.0f} m2, widest {c.widest:.1f} m")
    print("vertices", sum(shapely.get_num_coordinates(s) for s in before.values()), "before,",
          sum(shapely.get_num_coordinates(s) for s in after.values()), "after")
