"""What the tests of the search box share."""

import urllib.parse

from support import BrowserTest


def text_of(request_url: str) -> str:
    """The search text in a request to the API."""
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(request_url).query)).get("q", "")


class SearchBoxTest(BrowserTest):
    """Helpers for the tests of the box."""

    def type(self, page, text: str, box: str = "#q") -> None:
        """Types like a person and waits for the suggestions for the text that is then in the box."""
        page.locator(box).click()
        with page.expect_response(lambda answer: self.answers(answer, text)) as answered:
            page.keyboard.type(text, delay=15)
        self.wait_labels(page, [suggestion["label"] for suggestion in answered.value.json()["suggestions"]])
        self.wait_open(page)

    def wait_labels(self, page, labels: list[str]) -> None:
        page.wait_for_function(
            "(labels) => JSON.stringify([...document.querySelectorAll('.combobox__label')].map((one) => one.textContent))"
            " === JSON.stringify(labels)",
            arg=labels,
        )

    def answers(self, answer, text: str) -> bool:
        return "/api/v1/suggest?" in answer.url and text_of(answer.url) == text

    def wait_open(self, page) -> None:
        page.wait_for_selector("[role=combobox][aria-expanded=true]")
        page.wait_for_selector("[role=option]")

    def wait_closed(self, page) -> None:
        page.wait_for_selector("[role=combobox][aria-expanded=false]")
        self.assertTrue(page.locator("[role=listbox]").is_hidden())

    def labels(self, page) -> list[str]:
        return page.locator(".combobox__label").all_inner_texts()

    def suggestions(self, text: str, **query: object) -> list[dict]:
        """The API's suggestions, which the box must show too."""
        return self.portal.api("/suggest", q=text, limit=8, **({"lang": "ru"} | query))["suggestions"]

    def index_of(self, text: str, *kinds: str, **query: object) -> int:
        """The index of the first suggestion of one of the kinds."""
        found = self.suggestions(text, **query)
        places = [index for index, suggestion in enumerate(found) if suggestion["kind"] in kinds]
        self.assertTrue(places, f"no {kinds} is suggested for {text}: {[s['label'] for s in found]}")
        return places[0]

    def active(self, page) -> str | None:
        """The suggestion selected with the arrow keys, as a screen reader is told."""
        return page.evaluate(
            """() => {
                const id = document.activeElement.getAttribute('aria-activedescendant');
                const option = id && document.getElementById(id);
                const marked = [...document.querySelectorAll('[role=option][aria-selected=true]')];
                if (marked.length !== (option ? 1 : 0) || (option && marked[0] !== option)) return 'not one is marked';
                return option ? option.querySelector('.combobox__label').innerText : null;
            }"""
        )
