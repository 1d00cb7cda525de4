"""The map: drawing, clicks, filters, and shareable URLs."""

import json

from support import DESK, PHONE, ROOT, BrowserTest, path_of, query_of, quoted

# No airport is nearby, so a click in the middle hits the ground and not a symbol.
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

    def tick(self, page, *categories: str) -> None:
        """Checks categories in the filter form."""
        page.evaluate(
            """(categories) => {
                document.getElementById('filter').open = true;
                for (const id of categories) document.getElementById(`category-${id}`).closest('details').open = true;
            }""",
            list(categories),
        )
        for category in categories:
            page.check(f"#category-{category}")

    def shown(self, page) -> list[str]:
        """The institutions in the list."""
        return page.evaluate("() => [...document.querySelectorAll('#results .place')].map((place) => place.dataset.id)")

    def drawn(self, page, layer: str) -> int:
        """The number of visible features in a layer of the style."""
        return self.on_map(page, "(map, layer) => map.queryRenderedFeatures({ layers: [layer] }).length", layer)

    # The institutions represented by the visible symbols and clusters.
    DRAWN = """(map) => {
        const seen = new Map();
        for (const { id, properties } of map.queryRenderedFeatures({ layers: ['clusters', 'organizations'] })) {
            seen.set(properties.point_count ? `cluster ${id}` : properties.id, properties.point_count ?? 1);
        }
        return [...seen.values()].reduce((sum, count) => sum + count, 0);
    }"""

    def test_streets_are_drawn_and_named_in_the_language_of_the_page(self) -> None:
        for language, name in (("ru", "Абая"), ("kk", "Абай даңғылы"), ("en", "Abay")):
            with self.subTest(language=language):
                page = self.open_map(f"/{language}/map?lon=76.935&lat=43.241&z=14.5&category=airport")
                self.wait_on_map(
                    page,
                    "(map, name) => map.queryRenderedFeatures({ layers: ['avenue-names', 'street-names'] })"
                    ".some(({ layer }) => String(layer.layout['text-field']).includes(name))",
                    name,
                )
                self.assertGreater(self.drawn(page, "streets"), 10)
                self.assertGreater(self.drawn(page, "land"), 10)

    def test_a_category_changes_signs_and_list_alike(self) -> None:
        page = self.open_map("/ru/map?lon=76.93&lat=43.25&z=11.5")
        self.tick(page, "museum")
        total = self.portal.api("/organizations", category="museum", limit=1, bbox="76.5,43,77.3,43.5")["total"]
        page.wait_for_function(
            "(total) => document.getElementById('results-count').textContent.replace(/\\D/g, '') === total",
            arg=str(total),
        )
        self.wait_on_map(page, f"(map, total) => ({self.DRAWN})(map) === total", total)
        self.assertEqual(len(self.shown(page)), total)
        self.tick(page, "theatre")
        both = total + self.portal.api("/organizations", category="theatre", limit=1, bbox="76.5,43,77.3,43.5")["total"]
        self.wait_on_map(page, f"(map, total) => ({self.DRAWN})(map) === total", both)
        self.assertIn("category=museum&category=theatre", page.url)
        page.go_back()
        self.wait_on_map(page, f"(map, total) => ({self.DRAWN})(map) === total", total)
        self.assertFalse(page.is_checked("#category-theatre"))

    def tap(self, page, kind: str) -> None:
        """Taps the chip of a category and waits until the page has applied it."""
        page.locator(f"[data-quick='{kind}']").click()
        page.wait_for_selector(f"[data-quick='{kind}'][aria-current]")
        page.wait_for_function("(kind) => location.search.includes(`category=${kind}`)", arg=kind)

    def test_one_tap_on_a_sought_kind_reaches_the_nearest_of_it(self) -> None:
        lon, lat = 76.945, 43.238
        nearest = self.portal.api("/nearest", lon=lon, lat=lat, category="metro_station", limit=1)["results"][0]
        self.assertGreater(nearest["distance_m"], 500, "it lies in the view already")
        page = self.open_map(f"/ru/map?lon={lon}&lat={lat}&z=17")
        page.wait_for_selector("#results .place")
        self.tap(page, "metro_station")
        page.wait_for_function(
            "() => { const places = [...document.querySelectorAll('#results .place')];"
            " return places.length > 0 && places.every((place) => place.innerText.includes('Станция метро')); }"
        )
        self.assertIn(nearest["organization"]["id"], self.shown(page))
        position = [nearest["organization"]["lon"], nearest["organization"]["lat"]]
        self.assertTrue(self.on_map(page, "(map, position) => map.getBounds().contains(position)", position))
        self.assertTrue(page.locator("#category-metro_station").is_checked())
        chip = page.locator("[data-quick='metro_station']")
        chip.click()
        page.wait_for_function("() => !location.search.includes('category=')")
        self.assertIsNone(chip.get_attribute("aria-current"))

    def test_a_kind_without_places_on_the_map_is_listed_all_the_same(self) -> None:
        page = self.new_page()
        page.route("**/api/v1/organizations?*category=polyclinic*", self.take_places_away)
        page.route("**/api/v1/nearest?*", self.take_nearest_away)
        page.goto(self.portal.base + "/ru/map?lon=76.945&lat=43.238&z=14")
        self.wait_for_map(page)
        self.tap(page, "polyclinic")
        total = self.portal.api("/organizations", category="polyclinic", limit=1)["total"]
        page.wait_for_function(
            "(shown) => document.querySelectorAll('#results .place').length === shown"
            " && document.getElementById('results-count').innerText.includes('пока неизвестно')",
            arg=min(total, 20),
        )
        self.assertIn(f"Объектов: {total}", page.inner_text("#results-count"))
        self.assertTrue(page.locator("#results-empty").is_hidden())
        self.assertEqual(page.locator("#results [data-show]").count(), 0, "a button leads to no place")

    def take_nearest_away(self, route) -> None:
        """Responds like a city in which nothing is near; all else of the answer is the server's own."""
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"results": []})

    def take_places_away(self, route) -> None:
        """Responds like a city in which no institution has a position."""
        answer = route.fetch()
        known = answer.json()
        if "bbox=" in route.request.url:
            known |= {"organizations": [], "total": 0}
        for place in known["organizations"]:
            place |= {"lon": None, "lat": None}
        route.fulfill(response=answer, json=known)

    def test_a_group_stands_for_its_categories(self) -> None:
        page = self.open_map("/ru/map?category=museum")
        self.tick(page, "culture")
        self.assertFalse(page.is_checked("#category-museum"))
        page.wait_for_url("**/ru/map?*category=culture*")
        page.click("#filter-clear")
        page.wait_for_function("() => !location.search.includes('category')")
        self.assertFalse(page.is_checked("#category-culture"))

    def test_open_now_and_a_district_reach_map_and_list(self) -> None:
        page = self.open_map("/ru/map")
        page.evaluate("() => { document.getElementById('filter').open = true; }")
        page.select_option("#district", "medeu")
        page.wait_for_url("**/ru/map?*district=medeu*")
        total = self.portal.api("/organizations", district="medeu", limit=1, bbox="76.5,43,77.3,43.5")["total"]
        self.wait_on_map(page, f"(map, total) => ({self.DRAWN})(map) === total", total)
        self.assertGreater(self.drawn(page, "district-chosen"), 0)
        with page.expect_response(lambda answer: "open_at=now" in answer.url and "f=geojson" in answer.url) as asked:
            page.check("#open")
        open_now = len(asked.value.json()["features"])
        self.wait_on_map(page, f"(map, total) => ({self.DRAWN})(map) === total", open_now)
        self.assertEqual(query_of(page)["open"], "1")

    def test_the_address_brings_the_state_back(self) -> None:
        page = self.open_map("/en/map?category=museum&category=theatre&district=almaly&lon=76.94&lat=43.25&z=12.5")
        self.assertTrue(page.is_checked("#category-museum") and page.is_checked("#category-theatre"))
        self.assertEqual(page.input_value("#district"), "almaly")
        page.wait_for_selector("#results .place")
        before = (self.shown(page), page.inner_text("#results-count"), page.inner_text("#chosen-categories"))
        other = self.open_map(page.url.removeprefix(self.portal.base))
        other.wait_for_function("(text) => document.getElementById('results-count').innerText === text", arg=before[1])
        after = (self.shown(other), other.inner_text("#results-count"), other.inner_text("#chosen-categories"))
        self.assertEqual(after, before)

    def test_words_choose_institutions_and_a_category_s_name_chooses_it(self) -> None:
        page = self.open_map("/ru/map?q=" + quoted("музей"))
        self.assertTrue(page.is_checked("#category-museum"))
        page = self.open_map("/ru/map?q=" + quoted("ясли-сад 18"))
        page.wait_for_selector("#results .place")
        self.assertIn("18", page.locator("#results .place__name").first.inner_text())
        self.assertEqual(page.input_value("#place"), "ясли-сад 18")

    def test_filter_changes_the_nearest(self) -> None:
        page = self.open_map("/en/map?pin=76.945,43.238")
        page.wait_for_selector("#results .place")
        before = self.shown(page)
        self.tick(page, "park")
        expected = self.portal.api("/nearest", lon=76.945, lat=43.238, category="park", limit=3)["results"]
        first = expected[0]["organization"]["id"]
        page.wait_for_function("(id) => document.querySelector('#results .place')?.dataset.id === id", arg=first)
        after = self.shown(page)
        self.assertNotEqual(before, after)
        self.assertEqual(after[:3], [result["organization"]["id"] for result in expected])
        self.assertEqual(query_of(page)["category"], "park")

    def test_a_cluster_falls_apart_where_it_says(self) -> None:
        page = self.open_map("/ru/map?lon=76.93&lat=43.25&z=11")
        cluster = self.on_map(
            page,
            """(map) => {
                const middle = map.getCenter();
                const [{ properties, geometry }] = map.queryRenderedFeatures({ layers: ['clusters'] })
                    .sort((a, b) => middle.distanceTo(lngLat(a)) - middle.distanceTo(lngLat(b)));
                function lngLat(feature) { return maplibregl.LngLat.convert(feature.geometry.coordinates); }
                return { zoom: properties.expansion_zoom, ...map.project(geometry.coordinates) };
            }""",
        )
        box = page.locator("#map canvas").first.bounding_box()
        page.mouse.click(box["x"] + cluster["x"], box["y"] + cluster["y"])
        self.wait_on_map(page, "(map, zoom) => !map.isMoving() && map.getZoom() >= zoom", cluster["zoom"])
        self.assertTrue(page.locator("#point").is_hidden(), "the click also set a point")

    def test_a_sign_opens_its_card_and_the_address_opens_it_again(self) -> None:
        page = self.open_map("/ru/map?organization=airport-almaty-international-airport-ala")
        card = page.locator(".maplibregl-popup a")
        card.wait_for()
        name = card.inner_text()
        self.assertEqual(page.locator("#results .place.is-selected .place__name").inner_text(), name)
        page.locator(".maplibregl-popup-close-button").click()
        page.wait_for_function("() => !location.search.includes('organization')")
        self.wait_on_map(page, "(map) => map.queryRenderedFeatures({ layers: ['organizations'] }).length > 0")
        box = page.locator("#map canvas").first.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        card.wait_for()
        self.assertEqual(card.inner_text(), name)
        self.assertIn("organization=airport", page.url)
        card.press("Escape")
        page.wait_for_function("() => !location.search.includes('organization')")

    def test_list_and_map_mark_the_same_place(self) -> None:
        page = self.open_map("/ru/map?lon=76.945&lat=43.245&z=15")
        page.locator("#results .place a").first.focus()
        self.wait_on_map(page, "(map) => map.queryRenderedFeatures({ layers: ['highlight'] }).length === 1")
        page.wait_for_selector("#results .place.is-active")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # the button that shows the place
        self.wait_on_map(page, "(map) => !map.isMoving() && map.getZoom() >= 16")

    def test_the_dark_theme_follows_the_device(self) -> None:
        palettes = {
            theme: json.loads((ROOT / "tiles" / f"palette-{theme}.json").read_text("utf-8"))
            for theme in ("light", "dark")
        }
        ground = "(map, colour) => map.isStyleLoaded() && map.getPaintProperty('ground', 'background-color') === colour"
        page = self.open_map("/ru/map", color_scheme="dark")
        self.wait_on_map(page, ground, palettes["dark"]["ground"])
        page.emulate_media(color_scheme="light")
        self.wait_on_map(page, ground, palettes["light"]["ground"])
        page.emulate_media(color_scheme="dark")
        self.wait_on_map(page, ground, palettes["dark"]["ground"])

    def test_paper_has_the_map_the_legend_the_list_and_the_address(self) -> None:
        page = self.new_page()
        page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; };")
        page.goto(self.portal.base + "/ru/map?category=museum&lon=76.94&lat=43.25&z=13")
        self.wait_for_map(page)
        page.wait_for_selector("#results .place")
        page.click("#print")
        page.wait_for_function("() => document.documentElement.dataset.printed === 'yes'")
        address = page.evaluate("() => { window.dispatchEvent(new Event('beforeprint')); return location.href; }")
        page.emulate_media(media="print")
        for part in ("#map-print", "#results .place", "#legend ul", "#print-address", ".map-attribution"):
            self.assertTrue(page.locator(part).first.is_visible(), part)
        for part in ("#map-form", "#filter", "#map canvas"):
            self.assertFalse(page.locator(part).first.is_visible(), part)
        self.assertEqual(page.locator("#print-address").text_content(), address)
        self.assertGreater(page.locator("#map-print").evaluate("(image) => image.naturalWidth"), 300)
        self.assertGreater(self.colours(page, "#map-print"), 50, "the map is blank on paper")

    def test_the_sheet_slides_up_by_its_handle(self) -> None:
        page = self.open_map("/kk/map", PHONE, has_touch=True, is_mobile=True)
        handle = page.locator("#sheet-handle")
        self.assertEqual(handle.get_attribute("aria-expanded"), "false")
        handle.click()
        page.wait_for_selector("#sheet-handle[aria-expanded=true]")
        handle.press("Enter")
        page.wait_for_selector("#sheet-handle[aria-expanded=false]")

    def test_a_refused_location_says_what_to_do(self) -> None:
        page = self.open_map("/ru/map")
        page.click("#map-locate")
        page.wait_for_selector("#map-message:not([hidden])")
        self.assertIn("точку", page.inner_text("#map-message"))

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
