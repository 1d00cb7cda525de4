"""What the tests of signing in with Facebook share: a portal, the dialog, and what a page says when it fails."""

import atexit
import contextlib
import html
import sys
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "accounts"))

from accounts import SETTINGS, AccountTest  # noqa: E402
from facebook import facebook  # noqa: E402
from portal import words  # noqa: E402
from program import free_port  # noqa: E402
from support import Page, path_of  # noqa: E402
from visitor import Answer, Visitor  # noqa: E402


class FacebookCase(AccountTest):
    """A portal whose Facebook runs on loopback."""

    @classmethod
    def setUpClass(cls) -> None:
        ends = contextlib.ExitStack()
        atexit.register(ends.close)
        cls.facebook = ends.enter_context(facebook())
        cls.port = free_port()
        cls.facebook.redirect_uri = f"http://127.0.0.1:{cls.port}/auth/facebook/callback"
        cls.settings = SETTINGS | cls.facebook.settings() | {"OPENALMATY_LOG_LEVEL": "notice"}
        super().setUpClass()

    def setUp(self) -> None:
        super().setUp()
        self.neighbours = (self.facebook.base,)
        self.facebook.trouble = {}
        self.addCleanup(self.facebook.trouble.clear)

    def tearDown(self) -> None:
        log = self.portal.log_text()
        for secret in self.facebook.secrets():
            self.assertNotIn(secret, log, "the log tells a secret")
        super().tearDown()

    def person(self, number: int, **told: str) -> None:
        """Sets the person who uses Facebook's dialog from now on."""
        self.facebook.person = {"id": str(10_150_000_000_000_000 + number), **told}

    def begin(self, page: Page, language: str = "ru") -> None:
        """Opens the sign-in page and presses Facebook's button."""
        page.goto(f"{self.portal.base}/{language}/login")
        page.click(".providers a[href^='/auth/facebook']")
        page.wait_for_url(self.facebook.base + "/**")

    def agree(self, page: Page, path: str) -> None:
        """Agrees in the dialog and waits for the next page of the portal, whose URL ends with `#_=_`."""
        page.click("button[value=yes]")
        page.wait_for_url(lambda address: urllib.parse.urlsplit(address).path == path)

    def leave(self, language: str = "ru", to: str = "") -> tuple[Visitor, dict[str, str]]:
        """Returns a headless browser at the dialog, and the parameters of the dialog."""
        visitor = Visitor(self.portal.base, language=language)
        target = urllib.parse.quote(to, safe="")
        gone = visitor.get(f"/auth/facebook?lang={language}&to={target}")
        self.assertTrue(gone.location.startswith(self.facebook.base))
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(gone.location).query))
        self.assertIsNone(self.facebook.fault_of_dialog(query))
        return visitor, query

    def come_back(self, visitor: Visitor, **query: str) -> Answer:
        """Returns the portal's response to the dialog's callback."""
        return visitor.get(f"/auth/facebook/callback?{urllib.parse.urlencode(query)}")

    def new_code(self, query: dict[str, str]) -> str:
        """Makes a code as the dialog gives to a person who agrees."""
        back = urllib.parse.urlsplit(self.facebook.address_back(query, agreed=True))
        return dict(urllib.parse.parse_qsl(back.query))["code"]

    def assert_refused(self, visitor: Visitor, answer: Answer, language: str, key: str) -> None:
        """Like `assert_failed`, but without a rendered page; nobody is signed in."""
        told, said = words(language), html.unescape(answer.html)
        self.assertEqual(answer.status, 502 if key == "provider_down" else 400)
        self.assertIn(f'<html lang="{language}"', answer.html)
        self.assertIn(told["provider_failed_title"], said)
        self.assertIn(told[key], said)
        self.assert_says_nothing_inside(answer.html)
        self.assertEqual(visitor.get("/ru/account").status, 303)

    def assert_says_nothing_inside(self, content: str) -> None:
        """Checks that a page contains neither secrets nor internal error messages."""
        for inside in [*self.facebook.secrets(), self.facebook.base, "OAuthException", "GraphMethod", "OpenIDError"]:
            self.assertNotIn(inside, content)

    def assert_failed(self, page: Page, language: str, key: str, path: str = "/auth/facebook/callback") -> None:
        """Checks that the page explains the failure in the person's language, offers a way on, and reveals nothing internal."""
        told = words(language)
        self.assertEqual(path_of(page), path)
        self.assertEqual(page.get_attribute("html", "lang"), language)
        self.assertEqual(page.locator("h1").inner_text(), told["provider_failed_title"])
        self.assertIn(told[key], page.locator("main").inner_text())
        self.assertEqual(page.locator("main a.button").get_attribute("href"), f"/{language}/login")
        self.assert_says_nothing_inside(page.content())
        self.assert_accessible(page)
        self.assert_fits(page)

    def assert_signed_out(self, page: Page) -> None:
        """Checks that the browser has no session."""
        page.goto(self.portal.base + "/ru/account")
        self.assertEqual(path_of(page), "/ru/login")

    def assert_unknown(self, language: str = "ru") -> None:
        """Checks that the person at Facebook's dialog has no account yet: another sign-in asks for the address again."""
        visitor, query = self.leave(language)
        answer = self.come_back(visitor, code=self.new_code(query), state=query["state"])
        self.assertEqual((answer.status, answer.location), (303, f"/{language}/auth/email"))

    def send_email(self, page: Page, language: str) -> None:
        """Accepts the agreement and submits the form that asks for the address."""
        page.check("#field-agree")
        self.send(page)
        self.assertEqual(path_of(page), f"/{language}/register/sent")
