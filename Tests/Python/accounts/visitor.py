"""A headless browser: cookies, forms and the captcha, with all headers controlled by the test."""

from __future__ import annotations

import html
import http.client
import json
import re
import urllib.parse
from dataclasses import dataclass, field

import captcha
import contract

PASSWORD = "тау шыңындағы қар 77"
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass
class Answer:
    """A response of the portal."""

    status: int
    headers: list[tuple[str, str]]
    html: str

    def header(self, name: str) -> str | None:
        """The first header with a name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def location(self) -> str | None:
        """The target of a redirect."""
        return self.header("Location")

    def hidden(self, name: str) -> str | None:
        """The value of a hidden field."""
        found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', self.html)
        return html.unescape(found.group(1)) if found else None

    def masked(self, *typed: str) -> tuple[int, list[tuple[str, str]], str]:
        """The whole response without what differs between browsers: tokens, the time, and input."""
        text = re.sub(r'(name="(?:csrf|code_ticket)" value=")[^"]*', r"\1", self.html)
        headers = []
        for name, value in self.headers:
            if name.lower() == "date":
                continue
            if name.lower() == "set-cookie":
                # The order of the attributes has no meaning and differs between responses.
                first, *attributes = re.sub(r"=[^;]*", "=", value, count=1).split("; ")
                value = "; ".join([first, *sorted(attributes)])
            headers.append((name.lower(), value))
        for word in typed:
            text = text.replace(html.escape(word), "TYPED")
        return self.status, [pair for pair in headers if pair[0] != "content-length"], text


@dataclass
class Visitor:
    """One browser; `address` is its address according to the proxy."""

    base: str
    address: str | None = None
    language: str = "ru"
    cookies: dict[str, str] = field(default_factory=dict)
    page: Answer | None = None

    def get(self, path: str, **headers: str) -> Answer:
        """Requests a page, and remembers it for its form."""
        answer = self._send("GET", path, None, headers)
        self.page = answer
        return answer

    def post(self, path: str, fields: dict[str, str] | list[tuple[str, str]], *, token: str | None = None,
             body: bytes | None = None, **headers: str) -> Answer:
        """Sends a form with the token of the last page, or another one."""
        pairs = list(fields.items()) if isinstance(fields, dict) else list(fields)
        if token is None and self.page is not None:
            token = self.page.hidden("csrf")
        if token is not None:
            pairs.append(("csrf", token))
        data = body if body is not None else urllib.parse.urlencode(pairs).encode()
        headers = {"Content_Type": "application/x-www-form-urlencoded", **headers}
        answer = self._send("POST", path, data, headers)
        if answer.hidden("csrf"):
            self.page = answer
        return answer

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        parts = urllib.parse.urlsplit(self.base)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        sent = {"User-Agent": AGENT, "Accept-Language": self.language, "Accept-Encoding": "identity"}
        if self.address:
            sent["X-Forwarded-For"] = self.address
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            received = answer.read()
        finally:
            connection.close()
        contract.check(method, self.base + path, answer.status, dict(answer.getheaders()), received)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
                if "max-age=0" in value.lower():
                    del self.cookies[key]
        return Answer(answer.status, answer.getheaders(), received.decode(errors="replace"))

    def captcha(self) -> str:
        """Solves a new challenge of the portal's own captcha."""
        return captcha.solved(json.loads(self._send("GET", "/api/v1/captcha/challenge", None, {}).html))

    def register(self, email: str, name: str = "Айгүл Серікқызы", **headers: str) -> Answer:
        """Fills in and submits the registration form."""
        path = f"/{self.language}/register"
        self.get(path, **headers)
        return self.post(path, {"name": name, "email": email, "agree": "1", "altcha": self.captcha()}, **headers)

    def activate(self, link: str, username: str, password: str = PASSWORD) -> Answer:
        """Opens the link of a mail and creates the account."""
        path = urllib.parse.urlsplit(link).path
        self.get(path)
        return self.post(path, {"username": username, "password": password})

    def sign_in(self, login: str, password: str = PASSWORD, **fields: str) -> Answer:
        """Fills in and submits the sign-in form."""
        path = f"/{self.language}/login"
        self.get(path)
        return self.post(path, {"login": login, "password": password, "altcha": self.captcha(), **fields})
