"""Collects who names which street and which microdistrict."""
import re
from pathlib import Path

from . import stop_names
from .address_text import Place, read_place
from .areas import AreaBook
from .facts import Fact
from .files import read_table
from .geo import Locator
from .street_names import street_like, tidy
from .streets import StreetBook

# «пр. Абая, у парка»: words that are no name.
STOP_AREA = {"Алматы"}


def from_addresses(rows: list[Fact], streets: StreetBook, areas: AreaBook) -> None:
    for fact in rows:
        address = fact.address
        weak = fact.source == "education-register"
        point = None if weak or not fact.point or not fact.district else fact.point
        near = fact.point if weak and fact.district else None
        if address.street:
            streets.mention(address.street, fact.source if fact.source in ("city-register-2024",
                            "education-register") else "press", point, near)
        if address.area and address.area.name not in STOP_AREA:
            areas.mention(address.area, fact.source if fact.source in ("city-register-2024",
                          "education-register") else "education-register",
                          None if address.street else point, near or point, fact.district)


def from_blocks(blocks: list[tuple], streets: StreetBook, areas: AreaBook, locator: Locator) -> int:
    """Block texts: the street or microdistrict, and the locality behind it."""
    unread = 0
    for texts, point in blocks:
        district = locator.district(*point)
        for text in texts:
            if text.lower().startswith(("р. ", "река", "канал")):
                continue
            place = read_place(text)
            if place is None and street_like(tidy(text).text):
                place = Place("street", text)
            if place is None:
                unread += 1
                continue
            if place.is_area:
                areas.mention(place, "population-blocks", None, point, district)
                continue
            name = tidy(place.name)
            if len(name.text) < 2 or not name.text[0].isalnum():
                unread += 1
                continue
            streets.mention(place, "population-blocks", near=point)
            if name.area and len(name.area) > 3:
                areas.mention(Place("garden_society" if name.garden else "microdistrict", name.area),
                              "population-blocks", None, point, district)
    return unread


def from_stops(facts: Path, streets: StreetBook, areas: AreaBook, locator: Locator) -> None:
    """Stops are named after streets, crossings and microdistricts."""
    for row in read_table(facts / "bus_stops.csv"):
        name = stop_names.tidy(row["name"])
        for part in re.split(r" / | - ", name):
            place = read_place(part)
            if place and place.kind in ("street", "avenue", "boulevard") and not re.search(r"\d|БАК", part) \
                    and re.match(r"(?:Улица|Проспект|Бульвар) [А-Я]|[А-Я]\w+ая улица$", part):
                streets.mention(place, "transport-stops", near=(float(row["lon"]), float(row["lat"])))
        if name.startswith("Микрорайон ") and not set(name) & set("–/"):
            point = (float(row["lon"]), float(row["lat"]))
            district = locator.district(*point)
            if district:
                areas.mention(Place("microdistrict", name[11:]), "transport-stops", None, point, district)
