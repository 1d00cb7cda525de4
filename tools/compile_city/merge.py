"""The same place out of two sources becomes one record."""
from .geo import metres
from .ledger import Ledger
from .organization import Organization
from .text import fold

# Register object → institution, where the names differ too much for the rule.
PAIRS = {
    "Парк Первого Президента РК": "sight-first-president-park",
    "Главный Ботанический Сад": "sight-main-botanical-garden",
    "Центральный парк г.Алматы": "sight-central-park", "Центральный парк г. Алматы": "sight-central-park",
    "Парк 28 Гвардейцев-панфиловцев": "sight-park-of-28-panfilov-guardsmen",
    "Алматинский зоопарк": "sight-almaty-zoo", "Кок-Тобе": "sight-kok-tobe",
    "Роща Баума": "sight-baum-grove", "Fantasy World Almaty": "sight-fantasy-world",
}
NEAR = 300


def merge(register: list[Organization], institutions: list[Organization], ledger: Ledger) -> list[Organization]:
    """Register ids win; a sight's own record wins over the park of its name,
    because it has a name in three languages."""
    by_id = {org.id: org for org in institutions}
    gone: set[str] = set()
    out = []
    for org in register:
        if org.name_ru in PAIRS and PAIRS[org.name_ru] in by_id:
            fill(by_id[PAIRS[org.name_ru]], org)
            joined(org, ledger)
            continue
        twin = None
        for other in institutions:
            if other.id in gone or not other.point or not org.point:
                continue
            same_point = metres(other.point, org.point) < 1 and other.source == "city-register-2024"
            same_name = fold(other.name_ru) == fold(org.name_ru) and metres(other.point, org.point) < NEAR
            kin = other.id.split("-")[0] in ("park", "shopping") and org.id.split("-")[0] in ("park", "mall")
            if (same_point and kin) or (same_name and not kin):
                twin = other
                break
        if twin is None:
            out.append(org)
        elif twin.id.split("-")[0] in ("park", "shopping"):
            gone.add(twin.id)
            ledger.taken["institutions.csv"] -= 1
            ledger.same["institutions.csv"] += 1
            org.name_ru = twin.name_ru
            org.name_kk, org.name_en = twin.name_kk or org.name_kk, twin.name_en or org.name_en
            out.append(org)
        else:
            fill(twin, org)
            joined(org, ledger)
    # Rows of the register's own lists that are already there under its id.
    for org in institutions:
        if org.id.split("-")[0] in ("park", "shopping") and org.id not in gone:
            gone.add(org.id)
            ledger.refuse("institutions.csv", org.fact.line, org.name_ru, "its object of the city register was refused")
            ledger.taken["institutions.csv"] -= 1
    ledger.note(f"{len(gone)} institutions and {len(register) - len(out)} register objects merged with their twin")
    return out + [org for org in institutions if org.id not in gone]


def joined(org: Organization, ledger: Ledger) -> None:
    ledger.taken[org.fact.file] -= 1
    ledger.same[org.fact.file] += 1


def fill(target: Organization, other: Organization) -> None:
    """Address and hours the register knows better; the point stays."""
    if not target.with_address and other.fact:
        target.fact, target.with_address = other.fact, True
    if not target.point:
        target.point, target.precision, target.district = other.point, other.precision, other.district
    target.opening_hours = target.opening_hours or other.opening_hours
