"""Organizations out of the table of institutions.

What the table marks as doubtful is not published: a row of low confidence
keeps its name and its official site, and a telephone only when a row of high
confidence carries the same number. `approx_*` is never read.
"""
import re

from .address_text import Address
from .districts import BY_RU
from .facts import Fact
from .geo import Locator
from .hours import checked, is_lost
from .ledger import Ledger
from .organization import Organization
from .phones import phones
from .text import clean, quotes

# Kazakh names that the list took over from Russian.
KAZAKH_NAMES = {"Вознесенский соборы": "Вознесенск соборы"}
FILE = "institutions.csv"
CATEGORY = {
    "ambulance_substation": "ambulance", "park": "park", "shopping": "shopping_centre", "bank_hq": "bank",
    "emergency": "emergency_line",
}
# Sights that are something more useful to look for, and other kinds of line.
SPECIAL = {
    "sight-green-bazaar": "market", "sight-esentai-mall": "shopping_centre", "sight-almaty-arena": "stadium",
    "sight-halyk-arena": "stadium", "sight-central-stadium": "stadium", "sight-medeu-ice-rink": "stadium",
    "sight-park-of-28-panfilov-guardsmen": "park", "sight-central-park": "park",
    "sight-first-president-park": "park", "sight-main-botanical-garden": "park", "sight-baum-grove": "park",
    "sight-fantasy-world": "park", "sight-ascension-cathedral": "place_of_worship",
    "sight-almaty-central-mosque": "place_of_worship", "sight-st-nicholas-cathedral": "place_of_worship",
    "sight-baiken-mosque": "place_of_worship", "sight-nur-mubarak-mosque": "place_of_worship",
    "emergency-open-almaty-public-reception-of-the-city-akimat": "information_line",
    "emergency-unified-contact-centre-for-public-services": "information_line",
    "emergency-contact-centre-for-family-women-and-children": "information_line",
    "emergency-helpline-of-the-union-of-crisis-centres": "information_line",
    "emergency-almaty-ambulance-station-administration-call-centre": "ambulance",
}
INNER = re.compile(r"the list gives|\.csv|\.geojson|index ids?|github|public repositor|seed|candidates", re.IGNORECASE)


def source_of(row: dict) -> str:
    text = f"{row['coord_source']} {row['source']}".lower()
    if "osm" in text:
        return "osm"
    if "city_register" in text or "city register" in text or "parks register" in text:
        return "city-register-2024"
    if "http" in text or "inform.kz" in text or "vecher.kz" in text:
        return "press"
    if text.strip().startswith("general knowledge"):
        return "general-knowledge"
    if "stop name" in text:
        return "transport-stops"
    return "public-lists"


def load_category(row: dict) -> str:
    return SPECIAL.get(row["id"], CATEGORY.get(row["category"], row["category"]))


def numbered(name: str) -> str:
    """«Школа №59» → «Школа № 59»."""
    return re.sub(r"№\s*", "№ ", quotes(clean(name)))


def refusal(row: dict) -> str:
    if "demo" in row["source"] or "demo" in row["note"]:
        return "demonstration data, existence not known"
    if "planned" in row["note"]:
        return "planned in 2023, not known to be open"
    if row["district"] == "outside city" or row["approx_district"] == "outside city":
        return "outside the city"
    return ""


def note_of(row: dict) -> str:
    """The source's remark without its working notes, and the page it is from."""
    parts = []
    note = clean(row["note"])
    unverified = "general knowledge" in note
    if note and not INNER.search(note) and not unverified:
        parts.append(note)
    page = re.search(r"https?://[^\s;)\"]+", row["source"])
    if page:
        parts.append(f"source: {page.group(0)}")
    if "general knowledge" in row["source"] and row["confidence"] != "low" and row["address_ru"]:
        parts.append("address to be confirmed by an editor")
    if row["confidence"] == "low" or "house number" in note and unverified:
        parts.append("to be confirmed by an editor")
    return "; ".join(parts)


def build(facts: list[Fact], sure_phones: set[str], locator: Locator, ledger: Ledger) -> list[Organization]:
    out = []
    for fact in facts:
        row = fact.row
        reason = refusal(row)
        if not reason and fact.point:
            fact.district = locator.district(*fact.point)
            reason = "" if fact.district else "outside the city"
        if reason:
            ledger.refuse(FILE, fact.line, clean(row["name_ru"]), reason)
            continue
        low = row["confidence"] == "low"
        numbers = phones(row["phones"])
        if low:
            numbers = ";".join(n for n in numbers.split(";") if n in sure_phones)
            fact.address, fact.point, fact.district = Address(), None, ""
            fact.street_id = fact.area_id = ""
        approximate = "approximate" in row["coord_source"] or "site in the yard" in row["coord_source"]
        hours_known = not low or "hours: http" in row["source"]
        hours = checked(row["opening_hours"]) if hours_known else ""
        if hours_known and is_lost(row["opening_hours"], hours):
            ledger.refuse(FILE, fact.line, clean(row["name_ru"]), "hours only: not understood (the object itself is kept)")
        name_en = clean(row["name_en"]).replace("№", "No. ")
        out.append(Organization(
            id=row["id"].replace("_", "-"), category=load_category(row), name_ru=numbered(row["name_ru"]),
            name_kk=KAZAKH_NAMES.get(row["name_kk"]) or numbered(row["name_kk"]), name_en=name_en,
            fact=fact, phones=numbers, email="" if low else clean(row["email"]),
            website=clean(row["website"]), opening_hours=hours,
            point=fact.point, precision="none" if not fact.point else "uncertain" if approximate else "exact",
            district=fact.district or BY_RU.get(clean(row["district_stated"] or row["district"]), ""),
            source=source_of(row), date=date_of(row), confidence=row["confidence"], note=note_of(row),
            with_address=not low and bool(clean(row["address_ru"]))))
        ledger.take(FILE)
    return out


def date_of(row: dict) -> str:
    match = re.search(r"(20\d\d-\d\d(?:-\d\d)?)", row["source"]) or \
        re.search(r"\(\S+ (20\d\d-\d\d-\d\d)\)", row["note"])
    if not match:
        return ""
    return match.group(1) if len(match.group(1)) == 10 else match.group(1)[:4]
