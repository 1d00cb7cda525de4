"""Splits the line of bounding streets of a city block.

The source joins names with hyphens, sometimes with spaces and sometimes
without, while names hold hyphens of their own (Аль-Фараби, Мамыр-7) and
brackets do too («Калкаман - 2»). What cannot be told apart is left joined.
"""
import re

from .address_text import spaced
from .text import clean

JOINED = ("кыз", "кок", "тау", "хан", "сары", "нур")
OWN_HYPHEN = {"салтыкова-щедрина", "немировича-данченко", "римского-корсакова", "мамина-сибиряка"}
_PREFIX = r"(?:ул|пр|пер|мкр|сад\.тов|р|бульвар|шоссе|канал)[. ]"
_SURNAME = re.compile(r"^(?:[а-я]+\.?\s*)?[А-Яа-я]{4,}(?:ова|ева|ина|ого|ая|ой)(?: пр\.?)?$")


def split_streets(text: str) -> list[str]:
    text = clean(text)
    text = re.sub(r"\(([^)]*)\)", lambda m: "(" + re.sub(r"\s*-\s*", "-", m.group(1)) + ")", text)
    for word in JOINED:
        text = re.sub(rf"(?i)\b({word})\s*-\s+(?=жибек|тобе|кайнар|самал|тенгри|танири|арка|алатау)", r"\1-", text)
    text = re.sub(rf"(?i)(?<!\s)-(?={_PREFIX})", " - ", text)
    text = re.sub(r"\)-|(?<=пр\.)-|:", lambda m: m.group().replace("-", "").replace(":", "") + " - ", text)
    # «Гурилева. ул.Беимбетова»: a second type word starts a second street.
    text = re.sub(r"(?i)(?<=[а-яё)\d])[\s.]+(?=(?:ул|пр|бульвар|пер)\.? ?[А-ЯЁ])", " - ", text)
    pieces: list[str] = []
    for piece in re.split(r"\s+[-–]+\s*|\s*[-–]+\s+|;", text):
        piece = piece.strip(" .,;:-")
        if not piece:
            continue
        if re.fullmatch(r"\d{1,2}[А-Яа-я]?\)?", piece) and pieces:
            pieces[-1] += "-" + piece
            continue
        pieces += _without_spaces(piece)
    seen: dict[str, str] = {}
    for piece in pieces:
        piece = spaced(piece)
        if re.search(r"[А-Яа-яЁё]{2}", piece):
            seen.setdefault(piece.lower(), piece)
    return list(seen.values())


def _without_spaces(piece: str) -> list[str]:
    parts = piece.split("-")
    bare = re.sub(r"^\w+\.", "", piece).lower()
    if len(parts) > 1 and bare not in OWN_HYPHEN and all(_SURNAME.match(p.strip()) for p in parts):
        return [p.strip() for p in parts]
    return [piece]
