"""Kindergartens: the address is real, the point is a guess of a geocoder."""
import hashlib
import re

from .addresses import AGREE, AddressBook
from .facts import Fact
from .geo import Locator, metres
from .ledger import Ledger
from .organization import Organization
from .text import capital, clean, fold, quotes

FILE = "kindergartens.csv"
FAR = 1000  # metres: address and point contradict each other


def ident(fact: Fact) -> str:
    """The register has no number; name and address together stay the same."""
    text = fold(fact.row["name_ru"]) + "|" + fold(fact.text)
    return "kindergarten-" + hashlib.sha256(text.encode()).hexdigest()[:8]


def name_of(text: str) -> str:
    name = capital(quotes(clean(text)))
    name = re.sub(r"\s*№\s*", " № ", name)
    return re.sub(r"(?<=[а-яё])«", " «", name).strip()


def build(facts: list[Fact], book: AddressBook, locator: Locator, ledger: Ledger) -> list[Organization]:
    out, seen = [], {}
    ours = dropped = kept = 0
    for fact in facts:
        key = ident(fact)
        if key in seen:
            ledger.refuse(FILE, fact.line, clean(fact.row["name_ru"]), f"the same name and address: line {seen[key]}")
            continue
        seen[key] = fact.line
        if fact.point and not locator.district(*fact.point):
            fact.point = None
        known = book.find(fact.street_id, fact.area_id, fact.address.house) if fact.address.house else None
        if known and known.used[0].source == "education-register":
            known = None
        point, precision, note = fact.point, "uncertain", ""
        if known and fact.point:
            away = metres(known.point, fact.point)
            if away <= AGREE:
                point, precision, ours = known.point, "address", ours + 1
            elif away > FAR:
                point, precision, dropped = None, "none", dropped + 1
                note = "the geocoded point contradicts the address and was dropped"
        if point and precision == "uncertain":
            kept += 1
        if not point and not note and fact.row["lon"]:
            note = "the geocoded point lies outside the city and was dropped"
        district = locator.district(*point) if point else ""
        out.append(Organization(
            id=key, category="kindergarten", name_ru=name_of(fact.row["name_ru"]), fact=fact, point=point,
            precision=precision if point else "none", district=district, source="education-register",
            date="", confidence="medium", note=note))
        ledger.take(FILE)
    ledger.note(f"kindergartens: {ours} points replaced by an address point, {kept} kept as uncertain, "
                f"{dropped} dropped as contradicting the address")
    return out
