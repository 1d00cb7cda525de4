"""One organization as it will be written, and how its address is printed."""
from dataclasses import dataclass, field

from .facts import Fact
from .text import clean

COLUMNS = ["id", "category", "name_kk", "name_ru", "name_en", "street_id", "microdistrict_id", "house",
           "address_ru", "phones", "email", "website", "opening_hours", "lon", "lat", "precision",
           "district", "source", "date", "confidence", "note"]
SHORT = {"street": "ул.", "avenue": "пр.", "boulevard": "бульв.", "lane": "пер.", "passage": "проезд",
         "square": "пл.", "embankment": "наб.", "microdistrict": "мкр.", "village": "пос.",
         "garden_society": "сад. тов."}


@dataclass
class Organization:
    id: str
    category: str
    name_ru: str
    name_kk: str = ""
    name_en: str = ""
    fact: Fact | None = None
    phones: str = ""
    email: str = ""
    website: str = ""
    opening_hours: str = ""
    point: tuple[float, float] | None = None
    precision: str = "none"
    district: str = ""
    source: str = ""
    date: str = ""
    confidence: str = "medium"
    note: str = ""
    with_address: bool = True
    extra: dict = field(default_factory=dict)

    def row(self, names: dict[str, tuple[str, str]]) -> dict:
        fact = self.fact if self.with_address else None
        shown = bool(self.point) and self.precision != "none"
        return {
            "id": self.id, "category": self.category, "name_kk": self.name_kk, "name_ru": self.name_ru,
            "name_en": self.name_en, "street_id": fact.street_id if fact else "",
            "microdistrict_id": fact.area_id if fact else "", "house": fact.address.house if fact else "",
            "address_ru": address_line(fact, names) if fact else "", "phones": self.phones,
            "email": self.email, "website": self.website, "opening_hours": self.opening_hours,
            "lon": f"{self.point[0]:.6f}" if shown else "", "lat": f"{self.point[1]:.6f}" if shown else "",
            "precision": self.precision if shown else "none", "district": self.district,
            "source": self.source, "date": self.date, "confidence": self.confidence, "note": self.note,
        }


def address_line(fact: Fact, names: dict[str, tuple[str, str]]) -> str:
    """«мкр. Шанырак-2, ул. Жанкожа батыра, 26», with the names of our tables."""
    parts = []
    for ident in (fact.area_id, fact.street_id):
        if ident:
            kind, name = names[ident]
            parts.append(f"{SHORT[kind]} {name}" if kind in SHORT else name)
    if not parts:
        return clean(fact.text)
    return ", ".join([*parts, fact.address.house] if fact.address.house else parts)
