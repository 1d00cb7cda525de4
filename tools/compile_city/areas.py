"""microdistricts.csv: microdistricts, villages and garden societies."""
import re
from collections import Counter
from dataclasses import dataclass, field

from .address_text import Place
from .geo import Locator, middle
from .kazakh_areas import NAMES, SAME
from .romanise import romanise, slug
from .text import KAZAKH_LETTERS, capital, clean, fold, sentence_case

COLUMNS = ["id", "kind", "name_kk", "name_ru", "name_en", "variants", "district", "lon", "lat",
           "precision", "source", "date", "confidence"]
RANK = {"city-register-2024": 4, "education-register": 3, "transport-stops": 2, "population-blocks": 1}
DATES = {"city-register-2024": "2024"}


def tidy(text: str) -> str:
    """«Аксай ЗА» → «Аксай-3А», «Айнабулак -1» → «Айнабулак-1», «11-й» → «11»."""
    text = sentence_case(clean(text)).replace("/Мамыр/", "").strip(" .,/-")
    text = re.sub(r"\s*\((?!Аэропорт)[^)]*\)?$", "", text)
    text = re.sub(r"\s+(?:спорт\.\s*)?мкр\.?\s*\w.*$", "", text)
    text = re.sub(r"(?<=\s)З(?=[АБаб]$)", "3", text)
    text = re.sub(r"^(\d+)-?(?:й|ый)$", r"\1", text)
    text = re.sub(r"[\s-]+(\d+)\s*([А-Яа-я])?$", lambda m: f"-{m.group(1)}{(m.group(2) or '').upper()}", text)
    text = re.sub(r"^(\d+)\s+([А-Яа-я])$", lambda m: m.group(1) + m.group(2).upper(), text)
    match = re.match(r"^(.*?)(-\d+[А-Я]?)?$", text)
    base, number = match.group(1), match.group(2) or ""
    base = SAME.get(fold(base), base)
    return capital(base) + number


def key_of(place: Place) -> str:
    group = "garden" if place.kind == "garden_society" else "area"
    return f"{group}:{fold(tidy(place.name))}"


@dataclass
class Area:
    key: str
    kinds: Counter = field(default_factory=Counter)
    names: Counter = field(default_factory=Counter)
    sources: Counter = field(default_factory=Counter)
    spellings: set = field(default_factory=set)
    points: list = field(default_factory=list)
    near: list = field(default_factory=list)
    districts: Counter = field(default_factory=Counter)
    id: str = ""


class AreaBook:
    def __init__(self) -> None:
        self.areas: dict[str, Area] = {}

    def mention(self, place: Place, source: str, point=None, near=None, district="") -> Area:
        area = self.areas.setdefault(key_of(place), Area(key_of(place)))
        name = tidy(place.name)
        area.kinds[place.kind] += 2 if place.kind == "microdistrict" else 1
        area.names[name] += RANK[source]
        area.spellings |= {name, sentence_case(clean(place.name))}
        area.sources[source] += 1
        if point:
            area.points.append(point)
            area.districts[district] += 10
        elif near:
            area.near.append(near)
            area.districts[district] += 1
        return area

    def find(self, place: Place | None) -> Area | None:
        return self.areas.get(key_of(place)) if place else None

    def drop_rare(self) -> int:
        rare = [key for key, area in self.areas.items()
                if set(area.sources) == {"population-blocks"} and area.sources["population-blocks"] < 2]
        for key in rare:
            del self.areas[key]
        return len(rare)

    def finish(self) -> None:
        taken: set[str] = set()
        for key in sorted(self.areas):
            area = self.areas[key]
            prefix = "garden" if key.startswith("garden:") else "mkr"
            base = f"{prefix}-{slug(self.name(area))}"
            name, number = base, 2
            while name in taken:
                name, number = f"{base}-{number}", number + 1
            taken.add(name)
            area.id = name

    @staticmethod
    def name(area: Area) -> str:
        def rank(item):
            return (not any(c in KAZAKH_LETTERS for c in item[0]), item[1], item[0])
        return max(area.names.items(), key=rank)[0]

    def rows(self, locator: Locator) -> list[dict]:
        return [self._row(area, locator) for area in self.areas.values()]

    def _row(self, area: Area, locator: Locator) -> dict:
        name = self.name(area)
        kazakh = kazakh_name(name, area)
        points = area.points or area.near
        point = middle(points) if points else None
        # A society beyond the city's edge can have its middle outside: then no position is better than a wrong one.
        if point and not locator.district(round(point[0], 6), round(point[1], 6)):
            point = None
        source = max(area.sources, key=lambda s: RANK[s])
        return {
            "id": area.id, "kind": "microdistrict" if "microdistrict" in area.kinds else area.kinds.most_common(1)[0][0], "name_kk": kazakh, "name_ru": name,
            "name_en": romanise(kazakh or name), "variants": ";".join(sorted(area.spellings - {name, kazakh})),
            "district": area.districts.most_common(1)[0][0] if area.districts else "",
            "lon": f"{point[0]:.6f}" if point else "", "lat": f"{point[1]:.6f}" if point else "",
            "precision": "approximate" if point else "", "source": source, "date": DATES.get(source, ""),
            "confidence": "high" if source == "city-register-2024" else
            "medium" if source != "population-blocks" or area.sources[source] > 3 else "low",
        }


def kazakh_name(name: str, area: Area) -> str:
    match = re.match(r"^(.*?)(-?\d+[А-Я]?)?$", name)
    base, number = match.group(1), match.group(2) or ""
    if not base:
        return name
    if fold(base) in NAMES and area.key.startswith("area:"):
        return NAMES[fold(base)] + number
    for text in sorted(area.spellings):
        if any(letter in KAZAKH_LETTERS for letter in text) and not re.search(r"[кК](?=[аоуы])", text):
            return tidy(text)
    return ""
