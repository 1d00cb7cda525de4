"""stops.csv."""
from pathlib import Path

from . import stop_names
from .areas import AreaBook
from .files import read_table, write_table
from .geo import Locator, in_box
from .ledger import Ledger
from .streets import StreetBook

FILE = "bus_stops.csv"
COLUMNS = ["id", "name_kk", "name_ru", "name_en", "district", "lon", "lat", "source", "date", "confidence"]


def compile_stops(facts: Path, out: Path, streets: StreetBook, areas: AreaBook,
                  locator: Locator, ledger: Ledger) -> list[dict]:
    rows = read_table(facts / FILE)
    ledger.seen(FILE, len(rows))
    result, seen = [], set()
    for row in rows:
        name = stop_names.tidy(row["name"])
        lon, lat = float(row["lon"]), float(row["lat"])
        district = locator.district(lon, lat) if in_box(lon, lat) else ""
        ident = f"stop-{row['id']}"
        reason = ("" if district else "outside the city") or ("" if name else "no name") or \
            ("the id is there already" if ident in seen else "")
        if reason:
            ledger.refuse(FILE, row["_line"], f"{ident} {name}", reason)
            continue
        seen.add(ident)
        kk, en = stop_names.names(name, streets, areas)
        result.append({"id": ident, "name_kk": kk, "name_ru": name, "name_en": en, "district": district,
                       "lon": f"{lon:.6f}", "lat": f"{lat:.6f}", "source": "transport-stops", "date": "",
                       "confidence": "high"})
        ledger.take(FILE)
    write_table(out / "stops.csv", COLUMNS, result)
    return result
