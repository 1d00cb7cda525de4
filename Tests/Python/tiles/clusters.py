"""Institutions on the tiles match the API: single ones appear once, and clusters count all their members."""

from __future__ import annotations

from collections import Counter, defaultdict

from support import DEEPEST, EXTENT, TileTest, institutions, leaves, project

NAME = "organizations"
LAST_CLUSTERED = 13
# Half a unit, plus the rounding to six decimals of a degree at the deepest level.
TOLERANCE = 0.5 + 0.02
FILTERS = (("polyclinic",), ("health",), ("park", "polyclinic"))


class ClusterTest(TileTest):
    """Compares the organizations tileset with /api/v1/organizations."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.under = leaves(cls.portal)
        cls.all = {each["id"]: each for each in institutions(cls.portal) if each["lon"] is not None}

    def chosen(self, categories: tuple[str, ...]) -> dict[str, dict]:
        """The institutions of the given categories, including subcategories, that have a position."""
        wanted = set().union(*(self.under[category] for category in categories))
        return {key: each for key, each in self.all.items() if each["category"] in wanted}

    @staticmethod
    def query(categories: tuple[str, ...]) -> str:
        return "&".join(f"category={category}" for category in categories)

    def assert_each_once(self, zoom: int, expected: dict[str, dict], query: str = "") -> None:
        """Checks that a zoom has exactly the expected ids, each once and within half a unit of its position."""
        faults: list[str] = []
        seen: Counter[str] = Counter()
        for address, feature, place in self.tiles.points(NAME, NAME, zoom, query):
            properties = feature["properties"]
            seen[properties["id"]] += 1
            known = expected.get(properties["id"])
            if known is None:
                continue
            x, y = project(known["lon"], known["lat"], zoom)
            if abs(place[0] - x) > TOLERANCE or abs(place[1] - y) > TOLERANCE:
                faults.append(f"{address}: {properties['id']} is {place[0] - x:.2f}, {place[1] - y:.2f} units off")
            told = {key: properties.get(key) for key in ("category", "group", "precision")}
            told |= {f"name_{language}": properties.get(f"name_{language}") for language in ("kk", "ru", "en")}
            wanted = {key: known[key] for key in ("category", "group", "precision")}
            wanted |= {f"name_{language}": name for language, name in known["name"].items()}
            if told != wanted or "cluster" in properties:
                faults.append(f"{address}: {told} for {wanted}")
        self.assert_none(faults)
        self.assertEqual(set(seen), set(expected), f"institutions of zoom {zoom} {query}")
        self.assertEqual([key for key, count in seen.items() if count > 1], [], "institutions in two tiles")

    def test_each_institution_once_where_none_gather(self) -> None:
        for zoom in range(LAST_CLUSTERED + 1, DEEPEST + 1):
            self.assert_each_once(zoom, self.all)

    def test_filters_let_through_what_they_name(self) -> None:
        for categories in FILTERS:
            self.assert_each_once(LAST_CLUSTERED + 1, self.chosen(categories), self.query(categories))

    def assert_all_counted(self, zoom: int, expected: dict[str, dict], query: str = "") -> None:
        """Checks that the features of a zoom represent all institutions, also by category."""
        counts: Counter[str] = Counter()
        ids: list[int] = []
        for address, feature, _ in self.tiles.points(NAME, NAME, zoom, query):
            properties = feature["properties"]
            if properties.get("cluster") is not True:
                counts[properties["category"]] += 1
                self.assertNotIn("point_count", properties)
                continue
            own = {key[2:]: value for key, value in properties.items() if key.startswith("n_")}
            self.assertEqual(sum(own.values()), properties["point_count"], f"{address}: counts of a cluster")
            self.assertGreaterEqual(properties["point_count"], 2)
            self.assertTrue(zoom < properties["expansion_zoom"] <= LAST_CLUSTERED + 1, f"{address}: {properties}")
            self.assertNotIn("id", properties)
            self.assertNotEqual(feature["id"], 0)
            ids.append(feature["id"])
            counts.update(own)
        self.assertEqual(counts, Counter(each["category"] for each in expected.values()), f"zoom {zoom} {query}")
        self.assertEqual(len(set(ids)), len(ids), f"zoom {zoom}: a cluster's id stands twice")

    def test_clusters_count_every_institution(self) -> None:
        for zoom in range(LAST_CLUSTERED + 1):
            self.assert_all_counted(zoom, self.all)

    def test_filtered_clusters_count_again(self) -> None:
        for categories in FILTERS:
            for zoom in range(LAST_CLUSTERED + 1):
                self.assert_all_counted(zoom, self.chosen(categories), self.query(categories))

    def test_single_institutions_stand_where_they_are(self) -> None:
        faults = []
        for zoom in range(LAST_CLUSTERED + 1):
            for address, feature, place in self.tiles.points(NAME, NAME, zoom):
                known = self.all.get(feature["properties"].get("id"))
                if known is None:
                    continue
                x, y = project(known["lon"], known["lat"], zoom)
                if abs(place[0] - x) > TOLERANCE or abs(place[1] - y) > TOLERANCE:
                    faults.append(f"{address}: {known['id']}")
        self.assert_none(faults, "institutions beside their place")

    def test_a_cluster_falls_apart_at_its_expansion_zoom(self) -> None:
        """Before that zoom it has the same place and counts; from that zoom on it is gone."""
        levels = []
        for zoom in range(LAST_CLUSTERED + 1):
            level = defaultdict(list)
            for _, feature, place in self.tiles.points(NAME, NAME, zoom):
                if feature["properties"].get("cluster"):
                    level[self.counts(feature)].append((place, feature["properties"]["expansion_zoom"]))
            levels.append(level)
        self.assertTrue(all(levels), "there are clusters on every zoom")
        faults = []
        for zoom, level in enumerate(levels):
            for counts, clusters in level.items():
                for place, expansion in clusters:
                    for deeper in range(zoom + 1, min(expansion, LAST_CLUSTERED) + 1):
                        whole = any(self.is_same(place, zoom, other, deeper) for other, _ in levels[deeper][counts])
                        if whole != (deeper < expansion):
                            told = "is still whole" if whole else "is apart already"
                            faults.append(f"zoom {zoom} {place}: expansion_zoom {expansion}, at {deeper} it {told}")
        self.assert_none(faults)

    @staticmethod
    def counts(feature: dict) -> tuple:
        return tuple(sorted((key, value) for key, value in feature["properties"].items() if key.startswith("n_")))

    @staticmethod
    def is_same(place: tuple[int, int], zoom: int, other: tuple[int, int], deeper: int) -> bool:
        """Whether two places are equal up to rounding to the units of either level."""
        scale = 2 ** (deeper - zoom)
        return all(abs(far * scale - near) <= scale / 2 + 0.5 for far, near in zip(place, other))

    def test_a_cluster_is_the_same_in_every_tile_that_shows_it(self) -> None:
        for zoom in (8, 11, LAST_CLUSTERED):
            known: dict[int, tuple] = {}
            for address in self.tiles.addresses(NAME, range(zoom, zoom + 1)):
                for feature in self.tiles.features(NAME, NAME, address):
                    if not feature["properties"].get("cluster"):
                        continue
                    x, y = feature["geometry"]["coordinates"]
                    told = (address[1] * EXTENT + x, address[2] * EXTENT + y, self.counts(feature))
                    self.assertEqual(known.setdefault(feature["id"], told), told)
