"""Signing in with Facebook in a browser: its dialog and Graph API run on loopback and fail on demand."""

import atexit
import contextlib
import html
import re
import sys
import threading
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "accounts"))

from accounts import SETTINGS, AccountTest  # noqa: E402
from facebook import facebook  # noqa: E402
from portal import words  # noqa: E402
from program import free_port  # noqa: E402
from support import DESK, PHONE, Page, path_of  # noqa: E402
from visitor import Answer, Visitor  # noqa: E402


class FacebookTests(AccountTest):
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

    def test_a_new_person_with_an_address(self) -> None:
        for number, language, width in ((1, "kk", PHONE), (2, "ru", DESK)):
            with self.subTest(language=language):
                email = f"face-{language}@example.kz"
                self.person(number, name="Айгүл Серікқызы", email=email)
                page = self.open(f"/{language}/login", width)
                self.assert_accessible(page)
                self.assertIn("Facebook", page.locator(".providers").inner_text())
                self.begin(page, language)
                asked = self.facebook.dialogs[-1]
                self.assertEqual(asked["scope"], "public_profile,email")
                self.assertRegex(asked["state"], r"^[A-Za-z0-9_-]{43}$")
                self.agree(page, f"/{language}/auth/email")
                self.shoot(page, f"facebook-email-{language}-{width}", full_page=True)
                self.assert_accessible(page)
                self.assert_fits(page)
                # Facebook does not confirm that the address belongs to the person, so it is only suggested and then verified
                # by mail.
                self.assertEqual(page.input_value("#field-name"), "Айгүл Серікқызы")
                self.assertEqual(page.input_value("#field-email"), email)
                self.send_email(page, language)
                self.assert_unknown(language)
                page.goto(self.portal.mailed_link(email))
                self.assertEqual(page.locator("#field-password").count(), 0)
                self.send(page)
                self.assertEqual(path_of(page), f"/{language}/account")
                self.assertIn(email, page.locator("main").inner_text())
                # The next sign-in takes a single click and begins a new session.
                again = self.new_page()
                planted = "A" * 43
                again.context.add_cookies([{"name": "oa_session", "value": planted, "url": self.portal.base}])
                self.begin(again, language)
                self.agree(again, f"/{language}/account")
                session = next(c["value"] for c in again.context.cookies() if c["name"] == "oa_session")
                self.assertNotEqual(session, planted)

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

    def test_who_has_no_password_deletes_the_account_by_mail(self) -> None:
        email = "face-gone@example.kz"
        self.person(20, name="Кетуші Адам", email=email)
        page = self.open("/kk/login", PHONE)
        self.begin(page, "kk")
        self.agree(page, "/kk/auth/email")
        self.send_email(page, "kk")
        page.goto(self.portal.mailed_link(email))
        self.send(page)
        known = len(self.portal.mails(email))
        page.goto(self.portal.base + "/kk/account/delete")
        self.assertEqual(page.locator("input[type=password]").count(), 0)
        self.assert_accessible(page)
        page.check("#field-sure")
        self.send(page)
        self.assertEqual(path_of(page), "/kk/account/delete/sent")
        self.assert_accessible(page)
        link = self.portal.mailed_link(email, known + 1)
        # Opening the link deletes nothing, whether by a person or by a mail scanner.
        for width in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(link)
            self.assertTrue(path_of(page).startswith("/kk/erase/"))
            self.shoot(page, f"erase-by-mail-{width}", full_page=True)
            self.assert_accessible(page)
            self.assert_fits(page)
        self.send(page)
        self.assertEqual(path_of(page), "/kk/erased")
        self.assert_accessible(page)
        # Of the mails with links, only the last one remains.
        for mail in self.portal.mails(email):
            self.assertNotRegex(mail["text"], "/(erase|activate)/")
        self.assert_unknown("kk")

    def test_what_facebook_is_shown(self) -> None:
        self.person(3, name="Иван Петров", email="shown@example.kz")
        before = len(self.facebook.asked)
        page = self.new_page()
        self.begin(page)
        self.agree(page, "/ru/auth/email")
        token, me = self.facebook.asked[before:]
        self.assertEqual(token.fields["client_secret"], self.facebook.client_secret)
        self.assertEqual(token.query, {}, "the secret stands in no address")
        self.assertIn("appsecret_proof", me.query)
        self.assertNotIn("access_token", me.query, "nor does the token")
        self.assertTrue(me.headers["authorization"].startswith("Bearer EAA"))
        for secret in self.facebook.secrets():
            self.assertNotIn(secret, page.content())

    def test_without_an_address_it_is_asked_for_and_proved(self) -> None:
        self.expected = {422}
        for number, language in ((4, "kk"), (5, "ru")):
            with self.subTest(language=language):
                email = f"shy-{language}@example.kz"
                self.person(number, name="Иван Петров")
                page = self.new_page(PHONE)
                self.begin(page, language)
                self.agree(page, f"/{language}/auth/email")
                self.assertIn(
                    words(language)["provider_email_lead"].replace("{provider}", "Facebook"),
                    page.locator("main").inner_text(),
                )
                self.assertEqual(page.input_value("#field-email"), "")
                page.fill("#field-email", "not an address")
                page.check("#field-agree")
                self.send(page)
                self.assertEqual(page.evaluate("() => document.activeElement.id"), "error-summary")
                self.assertEqual(page.input_value("#field-name"), "Иван Петров")
                self.assertEqual(page.input_value("#field-email"), "not an address")
                self.assertTrue(page.is_checked("#field-agree"))
                self.assert_accessible(page)
                page.fill("#field-email", email)
                self.send_email(page, language)
                self.assert_signed_out(page)
                link = self.portal.mailed_link(email)
                # In another browser Facebook's confirmation does not count: there the account would need a password.
                stranger = self.new_page()
                stranger.goto(link)
                self.assertEqual(stranger.locator("#field-password").count(), 1)
                page.goto(link)
                self.send(page)
                self.assertEqual(path_of(page), f"/{language}/account")

    def test_strange_words_of_facebook_are_not_believed(self) -> None:
        strange = (
            {"name": "<script>alert(1)</script>", "email": "a@example.kz\r\nBcc: b@example.kz"},
            {"name": "Я" * 10_000, "email": "a" * 300 + "@example.kz"},
            {"name": 7, "email": ["a@example.kz"]},
        )
        for number, told in enumerate(strange, 20):
            with self.subTest(told=str(told)[:60]):
                self.person(number, **told)
                visitor, query = self.leave()
                answer = self.come_back(visitor, code=self.new_code(query), state=query["state"])
                self.assertEqual(answer.location, "/ru/auth/email")
                form = visitor.get("/ru/auth/email")
                self.assertEqual(form.status, 200)
                self.assertNotIn("<script>alert", form.html)
                for field in ("name", "email"):
                    tag = re.search(rf'<input[^>]*id="field-{field}"[^>]*>', form.html).group()
                    self.assertRegex(tag, r'value=""', field)

    def test_a_known_address_is_linked_only_by_its_owner(self) -> None:
        self.expected = {409}
        self.register("face-owner@example.kz").context.close()
        self.person(6, name="Кто-то", email="face-owner@example.kz")
        page = self.new_page()
        self.begin(page)
        self.agree(page, "/ru/auth/email")
        # The page is the same as for an unknown address.
        self.send_email(page, "ru")
        self.assert_signed_out(page)
        link = self.portal.mailed_link("face-owner@example.kz", 2)
        self.assertIn("/auth/link/", link)
        # In a browser that did not start the sign-in the link has no effect, even for the owner.
        owner = self.new_page()
        self.sign_in(owner, "face-owner@example.kz")
        owner.goto(link)
        self.assert_accessible(owner)
        self.send(owner)
        self.assertIn("браузере", owner.locator("main").inner_text())
        owner.goto(self.portal.base + "/ru/account/identities")
        self.assertEqual(owner.locator(".rows").count(), 0)
        self.assert_unknown()
        # A person who both started it and reads the owner's mail is the owner.
        page.goto(link)
        self.send(page)
        self.assertIn(words("ru")["provider_linked"], page.locator("main").inner_text())
        self.assert_accessible(page)
        self.begin(page)
        self.agree(page, "/ru/account")
        self.assertIn("face-owner@example.kz", page.locator("main").inner_text())

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
