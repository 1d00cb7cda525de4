"""Opening hours of the register in OpenStreetMap's syntax.

`Пн: 10:00-22:00; Вт: 10:00-22:00 …` becomes `Mo-Su 10:00-22:00`. The hours of
the administration, in brackets behind them, are not those of the place.
"""
import re

from .text import clean

DAYS = ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"]
OSM = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
_SPAN = re.compile(r"(Пн|Вт|Ср|Чт|Пт|Сб|Вс):\s*(\d{1,2}:\d\d)\s*-\s*(\d{1,2}:\d\d)")
GRAMMAR = re.compile(
    r"^(24/7|(?:(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))? "
    r"[0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d(?:; )?)+)$")


def register_hours(text: str) -> str:
    text = re.sub(r"\([^)]*\)", "", clean(text))
    spans = {}
    for day, start, end in _SPAN.findall(text):
        spans[DAYS.index(day)] = f"{start.zfill(5)}-{end.zfill(5)}"
    groups: list[list] = []
    for day in sorted(spans):
        if groups and groups[-1][2] == spans[day] and groups[-1][1] == day - 1:
            groups[-1][1] = day
        else:
            groups.append([day, day, spans[day]])
    return "; ".join(f"{OSM[a]}-{OSM[b]} {span}" if a != b else f"{OSM[a]} {span}" for a, b, span in groups)


def is_lost(text: str, hours: str) -> bool:
    """Whether a source names hours, or hours of a day, that did not become any."""
    text = re.sub(r"\([^)]*\)", "", clean(text))
    if not hours:
        return bool(text)
    return len(re.findall("|".join(DAYS), text)) > len(_SPAN.findall(text))


def checked(text: str) -> str:
    """Hours already in the syntax, or nothing."""
    text = clean(text)
    return text if GRAMMAR.match(text) else ""
