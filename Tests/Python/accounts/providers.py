"""Starts real OpenID providers on loopback for tests, makes clients there and plays the person at their pages.

    with django_provider() as provider:
        client = provider.client("http://127.0.0.1:8080/auth/oidc/callback")
        provider.set_person("aigul", email="aigul@example.kz", email_verified=True, name="Айгүл")
        back = provider.agree(address)          # the address that the provider sends the browser to

In a browser test the page of the provider is pressed instead: see `press_agree` and `press_refuse`.
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

SERVERS = Path(__file__).resolve().parent / "servers"
START_LIMIT = 60


@dataclass(frozen=True)
class Client:
    """How we are known to a provider."""

    id: str
    secret: str
    redirect_uri: str


class _Stay(urllib.request.HTTPRedirectHandler):
    """Hands redirects to the caller instead of following them."""

    def redirect_request(self, *_):
        return None


def _call(method: str, address: str, body: object) -> bytes:
    request = urllib.request.Request(
        address, data=json.dumps(body).encode(), method=method, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


class Provider:
    """A provider that runs; `issuer` is what the portal is configured with."""

    def __init__(self, base: str, issuer: str) -> None:
        self.base = base
        self.issuer = issuer

    def client(self, redirect_uri: str) -> Client:
        """Registers a client with this redirect address."""
        raise NotImplementedError

    def set_person(self, sub: str, **claims: object) -> None:
        """Sets who signs in from now on, and what is told about them."""
        raise NotImplementedError

    def agree(self, address: str) -> str:
        """Opens the authorization address, agrees, and returns the address that it leads to."""
        return self._answer(address, self._agreement())

    def refuse(self, address: str) -> str:
        """Opens the authorization address, refuses, and returns the address that it leads to."""
        return self._answer(address, self._refusal())

    def visit(self, address: str) -> tuple[int, str]:
        """Opens an authorization address and returns the status and where it leads to, or the page."""
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
        """Fills in the form of the page with its hidden fields and these, and sends it."""
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
        """Agrees at the page of the provider, in a Playwright page that shows it."""
        page.click("input[name=allow]")

    @staticmethod
    def press_refuse(page) -> None:
        """Refuses at the page of the provider."""
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
        """Agrees at the page of the provider, in a Playwright page that shows it."""
        page.fill("input[name=sub]", self.sub)
        page.click("button:not([name])")

    @staticmethod
    def press_refuse(page) -> None:
        """Refuses at the page of the provider."""
        page.click("button[value=deny]")


@contextlib.contextmanager
def _running(script: str, *arguments: str) -> Iterator[dict[str, str]]:
    """Runs one of the servers and ends it, by the process that was started."""
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
    """django-oauth-toolkit: enforces PKCE; `tells_issuer` makes it send `iss` along (RFC 9207)."""
    with tempfile.TemporaryDirectory(prefix="openalmaty-provider-") as folder:
        more = ["--tells-issuer"] if tells_issuer else []
        with _running("django_provider.py", folder, *more) as told:
            yield DjangoProvider(told["base"], told["issuer"])


@contextlib.contextmanager
def mock_provider(*, token_life: int = 3600) -> Iterator[MockProvider]:
    """oidc-provider-mock: names no key in its id_tokens; a `token_life` below zero makes expired ones."""
    with _running("mock_provider.py", f"--token-life={token_life}") as told:
        provider = MockProvider(told["base"], told["issuer"])
        provider.set_person("aigul", email="aigul@example.kz", email_verified=True, name="Айгүл Серікқызы")
        yield provider
