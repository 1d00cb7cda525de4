"""The staff pages: invitations from the shell and by mail, a second factor, and accessible pages."""

import base64
import hashlib
import hmac
import re
import struct
import subprocess
import time
import urllib.parse

from accounts import PASSWORD, SETTINGS, AccountTest
from program import BINARY, environment
from support import DESK, PHONE, Page, path_of


def one_time_code(secret: str, ahead: int = 0) -> str:
    """The code of an authenticator app (RFC 6238), the given number of 30-second steps ahead."""
    key = base64.b32decode(secret.replace(" ", ""))
    step = struct.pack(">Q", int(time.time()) // 30 + ahead)
    digest = hmac.new(key, step, hashlib.sha1).digest()
    at = digest[19] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


class StaffTests(AccountTest):
    settings = SETTINGS | {"OPENALMATY_STAFF_SECOND_FACTOR": "true"}

    def invite(self, email: str, role: str) -> str:
        """Invites from the shell, as an operator does, and returns the path of the printed link."""
        database = f"{self.portal.folder.name}/portal.sqlite"
        told = subprocess.run(
            [str(BINARY), "user", "add", email, "--role", role, "--language", "ru", "--database", database],
            env=environment(), capture_output=True, text=True, check=True, timeout=120,
        )
        return urllib.parse.urlsplit(re.search(r"http\S+/activate/\S+", told.stdout).group()).path

    def admin(self, email: str, username: str) -> tuple[Page, str]:
        """Returns a page of a new administrator and the secret of their authenticator app."""
        page = self.open(self.invite(email, "admin"))
        page.fill("#field-name", "Әкімші Әкімшіев")
        page.fill("#field-username", username)
        page.fill("#field-password", PASSWORD)
        page.check("#field-agree")
        self.assert_accessible(page)
        self.send(page)
        self.assertEqual(path_of(page), "/ru/account")
        page.goto(self.portal.base + "/ru/staff/users")
        self.assertEqual(path_of(page), "/ru/account/second-factor", "the staff's pages wait for the second factor")
        self.send(page)
        self.shoot(page, "second-factor-set-up", full_page=True)
        self.assert_accessible(page)
        secret = page.locator("#factor-secret").inner_text()
        page.fill("#field-code", one_time_code(secret))
        self.send(page)
        self.shoot(page, "recovery-codes", full_page=True)
        self.assert_accessible(page)
        self.assertGreaterEqual(page.locator(".codes li").count(), 8)
        return page, secret

    def test_pages_for_administrators(self) -> None:
        self.register("citizen@example.kz").context.close()
        page, secret = self.admin("chief@example.kz", "chief")
        page.goto(self.portal.base + "/ru/staff/users")
        page.fill("#field-email", "editor@example.kz")
        page.check("input[name=role][value=editor]")
        self.send(page)
        self.assertIn("Приглашение отправлено", page.locator("main").inner_text())
        page.fill("#staff-q", "citizen@")
        page.click(".search-box__row button")
        page.click(".row__name a")
        person = path_of(page)
        self.assertIn("citizen@example.kz", page.locator("main").inner_text())
        for language, width in (("kk", PHONE), ("ru", DESK)):
            for path in ("users", "mail", "audit", "users/" + person.rsplit("/", 1)[1]):
                with self.subTest(path=path, language=language):
                    page.set_viewport_size({"width": width, "height": 800})
                    page.goto(f"{self.portal.base}/{language}/staff/{path}")
                    self.shoot(page, f"staff-{path.split('/')[0]}{'-one' if '/' in path else ''}-{language}", full_page=True)
                    self.assert_fits(page)
                    self.assert_accessible(page)
        self.check_log(page)
        # The invited person opens the mail and gets the role of the invitation.
        page.context.close()
        guest = self.new_page()
        guest.goto(self.link(guest, "editor@example.kz"))
        guest.fill("#field-name", "Редактор")
        guest.fill("#field-password", PASSWORD)
        guest.check("#field-agree")
        self.send(guest)
        self.assertRegex(guest.locator(".account-head").inner_text(), "Роль|Рөлі|Role")

    def check_log(self, page: Page) -> None:
        """The log shows names; it is a full-width table, and on a phone a list of cards without sideways scrolling."""
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(self.portal.base + "/ru/staff/audit")
            self.assertIn("Айгүл Серікқызы", page.locator(".log").inner_text())
            self.assertNotIn("№", page.locator(".log").inner_text())
            log, room = page.evaluate(
                """() => {
                    const width = (element) => element.getBoundingClientRect().width;
                    const style = getComputedStyle(document.querySelector('main'));
                    const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
                    return [width(document.querySelector('.log')), width(document.querySelector('main')) - padding];
                }"""
            )
            self.assertAlmostEqual(log, room, delta=2)
            rows = page.locator(".log tbody tr")
            tops = rows.first.locator("td:visible").evaluate_all("(cells) => cells.map((cell) => cell.offsetTop)")
            self.assertEqual(len(set(tops)) == 1, width == DESK, "cells stand below one another on a phone alone")

    def test_signing_in_with_the_second_factor(self) -> None:
        self.expected = {422}
        page, secret = self.admin("second@example.kz", "second")
        page.goto(self.portal.base + "/ru/account")
        page.click(".account-head button")
        page.wait_for_url("**/ru/")
        self.sign_in(page, "second")
        self.assertEqual(path_of(page), "/ru/login/code")
        self.assert_accessible(page)
        page.fill("#field-code", "000000")
        self.send(page)
        self.assertEqual(page.evaluate("() => document.activeElement.id"), "error-summary")
        # The code of the next step is already valid, because clocks may differ by one step.
        page.fill("#field-code", one_time_code(secret, ahead=1))
        self.send(page)
        self.assertEqual(path_of(page), "/ru/account")
