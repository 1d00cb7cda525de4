"""Registering with Google reCAPTCHA v2."""

from accounts import AccountTest
from captchas import CaptchaTests


class ReCaptchaTests(CaptchaTests, AccountTest):
    kind = "recaptcha"
    origins = ("https://www.google.com", "https://www.gstatic.com", "https://recaptcha.google.com")
    scripts = {"https://www.google.com/recaptcha/", "https://www.gstatic.com/recaptcha/"}
    frames = {"https://www.google.com/recaptcha/", "https://recaptcha.google.com/recaptcha/"}
    # The first one returns a call of any function named in its URL (JSONP).
    strange = (
        "https://www.google.com/complete/search?client=chrome&jsonp=alert", "https://www.gstatic.com/angular.js",
        "https://challenges.cloudflare.com/turnstile/v0/api.js",
    )
    widget = ".g-recaptcha"

    def _is_error(self, message) -> bool:
        """The widget's text area has an inline style, which the policy blocks; the page hides it by other means."""
        return "inline style" not in message.text and super()._is_error(message)
