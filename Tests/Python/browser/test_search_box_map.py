"""The search box on the map, and how it looks: on a phone, to assistive technology, and without scripts."""

import urllib.parse

from search_box import SearchBoxTest
from support import DESK, PHONE, query_of, quoted

SUGGEST = "**/api/v1/suggest?*"


class OnTheMapTests(SearchBoxTest):
    VIEW = "lon=76.945&lat=43.238&z=13"

    def open_marked(self, width: int = DESK, query: str = VIEW, **options: object):
        """Opens a map with a marker that would be lost if the page were reloaded."""
        page = self.open_map(f"/ru/map?{query}", width, **options)
        page.evaluate("() => { document.documentElement.dataset.same = 'yes'; }")
        return page

    def choose(self, page, text: str, *kinds: str) -> dict:
        """Chooses the first suggestion of one of the kinds and returns it."""
        place = self.index_of(text, *kinds, lon=76.945, lat=43.238)
        self.type(page, text, "#place")
        page.locator("[role=option]").nth(place).click()
        return self.suggestions(text, lon=76.945, lat=43.238)[place]

    def assert_same_page(self, page) -> None:
        self.assertEqual(page.evaluate("() => document.documentElement.dataset.same"), "yes", "the page was loaded again")

    def test_the_place_that_is_looked_at_goes_with_the_question(self) -> None:
        page = self.open_marked()
        with page.expect_request(SUGGEST) as asked:
            page.fill("#place", "парк")
        told = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(asked.value.url).query))
        self.assertEqual((float(told["lon"]), float(told["lat"])), (76.945, 43.238))

    def test_an_address_becomes_the_point(self) -> None:
        page = self.open_marked()
        chosen = self.choose(page, "абая 52", "address")
        page.wait_for_selector("#point-body a[href*='/districts/']")
        self.assert_same_page(page)
        pin = [float(part) for part in query_of(page)["pin"].split(",")]
        self.assertEqual([round(part, 4) for part in pin], [round(chosen["lon"], 4), round(chosen["lat"], 4)])
        self.assertEqual(query_of(page)["q"], page.input_value("#place"))
        self.wait_on_map(page, "(map, pin) => map.getBounds().contains(pin) && map.getZoom() >= 16", pin)
        page.wait_for_selector("#results .place .place__distance")
        page.go_back()
        page.wait_for_function("() => !location.search.includes('pin=')")

    def test_a_category_is_chosen_and_the_nearest_shown(self) -> None:
        page = self.open_marked()
        chosen = self.choose(page, "парк", "category")
        page.wait_for_function("(id) => location.search.includes(`category=${id}`)", arg=chosen["category"])
        self.assert_same_page(page)
        self.assertTrue(page.locator(f"#category-{chosen['category']}").is_checked())
        self.assertEqual(page.input_value("#place"), "")
        page.wait_for_selector("#results .place")

    def test_a_district_is_chosen_and_shown_whole(self) -> None:
        page = self.open_marked()
        chosen = self.choose(page, "медеуский район", "district")
        page.wait_for_function("(slug) => location.search.includes(`district=${slug}`)", arg=chosen["district"])
        self.assert_same_page(page)
        self.assertEqual(page.input_value("#district"), "medeu")

    def test_an_institution_opens_its_card(self) -> None:
        page = self.open_marked()
        chosen = self.choose(page, "центральный государственный музей", "organization")
        page.locator(".maplibregl-popup a", has_text=chosen["label"]).wait_for()
        self.assert_same_page(page)
        self.assertEqual(query_of(page)["organization"], chosen["id"])
        other = self.open_map(page.url.removeprefix(self.portal.base))
        other.locator(".maplibregl-popup a", has_text=chosen["label"]).wait_for()

    def test_on_a_phone_the_map_is_seen_after_a_choice(self) -> None:
        page = self.open_marked(PHONE, has_touch=True, is_mobile=True)
        self.choose(page, "абая 52", "address")
        page.wait_for_selector("#point-body a[href*='/districts/']")
        pin = page.locator(".maplibregl-marker")
        pin.wait_for()
        page.wait_for_function(
            """() => {
                const { top, bottom } = document.querySelector('.maplibregl-marker').getBoundingClientRect();
                const sheet = document.getElementById('map-panel').getBoundingClientRect().top;
                return top >= 0 && bottom <= Math.min(sheet, innerHeight);
            }"""
        )


class LookTests(SearchBoxTest):
    def test_axe_with_the_list_open(self) -> None:
        for path, box in (("/kk/", "#q"), ("/ru/map", "#place"), ("/en/directory", "#q"), ("/ru/districts", "#q")):
            for scheme in ("light", "dark"):
                with self.subTest(page=path, scheme=scheme):
                    page = self.open(path, color_scheme=scheme)
                    if "/map" in path:
                        self.wait_for_map(page)
                    self.type(page, "park" if "/en/" in path else "абай", box)
                    page.keyboard.press("ArrowDown")
                    self.assert_accessible(page)
                    page.keyboard.press("Escape")
                    self.wait_closed(page)
                    self.assert_accessible(page)
                    page.close()

    def test_the_list_fits_a_phone(self) -> None:
        for path, box in (("/kk/", "#q"), ("/ru/map", "#place"), ("/en/directory", "#q")):
            with self.subTest(page=path):
                page = self.open(path, PHONE, has_touch=True, is_mobile=True)
                if "/map" in path:
                    self.wait_for_map(page)
                self.type(page, "park" if "/en/" in path else "абай", box)
                self.shoot(page, f"suggestions-{path.strip('/').replace('/', '-')}-{PHONE}")
                self.assert_fits(page)
                listed = page.locator("[role=listbox]").bounding_box()
                self.assertGreaterEqual(listed["x"], 0)
                self.assertLessEqual(listed["x"] + listed["width"], PHONE)
                self.assertLessEqual(listed["y"] + listed["height"], page.viewport_size["height"])
                field = page.locator(box).bounding_box()
                self.assertGreaterEqual(field["y"], 0)
                self.assertGreaterEqual(listed["y"], field["y"] + field["height"])
                heights = page.locator("[role=option]").evaluate_all(
                    "(options) => options.map((option) => option.getBoundingClientRect().height)"
                )
                self.assertGreaterEqual(min(heights), 44)
                page.close()

    def test_a_keyboard_on_the_screen_leaves_room(self) -> None:
        page = self.open("/ru/", PHONE)
        page.set_viewport_size({"width": PHONE, "height": 380})
        self.type(page, "абая")
        listed = page.locator("[role=listbox]").bounding_box()
        self.assertLessEqual(listed["y"] + listed["height"], 380)
        self.assertGreaterEqual(page.locator("#q").bounding_box()["y"], 0)

    def test_without_scripts_it_is_the_plain_form(self) -> None:
        for path, box in (("/kk/directory", "#q"), ("/kk/map", "#place")):
            with self.subTest(page=path):
                page = self.open(path, java_script_enabled=False)
                self.assertIsNone(page.locator(box).get_attribute("role"))
                page.fill(box, "Медеу")
                page.press(box, "Enter")
                page.wait_for_url("**q=" + quoted("Медеу") + "**")
