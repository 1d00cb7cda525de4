"""Accessibility: axe finds no violation, nothing scrolls sideways on a phone, and the keyboard reaches everything important."""

from support import DESK, PHONE, BrowserTest, quoted


class AccessTests(BrowserTest):
    def pages(self) -> dict[str, str]:
        """Name and path of each kind of page."""
        nearest = self.portal.api("/nearest", lon=76.945, lat=43.238, category="park", limit=1)["results"]
        organization = quoted(nearest[0]["organization"]["id"])
        return {
            "home-kk": "/kk/",
            "search-kk": "/kk/search?q=" + quoted("Абай 52"),
            "map-kk": "/kk/map",
            "map-pin-kk": "/kk/map?pin=76.945,43.238&category=park",
            "map-choice-kk": "/kk/map?category=museum&category=theatre&district=medeu&lon=76.95&lat=43.24&z=13",
            "directory-kk": "/kk/directory",
            "directory-medeu-ru": "/ru/directory?district=medeu",
            "category-kk": "/kk/directory/park",
            "organization-kk": f"/kk/organizations/{organization}",
            "districts-kk": "/kk/districts",
            "district-kk": "/kk/districts/medeu",
            "search-error-kk": "/kk/search?q=" + quoted("а" * 201),
            "developers-kk": "/api/docs?lang=kk",
            "home-ru": "/ru/",
            "map-ru": "/ru/map",
            "home-en": "/en/",
        }

    def test_axe_and_width(self) -> None:
        for name, path in self.pages().items():
            for width in (PHONE, DESK):
                with self.subTest(page=name, width=width):
                    page = self.open(path, width)
                    if "/map" in path:
                        self.wait_for_map(page)
                        page.locator("details").evaluate_all("(parts) => { for (const part of parts) part.open = true; }")
                    self.shoot(page, f"{name}-{width}", full_page="/map" not in path)
                    self.assert_fits(page)
                    self.assert_accessible(page)
                    page.close()

    def test_long_words_wrap_on_a_phone(self) -> None:
        # All places where a name, an address or a link from the data or from a person can appear.
        places = (
            "h1, h2, dd:not(:has(.phone)), dd a:not(.phone), .breadcrumbs li, .other-name, .kicker a, .summary, .lead, .notice, .fine, .place h3 a, "
            ".place__name, .place__facts > :not(.place__distance), .tile__label, "
            ".chip:not(.chips--line .chip), .row__name, .error-message, .filter__chosen"
        )
        for name, path in self.pages().items():
            with self.subTest(page=name):
                page = self.open(path, PHONE)
                page.evaluate(
                    """(places) => {
                        for (const place of document.querySelectorAll(`main :is(${places})`)) {
                            for (const node of place.childNodes) {
                                if (node.nodeType === Node.TEXT_NODE && node.data.trim()) {
                                    node.data = "https://almaty.kz/" + "ұзын".repeat(40);
                                }
                            }
                        }
                    }""",
                    places,
                )
                self.assert_fits(page)
                page.close()

    def test_axe_in_the_dark(self) -> None:
        for name in ("home-kk", "search-kk", "organization-kk", "map-kk"):
            with self.subTest(page=name):
                page = self.open(self.pages()[name], color_scheme="dark")
                if name == "map-kk":
                    self.wait_for_map(page)
                self.shoot(page, f"{name}-dark-{DESK}")
                self.assert_accessible(page)

    def test_skip_link_leads_to_the_search(self) -> None:
        page = self.open("/kk/")
        page.keyboard.press("Tab")
        self.assertTrue(page.evaluate("() => document.activeElement.classList.contains('skip-link')"))
        self.assertTrue(page.locator(".skip-link").first.is_visible())
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        self.assertEqual(page.evaluate("() => document.activeElement.id"), "q")

    def test_tab_reaches_the_search_before_the_doors(self) -> None:
        page = self.open("/ru/")
        seen: list[str] = []
        for _ in range(20):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("() => document.activeElement.id || document.activeElement.className"))
            if seen[-1] == "q":
                break
        self.assertEqual(seen[-1], "q", f"Tab went to {seen}")
        focused = page.evaluate(
            "() => { const style = getComputedStyle(document.activeElement); "
            "return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; }"
        )
        self.assertTrue(focused, "the focus cannot be seen")

    def test_every_page_has_one_heading_and_a_title(self) -> None:
        titles = set()
        paths = self.pages()
        for name, path in paths.items():
            page = self.open(path)
            self.assertEqual(page.locator("h1").count(), 1, name)
            titles.add(page.title())
            page.close()
        # The three map pages may share a title in Kazakh, and so may the two search pages.
        self.assertGreaterEqual(len(titles), len(paths) - 3)

    def test_targets_are_large_enough_on_a_phone(self) -> None:
        page = self.open("/kk/", PHONE)
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, input:not([type=hidden]), select')]
                .filter((element) => element.checkVisibility())
                .filter((element) => element.getBoundingClientRect().height < 44)
                .map((element) => element.outerHTML.slice(0, 100))"""
        )
        self.assertEqual(small, [])
