"""streets.csv: collects every mention of a street and settles on one record.

A street is known by its name in the whole city. Streets of the same name in
different villages share a record; the address says which one by its district.
"""
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from .address_text import Place
from .geo import metres, middle
from .kazakh_streets import NAMES
from .romanise import ordinal, romanise, slug
from .street_aliases import FORMER, pairs
from .street_names import CHOSEN, key_of, reduced, surname_keys, tidy
from .text import KAZAKH_LETTERS, KAZAKH_TO_RUSSIAN, fold

COLUMNS = ["id", "kind", "name_kk", "name_ru", "name_en", "old_names", "variants", "lon", "lat",
           "precision", "source", "date", "confidence"]
WEIGHT = {"city-register-2024": 5, "press": 3, "education-register": 2, "population-blocks": 1,
          "street-renames": 2, "transport-stops": 2}
DATES = {"city-register-2024": "2024", "education-register": "", "population-blocks": "",
         "street-renames": "", "transport-stops": "", "press": ""}
MEET = 600  # metres: a full name and a bare surname this near are one street


@dataclass
class Street:
    key: str
    kinds: Counter = field(default_factory=Counter)
    names: Counter = field(default_factory=Counter)
    sources: Counter = field(default_factory=Counter)
    points: list = field(default_factory=list)   # of addresses
    near: list = field(default_factory=list)     # of blocks that name it
    old: set = field(default_factory=set)
    spellings: set = field(default_factory=set)
    id: str = ""

    def join(self, other: "Street") -> None:
        self.kinds += other.kinds
        self.names += other.names
        self.sources += other.sources
        self.points += other.points
        self.near += other.near
        self.old |= other.old
        self.spellings |= other.spellings

    @property
    def name(self) -> str:
        """The chosen form where spellings were joined by hand; else the
        commonest, a genitive before its nominative. Kazakh letters are written
        as Russian does: the Kazakh spelling has its own column."""
        if self.key in CHOSEN:
            return CHOSEN[self.key]
        def rank(item):
            text, count = item
            kazakh = any(letter in KAZAKH_LETTERS for letter in text)
            genitive = bool(re.search(r"(?:ова|ева|ина|[лз]а|батыра|хана)$", text))
            return (not kazakh, genitive, count, text)
        return max(self.names.items(), key=rank)[0].translate(KAZAKH_TO_RUSSIAN)


class StreetBook:
    def __init__(self) -> None:
        self.streets: dict[str, Street] = {}
        self.moved: dict[str, str] = {}

    def mention(self, place: Place, source: str, point=None, near=None) -> Street:
        key = self.resolve(key_of(place))
        street = self.streets.setdefault(key, Street(key))
        name = tidy(place.name)
        street.kinds[place.kind] += WEIGHT.get(source, 1)
        street.names[name.text] += WEIGHT.get(source, 1)
        street.spellings.add(name.text)
        street.sources[source] += 1
        if point:
            street.points.append(point)
        if near:
            street.near.append(near)
        return street

    def resolve(self, key: str) -> str:
        while key in self.moved:
            key = self.moved[key]
        return key

    def find(self, place: Place | None) -> Street | None:
        return self.streets.get(self.resolve(key_of(place))) if place else None

    def _merge(self, key: str, into: str) -> None:
        self.streets[into].join(self.streets.pop(key))
        self.moved[key] = into

    def merge_full_names(self) -> int:
        """«Омарова Ильяса» is «Омарова» when the two meet on the ground and
        no second full name of that surname does."""
        merged = self._merge_turned()
        candidates = defaultdict(list)
        for key, street in self.streets.items():
            if not key.startswith("street:"):
                continue
            for short in surname_keys(street.name):
                if short in self.streets and short != key:
                    candidates[short].append(key)
        for short, fulls in sorted(candidates.items()):
            if short not in self.streets:
                continue
            here = self.streets[short].points + self.streets[short].near
            meeting = [full for full in fulls if full in self.streets and any(
                metres(a, b) <= MEET for a in here
                for b in self.streets[full].points + self.streets[full].near)]
            unplaced = [full for full in fulls if full in self.streets
                        and not self.streets[full].points and not self.streets[full].near]
            chosen = meeting if len(meeting) == 1 else unplaced if not meeting and len(fulls) == 1 else []
            for full in chosen:
                self._merge(full, short)
                merged += 1
        return merged

    def _merge_turned(self) -> int:
        """«Камала Кармысова» and «Кармысова Камала»: the same words turned."""
        groups = defaultdict(list)
        for key, street in self.streets.items():
            words = street.name.split(" ")
            if len(words) == 2 and key.startswith("street:"):
                groups[frozenset(reduced(word) for word in words)].append(key)
        merged = 0
        for keys in groups.values():
            for key in keys[1:]:
                self._merge(key, keys[0])
                merged += 1
        return merged

    def drop_rare(self) -> int:
        """Streets that only the blocks name need two blocks to be believed."""
        rare = [key for key, street in self.streets.items()
                if set(street.sources) == {"population-blocks"} and street.sources["population-blocks"] < 2
                or set(street.sources) == {"population-blocks"} and len(fold(street.name)) < 4]
        for key in rare:
            del self.streets[key]
        return len(rare)

    def rename(self, old: str, new: str) -> None:
        street = self.mention(Place("street", new), "street-renames")
        street.old.add(old)

    def finish(self) -> None:
        for new, old in pairs(FORMER):
            street = self.find(Place("street", new))
            if street:
                street.old.add(old)
        taken: set[str] = set()
        for key in sorted(self.streets):
            street = self.streets[key]
            group = key.split(":")[0]
            base = f"{group}-{slug(street.name)}"
            name, number = base, 2
            while name in taken:
                name, number = f"{base}-{number}", number + 1
            taken.add(name)
            street.id = name

    def rows(self) -> list[dict]:
        return [self._row(street) for street in self.streets.values()]

    def _row(self, street: Street) -> dict:
        kind = street.kinds.most_common(1)[0][0]
        name = street.name
        kazakh = kazakh_name(street)
        point = middle(street.points) if street.points else None
        source = max(street.sources, key=lambda s: (WEIGHT.get(s, 1), s))
        return {
            "id": street.id, "kind": kind, "name_kk": kazakh, "name_ru": name,
            "name_en": english_name(name, kazakh), "old_names": ";".join(sorted(street.old)),
            "variants": ";".join(sorted(street.spellings - {name, kazakh})),
            "lon": f"{point[0]:.6f}" if point else "", "lat": f"{point[1]:.6f}" if point else "",
            "precision": "approximate" if point else "", "source": source,
            "date": DATES.get(source, ""),
            "confidence": "high" if source == "city-register-2024" else
            "medium" if source in ("street-renames", "education-register", "press", "transport-stops") or
            street.sources["population-blocks"] > 3 else "low",
        }


def kazakh_name(street: Street) -> str:
    """From the table by hand, or a spelling that already is Kazakh."""
    for text in (street.name, *sorted(street.spellings)):
        if street.key.startswith("street:") or street.key.split(":")[0] in ("square",):
            if reduced(text) in NAMES:
                return NAMES[reduced(text)]
    match = re.fullmatch(r"(\d+)-я", street.name)
    if match:
        return match.group(1)
    for text in sorted(street.spellings):
        if any(letter in KAZAKH_LETTERS for letter in text) and not re.search(
                r"(?:ова|ева|ина|ая|ого|овой)$", text) and not re.search(r"[кг](?=[аоуы])|[КГ](?=[аоуы])", text):
            return text
    return ""


def english_name(name: str, kazakh: str) -> str:
    match = re.fullmatch(r"(\d+)-я( линия)?", name)
    if match:
        return ordinal(int(match.group(1))) + (" Line" if match.group(2) else "")
    # «Братская 2-Ая», «8 Гвардейской Дивизии»: the ordinal stands first, with its English ending.
    match = re.fullmatch(r"(?P<name>.+) (?P<number>\d+)-[АаЯя][Яя]?", name) or re.fullmatch(
        r"(?P<number>\d+) (?P<name>\w+ой .+)", name)
    if match and not kazakh:
        return f"{ordinal(int(match['number']))} {romanise(match['name'])}"
    return romanise(kazakh or name)
