"""Old street names, put on the streets that bear the new ones."""
import re
from pathlib import Path

from .address_text import Place
from .files import read_table
from .ledger import Ledger
from .streets import StreetBook
from .text import clean

FILE = "street_renames.csv"


def old_names(text: str) -> list[str]:
    """«1-я, 2-я, 3-я Кирпично-заводская» are three; a place in brackets stays,
    because the bare name belongs to another street."""
    text = clean(text).replace("п. ", "посёлок ").replace("р-н", "район")
    match = re.match(r"^((?:\d+-я, )+\d+-я) (.+)$", text)
    if match:
        return [f"{number} {match.group(2)}" for number in match.group(1).split(", ")]
    return [text]


def apply(facts: Path, book: StreetBook, ledger: Ledger) -> None:
    rows = read_table(facts / FILE)
    ledger.seen(FILE, len(rows))
    for row in rows:
        old, new = clean(row["old"]), clean(row["new"])
        if old.startswith("Безымянная"):
            ledger.refuse(FILE, row["_line"], f"{old} → {new}", "the old name is «nameless»; the new one is kept")
            book.mention(Place("street", new), "street-renames")
            continue
        for name in old_names(old):
            book.rename(name, new)
        ledger.take(FILE)
