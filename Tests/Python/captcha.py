"""Solves challenges of the built-in captcha (ALTCHA, version 1) as a browser would."""

from __future__ import annotations

import base64
import hashlib
import json


def solved(challenge: dict) -> str:
    """The value of the form field for a challenge."""
    salt = challenge["salt"].encode()
    for number in range(challenge["maxnumber"] + 1):
        if hashlib.sha256(salt + str(number).encode()).hexdigest() == challenge["challenge"]:
            kept = {key: challenge[key] for key in ("algorithm", "challenge", "salt", "signature")}
            return base64.b64encode(json.dumps({**kept, "number": number}).encode()).decode()
    raise ValueError("the challenge has no solution")
