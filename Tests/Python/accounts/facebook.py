"""A fake of Facebook's sign-in on loopback: the dialog, the token endpoint and the Graph API's `/me`.

    with facebook() as provider:
        provider.redirect_uri = "http://127.0.0.1:8080/auth/facebook/callback"
        provider.person = {"id": "1001", "name": "Айгүл", "email": "aigul@example.kz"}

It is as strict as Facebook: a code is valid once, for its client, secret and redirect URI; `appsecret_proof` must be
correct; the URL that it redirects to ends with `#_=_`. All requests are collected in `asked`.

https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import html
import json
import secrets
import threading
import urllib.parse
from dataclasses import dataclass

from loopback import LoopbackHandler, serving

# A word in every error of the fake service, which must not appear on any page of the portal.
INTERNAL = "A9fbTraceInternal7"
# Longer than the portal's timeout.
SILENCE = 20


@dataclass
class Asked:
    """One request to the token endpoint or the Graph API."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    fields: dict[str, str]


class Facebook:
    """The state of the fake service; `trouble` makes an endpoint fail: `500`, `refuse`, `garbage`, `silent`."""

    version = "/v23.0"

    def __init__(self, base: str) -> None:
        self.base = base
        self.client_id = str(secrets.randbelow(10**15))
        self.client_secret = secrets.token_hex(16)
        self.redirect_uri = ""
        self.person: dict[str, str] = {}
        self.trouble: dict[str, str] = {}
        self.asked: list[Asked] = []
        self.dialogs: list[dict[str, str]] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, str]] = {}
        # Releases a silent endpoint when the test is over.
        self.over = threading.Event()

    def settings(self) -> dict[str, str]:
        """The settings of the portal for this service."""
        return {
            "OPENALMATY_FACEBOOK_CLIENT_ID": self.client_id,
            "OPENALMATY_FACEBOOK_CLIENT_SECRET": self.client_secret,
            "OPENALMATY_FACEBOOK_AUTHORIZATION_URL": f"{self.base}{self.version}/dialog/oauth",
            "OPENALMATY_FACEBOOK_TOKEN_URL": f"{self.base}{self.version}/oauth/access_token",
            "OPENALMATY_FACEBOOK_ME_URL": f"{self.base}{self.version}/me",
        }

    def secrets(self) -> list[str]:
        """Everything that must not appear in a page or log."""
        return [self.client_secret, INTERNAL, *self.codes, *self.tokens]

    def fault_of_dialog(self, query: dict[str, str]) -> str | None:
        """The reason why the dialog does not open."""
        if query.get("client_id") != self.client_id:
            return "Invalid App ID"
        if query.get("redirect_uri") != self.redirect_uri:
            return "URL Blocked"
        if query.get("response_type") != "code":
            return "Unsupported response_type"
        if len(query.get("state", "")) < 32:
            return "The state is missing or can be guessed"
        if "code_challenge" in query and query.get("code_challenge_method") != "S256":
            return "Unsupported code_challenge_method"
        return None

    def address_back(self, query: dict[str, str], agreed: bool) -> str:
        """The URL that the dialog redirects the browser to."""
        if agreed:
            code = "AQ" + secrets.token_urlsafe(64)
            self.codes[code] = {**query, "used": "", "person": json.dumps(self.person)}
            answer = {"code": code}
        else:
            answer = {
                "error": "access_denied", "error_code": "200", "error_description": "Permissions error",
                "error_reason": "user_denied",
            }
        return f"{query['redirect_uri']}?{urllib.parse.urlencode({**answer, 'state': query['state']})}#_=_"

    def exchange(self, fields: dict[str, str]) -> tuple[int, dict]:
        """Exchanges a code for a token."""
        if fields.get("client_id") != self.client_id or fields.get("client_secret") != self.client_secret:
            return 400, error("Error validating client secret.", "OAuthException", 1)
        known = self.codes.get(fields.get("code", ""))
        if known is None or known["used"]:
            return 400, error("This authorization code has been used.", "OAuthException", 100)
        if fields.get("redirect_uri") != known["redirect_uri"]:
            return 400, error("Error validating verification code.", "OAuthException", 100)
        challenge = known.get("code_challenge")
        if challenge is not None:
            digest = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
            if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != challenge:
                return 400, error("Invalid code verifier.", "OAuthException", 100)
        known["used"] = "1"
        token = "EAA" + secrets.token_hex(60)
        self.tokens[token] = json.loads(known["person"])
        return 200, {"access_token": token, "token_type": "bearer", "expires_in": 5_183_944}

    def me(self, query: dict[str, str], token: str) -> tuple[int, dict]:
        """The person to whom a token belongs, with the requested fields."""
        person = self.tokens.get(token)
        if person is None:
            return 400, error("Invalid OAuth access token.", "OAuthException", 190)
        proof = query.get("appsecret_proof")
        right = hmac.new(self.client_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        if proof is not None and not hmac.compare_digest(proof, right):
            return 400, error("Invalid appsecret_proof provided in the API argument", "GraphMethodException", 100)
        wanted = query.get("fields", "id,name").split(",")
        return 200, {key: value for key, value in person.items() if key in wanted or key == "id"}


def error(message: str, kind: str, code: int) -> dict:
    """An error in the format of the Graph API."""
    return {"error": {"message": f"{message} {INTERNAL}", "type": kind, "code": code, "fbtrace_id": INTERNAL}}


class Handler(LoopbackHandler):
    """The endpoints of the fake service."""

    protocol_version = "HTTP/1.1"
    service: Facebook

    def do_GET(self) -> None:  # noqa: N802
        parts = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
        path = parts.path.removeprefix(self.service.version)
        if path == "/dialog/oauth":
            self._dialog(query)
        elif path == "/dialog/answer":
            agreed = query.pop("answer", "") == "yes"
            self._answer(302, "", {"Location": self.service.address_back(query, agreed)})
        elif path == "/me":
            trouble = self.service.trouble.get("me")
            self._note(parts.path, query, {})
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            if not self._fails(trouble):
                self._json(*self.service.me(query, query.get("access_token") or bearer))
        else:
            self._answer(404, "")

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        fields = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
        parts = urllib.parse.urlsplit(self.path)
        trouble = self.service.trouble.get("token")
        self._note(parts.path, dict(urllib.parse.parse_qsl(parts.query)), fields)
        if parts.path != self.service.version + "/oauth/access_token":
            self._answer(404, "")
        elif not self._fails(trouble):
            self._json(*self.service.exchange(fields))

    def _dialog(self, query: dict[str, str]) -> None:
        self.service.dialogs.append(query)
        fault = self.service.fault_of_dialog(query)
        if fault:
            self._answer(400, f"<!doctype html><title>{fault}</title><h1>{fault}</h1>")
            return
        hidden = "".join(
            f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
            for name, value in query.items()
        )
        self._answer(
            200,
            '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Facebook</title>'
            f'<form action="{self.service.version}/dialog/answer">{hidden}'
            '<button name="answer" value="yes">Continue</button><button name="answer" value="no">Cancel</button></form>',
        )

    def _note(self, path: str, query: dict[str, str], fields: dict[str, str]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.service.asked.append(Asked(path, query, headers, fields))

    def _fails(self, trouble: str | None) -> bool:
        """Fails as requested; returns false if there is no trouble."""
        match trouble:
            case None:
                return False
            case "500":
                self._json(500, error("An unknown error occurred", "OAuthException", 1))
            case "refuse":
                self._json(400, error("Unsupported get request.", "GraphMethodException", 100))
            case "garbage":
                self._answer(200, f"<html>{INTERNAL}</html>")
            case "silent":
                self.service.over.wait(SILENCE)
                self.close_connection = True
        return True

    def _json(self, status: int, body: dict) -> None:
        self._answer(status, json.dumps(body), {"Content-Type": "application/json; charset=UTF-8"})

    def _answer(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        self.answer(status, text.encode(), {"Content-Type": "text/html; charset=utf-8", **(headers or {})})


def facebook() -> contextlib.AbstractContextManager[Facebook]:
    """Runs the fake service in this process."""
    return serving(Handler, Facebook)
