"""The address-bearing registers, read into one simple form."""
from dataclasses import dataclass, field
from pathlib import Path

from .address_text import Address, read_address
from .files import read_table
from .geo import in_box
from .ledger import Ledger
from .text import clean

# source → how much its point is worth as the place of an address.
POINT_WORTH = {"city-register-2024": 3, "osm": 2, "public-lists": 1, "education-register": 0}


@dataclass
class Fact:
    """One row that names an address."""
    file: str
    line: int
    row: dict
    source: str
    date: str
    address: Address = field(default_factory=Address)
    point: tuple[float, float] | None = None
    district: str = ""     # the polygon's answer, filled later
    stated: str = ""       # what the source says
    street_id: str = ""
    area_id: str = ""

    @property
    def text(self) -> str:
        return clean(self.row.get("address") or self.row.get("address_ru") or "")


def _point(row: dict) -> tuple[float, float] | None:
    try:
        lon, lat = float(row["lon"]), float(row["lat"])
    except (KeyError, ValueError):
        return None
    return (round(lon, 6), round(lat, 6)) if in_box(lon, lat) else None


def load(facts: Path, file: str, source: str, date: str, ledger: Ledger) -> list[Fact]:
    rows = read_table(facts / file)
    ledger.seen(file, len(rows))
    out = []
    for row in rows:
        out.append(Fact(file=file, line=row["_line"], row=row, source=source,
                        date=clean(row.get("updated")) or date, point=_point(row),
                        address=read_address(row.get("address") or row.get("address_ru") or ""),
                        stated=clean(row.get("district") or row.get("district_of_point"))))
    return out
