"""When are two written street names one street?

Case, capitals, hyphens, Kazakh letters, «батыр/батыра» and the bare surname
against its genitive (Кенбаев, Кенбаева) do not make a new street; a woman's
surname (Ауэзовой beside Ауэзова) does.
"""
import re
from dataclasses import dataclass

from .address_text import Place
from .street_aliases import SAME, SMALL, pairs
from .text import capital, clean, fold

MAIN = {"street", "avenue", "boulevard", "road", "embankment"}
_TAIL = re.compile(r"[\s(]+(мкрю?|сад\.? ?тов|пкст|пос|кр)(?:\.\s*|\s+|(?=[А-Я]))(\w.*)$", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d{1,3})(?:\s*-?\s*(?:я|ая|й|ый))?(?:\s+улица)?$")


@dataclass(frozen=True)
class Name:
    text: str
    inside: str = ""  # what stood in brackets: a locality or an old name
    area: str = ""    # «мкр. Достык» written behind the name
    garden: bool = False  # that area is a garden society


def tidy(text: str) -> Name:
    text = clean(text)
    inside = ""
    match = re.search(r"\(([^)]*)\)?", text)
    if match:
        inside, text = match.group(1).strip(), (text[:match.start()] + " " + text[match.end():]).strip()
    area, garden = "", False
    match = _TAIL.search(text)
    if match:
        area, text = match.group(2).strip(), text[:match.start()]
        garden = match.group(1).lower().startswith(("сад", "пкст"))
    text = re.sub(r"\s+-\d+$", "", text) if inside else text
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"^(?:[А-ЯӘІҢҒҮҰҚӨҺ]\.\s*)+", "", text).strip(" .,-")
    match = _NUMBERED.match(text)
    if match:
        return Name(f"{int(match.group(1))}-я", inside, area, garden)
    match = re.match(r"^(?:линия[- ]*(\d+)|(\d+)(?:-?(?:я|ая))?[- ]линия)$", text, re.IGNORECASE)
    if match:
        return Name(f"{match.group(1) or match.group(2)}-я линия", inside, area, garden)
    words = text.split(" ")
    words = [w.lower() if i and w.lower() in SMALL else "-".join(capital(p) for p in w.split("-"))
             for i, w in enumerate(words)]
    return Name(" ".join(words), inside, area, garden)


def reduced(text: str) -> str:
    key = fold(text)
    key = re.sub(r"(батыр|хан)а$", r"\1", key)
    if not re.search(r"\s", text.strip()) or len(key) > 6:
        key = re.sub(r"(ов|ев|ин)а$", r"\1", key)
    return key


_ALIAS = {reduced(old): new for old, new in pairs(SAME)}
CHOSEN = {f"street:{reduced(new)}": new for _, new in pairs(SAME)}


def key_of(place: Place) -> str:
    """Class and folded name; lanes, passages and squares never mix with streets."""
    name = tidy(place.name).text
    full = clean(place.name)
    name = _ALIAS.get(reduced(full), _ALIAS.get(reduced(name), name))
    group = "street" if place.kind in MAIN else place.kind
    return f"{group}:{reduced(name)}"


def surname_keys(name: str) -> list[str]:
    """Keys of the words of a full name that look like a surname."""
    words = name.split(" ")
    if len(words) < 2:
        return []
    ending = re.compile(r"(?:[ое]в|ин|ын)а?$|[ео]вой$|улы$|ұлы$|кызы$|[ск]ого$|вца$")
    return [f"street:{reduced(word)}" for word in words if ending.search(word)]


def street_like(text: str) -> bool:
    """Block texts leave the type out; these endings are those of streets."""
    words = text.split(" ")
    return (len(words) == 1 and len(text) > 4
            and bool(re.search(r"(?:[ое]ва|[ео]вой|ина|ого|ская|цкая|ная|вая|няя|ьная)$", text.lower()))
            and "-" not in text)
