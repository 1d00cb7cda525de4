"""Signing in through real OpenID providers on loopback, using `openalmaty openid check`.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/accounts
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
import unittest
import urllib.parse
from collections.abc import Iterator

from program import BINARY, environment
from providers import Client, Provider, django_provider, mock_provider

REDIRECT = "https://almaty.example/auth/oidc/callback"
LIMIT = 60


def changed(address: str, **parameters: str | None) -> str:
    """The URL with query parameters changed, or removed when the value is None."""
    parts = urllib.parse.urlsplit(address)
    query = dict(urllib.parse.parse_qsl(parts.query))
    for name, value in parameters.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return urllib.parse.urlunsplit(parts._replace(query=urllib.parse.urlencode(query)))


def parameter(address: str, name: str) -> str:
    """One query parameter of a URL."""
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))[name]


class Attempt:
    """A sign-in attempt: the command waits for the URL that the browser returns to."""

    def __init__(self, process: subprocess.Popen, address: str) -> None:
        self.process = process
        self.address = address

    def come_back(self, address: str) -> tuple[int, dict, str]:
        """Passes the URL to the command and returns the exit code, the printed identity, and the errors."""
        output, errors = self.process.communicate(address + "\n", timeout=LIMIT)
        return self.process.returncode, json.loads(output) if output.strip() else {}, errors.strip()


@contextlib.contextmanager
def attempt(provider: Provider, client: Client, *, issuer: str | None = None, secret: str | None = None) -> Iterator[Attempt]:
    """Starts an attempt."""
    process = subprocess.Popen(
        [BINARY, "openid", "check", "--issuer", issuer or provider.issuer, "--client-id", client.id,
         "--redirect", client.redirect_uri, "--authorize", "--json"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment(OPENALMATY_OIDC_CLIENT_SECRET=secret or client.secret),
    )
    limit = threading.Timer(LIMIT, process.kill)
    limit.start()
    try:
        yield Attempt(process, process.stdout.readline().strip())
    finally:
        limit.cancel()
        if process.poll() is None:
            process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()


def check(issuer: str, *more: str) -> subprocess.CompletedProcess:
    """Runs the check without signing in."""
    return subprocess.run(
        [BINARY, "openid", "check", "--issuer", issuer, "--client-id", "portal", "--client-secret", "word",
         "--redirect", REDIRECT, *more],
        capture_output=True, text=True, timeout=LIMIT,
    )


class SharedTests:
    """Tests that apply to each provider."""

    provider: Provider

    def setUp(self) -> None:
        self.client = self.provider.client(REDIRECT)
        self.provider.set_person("aigul", email="aigul@example.kz", email_verified=True, name="Айгүл Серікқызы")

    def test_a_person_signs_in(self) -> None:
        with attempt(self.provider, self.client) as begun:
            code, identity, errors = begun.come_back(self.provider.agree(begun.address))
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual(identity, {
            "issuer": self.provider.issuer, "subject": "aigul", "email": "a…@example.kz", "email_verified": True,
            "name": "Айгүл Серікқызы",
        })

    def test_an_address_may_be_unverified_or_missing(self) -> None:
        self.provider.set_person("berik", email="berik@example.kz", email_verified=False, name="Берік")
        with attempt(self.provider, self.client) as begun:
            _, identity, _ = begun.come_back(self.provider.agree(begun.address))
        self.assertIs(identity["email_verified"], False)
        self.provider.set_person("dana", name="Дана")
        with attempt(self.provider, self.client) as begun:
            code, identity, _ = begun.come_back(self.provider.agree(begun.address))
        self.assertEqual((code, identity["subject"]), (0, "dana"))
        self.assertNotIn("email", identity)

    def test_the_address_asks_for_all_that_is_needed(self) -> None:
        with attempt(self.provider, self.client) as begun:
            query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(begun.address).query))
        self.assertEqual(query["response_type"], "code")
        self.assertEqual(query["code_challenge_method"], "S256")
        self.assertEqual(query["redirect_uri"], REDIRECT)
        for name in ("state", "nonce", "code_challenge"):
            self.assertRegex(query[name], r"^[A-Za-z0-9_-]{43}$")

    def test_another_state_is_refused(self) -> None:
        with attempt(self.provider, self.client) as begun:
            back = self.provider.agree(begun.address)
            code, identity, errors = begun.come_back(changed(back, state="A" * 43))
        self.assertEqual((code, identity), (1, {}))
        self.assertIn("state", errors)

    def test_a_token_for_another_nonce_is_refused(self) -> None:
        with attempt(self.provider, self.client) as begun:
            back = self.provider.agree(changed(begun.address, nonce="another"))
            code, identity, errors = begun.come_back(back)
        self.assertEqual((code, identity), (1, {}))
        self.assertIn("nonce", errors)

    def test_a_code_cannot_be_used_twice(self) -> None:
        with attempt(self.provider, self.client) as first:
            back = self.provider.agree(first.address)
            self.assertEqual(first.come_back(back)[0], 0)
        with attempt(self.provider, self.client) as second:
            state = parameter(second.address, "state")
            code, identity, errors = second.come_back(changed(back, state=state))
        self.assertEqual((code, identity), (1, {}))
        self.assertIn("invalid_grant", errors)

    def test_a_code_of_another_client_is_refused(self) -> None:
        other = self.provider.client(REDIRECT)
        with attempt(self.provider, self.client) as begun:
            back = self.provider.agree(changed(begun.address, client_id=other.id))
            code, identity, errors = begun.come_back(back)
        self.assertEqual((code, identity), (1, {}))
        self.assertIn("invalid_grant", errors)

    def test_a_wrong_secret_is_refused_and_not_told(self) -> None:
        with attempt(self.provider, self.client, secret="not-the-secret") as begun:
            code, identity, errors = begun.come_back(self.provider.agree(begun.address))
        self.assertEqual((code, identity), (1, {}))
        self.assertIn("invalid_client", errors)
        self.assertNotIn("not-the-secret", errors)

    def test_errors_tell_no_code(self) -> None:
        with attempt(self.provider, self.client, secret="not-the-secret") as begun:
            back = self.provider.agree(begun.address)
            _, _, errors = begun.come_back(back)
        for name in ("code", "state"):
            self.assertNotIn(parameter(back, name), errors)

    def test_the_check_says_that_it_can_be_used(self) -> None:
        told = check(self.provider.issuer, "--json")
        self.assertEqual(told.returncode, 0, told.stderr)
        report = json.loads(told.stdout)
        self.assertEqual(report["keys"], 1)
        self.assertTrue(report["token_endpoint"].startswith(self.provider.base))
        self.assertIn("people can sign in", check(self.provider.issuer).stdout)


class DjangoTests(SharedTests, unittest.TestCase):
    """django-oauth-toolkit enforces PKCE."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.provider = cls.enterClassContext(django_provider())

    def test_a_wrong_verifier_is_refused(self) -> None:
        with attempt(self.provider, self.client) as begun:
            back = self.provider.agree(changed(begun.address, code_challenge="A" * 43))
            code, identity, errors = begun.come_back(back)
        self.assertEqual((code, identity), (1, {}))
        self.assertIn("invalid_grant", errors)

    def test_the_provider_itself_wants_a_challenge(self) -> None:
        with attempt(self.provider, self.client) as begun:
            bare = changed(begun.address, code_challenge=None, code_challenge_method=None)
            status, place = self.provider.visit(bare)
            self.assertEqual(status, 302)
            code, _, errors = begun.come_back(place)
        self.assertEqual(code, 1)
        self.assertIn("invalid_request", errors)

    def test_a_person_says_no(self) -> None:
        with attempt(self.provider, self.client) as begun:
            code, identity, errors = begun.come_back(self.provider.refuse(begun.address))
        self.assertEqual((code, identity), (1, {}))
        self.assertIn("access_denied", errors)

    def test_another_issuer_is_refused(self) -> None:
        other = self.provider.issuer.replace("127.0.0.1", "localhost")
        told = check(other)
        self.assertEqual(told.returncode, 1)
        self.assertIn(f"the issuer is {self.provider.issuer}, not {other}", told.stderr)


class IssuerTests(unittest.TestCase):
    """A provider that sends its issuer in the response (RFC 9207)."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.provider = cls.enterClassContext(django_provider(tells_issuer=True))

    def setUp(self) -> None:
        self.client = self.provider.client(REDIRECT)

    def test_the_right_issuer_is_taken(self) -> None:
        with attempt(self.provider, self.client) as begun:
            back = self.provider.agree(begun.address)
            self.assertEqual(parameter(back, "iss"), self.provider.issuer)
            self.assertEqual(begun.come_back(back)[0], 0)

    def test_another_issuer_or_none_is_refused(self) -> None:
        for issuer in ("https://evil.example", None):
            with self.subTest(issuer=issuer), attempt(self.provider, self.client) as begun:
                back = changed(self.provider.agree(begun.address), iss=issuer)
                code, identity, errors = begun.come_back(back)
                self.assertEqual((code, identity), (1, {}))
                self.assertIn("issuer", errors)

    def test_a_person_says_no(self) -> None:
        with attempt(self.provider, self.client) as begun:
            code, _, errors = begun.come_back(self.provider.refuse(begun.address))
        self.assertEqual(code, 1)
        self.assertIn("access_denied", errors)


class MockTests(SharedTests, unittest.TestCase):
    """oidc-provider-mock sets no key id in its tokens."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.provider = cls.enterClassContext(mock_provider())

    def test_a_person_says_no(self) -> None:
        with attempt(self.provider, self.client) as begun:
            # This provider omits the state when it refuses, so the attempt is not recognised.
            code, identity, errors = begun.come_back(self.provider.refuse(begun.address))
        self.assertEqual((code, identity), (1, {}))
        self.assertIn("state", errors)


class ExpiredTests(unittest.TestCase):
    """A provider that issues expired tokens."""

    def test_an_expired_token_is_refused(self) -> None:
        with mock_provider(token_life=-120) as provider:
            client = provider.client(REDIRECT)
            with attempt(provider, client) as begun:
                code, identity, errors = begun.come_back(provider.agree(begun.address))
        self.assertEqual((code, identity), (1, {}))
        self.assertIn("exp", errors)


class WithoutProviderTests(unittest.TestCase):
    """Addresses that are not a provider."""

    def test_it_is_told(self) -> None:
        for issuer, word in (
            ("http://127.0.0.1:1", "did not answer"), ("http://provider.example", "must be https"),
            ("nonsense", "cannot be read"),
        ):
            told = check(issuer)
            self.assertEqual(told.returncode, 1, issuer)
            self.assertIn(word, told.stderr)
            self.assertNotIn("word", told.stderr)


if __name__ == "__main__":
    unittest.main()
