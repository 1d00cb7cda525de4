"""authorities.csv: the akimat of the city and of its eight districts.

Who answers a report is a matter of law and of the calendar, so the row carries
its date and the portal's editors may change it; this is where it starts.
"""
from pathlib import Path

from .districts import NAMES
from .files import write_table
from .organization import Organization, address_line

COLUMNS = ["id", "district", "name_kk", "name_ru", "name_en", "organization_id", "address_ru", "phones",
           "website", "source", "date", "confidence"]
CITY = "akimat-akimat-of-almaty-city"
GENITIVE = {"Алатауский": "Алатауского", "Алмалинский": "Алмалинского", "Ауэзовский": "Ауэзовского",
            "Бостандыкский": "Бостандыкского", "Жетысуский": "Жетысуского", "Медеуский": "Медеуского",
            "Наурызбайский": "Наурызбайского", "Турксибский": "Турксибского"}


def compile_authorities(out: Path, organizations: list[Organization], names: dict) -> int:
    by_id = {org.id: org for org in organizations}
    rows = []
    for slug, (kk, ru, en) in NAMES.items():
        org = by_id.get(f"akimat-akimat-of-{slug}-district")
        rows.append({
            "id": f"authority-{slug}", "district": slug,
            "name_kk": f"{kk} әкімінің аппараты", "name_ru": f"Аппарат акима {GENITIVE[ru.split()[0]]} района",
            "name_en": f"{en.replace(' District', '')} district akim's office",
            "organization_id": org.id if org else "", "address_ru": "", "phones": org.phones if org else "",
            "website": org.website if org else "", "source": "city-register-2024",
            "date": "2024", "confidence": "medium"})
    city = by_id[CITY]
    rows.append({
        "id": "authority-almaty", "district": "", "name_kk": city.name_kk, "name_ru": city.name_ru,
        "name_en": "Almaty city akimat", "organization_id": city.id,
        "address_ru": address_line(city.fact, names) if city.with_address else "", "phones": city.phones,
        "website": city.website, "source": "press", "date": "2026-02-07", "confidence": "high"})
    write_table(out / "authorities.csv", COLUMNS, rows)
    return len(rows)
