"""The QR code of the second factor: a camera reads the same address as in the link on the page."""

import subprocess
import tempfile
import urllib.parse
from pathlib import Path

from accounts import AccountTest
from support import DESK, PHONE, Page

WORDS = {
    "kk": "Аутентификатор қолданбасына арналған QR-код",
    "ru": "QR-код для приложения-аутентификатора",
    "en": "QR code for the authenticator app",
}


def read(picture: bytes) -> list[str]:
    """The text that zbar, a library independent of our own, reads from a screenshot."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "code.png"
        path.write_bytes(picture)
        command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(path)]
        # Status 4: no code was found in the image.
        told = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=60)
    return told.stdout.splitlines() if told.returncode in (0, 4) else [f"zbarimg ended with {told.returncode}"]


class QRCodeTests(AccountTest):
    def set_up(self, page: Page, language: str) -> str:
        """Starts the set-up of the second factor and returns the address in the link."""
        page.goto(f"{self.portal.base}/{language}/account/second-factor")
        self.send(page)
        return page.locator("a[href^='otpauth:']").get_attribute("href")

    def test_a_camera_reads_what_the_link_says(self) -> None:
        for language, width, scheme in (("kk", PHONE, "light"), ("ru", DESK, "dark"), ("en", PHONE, "dark")):
            with self.subTest(language=language, width=width, scheme=scheme):
                page = self.register(f"qr-{language}@example.kz", language, width, color_scheme=scheme)
                asked: list[str] = []
                page.on("request", lambda request: asked.append(request.url))
                address = self.set_up(page, language)
                secret = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))["secret"]
                self.assertEqual(page.locator("#factor-secret").inner_text().replace(" ", ""), secret)
                picture = page.get_by_role("img", name=WORDS[language], exact=True)
                self.assertEqual(read(picture.screenshot()), [address])
                # Read it from the whole page too, as a phone camera would see it.
                self.shoot(page, f"second-factor-qr-{language}-{scheme}", full_page=True)
                self.assertEqual(read(page.screenshot(full_page=True)), [address])
                self.assert_fits(page)
                self.assert_accessible(page)
                # The image is inlined: no other request or URL reveals the secret.
                self.assertNotIn(secret, page.url)
                self.assertEqual([url for url in asked if secret in url], [])
                page.context.close()

    def test_each_begin_has_a_picture_of_its_own_and_a_slip_the_same(self) -> None:
        self.expected = {422}
        page = self.register("qr-again@example.kz")
        first = self.set_up(page, "ru")
        page.fill("#field-code", "000000")
        self.send(page)
        self.assertEqual(read(page.locator(".picture-code").screenshot()), [first])
        second = self.set_up(page, "ru")
        self.assertNotEqual(first, second)
        self.assertEqual(read(page.locator(".picture-code").screenshot()), [second])
