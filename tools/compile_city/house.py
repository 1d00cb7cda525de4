"""House numbers in one form: 52, 48А, 107/5, 164 к1, 39-41."""
import re

from .text import clean

LATIN = str.maketrans("ABCEHKMOPTX", "АВСЕНКМОРТХ")
_NUMBER = re.compile(r"^\d{1,4}[А-Я]?(?:[/-]\d{1,4}[А-Я]?)*$")


def normal_house(text: str) -> str:
    """The number in our form, or empty when it is none (Б/Н, words)."""
    value = clean(text).upper().replace("Ё", "Е").translate(LATIN)
    value = value.replace("№", "").replace("ДОМ", "").replace("Д.", "")
    building = ""
    match = re.search(r"[, ]*(?:КОРПУС|КОРП\.?|\bК\.?)\s*(\d+[А-Я]?)?\s*$", value)
    if match and match.start() > 0:
        building, value = match.group(1) or "", value[:match.start()]
    value = re.sub(r"(?<=\d)\s+(?=[А-Я](?:\b|/|$))", "", value.strip(" ,."))
    value = re.sub(r"\s*([/-])\s*", r"\1", value)
    if not _NUMBER.match(value):
        return ""
    return f"{value} к{building}" if building else value


def number(house: str) -> int:
    match = re.match(r"\d+", house)
    return int(match.group()) if match else 0
