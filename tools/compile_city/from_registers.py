"""Organizations out of the city register: sport, parks, shopping centres."""
from . import register_names
from .facts import Fact
from .geo import Locator
from .hours import is_lost, register_hours
from .ledger import Ledger
from .organization import Organization
from .text import clean, is_latin, quotes

SPORT, PARKS, SHOPS = "city_register_sport.csv", "city_register_parks.csv", "city_register_shopping_centres.csv"


def placed(fact: Fact, locator: Locator, ledger: Ledger) -> bool:
    """A register point must be in the city; the district is the polygon's."""
    if fact.point is None:
        ledger.refuse(fact.file, fact.line, clean(fact.row["name_ru"]), "no usable coordinate")
        return False
    fact.district = locator.district(*fact.point)
    if not fact.district:
        ledger.refuse(fact.file, fact.line, f"{clean(fact.row['name_ru'])}, {fact.text}", "outside the city")
        return False
    return True


def build(facts: dict[str, list[Fact]], ledger: Ledger) -> list[Organization]:
    """`facts` holds only rows that passed `placed`."""
    out = []
    for file, rows in facts.items():
        for fact in rows:
            name = fact.row["name_ru"]
            if file == SPORT:
                prefix, (category, ru, kk, en) = "sport", register_names.sport(name)
            elif file == PARKS:
                prefix, (category, ru, kk, en) = "park", register_names.park(name)
            else:
                ru = quotes(clean(name))
                same = ru if is_latin(ru) else ""
                prefix, category, kk, en = "mall", "shopping_centre", same, same
            note = ""
            if fact.stated != fact.district:
                note = f"the register states the district {fact.stated}"
            hours = register_hours(fact.row.get("hours") or "")
            if is_lost(fact.row.get("hours") or "", hours):
                ledger.refuse(file, fact.line, ru, "hours only: not understood (the object itself is kept)")
            out.append(Organization(
                id=f"{prefix}-{fact.row['id']}", category=category, name_ru=ru, name_kk=kk, name_en=en,
                fact=fact, opening_hours=hours, point=fact.point,
                precision="exact", district=fact.district, source=fact.source, date=fact.date,
                confidence="high" if not note else "medium", note=note))
            ledger.take(file)
    moved = sum(1 for org in out if org.note)
    ledger.note(f"{moved} register objects lie in another district than stated; the polygon's is kept")
    return out
