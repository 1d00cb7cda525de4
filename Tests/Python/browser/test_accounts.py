"""A person registers, signs in and manages an account: with and without scripts, by keyboard, on a phone and on a desktop."""

import json
import re

from accounts import PASSWORD, AccountTest
from support import DESK, PHONE, path_of, query_of

PARTS = [
    "name", "username", "email", "phone", "iin", "language", "notifications", "password", "second-factor", "sessions",
    "identities", "consents", "data", "delete",
]


class RegistrationTests(AccountTest):
    def test_from_a_fresh_start_to_the_account(self) -> None:
        for language, width, button in (("kk", PHONE, "Жеке кабинет"), ("ru", DESK, "Личный кабинет")):
            with self.subTest(language=language):
                self.expected = {422}
                email = f"fresh-{language}@example.kz"
                page = self.open(f"/{language}/register", width)
                self.send(page)
                self.check(page, f"register-faults-{language}-{width}")
                self.assertEqual(page.evaluate("() => document.activeElement.id"), "error-summary")
                page.click(".error-summary a >> nth=1")
                self.assertEqual(page.evaluate("() => document.activeElement.id"), "field-email")
                page.fill("#field-name", "Айгүл Серікқызы-О’Нил")
                page.fill("#field-email", email)
                page.check("#field-agree")
                self.pass_captcha(page)
                self.check(page, f"register-{language}-{width}")
                self.send(page)
                self.assertEqual(path_of(page), f"/{language}/register/sent")
                self.check(page, f"register-sent-{language}-{width}")
                self.mail(page, email)
                self.check(page, f"mail-{language}-{width}")
                self.assertIn("/activate/", page.frame_locator("iframe").locator("a").first.get_attribute("href"))
                link = page.locator(".link-column a").first.get_attribute("href")
                self.assertIn(f"/{language}/activate/", link)
                page.goto(link)
                self.check(page, f"activate-{language}-{width}")
                self.assertEqual(page.input_value("#field-username"), f"fresh-{language}")
                page.fill("#field-password", PASSWORD)
                page.click(".password__toggle")
                self.assertEqual(page.get_attribute("#field-password", "type"), "text")
                self.send(page)
                self.assertEqual(path_of(page), f"/{language}/account")
                self.assertEqual(page.locator("h1").inner_text(), button)
                self.check(page, f"account-{language}-{width}")
                page.close()

    def test_without_javascript_by_a_mailed_code(self) -> None:
        for language in ("kk", "ru"):
            with self.subTest(language=language):
                email = f"plain-{language}@example.kz"
                page = self.open(f"/{language}/register", PHONE, java_script_enabled=False)
                page.fill("#field-name", "Иван Петров")
                page.fill("#field-email", email)
                page.check("#field-agree")
                page.click(".captcha__other summary")
                with page.expect_navigation():
                    page.click("button[name=send_code]")
                self.assert_fits(page)
                other = self.new_page()
                code = self.code(other, email)
                page.fill("#field-mailed_code", code)
                self.send(page)
                self.assertEqual(path_of(page), f"/{language}/register/sent")
                page.goto(self.link(other, email))
                page.fill("#field-password", PASSWORD)
                self.send(page)
                self.assertEqual(path_of(page), f"/{language}/account")

    def test_by_keyboard_alone(self) -> None:
        page = self.open("/ru/register")
        page.focus("#field-name")
        page.keyboard.type("Айгүл Серікқызы")
        page.keyboard.press("Tab")
        page.keyboard.type("keys@example.kz")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        self.assertTrue(page.is_checked("#field-agree"))
        self.pass_captcha(page)
        page.focus("#field-email")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        # Enter submits the form instead of requesting a code.
        self.assertEqual(path_of(page), "/ru/register/sent")

    def test_the_agreement_opens_in_place(self) -> None:
        page = self.open("/kk/register", PHONE)
        page.fill("#field-name", "Айгүл")
        page.click(".agreement summary")
        self.assertIn("94-V", page.locator(".agreement__text").inner_text())
        self.assert_fits(page)
        self.assert_accessible(page)
        self.assertEqual(page.input_value("#field-name"), "Айгүл")

    def check(self, page, name: str) -> None:
        """Saves a screenshot and checks the accessibility rules."""
        self.shoot(page, name, full_page=True)
        self.assert_fits(page)
        self.assert_accessible(page)


class SignInTests(AccountTest):
    def test_in_out_and_in_again(self) -> None:
        self.expected = {422}
        page = self.register("in-out@example.kz")
        page.click(".account-head button")
        page.wait_for_url("**/ru/")
        self.assertEqual(page.context.cookies(self.portal.base + "/")[0].get("sameSite"), "Lax")
        self.assertNotIn("oa_session", [cookie["name"] for cookie in page.context.cookies()])
        # A browser that was signed in before needs no captcha; wrong passwords bring it back after a while.
        page.goto(self.portal.base + "/ru/login")
        self.assertEqual(page.locator("altcha-widget").count(), 0)
        self.sign_in(page, "in-out@example.kz", "not the right one")
        self.assertEqual(page.evaluate("() => document.activeElement.id"), "error-summary")
        self.assertEqual(page.input_value("#field-login"), "in-out@example.kz")
        self.assertEqual(page.input_value("#field-password"), "")
        self.sign_in(page, "in-out@example.kz")
        self.assertEqual(path_of(page), "/ru/account")

    def test_back_to_where_one_was(self) -> None:
        self.register("back@example.kz").context.close()
        page = self.open("/ru/directory/park?district=medeu")
        page.click(".account-link a")
        self.assertEqual(query_of(page)["to"], "/ru/directory/park?district=medeu")
        page.fill("#field-login", "back@example.kz")
        page.fill("#field-password", PASSWORD)
        self.pass_captcha(page)
        self.send(page)
        self.assertEqual(path_of(page), "/ru/directory/park")
        self.assertEqual(page.locator(".account-link").inner_text().strip(), "Личный кабинет")
        self.assert_accessible(page)

    def test_pages_of_signing_in(self) -> None:
        for language in ("kk", "ru"):
            for width in (PHONE, DESK):
                for path in ("login", "password/forgot", "password/forgot/sent", "agreement"):
                    with self.subTest(path=path, language=language, width=width):
                        page = self.open(f"/{language}/{path}", width)
                        self.shoot(page, f"{path.replace('/', '-')}-{language}-{width}", full_page=True)
                        self.assert_fits(page)
                        self.assert_accessible(page)
                        page.close()

    def test_a_forgotten_password(self) -> None:
        self.expected = {410}
        self.register("forgot@example.kz").context.close()
        page = self.open("/kk/password/forgot", PHONE)
        page.fill("#field-login", "forgot@example.kz")
        self.pass_captcha(page)
        self.send(page)
        self.assertEqual(path_of(page), "/kk/password/forgot/sent")
        link = self.link(page, "forgot@example.kz")
        page.goto(link)
        self.assert_accessible(page)
        page.fill("#field-password", "жаңа ұзын құпиясөз 8")
        self.send(page)
        page.goto(link)
        self.assertEqual(page.locator("h1").count(), 1)
        self.assertIn(page.locator("h1").inner_text(), ("Сілтеме жарамсыз", "Ссылка не действует"))

    def test_the_language_goes_along(self) -> None:
        page = self.register("language@example.kz")
        page.goto(self.portal.base + "/ru/account/name")
        page.click(".languages a[hreflang=kk]")
        self.assertEqual(path_of(page), "/kk/account/name")
        page.goto(self.portal.base + "/kk/account")
        self.assertIn("Қазақша", page.locator(".answers").first.inner_text())
        page.goto(self.portal.base + "/")
        self.assertEqual(path_of(page), "/kk/")


class AccountPagesTests(AccountTest):
    def test_every_page_for_everybody(self) -> None:
        for language, width in (("kk", PHONE), ("ru", DESK)):
            page = self.register(f"pages-{language}@example.kz", language, width)
            for part in PARTS:
                with self.subTest(part=part, language=language):
                    page.goto(f"{self.portal.base}/{language}/account/{part}")
                    self.shoot(page, f"account-{part}-{language}-{width}", full_page=True)
                    self.assert_fits(page)
                    self.assert_accessible(page)
            page.context.close()

    def test_in_the_dark(self) -> None:
        self.expected = {422}
        page = self.register("dark@example.kz", color_scheme="dark")
        for part in ("", "/delete", "/sessions"):
            page.goto(self.portal.base + "/ru/account" + part)
            self.assert_accessible(page)
        page.goto(self.portal.base + "/ru/account/delete")
        self.send(page)
        self.shoot(page, "account-delete-dark", full_page=True)
        self.assert_accessible(page)

    def test_correcting_and_confirming(self) -> None:
        self.expected = {422}
        page = self.register("correct@example.kz")
        page.goto(self.portal.base + "/ru/account/phone")
        page.fill("#field-phone", "12")
        self.send(page)
        self.assertEqual(page.input_value("#field-phone"), "12")
        self.assert_accessible(page)
        page.fill("#field-phone", "8 (701) 234-56-78")
        self.send(page)
        self.assertIn("+77012345678", page.locator("main").inner_text())

    def test_two_devices(self) -> None:
        first = self.register("two@example.kz")
        second = self.new_page(PHONE)
        self.sign_in(second, "two@example.kz")
        first.goto(self.portal.base + "/ru/account/sessions")
        self.assertEqual(first.locator(".row").count(), 2)
        first.click(".row--action button")
        first.wait_for_url("**/sessions?done=1")
        self.assertEqual(first.locator(".row").count(), 1)
        second.goto(self.portal.base + "/ru/account")
        self.assertEqual(path_of(second), "/ru/login")

    def test_what_was_typed_survives_an_ended_session(self) -> None:
        page = self.register("typed@example.kz")
        page.goto(self.portal.base + "/ru/account/name")
        page.fill("#field-name", "Айгүл Серікқызы-Жаңа")
        other = self.new_page()
        self.sign_in(other, "typed@example.kz")
        other.goto(self.portal.base + "/ru/account/sessions")
        self.send(other)
        self.send(page)
        self.assertEqual(path_of(page), "/ru/login")
        self.assert_accessible(page)
        page.fill("#field-login", "typed@example.kz")
        page.fill("#field-password", PASSWORD)
        self.send(page)
        self.assertEqual(path_of(page), "/ru/account/name")
        self.assertEqual(page.input_value("#field-name"), "Айгүл Серікқызы-Жаңа")
        self.assert_accessible(page)
        self.send(page)
        self.assertIn("Айгүл Серікқызы-Жаңа", page.locator("main").inner_text())

    def test_passwords_have_their_user_name_beside_them(self) -> None:
        page = self.register("manager@example.kz")
        for part in ("password", "email", "delete", "data"):
            with self.subTest(part=part):
                page.goto(f"{self.portal.base}/ru/account/{part}")
                name = page.locator("form:has(input[type=password]) input[autocomplete=username]")
                self.assertEqual(name.input_value(), "manager")
                self.assertFalse(name.is_visible())

    def test_a_copy_of_everything_and_the_end(self) -> None:
        page = self.register("end@example.kz")
        page.goto(self.portal.base + "/ru/account/data")
        page.fill("#field-current", PASSWORD)
        with page.expect_download() as taken:
            page.click("form.form .actions button")
        with open(taken.value.path(), encoding="utf-8") as file:
            self.assertIn("end@example.kz", json.dumps(json.load(file)))
        page.goto(self.portal.base + "/ru/account/delete")
        page.check("#field-sure")
        page.fill("#field-current", PASSWORD)
        self.send(page)
        self.assertEqual(path_of(page), "/ru/erased")
        page.goto(self.portal.base + "/ru/account")
        self.assertEqual(path_of(page), "/ru/login")

    def test_nothing_personal_stays_in_the_page_of_another(self) -> None:
        self.register("private@example.kz").context.close()
        page = self.open("/ru/")
        self.assertIsNone(re.search(r"private|Айгүл", page.content()))
        self.assertEqual(page.context.cookies(), [])
