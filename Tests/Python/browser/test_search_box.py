"""The search box: suggestions while typing, with keyboard, touch and screen reader, and a plain form without suggestions."""

import json
import re
import urllib.parse

from search_box import SearchBoxTest, text_of
from support import path_of, query_of

SUGGEST = "**/api/v1/suggest?*"
STREET = "Абая"


class ComboboxTests(SearchBoxTest):
    def test_it_stands_on_each_page(self) -> None:
        for path, box in (("", "#q"), ("search", "#q"), ("map", "#place"), ("directory", "#q"), ("districts", "#q")):
            with self.subTest(page=path):
                page = self.open(f"/kk/{path}")
                self.assertEqual(page.locator("[role=combobox]").count(), 1)
                field = page.locator(box)
                roles = {name: field.get_attribute(name) for name in ("role", "aria-autocomplete", "aria-expanded")}
                self.assertEqual(roles, {"role": "combobox", "aria-autocomplete": "list", "aria-expanded": "false"})
                listed = page.locator(f"[id='{field.get_attribute('aria-controls')}']")
                self.assertEqual(listed.get_attribute("role"), "listbox")
                self.assertTrue(listed.get_attribute("aria-label"))
                page.close()

    def test_it_shows_what_the_api_suggests(self) -> None:
        for language, words in (("kk", "абай"), ("ru", "абая"), ("en", "abay")):
            with self.subTest(language=language):
                page = self.open(f"/{language}/")
                self.type(page, words)
                expected = self.suggestions(words, lang=language)
                self.assertEqual(self.labels(page), [suggestion["label"] for suggestion in expected])
                marked = [part["text"] for one in expected for part in one["parts"] if part["match"]]
                self.assertEqual(page.locator("[role=option] mark").all_text_contents(), marked)
                self.assertGreater(len(marked), 0)
                details = page.locator(".combobox__detail").all_inner_texts()
                for suggestion, detail in zip(expected, details):
                    self.assertTrue(detail.startswith(suggestion["detail"] or ""), (suggestion, detail))
                    self.assertTrue(detail, "nothing tells what it is")
                page.close()

    def test_every_symbol_is_drawn(self) -> None:
        page = self.open("/ru/")
        drawn = set()
        for words in ("абая", "парк", "медеу", "самал", "абая манаса"):
            page.fill("#q", "")
            self.type(page, words)
            links = page.locator("[role=option] use").evaluate_all("(uses) => uses.map((use) => use.href.baseVal)")
            self.assertEqual(len(links), page.locator("[role=option]").count())
            drawn |= set(links)
        file = next(iter(drawn)).split("#")[0]
        known = set(re.findall(r'id="([^"]+)"', page.request.get(self.portal.base + file).text()))
        self.assertEqual({link.split("#")[1] for link in drawn} - known, set())

    def test_arrows_go_round_and_the_text_stays(self) -> None:
        page = self.open("/ru/")
        self.type(page, "парк")
        labels = self.labels(page)
        self.assertIsNone(self.active(page), "nothing may be chosen before the reader chooses")
        seen = []
        for _ in labels:
            page.keyboard.press("ArrowDown")
            seen.append(self.active(page))
        self.assertEqual(seen, labels)
        page.keyboard.press("ArrowDown")
        self.assertIsNone(self.active(page))
        page.keyboard.press("ArrowUp")
        self.assertEqual(self.active(page), labels[-1])
        page.keyboard.press("Home")
        self.assertIsNone(self.active(page), "Home belongs to the text")
        self.assertEqual(page.evaluate("() => document.activeElement.selectionStart"), 0)
        page.keyboard.press("End")
        self.assertEqual(page.evaluate("() => document.activeElement.selectionStart"), len("парк"))
        self.assertEqual(page.input_value("#q"), "парк")

    def test_escape_closes_and_then_clears(self) -> None:
        page = self.open("/ru/")
        self.type(page, "парк")
        page.keyboard.press("Escape")
        self.wait_closed(page)
        self.assertEqual(page.input_value("#q"), "парк")
        page.keyboard.press("ArrowDown")
        self.wait_open(page)
        self.assertEqual(self.active(page), self.labels(page)[0])
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        self.assertEqual(page.input_value("#q"), "")
        self.wait_closed(page)

    def test_tab_and_a_click_elsewhere_close_and_take_nothing(self) -> None:
        page = self.open("/ru/")
        for leave in (lambda: page.keyboard.press("Tab"), lambda: page.locator("h1").click()):
            page.fill("#q", "")
            self.type(page, "парк")
            page.keyboard.press("ArrowDown")
            leave()
            self.wait_closed(page)
            self.assertEqual(page.input_value("#q"), "парк")
            self.assertEqual(path_of(page), "/ru/")

    def test_enter_on_a_suggestion_leads_to_its_page(self) -> None:
        page = self.open("/ru/")
        place = self.index_of("музей", "organization", "category")
        expected = self.suggestions("музей")[place]["page"]
        self.type(page, "музей")
        for _ in range(place + 1):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{expected}")

    def test_enter_on_the_text_searches(self) -> None:
        page = self.open("/ru/directory")
        self.type(page, "музей")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ru/search?**")
        self.assertEqual(query_of(page)["q"], "музей")

    def test_a_click_chooses(self) -> None:
        page = self.open("/en/districts")
        place = self.index_of("museum", "organization", lang="en")
        self.type(page, "museum")
        page.locator("[role=option]").nth(place).click()
        page.wait_for_url("**/en/organizations/**")

    def test_a_street_is_followed_by_its_houses(self) -> None:
        page = self.open("/ru/")
        place = self.index_of(STREET.lower(), "street")
        street = self.suggestions(STREET.lower())[place]
        self.assertTrue(street["completion"].endswith(", "), street)
        self.type(page, STREET.lower())
        with page.expect_response(lambda answer: self.answers(answer, street["completion"])):
            page.locator("[role=option]").nth(place).click()
        self.assertEqual(page.input_value("#q"), street["completion"])
        houses = [suggestion["label"] for suggestion in self.suggestions(street["completion"])]
        self.wait_labels(page, houses)
        self.wait_open(page)
        self.assertTrue(any(re.search(r"\d", house) for house in houses), houses)
        self.assertEqual(path_of(page), "/ru/")
        page.keyboard.press("Enter")  # the street itself
        page.wait_for_url(lambda url: urllib.parse.urlsplit(url).path == urllib.parse.urlsplit(street["page"]).path)

    def test_a_screen_reader_hears_how_many(self) -> None:
        self.invented = ("/api/v1/suggest",)
        words = {
            "ru": {1: "1 подсказка", 2: "2 подсказки", 5: "5 подсказок"},
            "kk": {1: "1 нұсқа", 2: "2 нұсқа", 5: "5 нұсқа"},
            "en": {1: "1 suggestion", 2: "2 suggestions", 5: "5 suggestions"},
        }
        for language, told in words.items():
            page = self.new_page()
            one = self.suggestions("парк", lang=language)[0]
            page.route(
                SUGGEST,
                lambda route: route.fulfill(json={"query": "", "suggestions": [one] * int(text_of(route.request.url))}),
            )
            page.goto(f"{self.portal.base}/{language}/")
            for count, text in told.items():
                with self.subTest(language=language, count=count):
                    page.fill("#q", str(count))
                    page.locator(".combobox [role=status]", has_text=re.compile(f"^{text}$")).wait_for(state="attached")
            page.fill("#q", "0")
            self.wait_closed(page)
            page.wait_for_function(
                "() => { const box = document.querySelector('.combobox');"
                " return box.querySelector('[role=status]').textContent === box.dataset.none; }"
            )
            page.close()


class AnswerTests(SearchBoxTest):
    def test_one_question_for_letters_typed_in_one_go(self) -> None:
        page = self.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(text_of(request.url)) if "/suggest?" in request.url else None)
        page.goto(self.portal.base + "/ru/")
        page.locator("#q").focus()
        page.evaluate(
            """() => {
                const input = document.activeElement;
                for (const letter of 'музей') {
                    input.value += letter;
                    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
                }
            }"""
        )
        self.wait_open(page)
        self.assertEqual(asked, ["музей"])

    def test_an_answer_to_an_older_text_is_never_shown(self) -> None:
        page = self.new_page()
        waiting = []
        page.route(SUGGEST, lambda route: waiting.append(route) if text_of(route.request.url) == "парк" else route.fallback())
        page.goto(self.portal.base + "/ru/")
        with page.expect_request(lambda request: text_of(request.url) == "парк"):
            page.fill("#q", "парк")
        with page.expect_event("requestfailed", lambda request: text_of(request.url) == "парк"):
            page.fill("#q", "музей")
        self.wait_open(page)
        expected = [suggestion["label"] for suggestion in self.suggestions("музей")]
        self.assertEqual(self.labels(page), expected)
        self.assertEqual(len(waiting), 1)

    def test_without_answers_it_is_a_form(self) -> None:
        self.invented = ("/api/v1/suggest",)
        refusals = {
            "no network": lambda route: route.abort(),
            "an error": lambda route: route.fulfill(status=503, json={"status": 503}),
            "no JSON": lambda route: route.fulfill(status=200, body="<html>", content_type="text/html"),
        }
        for name, refuse in refusals.items():
            with self.subTest(answer=name):
                page = self.new_page()
                page.route(SUGGEST, refuse)
                page.goto(self.portal.base + "/ru/")
                with page.expect_request("**/api/v1/suggest?*"):
                    page.fill("#q", "музей")
                page.wait_for_timeout(200)
                self.wait_closed(page)
                self.assertEqual(page.locator("[role=alert]:visible").count(), 0)
                self.problems = [problem for problem in self.problems if "script:" in problem]
                page.press("#q", "Enter")
                page.wait_for_url("**/ru/search?**")
                self.assertEqual(query_of(page)["q"], "музей")
                page.close()

    def test_what_is_composed_keeps_its_keys(self) -> None:
        page = self.open("/ru/")
        self.type(page, "музей")
        page.keyboard.press("ArrowDown")
        page.evaluate(
            """() => document.activeElement.dispatchEvent(
                new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))"""
        )
        self.wait_open(page)
        self.assertEqual((path_of(page), page.input_value("#q")), ("/ru/", "музей"))

    def test_names_are_text(self) -> None:
        self.invented = ("/api/v1/suggest",)
        page = self.new_page()
        one = self.suggestions("парк")[0]
        evil = "<img src=x onerror=alert(1)>"
        one |= {"label": evil, "detail": evil, "parts": [{"text": evil, "match": True}]}
        page.route(SUGGEST, lambda route: route.fulfill(json={"query": "", "suggestions": [one]}))
        page.goto(self.portal.base + "/en/")
        page.fill("#q", "park")
        self.wait_open(page)
        self.assertEqual(page.locator("[role=option] img").count(), 0)
        self.assertEqual(self.labels(page), [evil])

    def test_nothing_about_the_reader_is_told_but_the_words(self) -> None:
        page = self.open("/ru/")
        with page.expect_request("**/api/v1/suggest?*") as asked:
            page.fill("#q", "парк")
        self.assertEqual(
            dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(asked.value.url).query)),
            {"q": "парк", "limit": "8", "lang": "ru"},
        )
        self.assertEqual(page.evaluate("() => [localStorage.length, sessionStorage.length, document.cookie]"), [0, 0, ""])

    def test_it_can_be_used_in_another_form(self) -> None:
        page = self.open("/ru/")
        page.evaluate(
            """() => {
                const box = document.querySelector('[data-suggest]');
                delete box.dataset.leads;
                box.closest('form').addEventListener('suggestion', ({ detail }) => {
                    document.documentElement.dataset.chosen = JSON.stringify(detail);
                });
            }"""
        )
        place = self.index_of("музей", "organization")
        expected = self.suggestions("музей")[place]
        self.type(page, "музей")
        page.locator("[role=option]").nth(place).click()
        self.wait_closed(page)
        self.assertEqual(json.loads(page.evaluate("() => document.documentElement.dataset.chosen")), expected)
        self.assertEqual(page.input_value("#q"), expected["completion"])
        self.assertEqual(path_of(page), "/ru/")
