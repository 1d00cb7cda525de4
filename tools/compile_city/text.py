"""Cleaning of names: one spelling for one letter.

Registers are typed by hand on two keyboards, so Latin letters that look like
Cyrillic ones hide inside Russian and Kazakh words. Search, sorting and screen
readers see the difference even if people do not; every name goes through here.
"""
import re
import unicodedata

LATIN_TO_CYRILLIC = str.maketrans(
    "AaBCcEeHIiKMOoPpTXxyƏəÖöYk", "АаВСсЕеНІіКМОоРрТХхуӘәӨөУк")
KAZAKH_TO_RUSSIAN = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
KAZAKH_LETTERS = set("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
ALIKE = set("AaBCcEeHIiKMOoPpTXxyƏəÖöYk")

_WORD = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN = re.compile(r"[A-Za-zƏəÖö]")


def fix_lookalikes(value: str) -> str:
    """Turns Latin look-alikes into Cyrillic inside words that are Cyrillic.

    A word with Latin letters that have no Cyrillic twin is left alone unless
    it holds Cyrillic too and every Latin letter of it has a twin.
    """
    value = value.replace("Ə", "Ә").replace("ə", "ә")

    def word(match: re.Match) -> str:
        text = match.group(0)
        latin = _LATIN.findall(text)
        if latin and _CYRILLIC.search(text) and all(letter in ALIKE for letter in latin):
            return text.translate(LATIN_TO_CYRILLIC)
        return text

    return _WORD.sub(word, value)


def clean(value: str | None) -> str:
    """NFC, no look-alikes, no control characters, single spaces."""
    value = unicodedata.normalize("NFC", value or "")
    value = re.sub(r"[\u200b-\u200f\u00ad\ufeff]", "", value)
    value = re.sub(r"[\s\u00a0]+", " ", value).strip()
    return fix_lookalikes(value)


def quotes(value: str) -> str:
    """Straight quotation marks become «», nested as they stand, also when the last one is missing."""
    if "«" not in value:  # „…“ inside «…» is right as it stands
        value = re.sub(r'[“”„]', '"', value)
    value = re.sub(r'"\s+"', '""', value)
    out, depth = [], 0
    for index, sign in enumerate(value):
        if sign in "«»":
            depth += 1 if sign == "«" else -1
            out.append(sign)
        elif sign != '"':
            out.append(sign)
        elif value[index + 1:index + 2].isalnum() or (depth == 0 and value[index + 1:].lstrip()[:1].isalnum()):
            # Before a word it opens, whatever stands before it.
            out.append("«" if depth <= 0 or out[-1] in " («" else " «")
            depth += 1
        elif depth > 0:
            depth -= 1
            out.append("»")
    value = re.sub(r"\s+»", "»", "".join(out) + "»" * depth)
    return re.sub(r"«\s+", "«", value)


def fold(value: str) -> str:
    """The key under which two spellings are the same name."""
    value = clean(value).lower().replace("ё", "е").translate(KAZAKH_TO_RUSSIAN)
    return re.sub(r"[^а-яa-z0-9]", "", value)


def capital(value: str) -> str:
    return value[:1].upper() + value[1:]


def is_latin(value: str) -> bool:
    """A brand name in Latin letters is the same in every language."""
    return bool(_LATIN.search(value)) and not _CYRILLIC.search(value)


ABBREVIATIONS = {"АВРЗ", "АЭРВЗ", "АЗТМ", "КНМ", "АДК", "АХБК", "КазМИС", "ГЭС", "БАК", "ЖК", "ПК",
                 "СТ", "ПКСТ", "ЦДС", "СНТ"}


def sentence_case(value: str) -> str:
    """Words in capitals (АБАЯ, КОК-ТОБЕ) become names; short forms stay."""
    shouted = any(len(w) > 3 and w.isupper() for w in _WORD.findall(value))

    def word(match: re.Match) -> str:
        text = match.group(0)
        vowels = re.search(r"[АЕЁИОУЫЭЮЯІӘӨҰҮ]", text)
        if text == "КАЗМИС":
            return "КазМИС"
        if text.isupper() and vowels and text not in ABBREVIATIONS and (
                len(text) > 3 or (shouted and len(text) > 1)):
            return text.capitalize()
        return text
    return _WORD.sub(word, value)
