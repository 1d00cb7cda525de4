"""The map: it draws, it answers a click, it follows the filter, and its address can be shared."""

from support import DESK, PHONE, BrowserTest, path_of, query_of

# No airport is near, so that a click in the middle meets the ground and not a sign.
QUIET = "lon=76.945&lat=43.238&z=15&category=airport"


class MapTests(BrowserTest):
    def click_middle(self, page) -> None:
        box = page.locator("#map canvas").first.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_selector("#point-body a[href*='/districts/']")

    def test_it_draws_in_each_language(self) -> None:
        for language in ("kk", "ru", "en"):
            with self.subTest(language=language):
                page = self.open_map(f"/{language}/map")
                self.assertGreater(self.colours(page, "#map"), 100, "the map is blank")
                page.wait_for_selector("#results .place")
                self.assertIn("OpenStreetMap", page.locator(".map-attribution").inner_text())
                self.shoot(page, f"map-{language}-{DESK}")

    def test_it_draws_on_a_phone(self) -> None:
        page = self.open_map("/kk/map", PHONE, has_touch=True, is_mobile=True)
        self.assertGreater(self.colours(page, "#map"), 50, "the map is blank")
        self.shoot(page, f"map-kk-{PHONE}")

    def test_sources_are_named_in_sight(self) -> None:
        for width in (PHONE, DESK):
            with self.subTest(width=width):
                page = self.open_map("/ru/map", width)
                box = page.locator(".map-attribution").bounding_box()
                self.assertLessEqual(box["y"] + box["height"], page.viewport_size["height"])

    def test_swapped_coordinates_are_told_and_turned(self) -> None:
        page = self.open_map("/ru/map?pin=43.238,76.945")
        page.click("#point-body .notice a")
        page.wait_for_url("**/ru/map?*pin=76.945,43.238*")
        page.wait_for_selector("#point-body a[href*='/districts/']")

    def test_click_tells_the_district(self) -> None:
        page = self.open_map(f"/ru/map?{QUIET}")
        self.click_middle(page)
        lon, lat = query_of(page)["pin"].split(",")
        expected = self.portal.api("/resolve", lon=lon, lat=lat)["district"]["slug"]
        self.assertEqual(page.locator(f"#point-body a[href$='/ru/districts/{expected}']").count(), 1)
        self.shoot(page, "map-pin-ru-1280")

    def test_address_can_be_shared(self) -> None:
        page = self.open_map(f"/ru/map?{QUIET}")
        self.click_middle(page)
        page.wait_for_function("() => document.querySelectorAll('#results .place').length > 0")
        before = (query_of(page)["pin"], page.locator("#point-body").inner_text())
        other = self.open_map(page.url.removeprefix(self.portal.base))
        other.wait_for_selector("#point-body a[href*='/districts/']")
        other.wait_for_function("(text) => document.getElementById('point-body').innerText === text", arg=before[1])
        self.assertEqual((query_of(other)["pin"], other.locator("#point-body").inner_text()), before)
        self.assertEqual(query_of(other)["category"], "airport")
        other.wait_for_selector(".maplibregl-marker")

    def test_back_takes_the_pin_away(self) -> None:
        page = self.open_map(f"/ru/map?{QUIET}")
        self.click_middle(page)
        page.go_back()
        page.wait_for_function("() => document.getElementById('point').hidden")
        self.assertNotIn("pin", query_of(page))

    def test_filter_changes_the_list(self) -> None:
        page = self.open_map("/en/map?pin=76.945,43.238")
        page.wait_for_selector("#results .place")
        identifiers = "() => [...document.querySelectorAll('#results .place')].map((place) => place.dataset.id)"
        before = page.evaluate(identifiers)
        with page.expect_response(lambda answer: "/api/v1/nearest" in answer.url and "category=park" in answer.url):
            page.select_option("#category", "park")
        expected = self.portal.api("/nearest", lon=76.945, lat=43.238, category="park", limit=3)["results"]
        first = expected[0]["organization"]["id"]
        page.wait_for_function("(id) => document.querySelector('#results .place')?.dataset.id === id", arg=first)
        after = page.evaluate(identifiers)
        self.assertNotEqual(before, after)
        self.assertEqual(after[:3], [result["organization"]["id"] for result in expected])
        self.assertEqual(query_of(page)["category"], "park")

    def test_language_switch_keeps_the_place(self) -> None:
        page = self.open_map(f"/ru/map?{QUIET}")
        self.click_middle(page)
        pin = query_of(page)["pin"]
        page.click(".languages a[hreflang=kk]")
        page.wait_for_url("**/kk/map?**")
        self.assertEqual((query_of(page)["pin"], query_of(page)["category"]), (pin, "airport"))
        self.wait_for_map(page)
        page.wait_for_selector("#point-body a[href*='/kk/districts/']")

    def test_enter_in_the_middle_sets_the_pin(self) -> None:
        page = self.open_map(f"/kk/map?{QUIET}")
        page.locator("#map canvas").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#point-body a[href*='/districts/']")
        self.assertEqual(path_of(page), "/kk/map")

    def test_nearest_to_me(self) -> None:
        page = self.open_map(
            "/en/map?category=park", geolocation={"longitude": 76.945, "latitude": 43.238}, permissions=["geolocation"]
        )
        page.click("#map-locate")
        page.wait_for_selector("#point-body a[href*='/districts/']")
        page.wait_for_selector("#results .place .place__distance")
        self.assertEqual(query_of(page)["pin"], "76.945,43.238")
