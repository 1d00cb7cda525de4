"""Compares the answers of a running portal with its own OpenAPI document.

`watch` makes every request that goes to a portal through `urllib` checked. Tests with a client of their own call `check`.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import urllib.parse
import urllib.request
import urllib.response
from collections.abc import Mapping

import jsonschema_rs

PROBLEM = "application/problem+json"


class UndocumentedAnswer(AssertionError):
    """An answer that the OpenAPI document does not allow."""


class Contract:
    """The OpenAPI document of a portal."""

    def __init__(self, document: dict) -> None:
        self.document = document
        # Among templates that match a path, the one with the fewest parameters is meant.
        templates = sorted(document["paths"], key=lambda path: path.count("{"))
        self.paths = [(re.compile(re.sub(r"\{\w+\}", "[^/]+", re.sub(r"\.", r"\\.", path))), path) for path in templates]
        self._validators: dict[str, jsonschema_rs.Draft202012Validator] = {}

    def faults(self, method: str, address: str, status: int, fields: Mapping[str, str], body: bytes | None) -> list[str]:
        """What is wrong with an answer; empty if it is as documented, or if it is the answer of a page.

        The body is None if it is not known."""
        if method == "OPTIONS" or 300 <= status < 304 or status in (307, 308):
            return []
        fields = {name.lower(): value for name, value in fields.items()}
        media = fields.get("content-type", "").split(";")[0].strip().lower()
        if method == "HEAD":
            body = None
        elif body is not None and fields.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        path = urllib.parse.urlsplit(address).path
        calls = next((self.document["paths"][name] for pattern, name in self.paths if pattern.fullmatch(path)), {})
        call = calls.get("get" if method == "HEAD" else method.lower())
        if media == PROBLEM and (call is None or self._is_protocol_fault(body)):
            return self._problem_faults(status, body)
        if call is None:
            # Pages, which begin with a language, are not part of the API; one of them is the download of one's own data.
            is_page = path.split("/")[1] in ("kk", "ru", "en")
            return [f"no call with {media} is documented"] if media.endswith("json") and not is_page else []
        documented = call["responses"].get(str(status))
        if documented is None:
            return ["the status is not documented"]
        found = [fault for name, field in documented.get("headers", {}).items() if (fault := self._field(name, field, fields))]
        contents = documented.get("content")
        if contents is None:
            return found + (["a body is not documented"] if body else [])
        if media not in contents:
            return [*found, f"the media type {media or 'none'} is not documented"]
        if media == PROBLEM:
            found += self._problem_faults(status, body)
        elif media.endswith("json") and body is not None:
            found += self._body_faults(contents[media]["schema"], body)
        return found

    @staticmethod
    def _is_protocol_fault(body: bytes | None) -> bool:
        """Whether this is the answer to a request that was refused before a route was chosen."""
        try:
            return json.loads(body or b"")["type"] == "about:blank"
        except (ValueError, KeyError, TypeError):
            return False

    def _problem_faults(self, status: int, body: bytes | None) -> list[str]:
        if body is None:
            return []
        found = self._body_faults({"$ref": "#/components/schemas/Problem"}, body)
        return found or ([] if json.loads(body)["status"] == status else ["the problem names another status"])

    def _field(self, name: str, field: dict, fields: dict[str, str]) -> str | None:
        value: str | int | None = fields.get(name.lower())
        if value is None:
            return f"the field {name} is missing" if field.get("required") else None
        if field["schema"].get("type") == "integer" and value.isdecimal():
            value = int(value)
        return None if self._validator(field["schema"]).is_valid(value) else f"the field {name} is {value!r}"

    def _body_faults(self, schema: dict, body: bytes) -> list[str]:
        try:
            value = json.loads(body.decode(), object_pairs_hook=unique, parse_constant=no_constant)
        except ValueError as error:
            return [f"the body is not JSON: {error}"]
        return [
            f"{'/'.join(map(str, error.instance_path)) or 'the body'}: {error.message[:300]}"
            for error in self._validator(schema).iter_errors(value)
        ][:5]

    def _validator(self, schema: dict) -> jsonschema_rs.Draft202012Validator:
        key = json.dumps(schema)
        if key not in self._validators:
            whole = {**schema, "components": self.document["components"]}
            self._validators[key] = jsonschema_rs.Draft202012Validator(whole)
        return self._validators[key]


def unique(pairs: list[tuple[str, object]]) -> dict:
    """An object; raises ValueError if a member is repeated."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a member is repeated")
    return made


def no_constant(name: str) -> None:
    """Refuses NaN and infinities, which are not JSON."""
    raise ValueError(f"{name} is not JSON")


# The running portals by origin.
_watched: dict[str, Contract] = {}


def watch(origin: str) -> None:
    """From now on checks the requests to a portal that go through `urllib`."""
    if not _watched:
        urllib.request.install_opener(urllib.request.build_opener(CheckedAnswers()))
    with urllib.request.urlopen(origin + "/api/openapi.json", timeout=60) as answer:
        _watched[origin] = Contract(json.load(answer))


def unwatch(origin: str) -> None:
    """Forgets a portal that has ended."""
    _watched.pop(origin, None)


def check(method: str, address: str, status: int, fields: Mapping[str, str], body: bytes | None) -> None:
    """Raises if an answer of a watched portal is not as documented."""
    parts = urllib.parse.urlsplit(address)
    watched = _watched.get(f"{parts.scheme}://{parts.netloc}")
    found = watched.faults(method, address, status, fields, body) if watched else []
    if found:
        raise UndocumentedAnswer(f"{method} {address[:200]}: {status}: " + "; ".join(found))


class CheckedAnswers(urllib.request.BaseHandler):
    """Checks every answer of a watched portal before the test gets it."""

    # Before the handler that turns error statuses into exceptions.
    handler_order = 500

    def http_response(self, request: urllib.request.Request, answer):
        body = answer.read()
        check(request.get_method(), request.full_url, answer.status, answer.headers, body)
        whole = urllib.response.addinfourl(io.BytesIO(body), answer.headers, answer.url, answer.status)
        whole.msg = answer.reason
        return whole
