"""A citizen with and without scripts: search, districts, the nearest park, languages."""

import re

from support import BrowserTest, path_of, query_of, quoted

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


class WithoutScriptTests(BrowserTest):
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
        page.select_option("#category", "park")
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
