"""Registering with Cloudflare Turnstile."""

import time

from accounts import AccountTest
from captchas import CaptchaTests


class TurnstileTests(CaptchaTests, AccountTest):
    kind = "turnstile"
    origins = ("https://challenges.cloudflare.com",)
    scripts = frames = {"https://challenges.cloudflare.com"}
    strange = ("https://cloudflare.com/turnstile/v0/api.js", "https://www.google.com/recaptcha/api.js")
    widget = ".cf-turnstile"

    def test_a_silent_service_lets_nobody_pass(self) -> None:
        visitor, start = self.visitor("kk"), time.monotonic()
        email = "silent@example.kz"
        self.assert_refused(self.try_with(visitor, email, "silent-token"), "kk", "captcha_unavailable", email)
        self.assertLess(time.monotonic() - start, 9)
        self.assertEqual(self.portal.mails(email), [])
