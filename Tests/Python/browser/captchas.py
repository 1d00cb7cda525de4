"""Shared tests of Turnstile and reCAPTCHA: siteverify runs on loopback, and the widgets' scripts are in this file."""

import atexit
import contextlib
import html
import re
import sys
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "accounts"))

from accounts import SETTINGS  # noqa: E402
from portal import words  # noqa: E402
from program import free_port  # noqa: E402
from siteverify import SiteVerify, siteverify  # noqa: E402
from support import DESK, PHONE, Page, path_of  # noqa: E402
from visitor import PASSWORD, Visitor  # noqa: E402

NAME = "Айгүл Серікқызы"
# Prefixes of tokens, with the resulting message on the page.
REFUSALS = {
    "bad": "captcha_wrong", "late": "captcha_expired", "elsewhere": "captcha_wrong", "nowhere": "captcha_wrong",
    "misconfigured": "captcha_unavailable", "truthy": "captcha_unavailable", "huge": "captcha_unavailable",
    "garbage": "captcha_unavailable", "status": "captcha_unavailable", "redirect": "captcha_unavailable",
    "hangup": "captcha_unavailable",
}
# The observable effects of the widgets: Turnstile adds a frame and a hidden field.
TURNSTILE = """
for (const box of document.querySelectorAll('.cf-turnstile')) {
  const frame = document.createElement('iframe');
  frame.src = 'https://challenges.cloudflare.com/widget?k=' + box.dataset.sitekey;
  frame.title = 'Widget containing a Cloudflare security challenge';
  frame.width = 300;
  frame.height = 65;
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = 'cf-turnstile-response';
  box.append(frame, field);
  addEventListener('message', (event) => {
    if (event.origin === 'https://challenges.cloudflare.com') field.value = event.data;
  });
}
"""
# reCAPTCHA loads a second script from another host, which adds a text area with an inline style to hide it.
RECAPTCHA_LOADER = """
const script = document.createElement('script');
script.src = 'https://www.gstatic.com/recaptcha/releases/test/recaptcha__ru.js';
document.head.append(script);
"""
RECAPTCHA = """
for (const box of document.querySelectorAll('.g-recaptcha')) {
  box.innerHTML = '<div><iframe title="reCAPTCHA" width="304" height="78"></iframe></div>'
    + '<textarea name="g-recaptcha-response" class="g-recaptcha-response" style="display: none"></textarea>';
  box.querySelector('iframe').src = 'https://www.google.com/recaptcha/api2/anchor?k=' + box.dataset.sitekey;
  addEventListener('message', (event) => {
    if (event.origin === 'https://www.google.com') box.querySelector('textarea').value = event.data;
  });
}
"""


class CaptchaTests:
    """A mix-in for an `AccountTest` that names the service."""

    kind: str
    # The hosts that the widget connects to.
    origins: tuple[str, ...]
    # The sources that the policy allows for it, and those that it must not.
    scripts: set[str]
    frames: set[str]
    strange: tuple[str, ...]
    # The selector of the widget.
    widget: str
    service: SiteVerify

    @classmethod
    def setUpClass(cls) -> None:
        ends = contextlib.ExitStack()
        atexit.register(ends.close)
        cls.service = ends.enter_context(siteverify(cls.kind))
        cls.port = free_port()
        more = {"OPENALMATY_PUBLIC_URL": f"http://127.0.0.1:{cls.port}", "OPENALMATY_LOG_LEVEL": "trace"}
        cls.settings = SETTINGS | cls.service.settings() | more
        super().setUpClass()

    def setUp(self) -> None:
        super().setUp()
        self.neighbours = self.origins
        self.token = ""

    def new_page(self, width: int = DESK, **options: object) -> Page:
        """Makes a page with fake hosts of the widget; its frame returns `self.token`."""
        page = super().new_page(width, **options)
        for origin in self.origins:
            page.route(origin + "/**", self.play)
        return page

    def play(self, route) -> None:
        """Responds in place of a host of the widget."""
        path = urllib.parse.urlsplit(route.request.url).path
        scripts = {
            "/turnstile/v0/api.js": TURNSTILE, "/recaptcha/api.js": RECAPTCHA_LOADER,
            "/recaptcha/releases/test/recaptcha__ru.js": RECAPTCHA,
        }
        if path in scripts:
            route.fulfill(content_type="text/javascript", body=scripts[path])
        elif path in ("/widget", "/recaptcha/api2/anchor"):
            hand_over = f"<script>parent.postMessage('{self.token}', '*')</script>" if self.token else ""
            route.fulfill(
                content_type="text/html",
                body=f'<!doctype html><html lang="en"><title>Widget</title><main>I am human</main>{hand_over}</html>',
            )
        else:
            route.fulfill(content_type="text/javascript", body="window.strange = true;")

    def solve(self, page: Page) -> None:
        """Waits until the widget has filled in its field."""
        page.wait_for_function(
            "(name) => document.querySelector(`[name=\"${name}\"]`)?.value", arg=self.service.field
        )

    def visitor(self, language: str = "ru") -> Visitor:
        """Returns a headless browser at the registration form."""
        visitor = Visitor(self.portal.base, language=language)
        visitor.get(f"/{language}/register")
        return visitor

    def try_with(self, visitor: Visitor, email: str, token: str | None, **more: str):
        """Submits the registration form with a token of the widget."""
        fields = {"name": NAME, "email": email, "agree": "1", **more}
        if token is not None:
            fields[self.service.field] = token
        return visitor.post(f"/{visitor.language}/register", fields)

    def assert_refused(self, answer, language: str, key: str, email: str) -> None:
        """Checks that the page gives the reason and keeps the input."""
        self.assertEqual(answer.status, 422)
        said = html.unescape(answer.html)
        self.assertEqual(said.count(words(language)[key]), 2, "in the summary and beside the captcha")
        self.assertIn('href="#captcha"', answer.html)
        self.assertIn(f'value="{NAME}"', said)
        self.assertIn(f'value="{email}"', said)
        self.assertRegex(answer.html, r'<input[^>]*id="field-agree"[^>]*checked')
        for secret in (self.service.secret, self.service.endpoint):
            self.assertNotIn(secret, answer.html)

    def test_a_good_token_lets_a_person_register(self) -> None:
        for language, width in (("kk", PHONE), ("ru", DESK)):
            with self.subTest(language=language):
                email = f"widget-{language}@example.kz"
                self.token = f"good-{language}"
                page = self.open(f"/{language}/register", width)
                page.fill("#field-name", NAME)
                page.fill("#field-email", email)
                page.check("#field-agree")
                self.solve(page)
                self.shoot(page, f"{self.service.kind}-register-{language}-{width}", full_page=True)
                self.assertTrue(page.locator(f"{self.widget} iframe").is_visible())
                self.assertEqual(page.locator("textarea:visible").count(), 0)
                self.assert_accessible(page)
                self.assert_fits(page)
                self.send(page)
                self.assertEqual(path_of(page), f"/{language}/register/sent")
                page.goto(self.portal.mailed_link(email))
                page.fill("#field-password", PASSWORD)
                self.send(page)
                self.assertEqual(path_of(page), f"/{language}/account")

    def test_a_refused_token_is_told_and_the_next_one_goes_on(self) -> None:
        self.expected = {422}
        self.token = "late-token"
        page = self.open("/kk/register", PHONE)
        page.fill("#field-name", NAME)
        page.fill("#field-email", "second-try@example.kz")
        page.check("#field-agree")
        self.solve(page)
        self.token = "good-second"
        self.send(page)
        self.assertEqual(path_of(page), "/kk/register")
        self.assertEqual(page.evaluate("() => document.activeElement.id"), "error-summary")
        self.assertIn(words("kk")["captcha_expired"], page.locator("#captcha").inner_text())
        self.shoot(page, f"{self.service.kind}-refused", full_page=True)
        self.assert_accessible(page)
        self.assert_fits(page)
        page.click(".error-summary a")
        self.assertEqual(page.evaluate("() => document.activeElement.id"), "captcha")
        self.assertEqual(page.input_value("#field-name"), NAME)
        self.assertEqual(page.input_value("#field-email"), "second-try@example.kz")
        self.assertTrue(page.is_checked("#field-agree"))
        self.solve(page)
        self.send(page)
        self.assertEqual(path_of(page), "/kk/register/sent")

    def test_whatever_is_no_clear_yes_is_refused(self) -> None:
        for number, (kind, key) in enumerate(REFUSALS.items()):
            language = ("kk", "ru")[number % 2]
            with self.subTest(kind=kind, language=language):
                email = f"{kind}@example.kz"
                visitor, before = self.visitor(language), len(self.service.asked)
                self.assert_refused(self.try_with(visitor, email, f"{kind}-{number}"), language, key, email)
                asked = self.service.asked[before:]
                self.assertEqual([a.path for a in asked], ["/siteverify"] * len(asked), "no redirect is followed")
                self.assertLessEqual(len(asked), 2)
                # A successful verification then lets the same browser continue.
                self.assertEqual(self.try_with(visitor, email, f"good-after-{kind}").status, 303)
                self.portal.mail(email)
                self.assertEqual(len(self.portal.mails(email)), 1)

    def test_what_is_no_token_of_the_widget_is_not_even_asked_about(self) -> None:
        visitor, before = self.visitor(), len(self.service.asked)
        other = {"cf-turnstile-response", "g-recaptcha-response"} - {self.service.field}
        email = "nothing@example.kz"
        for token, more, key in (
            (None, {}, "captcha_missing"), ("", {}, "captcha_missing"), (None, {other.pop(): "good-other"}, "captcha_missing"),
            (None, {"altcha": "good-altcha"}, "captcha_missing"), ("good-" + "x" * 8_192, {}, "captcha_wrong"),
        ):
            with self.subTest(token=(token or "")[:10], more=more):
                self.assert_refused(self.try_with(visitor, email, token, **more), "ru", key, email)
        self.assertEqual(len(self.service.asked), before)
        self.assertEqual(self.portal.mails(email), [])

    def test_a_token_is_good_once(self) -> None:
        visitor = self.visitor()
        self.assertEqual(self.try_with(visitor, "once@example.kz", "good-once").status, 303)
        self.assert_refused(
            self.try_with(visitor, "twice@example.kz", "good-once"), "ru", "captcha_expired", "twice@example.kz"
        )

    def test_the_other_forms_fail_closed_too(self) -> None:
        visitor = self.visitor()
        self.assertEqual(self.try_with(visitor, "closed@example.kz", "good-closed").status, 303)
        visitor.activate(self.portal.mailed_link("closed@example.kz"), f"closed.{self.service.kind}")
        for path, more in (("login", {"password": PASSWORD}), ("password/forgot", {})):
            for token in ("status-closed", "bad-closed", ""):
                with self.subTest(path=path, token=token):
                    fresh = Visitor(self.portal.base)
                    fresh.get(f"/ru/{path}")
                    fields = {"login": "closed@example.kz", **more, self.service.field: token}
                    answer = fresh.post(f"/ru/{path}", fields)
                    self.assertEqual(answer.status, 422)
                    self.assertIn('value="closed@example.kz"', answer.html)
                    self.assertNotIn(PASSWORD, html.unescape(answer.html))
                    self.assertEqual(fresh.get("/ru/account").status, 303)
        self.assertEqual(len(self.portal.mails("closed@example.kz")), 1)

    def test_while_the_service_is_down_a_mailed_code_stands_for_it(self) -> None:
        email = "by-code@example.kz"
        visitor = self.visitor("kk")
        self.assert_refused(self.try_with(visitor, email, "status-code"), "kk", "captcha_unavailable", email)
        asked = self.try_with(visitor, email, "status-code", send_code="1")
        self.assertEqual(asked.status, 200)
        code = re.search(r"\b\d{6}\b", self.portal.mail(email)["text"]).group()
        more = {"code_ticket": asked.hidden("code_ticket"), "mailed_code": code}
        self.assertEqual(self.try_with(visitor, email, None, **more).status, 303)

    def test_the_policy_lets_in_just_the_widget(self) -> None:
        policy = self.visitor().page.header("Content-Security-Policy")
        directives = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
        self.assertEqual(set(directives["script-src"]), {"'self'", *self.scripts})
        self.assertEqual(set(directives["frame-src"]), {"'self'", *self.frames})
        for name, sources in directives.items():
            if name not in ("script-src", "frame-src", "connect-src"):
                self.assertFalse([source for source in sources if "//" in source], name)
        self.assertNotIn("unsafe", policy)
        # The browser agrees: other paths of the same hosts, and other hosts, are blocked.
        page = self.open("/ru/register")
        self.neighbours = (*self.origins, "https://")
        for address in self.strange:
            with self.subTest(address=address):
                blocked = page.evaluate(
                    """(address) => new Promise((resolve) => {
                        document.addEventListener('securitypolicyviolation', (e) => resolve(e.effectiveDirective));
                        const script = document.createElement('script');
                        script.src = address;
                        script.onload = () => resolve('loaded');
                        document.head.append(script);
                    })""",
                    address,
                )
                self.assertEqual(blocked, "script-src-elem")
        refused = tuple(f"request: {address}" for address in self.strange)
        self.problems = [
            text for text in self.problems if "Content Security Policy" not in text and text not in refused
        ]

    def test_the_secret_goes_to_siteverify_in_the_body_and_nowhere_else(self) -> None:
        visitor, before, seen = self.visitor(), len(self.service.asked), []
        for token in ("good-secret", "bad-secret", "status-secret", "garbage-secret", "misconfigured-secret"):
            answer = self.try_with(visitor, "secret@example.kz", token)
            seen.append(answer.html + str(answer.headers))
        asked = self.service.asked[before:]
        self.assertGreaterEqual(len(asked), 5)
        for question in asked:
            self.assertEqual((question.method, question.path), ("POST", "/siteverify"))
            self.assertNotIn(self.service.secret, question.headers)
            fields = question.fields
            self.assertEqual([name for name, _ in fields], ["secret", "response", "remoteip"])
            self.assertEqual(dict(fields)["secret"], self.service.secret)
            self.assertEqual(dict(fields)["remoteip"], "127.0.0.1")
            self.assertIn("application/x-www-form-urlencoded", question.headers)
        log = self.portal.log_text()
        self.assertIn("Captcha not judged", log)
        for text in (*seen, log):
            self.assertNotIn(self.service.secret, text)
        for token in ("good-secret", "status-secret", "garbage-secret"):
            self.assertNotIn(token, log)
        for file in Path(self.portal.folder.name).rglob("*"):
            if file.is_file():
                self.assertNotIn(self.service.secret.encode(), file.read_bytes(), file.name)
