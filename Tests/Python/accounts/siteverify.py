"""A fake of the siteverify endpoints of Cloudflare Turnstile and Google reCAPTCHA on loopback.

    with siteverify("turnstile", hostname="127.0.0.1") as service:
        …OPENALMATY_CAPTCHA_ENDPOINT=service.endpoint…

The beginning of the token, up to the first hyphen, determines the response; see `Handler._judge`. All requests are collected
in `asked`.

https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
https://developers.google.com/recaptcha/docs/verify
"""

from __future__ import annotations

import contextlib
import json
import secrets
import threading
import urllib.parse
from dataclasses import dataclass

from loopback import LoopbackHandler, serving

# Longer than the portal's timeout.
SILENCE = 20


@dataclass
class Asked:
    """One request as received."""

    method: str
    path: str
    headers: str
    body: str

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The fields of the form."""
        return urllib.parse.parse_qsl(self.body, keep_blank_values=True)


class SiteVerify:
    """The state of the fake service."""

    def __init__(self, kind: str, base: str, hostname: str) -> None:
        self.kind = kind
        self.endpoint = f"{base}/siteverify"
        self.hostname = hostname
        self.site_key = "0x4" + secrets.token_hex(10)
        self.secret = "0x5" + secrets.token_hex(20)
        self.asked: list[Asked] = []
        self.used: set[str] = set()
        self.over = threading.Event()

    @property
    def field(self) -> str:
        """The field that the widget fills in."""
        return "cf-turnstile-response" if self.kind == "turnstile" else "g-recaptcha-response"

    def settings(self) -> dict[str, str]:
        """The settings of the portal for this service."""
        return {
            "OPENALMATY_CAPTCHA_KIND": self.kind,
            "OPENALMATY_CAPTCHA_SITE_KEY": self.site_key,
            "OPENALMATY_CAPTCHA_SECRET": self.secret,
            "OPENALMATY_CAPTCHA_ENDPOINT": self.endpoint,
        }

    def passed(self, **more: object) -> dict:
        """A success in the format of the service."""
        answer = {"success": True, "challenge_ts": "2026-11-25T12:00:00.000Z", "hostname": self.hostname}
        if self.kind == "turnstile":
            answer |= {"error-codes": [], "action": "", "cdata": "", "metadata": {"interactive": False}}
        return answer | more

    def refused(self, code: str) -> dict:
        """A refusal in the format of the service."""
        answer = {"success": False, "error-codes": [code]}
        return answer | ({"messages": []} if self.kind == "turnstile" else {})


class Handler(LoopbackHandler):
    """The endpoint."""

    service: SiteVerify

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        asked = Asked("POST", self.path, str(self.headers), body)
        self.service.asked.append(asked)
        fields = dict(asked.fields)
        token = fields.get("response", "")
        if self.path != "/siteverify":
            # The target of a redirect: a client that follows it would pass, and be detected.
            self._json(self.service.passed())
        elif fields.get("secret") != self.service.secret:
            self._json(self.service.refused("invalid-input-secret"))
        else:
            self._judge(token.split("-")[0], token)

    def do_GET(self) -> None:  # noqa: N802
        self.service.asked.append(Asked("GET", self.path, str(self.headers), ""))
        self._json(self.service.passed())

    def _judge(self, kind: str, token: str) -> None:
        service = self.service
        match kind:
            case "good":
                is_new = token not in service.used
                service.used.add(token)
                self._json(service.passed() if is_new else service.refused("timeout-or-duplicate"))
            case "late":
                self._json(service.refused("timeout-or-duplicate"))
            case "elsewhere":
                self._json(service.passed(hostname="evil.example"))
            case "nowhere":
                self._json({"success": True})
            case "misconfigured":
                self._json(service.refused("invalid-input-secret"))
            case "truthy":
                self._json(service.passed(success="true"))
            case "huge":
                self._json(service.passed(padding="x" * 20_000))
            case "garbage":
                self._answer(200, b"\xff\xfe<html>success</html>")
            case "status":
                self._answer(500, json.dumps(service.passed()).encode())
            case "redirect":
                self._answer(307, b"", {"Location": "/elsewhere"})
            case "hangup":
                self.close_connection = True
            case "silent":
                service.over.wait(SILENCE)
                self.close_connection = True
            case _:
                self._json(service.refused("invalid-input-response"))

    def _json(self, body: dict) -> None:
        self._answer(200, json.dumps(body).encode())

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.answer(status, body, {"Content-Type": "application/json", **(headers or {})})


def siteverify(kind: str, hostname: str = "127.0.0.1") -> contextlib.AbstractContextManager[SiteVerify]:
    """Runs the fake service in this process."""
    return serving(Handler, lambda base: SiteVerify(kind, base, hostname))
