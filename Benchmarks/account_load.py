"""Accounts under load: the cost of a page when signed in compared with signed out, and the map while many people sign in."""

from __future__ import annotations

import email
import email.policy
import http.cookiejar
import json
import os
import re
import statistics
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from html import unescape
from pathlib import Path

from common import CLIENT_CORE, captcha, median_and_mad, say
from http_load import Server, write_paths
from tile_load import fetched, settle, tile_of

PAGES = ("/ru/", "/kk/directory", "/ru/districts/medeu", "/en/map")
PASSWORD = "тау шыңындағы қар 77"
EMAIL = "bench@example.kz"
WAITING = 200
# Together less time than hashing 200 passwords takes.
SETTLING, SECONDS = 4, 3
TAG = re.compile(r"<input[^>]*>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')


class Person:
    """A headless browser: cookies, forms with their hidden fields, the captcha."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        """Requests a page."""
        return self.opener.open(urllib.parse.urljoin(self.base, path), timeout=60).read().decode()

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        """Submits a form; returns the status and the redirect target."""
        data = urllib.parse.urlencode(fields).encode()
        try:
            answer = self.opener.open(urllib.request.Request(self.base + path, data), timeout=600)
        except urllib.error.HTTPError as error:
            return error.code, error.url
        answer.read()
        return answer.status, answer.url

    def fields(self, page: str) -> dict[str, str]:
        """The fields of a page's form with their values, including tokens."""
        fields = {}
        for tag in TAG.findall(page):
            attributes = dict(ATTRIBUTE.findall(tag))
            if "name" in attributes and attributes.get("type") not in ("checkbox", "radio", "search"):
                fields[attributes["name"]] = unescape(attributes.get("value", ""))
        fields.pop("q", None)
        return fields

    def solved(self) -> str:
        """The solution of a new challenge of the built-in captcha."""
        return captcha.solved(json.loads(self.get("/api/v1/captcha/challenge")))

    def cookies(self) -> str:
        """The cookies as a header value."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)


def activation(outbox: Path) -> str:
    """The path of the link in the only mail in an outbox folder, after waiting for it to be sent."""
    for _ in range(200):
        for file in outbox.glob("*.eml"):
            mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            if link := re.search(r"/(?:ru|kk|en)/activate/[A-Za-z0-9_-]+", mail.get_body(("plain",)).get_content()):
                return link.group()
        time.sleep(0.1)
    raise RuntimeError(f"no mail came to {outbox}")


def register(server: Server, outbox: Path) -> Person:
    """A person who has registered and is signed in."""
    person = Person(f"http://127.0.0.1:{server.port}")
    form = person.fields(person.get("/ru/register"))
    status, _ = person.post(
        "/ru/register", form | {"name": "Айгүл", "email": EMAIL, "agree": "1", "altcha": person.solved()}
    )
    if status != 200:
        raise RuntimeError(f"registering ended with {status}")
    link = activation(outbox)
    status, url = person.post(link, person.fields(person.get(link)) | {"password": PASSWORD})
    if status != 200 or "/activate/" in url:
        raise RuntimeError(f"activating ended with {status} at {url}")
    return person


def page_ratios(server: Server, person: Person, folder: Path, rounds: int, seconds: int) -> dict:
    """The throughput of signed-in pages as a share of that of the same pages signed out, in the same round."""
    cookies = person.cookies()
    files = {
        "signed_out": write_paths(folder, "signed-out", PAGES * 250),
        "signed_in": write_paths(folder, "signed-in", [f"{path}\tCookie: {cookies}" for path in PAGES] * 250),
    }
    for paths in files.values():
        server.load(paths, 8, 1, CLIENT_CORE)
    runs = {name: [] for name in files}
    for _ in range(rounds):
        for name, paths in files.items():
            runs[name].append(server.load(paths, 8, seconds, CLIENT_CORE)["per_second"])
    ratio, deviation = median_and_mad([one / two for one, two in zip(runs["signed_in"], runs["signed_out"])])
    return {
        "ratio": ratio, "ratio_mad": deviation,
        **{f"{name}_per_second": statistics.median(values) for name, values in runs.items()},
    }


class Crowd:
    """People who all submit their password at once, each from an address of their own, and wait for the response.

    Nobody has an account: the work is the same as with one, because the response must not reveal whether one exists.
    """

    def __init__(self, person: Person, count: int) -> None:
        self.base = person.base
        self.answers: dict[int, int] = {}
        self.lock = threading.Lock()
        page = person.get("/ru/login")
        self.form = person.fields(page) | {"password": PASSWORD}
        self.cookies = person.cookies()
        # Solve the captchas before measuring.
        solved = [person.solved() for _ in range(count)]
        self.threads = [
            threading.Thread(target=self._sign_in, args=(number, answer), daemon=True)
            for number, answer in enumerate(solved)
        ]

    def _sign_in(self, number: int, altcha: str) -> None:
        # In reality people use their own machines: processing a response here must not take time from the server.
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        form = self.form | {"login": f"somebody{number}", "altcha": altcha}
        headers = {"Cookie": self.cookies, "X-Forwarded-For": f"10.{number // 250}.{number % 250}.7"}
        request = urllib.request.Request(self.base + "/ru/login", urllib.parse.urlencode(form).encode(), headers)
        try:
            status = urllib.request.build_opener(_Stay).open(request, timeout=600).status
        except urllib.error.HTTPError as error:
            status = error.code
        with self.lock:
            self.answers[status] = self.answers.get(status, 0) + 1

    @property
    def waiting(self) -> int:
        """How many have no response yet."""
        return len(self.threads) - sum(self.answers.values())

    def __enter__(self) -> Crowd:
        for thread in self.threads:
            thread.start()
        # Wait until all requests have been received and the people only wait.
        time.sleep(SETTLING)
        return self

    def __exit__(self, *_: object) -> None:
        for thread in self.threads:
            thread.join(timeout=300)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Returns redirects as they are: the crowd requests no pages."""

    def redirect_request(self, *_: object) -> None:
        return None


def map_under_sign_ins(
    server: Server, folder: Path, points: list[tuple[float, float]], rounds: int
) -> dict:
    """The 99th percentile of tile requests while people wait to be signed in, beside the same without them."""
    tiles = sorted({f"/tiles/basemap/{z}/{x}/{y}.mvt" for z, x, y in (tile_of(*point, 14) for point in points[:2_000])})
    lines = [f"{path}\tAccept-Encoding: gzip" for path, _, _ in fetched(server, tiles)]
    paths = write_paths(folder, "map", [lines[number % len(lines)] for number in range(2_000)])
    server.load(paths, 4, 1, CLIENT_CORE)
    idle, busy, waiting, answers = [], [], [], {}
    for _ in range(rounds):
        stranger = Person(f"http://127.0.0.1:{server.port}")
        crowd = Crowd(stranger, WAITING)
        idle.append(server.load(paths, 4, SECONDS, CLIENT_CORE)["p99_us"])
        with crowd:
            busy.append(server.load(paths, 4, SECONDS, CLIENT_CORE)["p99_us"])
            # Those still waiting at the end have waited all the time.
            waiting.append(crowd.waiting)
        for status, count in crowd.answers.items():
            answers[status] = answers.get(status, 0) + count
    return {
        "idle_p99_us": statistics.median(idle), "busy_p99_us": statistics.median(busy),
        "ratio": statistics.median(one / two for one, two in zip(busy, idle)),
        "sent": WAITING, "left_waiting": min(waiting),
        "answers": {str(status): count for status, count in sorted(answers.items())},
    }


def measure(
    binary: Path, city: Path, points: list[tuple[float, float]], rounds: int, seconds: int
) -> dict:
    """Both figures, on a server of their own whose limits allow one machine to play many people."""
    limits = {"OPENALMATY_LIMIT_REGISTRATIONS": "1000", "OPENALMATY_LIMIT_REQUESTS": "100000"}
    # The crowd comes from many addresses through one proxy.
    limits["OPENALMATY_TRUSTED_PROXY"] = "127.0.0.1"
    # Signed-out readers get finished pages from the cache; compare what it costs to make a page.
    limits["OPENALMATY_PAGE_CACHE_MEGABYTES"] = "0"
    say("HTTP: accounts")
    with tempfile.TemporaryDirectory(prefix="openalmaty-bench-accounts-") as name:
        folder = Path(name)
        outbox = folder / "outbox"
        limits["OPENALMATY_MAIL_FOLDER"] = str(outbox)
        # The server runs on one core and the clients on the other, as in all parts: people have their own machines.
        with Server(binary, city, settings=limits) as server:
            settle(server)
            person = register(server, outbox)
            pages = page_ratios(server, person, folder, rounds, seconds)
            apart = map_under_sign_ins(server, folder, points, min(rounds, 5))
        # A client that never pauses and the server compete for the same two cores.
        with Server(binary, city, pinned=False, settings=limits) as server:
            settle(server)
            together = map_under_sign_ins(server, folder, points, min(rounds, 5))
    return {"pages": pages, "map": apart, "map_together": together}
