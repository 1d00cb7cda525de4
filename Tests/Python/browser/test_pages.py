"""Pages for citizens with and without scripts: search, districts, the nearest park, languages."""

import re

from support import DESK, PHONE, BrowserTest, path_of, query_of, quoted

CENTRE = (76.945, 43.238)


class SearchTests(BrowserTest):
    def test_address_tells_its_district(self) -> None:
        page = self.open("/ru/")
        page.fill("#q", "пр. Абая 52")
        page.press("#q", "Enter")
        page.wait_for_url("**/ru/search?**")
        self.assertEqual(query_of(page)["q"], "пр. Абая 52")
        first = page.locator(".places .place").first
        self.assertIn("52", first.inner_text())
        self.assertEqual(first.locator("a[href*='/ru/districts/']").count(), 1, "the result names no district")
        self.shoot(page, "search-ru-1280")

    def test_district_is_found_by_its_kazakh_name(self) -> None:
        page = self.open("/kk/")
        page.fill("#q", "Медеу ауданы")
        page.click("form[role=search] button[type=submit]")
        page.wait_for_url("**/kk/search?**")
        page.locator(".places .place a[href$='/districts/medeu']").first.click()
        page.wait_for_url("**/kk/districts/medeu")
        self.assertEqual(page.locator("h1").inner_text().strip(), "Медеу ауданы")

    def test_nothing_found_says_so(self) -> None:
        page = self.open("/en/search?q=" + quoted("qqqzzzxxx"))
        self.assertEqual(page.locator(".places .place").count(), 0)
        self.assertIn("qqqzzzxxx", page.locator(".summary").inner_text())

    def test_what_was_typed_is_text(self) -> None:
        page = self.open("/en/search?q=" + quoted("<img src=x onerror=alert(1)>"))
        self.assertEqual(page.locator("main img").count(), 0)

    def test_too_long_a_question_is_refused_beside_the_box(self) -> None:
        page = self.open("/kk/search?q=" + quoted("а" * 201))
        self.assertIn("200", page.locator("#search-error").inner_text())
        self.assertEqual(page.evaluate("() => document.activeElement.id"), "q")
        self.assertEqual(page.locator("#q").input_value(), "а" * 201)

    def test_missing_page_offers_the_search(self) -> None:
        page = self.open("/ru/nothing")
        self.assertEqual(page.locator("main input[name=q]").count(), 1)
        self.assertTrue(all("404" in problem for problem in self.problems), self.problems)
        self.problems.clear()

    def test_list_goes_on_page_after_page(self) -> None:
        page = self.open("/ru/directory/kindergarten")
        first = page.locator(".places .place").evaluate_all("(places) => places.map((place) => place.dataset.id)")
        page.click(".pager a[rel=next]")
        page.wait_for_url("**/ru/directory/kindergarten?**cursor=**")
        second = page.locator(".places .place").evaluate_all("(places) => places.map((place) => place.dataset.id)")
        self.assertEqual(set(first) & set(second), set())
        self.assertGreater(len(second), 0)
        page.go_back()
        page.wait_for_url("**/ru/directory/kindergarten")

    def test_institution_leads_to_its_page(self) -> None:
        page = self.open("/ru/directory/park")
        link = page.locator(".places .place .place__name a").first
        name = link.inner_text().strip()
        link.click()
        page.wait_for_url("**/ru/organizations/**")
        self.assertEqual(page.locator("h1").inner_text().strip(), name)


class DirectoryTests(BrowserTest):
    def test_counts_follow_the_district(self) -> None:
        page = self.open("/ru/directory?district=medeu")
        row = page.locator(".group__list li", has=page.locator("a[href*='/directory/park?']"))
        expected = self.portal.api("/organizations", category="park", district="medeu", limit=1)["total"]
        self.assertEqual(row.locator(".group__count").inner_text(), str(expected))
        row.locator("a").click()
        page.wait_for_url("**/ru/directory/park?district=medeu")
        self.assertEqual(page.locator("#results .place").count(), expected)
        chosen = page.locator(".chip[aria-current] .chip__count").first.inner_text()
        self.assertEqual(chosen, str(expected))

    def test_list_and_map_stand_side_by_side(self) -> None:
        page = self.open_map("/ru/directory/museum")
        total = self.portal.api("/organizations", category="museum", limit=1, bbox="76.5,43,77.3,43.5")["total"]
        self.assertLessEqual(total, page.locator("#results .place").count())
        listed, drawn = page.locator(".beside__list").bounding_box(), page.locator("#small-map").bounding_box()
        self.assertGreater(drawn["x"], listed["x"] + listed["width"] - 1)
        page.locator("#results .place[data-lon] a").first.focus()
        page.wait_for_selector("#results .place.is-active")

    def test_on_a_phone_the_list_stands_alone_with_a_way_to_the_map(self) -> None:
        page = self.open("/kk/directory/museum?district=medeu", PHONE)
        self.assertFalse(page.locator("#small-map").is_visible())
        page.click("a[href*='/kk/map?category=museum']")
        page.wait_for_url("**/kk/map?**")
        self.assertEqual((query_of(page)["category"], query_of(page)["district"]), ("museum", "medeu"))
        self.wait_for_map(page)

    def test_pages_lead_forth_and_back(self) -> None:
        page = self.open("/en/directory/kindergarten")
        self.assertFalse(page.locator(".pager a[rel=prev]").count())
        page.click(".pager a[rel=next]")
        page.wait_for_url("**cursor=**")
        page.click(".pager a[rel=prev]")
        page.wait_for_url("**/en/directory/kindergarten")

    def test_a_district_names_its_neighbours_and_counts(self) -> None:
        for slug in ("medeu", "almaly"):
            page = self.open(f"/ru/districts/{slug}")
            neighbours = page.locator("section[aria-labelledby=neighbours] a").evaluate_all(
                "(links) => links.map((link) => link.getAttribute('href').split('/').pop())"
            )
            self.assertGreater(len(neighbours), 1)
            for other in neighbours:
                back = self.open(f"/ru/districts/{other}").locator(
                    f"section[aria-labelledby=neighbours] a[href$='/{slug}']"
                )
                self.assertEqual(back.count(), 1, f"{other} does not know {slug}")
            total = self.portal.api("/organizations", district=slug, limit=1)["total"]
            counted = page.locator("section[aria-labelledby=district-categories] .lead").inner_text()
            self.assertEqual(re.sub(r"\D", "", counted), str(total))


class SymbolTests(BrowserTest):
    def test_every_category_has_a_drawing(self) -> None:
        page = self.open("/ru/map", java_script_enabled=False)
        file = page.locator(".legend use").first.get_attribute("href").split("#")[0]
        drawn = set(re.findall(r'id="icon-([^"]+)"', page.request.get(self.portal.base + file).text()))
        used = page.locator("#categories use, .legend use").evaluate_all(
            "(uses) => uses.map((use) => use.getAttribute('href').split('#icon-')[1])"
        )
        self.assertEqual(set(used) - drawn, set())
        groups = self.portal.api("/categories")["categories"]
        icons = {category["icon"] for group in groups for category in [group, *group["children"]]}
        self.assertEqual(icons - drawn, set(), "categories without a drawing of their own")


class OrganizationTests(BrowserTest):
    PLACE = "museum-central-state-museum-of-kazakhstan"

    def test_the_drawing_of_a_place_without_streets_shows_what_lies_around(self) -> None:
        page = self.open("/ru/organizations/airport-almaty-international-airport-ala", DESK, java_script_enabled=False)
        self.assertGreater(page.locator(".locator__line").count(), 0)
        self.assertIn("Рядом:", page.locator("#locator-text").inner_text())
        self.shoot(page, "airport-without-script-ru", full_page=True)

    def test_without_scripts_a_drawing_shows_where_it_is(self) -> None:
        page = self.open(f"/ru/organizations/{self.PLACE}", PHONE, java_script_enabled=False)
        drawing = page.locator("svg#locator")
        self.assertTrue(drawing.is_visible())
        self.assertFalse(page.locator("#small-map").is_visible())
        for part in ("path.locator__block", "path.locator__line", "path.locator__pin", "text.locator__name"):
            self.assertGreater(drawing.locator(part).count(), 0, part)
        told = page.locator("#locator-text").inner_text()
        self.assertIn("Назарбаева", told)
        self.assertEqual(drawing.get_attribute("aria-label"), told)
        self.shoot(page, "organization-without-script-ru-360", full_page=True)

    def test_with_scripts_a_map_takes_its_place_and_paper_keeps_the_drawing(self) -> None:
        page = self.open_map(f"/kk/organizations/{self.PLACE}")
        page.wait_for_selector("#small-map .maplibregl-marker")
        self.assertFalse(page.locator("svg#locator").is_visible())
        page.emulate_media(media="print")
        self.assertTrue(page.locator("svg#locator").is_visible())
        self.assertFalse(page.locator("#small-map").is_visible())

    def test_contacts_hours_and_the_way_there(self) -> None:
        known = self.portal.api("/organizations", open_at="2026-11-23T12:00:00+05:00", limit=50)["organizations"]
        place = next(found for found in known if found["phones"] and found["lon"])
        page = self.open(f"/ru/organizations/{quoted(place['id'])}", PHONE, has_touch=True, is_mobile=True)
        self.assertEqual(page.locator("a.phone").first.get_attribute("href"), "tel:" + place["phones"][0])
        self.assertRegex(page.locator(".open-state").inner_text(), "Сейчас (открыто|закрыто)")
        way = page.locator("a[href^='geo:']").get_attribute("href")
        self.assertEqual([float(part) for part in way[4:].split("?")[0].split(",")], [place["lat"], place["lon"]])
        self.assertGreater(page.locator("a.button[href*='/ru/map?pin=']").count(), 0)
        self.assertTrue(page.locator("#precision").inner_text().strip())


class WithoutScriptTests(BrowserTest):
    def test_the_map_without_scripts_fits_a_phone(self) -> None:
        for language in ("kk", "ru", "en"):
            with self.subTest(language=language):
                page = self.open(f"/{language}/map?category=park", PHONE, java_script_enabled=False)
                self.assertGreater(page.locator("#results .place").count(), 5)
                self.assert_fits(page)

    def test_choice_of_several_kinds_and_a_district(self) -> None:
        page = self.open("/ru/map", java_script_enabled=False)
        page.click("#filter > summary")
        page.select_option("#district", "medeu")
        page.click(".chooser__group:has(#category-museum) > summary")
        page.check("#category-museum")
        page.check("#category-theatre")
        page.click("#filter button[type=submit]")
        page.wait_for_load_state()
        total = sum(
            self.portal.api("/organizations", category=category, district="medeu", limit=1)["total"]
            for category in ("museum", "theatre")
        )
        self.assertEqual(page.locator("#results .place").count(), min(total, 20))
        self.assertIn(str(total), page.inner_text("#results-count"))
        self.assertTrue(page.locator("#category-museum").is_checked())

    def test_nearest_parks_of_a_point(self) -> None:
        page = self.open(f"/ru/map?pin={CENTRE[0]},{CENTRE[1]}&category=park", java_script_enabled=False)
        district = self.portal.api("/resolve", lon=CENTRE[0], lat=CENTRE[1])["district"]["slug"]
        self.assertGreater(page.locator(f"#point a[href$='/ru/districts/{district}']").count(), 0)
        nearest = self.portal.api("/nearest", lon=CENTRE[0], lat=CENTRE[1], category="park", limit=3)["results"]
        shown = page.locator("#results .place").all()
        self.assertGreaterEqual(len(shown), 3)
        for place, expected in zip(shown, nearest):
            self.assertEqual(place.get_attribute("data-id"), expected["organization"]["id"])
            self.assertRegex(place.locator(".place__distance").inner_text(), r"\d")

    def test_form_of_the_map_takes_an_address(self) -> None:
        page = self.open("/ru/map", java_script_enabled=False)
        page.fill("#place", "пр. Абая 52")
        page.click("#filter > summary")
        page.click(".chooser__group:has(#category-park) > summary")
        page.check("#category-park")
        page.click("#map-form button[type=submit]")
        page.wait_for_load_state()
        self.assertEqual(path_of(page), "/ru/map")
        self.assertGreater(page.locator("#point a[href*='/ru/districts/']").count(), 0)
        self.assertGreater(page.locator("#results .place").count(), 0)
        self.shoot(page, "map-without-script-ru-1280", full_page=True)

    def test_search_works(self) -> None:
        page = self.open("/kk/", java_script_enabled=False)
        page.fill("#q", "Медеу ауданы")
        page.press("#q", "Enter")
        page.wait_for_url("**/kk/search?**")
        self.assertGreater(page.locator(".places .place a[href$='/districts/medeu']").count(), 0)


class LanguageTests(BrowserTest):
    def test_front_door_follows_the_browser(self) -> None:
        for locale, language in (("ru-RU", "ru"), ("en-GB", "en"), ("kk-KZ", "kk"), ("fr-FR", "kk")):
            with self.subTest(locale=locale):
                page = self.open("/", locale=locale)
                self.assertEqual(path_of(page).strip("/"), language)
                self.assertEqual(page.locator("html").get_attribute("lang"), language)

    def test_switch_keeps_page_and_query(self) -> None:
        page = self.open("/ru/search?q=" + quoted("Абая 52"))
        for language in ("kk", "en", "ru"):
            page.click(f".languages a[hreflang={language}]")
            page.wait_for_url(f"**/{language}/search?**")
            self.assertEqual(query_of(page)["q"], "Абая 52")
            self.assertEqual(page.locator("html").get_attribute("lang"), language)

    def test_each_language_has_its_words(self) -> None:
        headings = {language: self.open(f"/{language}/").locator("h1").inner_text() for language in ("kk", "ru", "en")}
        self.assertEqual(len(set(headings.values())), 3)
        self.assertTrue(re.search("[әғқңөұүһі]", headings["kk"].lower()), headings["kk"])

    def test_no_key_of_a_string_is_shown(self) -> None:
        for language in ("kk", "ru", "en"):
            for path in ("", "map", "directory", "directory/park", "districts/medeu", "search?q=park"):
                text = self.open(f"/{language}/{path}").locator("body").inner_text()
                self.assertNotIn("{{", text)
                self.assertIsNone(re.search(r"\{[a-z]+\}", text), f"/{language}/{path} shows a place-holder")
