"""Starts real OpenID providers on loopback, registers clients there and plays the person on their pages.

    with django_provider() as provider:
        client = provider.client("http://127.0.0.1:8080/auth/oidc/callback")
        provider.set_person("aigul", email="aigul@example.kz", email_verified=True, name="Айгүл")
        back = provider.agree(address)          # the URL that the provider redirects the browser to

In a browser test the buttons on the provider's page are pressed instead: see `press_agree` and `press_refuse`.
"""

from __future__ import annotations

import contextlib
import html
import http.cookiejar
import json
import re
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from program import START_LIMIT

SERVERS = Path(__file__).resolve().parent / "servers"


@dataclass(frozen=True)
class Client:
    """Our registration with a provider."""

    id: str
    secret: str
    redirect_uri: str


class _Stay(urllib.request.HTTPRedirectHandler):
    """Returns redirects to the caller instead of following them."""

    def redirect_request(self, *_):
        return None


def _call(method: str, address: str, body: object) -> bytes:
    request = urllib.request.Request(
        address, data=json.dumps(body).encode(), method=method, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


class Provider:
    """A running provider; the portal is configured with its `issuer`."""

    def __init__(self, base: str, issuer: str) -> None:
        self.base = base
        self.issuer = issuer

    def client(self, redirect_uri: str) -> Client:
        """Registers a client with this redirect URI."""
        raise NotImplementedError

    def set_person(self, sub: str, **claims: object) -> None:
        """Sets the person who signs in from now on, and their claims."""
        raise NotImplementedError

    def agree(self, address: str) -> str:
        """Opens the authorization URL, agrees, and returns the redirect target."""
        return self._answer(address, self._agreement())

    def refuse(self, address: str) -> str:
        """Opens the authorization URL, refuses, and returns the redirect target."""
        return self._answer(address, self._refusal())

    def visit(self, address: str) -> tuple[int, str]:
        """Opens an authorization URL and returns the status and the redirect target or the page."""
        opener = urllib.request.build_opener(_Stay)
        try:
            with opener.open(address, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers.get("Location") or error.read().decode(errors="replace")

    def _agreement(self) -> dict[str, str]:
        raise NotImplementedError

    def _refusal(self) -> dict[str, str]:
        raise NotImplementedError

    def _answer(self, address: str, fields: dict[str, str]) -> str:
        """Submits the form on the page with its hidden fields and the given ones."""
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        opener = urllib.request.build_opener(_Stay, jar)
        with opener.open(address, timeout=20) as answer:
            page = answer.read().decode()
        hidden: dict[str, str] = {}
        for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
            pair = {key: html.unescape(value) for key, value in re.findall(r"(name|value)=\"([^\"]*)\"", tag)}
            hidden[pair["name"]] = pair.get("value", "")
        data = urllib.parse.urlencode({**hidden, **fields}).encode()
        try:
            with opener.open(urllib.request.Request(address, data=data), timeout=20) as answer:
                raise AssertionError(f"the provider did not send the browser on: {answer.status}")
        except urllib.error.HTTPError as error:
            with error:
                if error.code not in (302, 303):
                    raise AssertionError(f"the provider answered with {error.code}") from error
                return error.headers["Location"]


class DjangoProvider(Provider):
    """django-oauth-toolkit."""

    def client(self, redirect_uri: str) -> Client:
        made = json.loads(_call("POST", f"{self.base}/test/clients", {"redirect_uri": redirect_uri}))
        return Client(made["client_id"], made["client_secret"], redirect_uri)

    def set_person(self, sub: str, **claims: object) -> None:
        _call("PUT", f"{self.base}/test/person", {"sub": sub, **claims})

    def _agreement(self) -> dict[str, str]:
        return {"allow": "Authorize"}

    def _refusal(self) -> dict[str, str]:
        return {}

    @staticmethod
    def press_agree(page) -> None:
        """Agrees on the provider's page, in a Playwright page that shows it."""
        page.click("input[name=allow]")

    @staticmethod
    def press_refuse(page) -> None:
        """Refuses on the provider's page."""
        page.click("input[type=submit]:not([name])")


class MockProvider(Provider):
    """oidc-provider-mock."""

    sub = "aigul"

    def client(self, redirect_uri: str) -> Client:
        made = json.loads(_call("POST", f"{self.base}/oauth2/clients", {"redirect_uris": [redirect_uri]}))
        return Client(made["client_id"], made["client_secret"], redirect_uri)

    def set_person(self, sub: str, **claims: object) -> None:
        _call("PUT", f"{self.base}/users/{urllib.parse.quote(sub, safe='')}", claims)
        self.sub = sub

    def _agreement(self) -> dict[str, str]:
        return {"sub": self.sub}

    def _refusal(self) -> dict[str, str]:
        return {"action": "deny"}

    def press_agree(self, page) -> None:
        """Agrees on the provider's page, in a Playwright page that shows it."""
        page.fill("input[name=sub]", self.sub)
        page.click("button:not([name])")

    @staticmethod
    def press_refuse(page) -> None:
        """Refuses on the provider's page."""
        page.click("button[value=deny]")


@contextlib.contextmanager
def _running(script: str, *arguments: str) -> Iterator[dict[str, str]]:
    """Runs one of the servers, and ends the process afterwards."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, str(SERVERS / script), *arguments], stdout=subprocess.PIPE, stderr=log, text=True
        )
        limit = threading.Timer(START_LIMIT, process.kill)
        limit.start()
        try:
            line = process.stdout.readline()
            limit.cancel()
            if not line:
                log.seek(0)
                raise RuntimeError(f"{script} did not start:\n{log.read()[-4000:]}")
            yield json.loads(line)
        finally:
            limit.cancel()
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()


@contextlib.contextmanager
def django_provider(*, tells_issuer: bool = False) -> Iterator[DjangoProvider]:
    """django-oauth-toolkit: enforces PKCE; with `tells_issuer` it sends `iss` (RFC 9207)."""
    with tempfile.TemporaryDirectory(prefix="openalmaty-provider-") as folder:
        more = ["--tells-issuer"] if tells_issuer else []
        with _running("django_provider.py", folder, *more) as told:
            yield DjangoProvider(told["base"], told["issuer"])


@contextlib.contextmanager
def mock_provider(*, token_life: int = 3600) -> Iterator[MockProvider]:
    """oidc-provider-mock: sets no key id in its id_tokens; a negative `token_life` makes expired ones."""
    with _running("mock_provider.py", f"--token-life={token_life}") as told:
        provider = MockProvider(told["base"], told["issuer"])
        provider.set_person("aigul", email="aigul@example.kz", email_verified=True, name="Айгүл Серікқызы")
        yield provider
