"""addresses.csv: one record a distinct address, with the best point known."""
from collections import defaultdict
from dataclasses import dataclass, field

from .facts import POINT_WORTH, Fact
from .geo import Locator, densest, metres, middle
from .house import number
from .ledger import Ledger
from .romanise import slug

COLUMNS = ["id", "street_id", "microdistrict_id", "house", "corner_street_id", "district", "lon", "lat",
           "precision", "source", "date", "confidence"]
CLUSTER = 150     # metres between points of one address
AGREE = 200       # metres between a geocoded point and ours that count as agreement
NEIGHBOUR = 10    # house numbers apart that still are neighbours


@dataclass
class Known:
    """An address with all points that claim it."""
    street_id: str
    area_id: str
    house: str
    facts: list[Fact] = field(default_factory=list)
    corner_id: str = ""
    point: tuple[float, float] | None = None
    used: list[Fact] = field(default_factory=list)
    precision: str = "address"

    @property
    def key(self) -> tuple[str, str, str]:
        return self.street_id, self.area_id, self.house

    @property
    def id(self) -> str:
        place = "-".join(part for part in (self.area_id, self.street_id) if part)
        house = slug(self.house.replace("-", "-and-").replace("/", "-of-"))
        return f"address-{place}-{house}"


class AddressBook:
    def __init__(self) -> None:
        self.known: dict[tuple, Known] = {}
        self.by_place: dict[tuple, list[Known]] = defaultdict(list)

    def add(self, fact: Fact, corner_id: str = "") -> None:
        known = Known(fact.street_id, fact.area_id, fact.address.house)
        known = self.known.setdefault(known.key, known)
        known.facts.append(fact)
        known.corner_id = known.corner_id or corner_id

    def settle(self, ledger: Ledger) -> None:
        """Median of the densest cluster; what lies apart is refused."""
        for known in self.known.values():
            best = max(POINT_WORTH[f.source] for f in known.facts)
            facts = [f for f in known.facts if POINT_WORTH[f.source] == best]
            points = [f.point for f in facts]
            kept = densest(points, CLUSTER)
            known.used = [facts[i] for i in kept]
            known.point = middle([points[i] for i in kept])
            for index, fact in enumerate(facts):
                if index not in kept:
                    away = metres(points[index], known.point)
                    ledger.refuse(fact.file, fact.line, fact.text,
                                  f"address has a denser cluster elsewhere: {away:.0f} m away")
            spread = max(metres(known.point, points[i]) for i in kept)
            known.precision = "address" if best >= 2 and spread <= 75 else "approximate"
        self.index()

    def index(self) -> None:
        self.by_place.clear()
        for known in self.known.values():
            self.by_place[(known.street_id, known.area_id)].append(known)

    def find(self, street_id: str, area_id: str, house: str) -> Known | None:
        """Exact, or the one address of that street and house where one side
        does not name the microdistrict."""
        exact = self.known.get((street_id, area_id, house))
        if exact or not street_id:
            return exact
        same = [k for k in self.known.values() if k.street_id == street_id and k.house == house
                and (not k.area_id or not area_id)]
        return same[0] if len(same) == 1 else None

    def neighbours_agree(self, fact: Fact) -> bool:
        """A geocoded point is believed when a neighbouring house of the same
        street, known from the city register, is beside it."""
        house = number(fact.address.house)
        for known in self.by_place.get((fact.street_id, fact.area_id), ()):
            if known.used[0].source == "city-register-2024" and house and \
                    abs(number(known.house) - house) <= NEIGHBOUR and metres(known.point, fact.point) <= AGREE:
                return True
        return False

    def rows(self, locator: Locator, ledger: Ledger) -> list[dict]:
        out, taken = [], {}
        for known in sorted(self.known.values(), key=lambda k: k.key):
            district = locator.district(*known.point)
            if not district:
                first = known.used[0]
                ledger.refuse(first.file, first.line, first.text, "outside the city")
                continue
            first = max(known.used, key=lambda f: f.date)
            taken[known.id] = taken.get(known.id, 0) + 1
            ident = known.id if taken[known.id] == 1 else f"{known.id}-{taken[known.id]}"
            out.append({
                "id": ident, "street_id": known.street_id, "microdistrict_id": known.area_id,
                "house": known.house, "corner_street_id": known.corner_id, "district": district,
                "lon": f"{known.point[0]:.6f}", "lat": f"{known.point[1]:.6f}",
                "precision": known.precision, "source": first.source, "date": first.date,
                "confidence": {3: "high", 2: "high", 1: "medium", 0: "low"}[POINT_WORTH[first.source]],
            })
        return out
