"""Signing in with Facebook when the person refuses, an answer is repeated, or Facebook fails."""

import re
import sys
import threading
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "accounts"))

from facebook_case import FacebookCase  # noqa: E402
from support import DESK, PHONE  # noqa: E402
from visitor import Visitor  # noqa: E402


class FacebookFaultTests(FacebookCase):
    def test_who_refuses_is_told_so_in_their_language(self) -> None:
        self.person(7, name="Иван Петров", email="no@example.kz")
        for language, width in (("kk", PHONE), ("ru", DESK)):
            with self.subTest(language=language):
                # The browser prefers the other language: the page keeps the chosen one.
                page = self.new_page(width, locale="ru-RU" if language == "kk" else "kk-KZ")
                self.begin(page, language)
                page.click("button[value=no]")
                page.wait_for_url("**/auth/facebook/callback?**")
                self.shoot(page, f"facebook-refused-{language}", full_page=True)
                self.assert_failed(page, language, "provider_denied")
                self.assert_signed_out(page)
        self.assertEqual(self.portal.mails("no@example.kz"), [])

    def test_an_answer_works_once_and_in_its_browser(self) -> None:
        self.expected = {400}
        self.person(8, name="Айгүл", email="face-replay@example.kz")
        page = self.new_page()
        answers: list[str] = []
        page.on("request", lambda request: answers.append(request.url) if "/callback?" in request.url else None)
        self.begin(page)
        self.agree(page, "/ru/auth/email")
        first = answers[0].split("#")[0]
        code = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(first).query))["code"]
        page.goto(first)
        self.assert_failed(page, "ru", "provider_refused")
        self.assert_signed_out(page)
        path = first.removeprefix(self.portal.base)
        stranger = Visitor(self.portal.base)
        self.assert_refused(stranger, stranger.get(path), "ru", "provider_refused")
        # An old code with a valid state.
        fresh, query = self.leave("kk")
        answer = self.come_back(fresh, code=code, state=query["state"])
        self.assert_refused(fresh, answer, "kk", "provider_refused")
        # A valid code with the state of another browser, with an unknown state, without a state, and twice.
        _, other = self.leave()
        for more in ({"state": other["state"]}, {"state": "A" * 43}, {}):
            with self.subTest(more=more):
                stranger, query = self.leave()
                answer = self.come_back(stranger, code=self.new_code(query), **more)
                self.assert_refused(stranger, answer, "ru", "provider_refused")
        visitor, query = self.leave()
        good = {"code": self.new_code(query), "state": query["state"]}
        self.assertEqual(self.come_back(visitor, **good).location, "/ru/auth/email")
        self.assert_refused(visitor, self.come_back(visitor, **good), "ru", "provider_refused")

    def test_after_facebook_one_stays_on_this_site(self) -> None:
        self.person(9, name="Айгүл", email="face-way@example.kz")
        page = self.new_page()
        self.begin(page)
        self.agree(page, "/ru/auth/email")
        self.send_email(page, "ru")
        page.goto(self.portal.mailed_link("face-way@example.kz"))
        self.send(page)
        ways = {
            "//evil.example/": "/ru/account", "/\\evil.example": "/ru/account", "https:evil.example": "/ru/account",
            "https://evil.example": "/ru/account", "%2F%2Fevil.example": "/ru/account", "/ru/directory": "/ru/directory",
        }
        for wanted, reached in ways.items():
            with self.subTest(wanted=wanted):
                visitor, query = self.leave(to=wanted)
                answer = self.come_back(visitor, code=self.new_code(query), state=query["state"])
                self.assertEqual((answer.status, answer.location), (303, reached))

    def test_when_facebook_fails_the_page_says_so_and_nothing_more(self) -> None:
        self.expected = {400, 502}
        self.person(10, name="Иван Петров", email="face-trouble@example.kz")
        # A request that waits for a silent endpoint must not block others.
        self.facebook.trouble = {"me": "silent"}
        silent, query = self.leave("kk")
        code, asked, waited = self.new_code(query), len(self.facebook.asked), []

        def wait() -> None:
            start = time.monotonic()
            answer = self.come_back(silent, code=code, state=query["state"])
            waited.append((answer, time.monotonic() - start))

        waiting = threading.Thread(target=wait)
        waiting.start()
        # Once the token endpoint has answered, the Graph API receives the request.
        while len(self.facebook.asked) < asked + 2 and waiting.is_alive():
            time.sleep(0.02)
        self.facebook.trouble = {"me": "500"}
        page = self.new_page(PHONE)
        self.begin(page, "kk")
        self.agree(page, "/auth/facebook/callback")
        self.shoot(page, "facebook-down-kk", full_page=True)
        self.assert_failed(page, "kk", "provider_down")
        self.assert_signed_out(page)
        troubles = (
            ("me", "500", "ru", "provider_down"), ("me", "refuse", "ru", "provider_refused"),
            ("me", "garbage", "kk", "provider_refused"), ("token", "500", "ru", "provider_down"),
            ("token", "refuse", "kk", "provider_refused"), ("token", "garbage", "ru", "provider_refused"),
        )
        for endpoint, trouble, language, key in troubles:
            with self.subTest(endpoint=endpoint, trouble=trouble):
                self.facebook.trouble = {endpoint: trouble}
                visitor, sent = self.leave(language)
                answer = self.come_back(visitor, code=self.new_code(sent), state=sent["state"])
                self.assert_refused(visitor, answer, language, key)
        waiting.join()
        answer, seconds = waited[0]
        self.assertLess(seconds, 16)
        self.assert_refused(silent, answer, "kk", "provider_down")
        self.assertEqual(self.portal.mails("face-trouble@example.kz"), [])
        # The log gives the operator the reason, without secrets (see `tearDown`).
        log = self.portal.log_text()
        self.assertGreaterEqual(len(re.findall("Sign-in by a provider failed", log)), len(troubles))
        self.assertIn("the provider refused what we showed: graph-400", log)
