"""python3 -m tools.compile_city --facts FOLDER --out data"""
import argparse
from pathlib import Path

from . import (areas as area_table, categories, facts as fact_files, from_institutions, from_kindergartens,
               from_registers, merge, mentions, organization, renames, streets as street_table)
from .addresses import COLUMNS as ADDRESS_COLUMNS, AddressBook
from .areas import AreaBook
from .authorities import compile_authorities
from .blocks import compile_blocks
from .districts import compile_districts
from .files import write_table
from .geo import Locator
from .ledger import Ledger
from .phones import phones
from .russian_forms import of_street
from .stops import compile_stops
from .streets import StreetBook

REGISTERS = (from_registers.SPORT, from_registers.PARKS, from_registers.SHOPS)


def read_facts(folder: Path, locator: Locator, ledger: Ledger):
    """Register rows inside the city, institutions and kindergartens."""
    register = {}
    for file in REGISTERS:
        rows = fact_files.load(folder, file, "city-register-2024", "2024", ledger)
        register[file] = [fact for fact in rows if from_registers.placed(fact, locator, ledger)]
    institutions = fact_files.load(folder, from_institutions.FILE, "public-lists", "", ledger)
    kindergartens = fact_files.load(folder, from_kindergartens.FILE, "education-register", "", ledger)
    for fact in institutions:
        source = from_institutions.source_of(fact.row)
        fact.source = source if source in ("osm", "city-register-2024") else "public-lists"
    for fact in institutions + kindergartens:
        fact.district = locator.district(*fact.point) if fact.point else ""
    return register, institutions, kindergartens


def link(facts: list, streets: StreetBook, areas: AreaBook) -> None:
    for fact in facts:
        street, area = streets.find(fact.address.street), areas.find(fact.address.area)
        fact.street_id = street.id if street else ""
        fact.area_id = area.id if area else ""


def address_book(register: dict, institutions: list, kindergartens: list, streets: StreetBook,
                 ledger: Ledger) -> AddressBook:
    book = AddressBook()
    for rows in register.values():
        for fact in rows:
            if not fact.address.house:
                ledger.refuse(fact.file, fact.line, fact.text, "address only: no house number (the object itself is kept)")
            elif fact.street_id or fact.area_id:
                corner = streets.find(fact.address.corner)
                book.add(fact, corner.id if corner else "")
    for fact in institutions:
        own = fact.row["coord_source"] and "register" not in fact.row["coord_source"]
        if own and fact.point and fact.district and fact.address.house and fact.row["confidence"] != "low" \
                and "general knowledge" not in fact.row["source"] and "editorial" not in fact.row["coord_source"] \
                and (fact.street_id or fact.area_id):
            book.add(fact)
    book.settle(ledger)
    agreeing = [f for f in kindergartens if f.point and f.district and f.address.house
                and (f.street_id, f.area_id, f.address.house) not in book.known and book.neighbours_agree(f)]
    for fact in agreeing:
        book.add(fact)
    book.settle(Ledger())
    ledger.note(f"{len(agreeing)} addresses of kindergartens stand beside a known neighbour and are taken")
    return book


def main() -> None:
    parser = argparse.ArgumentParser(description="Compiles facts about Almaty into data/")
    parser.add_argument("--facts", type=Path, required=True, help="folder of collected facts")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    options = parser.parse_args()
    folder, out, ledger = options.facts, options.out, Ledger()
    out.mkdir(parents=True, exist_ok=True)

    locator = Locator(compile_districts(folder, out, ledger))
    blocks = compile_blocks(folder, out, locator, ledger)
    register, institutions, kindergartens = read_facts(folder, locator, ledger)
    streets, areas = StreetBook(), AreaBook()
    for rows in (*register.values(), institutions, kindergartens):
        mentions.from_addresses(rows, streets, areas)
    unread = mentions.from_blocks(blocks, streets, areas, locator)
    mentions.from_stops(folder, streets, areas, locator)
    renames.apply(folder, streets, ledger)
    ledger.note(f"{streets.merge_full_names()} full names of streets joined with their surname")
    ledger.note(f"{streets.drop_rare()} streets and {areas.drop_rare()} microdistricts are named by one block "
                f"only and left out; {unread} block texts name neither")
    streets.finish()
    areas.finish()

    everything = [*(f for rows in register.values() for f in rows), *institutions, *kindergartens]
    link(everything, streets, areas)
    book = address_book(register, institutions, kindergartens, streets, ledger)
    street_rows, area_rows = [of_street(row) for row in streets.rows()], areas.rows(locator)
    names = {row["id"]: (row["kind"], row["name_ru"]) for row in street_rows + area_rows}

    sure = {n for f in institutions if f.row["confidence"] == "high" for n in phones(f.row["phones"]).split(";")}
    own = from_institutions.build(institutions, sure, locator, ledger)
    for org in own:  # a known address gives an institution without a point its place
        known = book.find(org.fact.street_id, org.fact.area_id, org.fact.address.house) \
            if org.with_address and org.fact.address.house and not org.point else None
        if known and known.precision == "address":
            org.point, org.precision = known.point, "address"
            org.district = locator.district(*known.point)
    organizations = merge.merge(from_registers.build(register, ledger), own, ledger)
    organizations += from_kindergartens.build(kindergartens, book, locator, ledger)

    address_rows = book.rows(locator, ledger)
    write_table(out / "streets.csv", street_table.COLUMNS, street_rows)
    write_table(out / "microdistricts.csv", area_table.COLUMNS, area_rows)
    write_table(out / "addresses.csv", ADDRESS_COLUMNS, address_rows)
    write_table(out / "organizations.csv", organization.COLUMNS, [org.row(names) for org in organizations])
    write_table(out / "categories.csv", categories.COLUMNS, categories.rows(), key=None)
    stop_rows = compile_stops(folder, out, streets, areas, locator, ledger)
    compile_authorities(out, organizations, names)
    refused = ledger.rows()
    write_table(out / "refused.csv", ["file", "line", "record", "reason"], refused, key=None)
    ledger.summary()
    for name, rows in (("streets", street_rows), ("microdistricts", area_rows), ("stops", stop_rows)):
        for column in ("name_kk", "name_en"):
            print(f"{name}: {sum(not r[column] for r in rows)} of {len(rows)} without {column}")


if __name__ == "__main__":
    main()
