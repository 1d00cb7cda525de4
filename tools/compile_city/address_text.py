"""Takes an address line apart: type, street, microdistrict, house, corner.

The registers write `ул.Коперника, 16`, `мкр.Таугуль-1, 45`, `11-я улица, 9`,
`Территория СТ Весна 65, 60`; the parts are named the same whichever way.
"""
import re
from dataclasses import dataclass

from .house import normal_house
from .text import clean, sentence_case

KINDS = {
    "ул": "street", "улица": "street", "көш": "street", "көшесі": "street",
    "пр": "avenue", "пр-т": "avenue", "просп": "avenue", "проспект": "avenue",
    "бульв": "boulevard", "бульвар": "boulevard", "б-р": "boulevard",
    "пер": "lane", "переулок": "lane", "проезд": "passage", "пл": "square", "площадь": "square",
    "тракт": "road", "шоссе": "road", "дорога": "road",
    "наб": "embankment", "набер": "embankment", "набережная": "embankment",
}
AREA = {"мкр": "microdistrict", "мкрн": "microdistrict", "микрорайон": "microdistrict",
        "квартал": "other", "пк": "other", "пос": "village", "поселок": "village",
        "посёлок": "village", "сад.тов": "garden_society", "сад. тов": "garden_society", "территория ст": "garden_society",
        "ст": "garden_society", "пкст": "garden_society"}

_KIND = "|".join(sorted(map(re.escape, KINDS), key=len, reverse=True))
_AREA = "|".join(sorted(map(re.escape, AREA), key=len, reverse=True))
_BEFORE = re.compile(rf"^(?P<kind>{_KIND})(?:\.\s*|\s+)(?P<name>.+)$", re.IGNORECASE)
_AFTER = re.compile(rf"^(?P<name>.+?)\s+(?P<kind>{_KIND})\.?$", re.IGNORECASE)
_AREA_BEFORE = re.compile(rf"^(?P<kind>{_AREA})(?:\.\s*|\s+)(?P<name>.+)$", re.IGNORECASE)
_AREA_AFTER = re.compile(r"^(?P<name>.+?)\s+(?P<kind>мкр|мкрн|микрорайон)\.?$", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    kind: str
    name: str

    @property
    def is_area(self) -> bool:
        return self.kind in ("microdistrict", "village", "garden_society", "other")


@dataclass
class Address:
    street: Place | None = None
    area: Place | None = None
    house: str = ""
    corner: Place | None = None


def spaced(text: str) -> str:
    """`ул.Толе би` → `ул. Толе би`; capitals and stray spaces put right."""
    text = sentence_case(clean(text)).strip(" .,;:-–")
    text = re.sub(r"\b(?:Сад\. ?Тов|Ул|Пр|Пер)\.", lambda m: m.group().lower(), text)
    text = re.sub(r"\s*-\s*(?=\d)", "-", text)
    return re.sub(r"(?<=[а-яё])\.(?=[^\s.,)])", ". ", text)


def read_place(text: str) -> Place | None:
    """A street or a microdistrict, or nothing."""
    text = re.sub(r"\s*-\s*(?=\d)", "-", sentence_case(clean(text)).strip(" .,;"))
    for pattern, kinds in ((_AREA_BEFORE, AREA), (_AREA_AFTER, AREA), (_BEFORE, KINDS), (_AFTER, KINDS)):
        match = pattern.match(text)
        if match:
            name = match.group("name").strip(" .")
            if kinds is KINDS and KINDS[match.group("kind").lower()] == "road" and pattern is _AFTER:
                name = f"{name} {match.group('kind').lower()}"  # a road keeps its word
            if re.search(r"[\wА-я]", name):
                return Place(kinds[match.group("kind").lower()], name)
    return None


def read_address(text: str) -> Address:
    result = Address()
    pieces = [p.strip() for p in clean(text).split(",") if p.strip()]
    rest: list[str] = []
    for piece in pieces:
        place = read_place(piece)
        if place and not rest:
            # «ул. Курмангазы 64а»: the house stands without its comma.
            match = re.match(r"^(\D{3,}?)\s+(\d+\s?[А-Яа-яA-Za-z]?(?:/\d+)?)$", place.name)
            if match and len(pieces) == 1:
                place = Place(place.kind, match.group(1))
                rest.append(match.group(2))
            if place.is_area and result.area is None:
                result.area = place
            elif not place.is_area and result.street is None:
                result.street = place
        elif place is None or rest:
            rest.append(piece)
    corner = re.search(r"(?:/|уг\.?)\s*((?:ул|пр|пер|бульв)\.?\s*\D.+)$", " ".join(rest), re.IGNORECASE)
    tail = ", ".join(rest)
    if corner:
        result.corner = read_place(corner.group(1))
        tail = tail[:tail.find(corner.group(0))]
    result.house = normal_house(tail)
    return result
