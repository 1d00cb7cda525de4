"""Shared by the tests of accounts: reading mails on /dev/mail, registering, signing in."""

from __future__ import annotations

import re

from support import DESK, BrowserTest, Page

PASSWORD = "тау шыңындағы қар 77"
# All tests of a file register from the same machine.
SETTINGS = {
    "OPENALMATY_LIMIT_REGISTRATIONS": "1000",
    "OPENALMATY_LIMIT_REQUESTS": "1000",
    "OPENALMATY_LIMIT_CODES": "1000",
}


class AccountTest(BrowserTest):
    """A portal on which people can register."""

    settings = SETTINGS

    def send(self, page: Page) -> None:
        """Presses the primary button of the page's form and waits for the next page."""
        with page.expect_navigation():
            page.click("form.form .actions button[type=submit]")

    def pass_captcha(self, page: Page) -> None:
        """Waits until the browser has solved the captcha; focusing a field starts it."""
        page.wait_for_selector(".altcha[data-state=verified]", timeout=120_000)

    def mail(self, page: Page, recipient: str, index: int = 0) -> None:
        """Opens the newest mail to an address on the development page, waiting for it to be sent."""
        link = page.locator(".rows .row", has_text=recipient).locator("a")
        for _ in range(100):
            page.goto(self.portal.mail_address())
            if link.count() > index:
                break
            page.wait_for_timeout(100)
        link.nth(index).click()

    def link(self, page: Page, recipient: str) -> str:
        """Returns the first link in the newest mail to an address."""
        self.mail(page, recipient)
        return page.locator(".link-column a").first.get_attribute("href")

    def code(self, page: Page, recipient: str) -> str:
        """Returns the code in the newest mail to an address."""
        self.mail(page, recipient)
        return re.search(r"\b\d{6}\b", page.locator(".mail-text").inner_text()).group()

    def register(self, email: str, language: str = "ru", width: int = DESK, **options: object) -> Page:
        """Registers and signs in a new person, and returns their page."""
        page = self.open(f"/{language}/register", width, **options)
        page.fill("#field-name", "Айгүл Серікқызы")
        page.fill("#field-email", email)
        page.check("#field-agree")
        self.pass_captcha(page)
        self.send(page)
        page.goto(self.link(page, email))
        page.fill("#field-password", PASSWORD)
        self.send(page)
        return page

    def sign_in(self, page: Page, login: str, password: str = PASSWORD, language: str = "ru") -> None:
        """Fills in and submits the sign-in form."""
        page.goto(f"{self.portal.base}/{language}/login")
        page.fill("#field-login", login)
        page.fill("#field-password", password)
        if page.locator("altcha-widget").count():
            self.pass_captcha(page)
        self.send(page)
