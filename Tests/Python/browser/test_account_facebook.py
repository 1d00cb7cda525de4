"""Signing in with Facebook in a browser: its dialog and Graph API run on loopback."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "accounts"))

from facebook_case import FacebookCase  # noqa: E402
from portal import words  # noqa: E402
from support import DESK, PHONE, path_of  # noqa: E402


class FacebookTests(FacebookCase):
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
