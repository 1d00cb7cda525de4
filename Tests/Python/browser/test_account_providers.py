"""Signing in through two real OpenID providers on loopback: django-oauth-toolkit and oidc-provider-mock."""

import atexit
import contextlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "accounts"))

from accounts import PASSWORD, SETTINGS, AccountTest  # noqa: E402
from program import free_port  # noqa: E402
from providers import django_provider, mock_provider  # noqa: E402
from support import DESK, PHONE, path_of  # noqa: E402


# The origin of the style sheets on oidc-provider-mock's page.
STYLES = "https://cdn.jsdelivr.net/npm/@picocss/"


class ProviderTests(AccountTest):
    """django-oauth-toolkit plays Google, oidc-provider-mock any other provider."""

    @classmethod
    def setUpClass(cls) -> None:
        ends = contextlib.ExitStack()
        atexit.register(ends.close)
        cls.google = ends.enter_context(django_provider())
        cls.other = ends.enter_context(mock_provider())
        cls.port = free_port()
        base = f"http://127.0.0.1:{cls.port}/auth"
        google = cls.google.client(f"{base}/google/callback")
        other = cls.other.client(f"{base}/oidc/callback")
        cls.settings = SETTINGS | {
            "OPENALMATY_GOOGLE_CLIENT_ID": google.id,
            "OPENALMATY_GOOGLE_CLIENT_SECRET": google.secret,
            "OPENALMATY_GOOGLE_ISSUER": cls.google.issuer,
            "OPENALMATY_OIDC_CLIENT_ID": other.id,
            "OPENALMATY_OIDC_CLIENT_SECRET": other.secret,
            "OPENALMATY_OIDC_ISSUER": cls.other.issuer,
            "OPENALMATY_OIDC_LABEL": "Qala ID",
        }
        super().setUpClass()

    def setUp(self) -> None:
        super().setUp()
        self.neighbours = (self.google.base, self.other.base, STYLES)
        # The provider's own page may lack an image.
        self.expected = {404}

    def new_page(self, width: int = DESK, **options: object):
        """Makes a page in which the provider's remote style sheet is replaced by an empty one."""
        page = super().new_page(width, **options)
        page.route(STYLES + "**", lambda route: route.fulfill(content_type="text/css", body=""))
        return page

    def begin(self, page, name: str, language: str = "ru") -> None:
        """Opens the sign-in page and presses a provider's button."""
        page.goto(f"{self.portal.base}/{language}/login")
        page.click(f".providers a[href^='/auth/{name}']")

    def test_a_new_person_with_a_verified_address(self) -> None:
        for name, provider, language in (("google", self.google, "kk"), ("oidc", self.other, "ru")):
            with self.subTest(provider=name):
                email = f"new-{name}@example.kz"
                provider.set_person(f"new-{name}", email=email, email_verified=True, name="Айгүл Серікқызы")
                page = self.open(f"/{language}/login", PHONE)
                self.assert_accessible(page)
                self.begin(page, name, language)
                provider.press_agree(page)
                page.wait_for_url(f"**/{language}/auth/finish")
                self.shoot(page, f"provider-finish-{language}", full_page=True)
                self.assert_fits(page)
                self.assert_accessible(page)
                self.assertEqual(page.input_value("#field-name"), "Айгүл Серікқызы")
                page.check("#field-agree")
                self.send(page)
                self.assertEqual(path_of(page), f"/{language}/account")
                self.assertIn(email, page.locator("main").inner_text())
                # The next sign-in takes a single click.
                again = self.new_page()
                self.begin(again, name, language)
                provider.press_agree(again)
                again.wait_for_url(f"**/{language}/account")
                # Go back to the provider's page and forward again: its answer was used before.
                again.go_back()
                provider.press_agree(again)
                again.wait_for_url(f"**/{language}/")
                self.assertIn("account", again.locator(".account-link a").get_attribute("href"))

    def test_a_provider_that_tells_no_verified_address(self) -> None:
        self.other.set_person("shy", name="Иван Петров")
        page = self.open("/ru/login")
        self.begin(page, "oidc")
        self.other.press_agree(page)
        page.wait_for_url("**/ru/auth/email")
        self.shoot(page, "provider-email", full_page=True)
        self.assert_accessible(page)
        page.fill("#field-email", "shy@example.kz")
        page.check("#field-agree")
        self.send(page)
        self.assertEqual(path_of(page), "/ru/register/sent")
        page.goto(self.link(page, "shy@example.kz"))
        # The provider has just vouched for this browser, so no password is required.
        self.assertEqual(page.locator("#field-password").count(), 0)
        self.send(page)
        self.assertEqual(path_of(page), "/ru/account")

    def test_a_known_address_is_linked_only_by_its_owner(self) -> None:
        self.register("owner@example.kz").context.close()
        self.google.set_person("stranger", email="owner@example.kz", email_verified=True, name="Кто-то")
        page = self.open("/ru/login")
        self.begin(page, "google")
        self.google.press_agree(page)
        page.wait_for_url("**/ru/auth/confirm")
        self.shoot(page, "provider-known", full_page=True)
        self.assert_accessible(page)
        self.assertNotIn("owner@", page.locator("main").inner_text())
        page.goto(self.portal.base + "/ru/account")
        self.assertEqual(path_of(page), "/ru/login", "nobody is signed in yet")
        # Link by signing in to the account.
        page.goto(self.portal.base + "/ru/auth/confirm")
        page.click(".link-column a")
        page.fill("#field-login", "owner@example.kz")
        page.fill("#field-password", PASSWORD)
        self.pass_captcha(page)
        self.send(page)
        self.assertEqual(path_of(page), "/ru/auth/confirm")
        self.send(page)
        self.assertEqual(path_of(page), "/ru/account/identities")
        self.assertIn("Google", page.locator(".rows").inner_text())
        self.assert_accessible(page)
        again = self.new_page()
        self.begin(again, "google")
        self.google.press_agree(again)
        again.wait_for_url("**/ru/account")

    def test_a_known_address_is_linked_by_a_mailed_link(self) -> None:
        self.register("mailed@example.kz").context.close()
        self.other.set_person("mailed", email="mailed@example.kz", email_verified=True, name="Кто-то")
        page = self.open("/ru/login")
        self.begin(page, "oidc")
        self.other.press_agree(page)
        page.wait_for_url("**/ru/auth/confirm")
        self.send(page)
        link = self.link(page, "mailed@example.kz")
        # In a browser that did not start the sign-in, the link has no effect.
        self.expected = {404, 409}
        stranger = self.new_page()
        stranger.goto(link)
        self.send(stranger)
        self.assertIn("браузере", stranger.locator("main").inner_text())
        page.goto(link)
        self.send(page)
        self.begin(page, "oidc")
        self.other.press_agree(page)
        page.wait_for_url("**/ru/account")

    def test_linking_and_unlinking_from_the_account(self) -> None:
        page = self.register("both@example.kz", "kk", DESK)
        self.google.set_person("both", email="else@example.kz", email_verified=True, name="Айгүл")
        page.goto(self.portal.base + "/kk/account/identities")
        self.shoot(page, "identities-kk", full_page=True)
        page.click(".providers form[action^='/auth/google'] button")
        self.google.press_agree(page)
        page.wait_for_url("**/kk/account/identities?done=linked")
        self.assert_accessible(page)
        page.click(".row--action button")
        page.wait_for_url("**/kk/account/identities?done=unlinked")

    def test_a_link_of_another_site_links_nothing(self) -> None:
        page = self.register("forged@example.kz")
        self.google.set_person("forged", email="attacker@example.kz", email_verified=True, name="Чужой")
        page.goto(self.portal.base + "/auth/google?lang=ru&link=AAAA&to=/ru/account/identities")
        self.google.press_agree(page)
        page.wait_for_url("**/ru/auth/finish")
        page.goto(self.portal.base + "/ru/account/identities")
        self.assertEqual(page.locator(".rows").count(), 0)

    def test_who_refuses_is_told_so(self) -> None:
        for name, provider in (("google", self.google), ("oidc", self.other)):
            with self.subTest(provider=name):
                provider.set_person(f"no-{name}", email=f"no-{name}@example.kz", email_verified=True, name="Нет")
                page = self.open("/kk/login")
                self.begin(page, name, "kk")
                provider.press_refuse(page)
                page.wait_for_url("**/callback?**")
                self.assertIn(page.locator("h1").inner_text(), ("Кіру аяқталмады", "Войти не получилось"))
                self.assert_accessible(page)

    def test_an_answer_works_once_and_in_its_browser(self) -> None:
        self.expected = {400, 404}
        self.other.set_person("replay", email="replay@example.kz", email_verified=True, name="Айгүл")
        page = self.open("/ru/login")
        answers: list[str] = []
        page.on("request", lambda request: answers.append(request.url) if "/callback?" in request.url else None)
        self.begin(page, "oidc")
        self.other.press_agree(page)
        page.wait_for_url("**/ru/auth/finish")
        for browser in (page, self.new_page()):
            browser.goto(answers[0])
            self.assertIn(browser.locator("h1").inner_text(), ("Войти не получилось", "Кіру аяқталмады"))
            browser.goto(self.portal.base + "/ru/account")
            self.assertEqual(path_of(browser), "/ru/login")
