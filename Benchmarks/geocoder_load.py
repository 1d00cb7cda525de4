"""Compares two geocoders on the same questions over HTTP: what each finds, and how many questions a second each answers."""

from __future__ import annotations

import http.client
import json
import random
import statistics
import tempfile
import urllib.parse
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from common import CLIENT_CORE, median_and_mad, say
from geocoder_places import Places, Point, Query
from http_load import Server, write_paths

CONNECTIONS = (1, 2, 4, 8, 16, 32, 64)
LIMIT = 10
CERTAIN = 0.5
REPLAYED = 5_000


@dataclass
class Geocoder:
    """A server, and the format of its questions and answers."""

    name: str
    server: Server
    path: Callable[[str], str]
    read: Callable[[object], list[tuple[Point | None, float | None]]]
    answered: set[str] = field(default_factory=set)


def our_path(text: str) -> str:
    """The path of a question to our server."""
    return f"/api/v1/geocode?q={urllib.parse.quote(text, safe='')}&limit={LIMIT}&lang=ru"


def our_answers(body: dict) -> list[tuple[Point | None, float | None]]:
    """Position and confidence of each of our results."""
    return [
        ((each["lon"], each["lat"]) if each.get("lon") is not None else None, each["confidence"])
        for each in body["results"]
    ]


def their_path(text: str) -> str:
    """The path of a question to Nominatim."""
    return f"/search?q={urllib.parse.quote(text, safe='')}&limit={LIMIT}&format=jsonv2&accept-language=ru"


def their_answers(body: list) -> list[tuple[Point | None, float | None]]:
    """Position of each of Nominatim's results, which have no confidence."""
    return [((float(each["lon"]), float(each["lat"])), None) for each in body]


def ask(geocoder: Geocoder, text: str) -> list[tuple[Point | None, float | None]]:
    """The results of one question; empty if it is refused."""
    connection = http.client.HTTPConnection("127.0.0.1", geocoder.server.port, timeout=60)
    try:
        connection.request("GET", geocoder.path(text))
        response = connection.getresponse()
        body = response.read()
    except (http.client.HTTPException, OSError):
        return []
    finally:
        connection.close()
    if response.status != 200:
        return []
    geocoder.answered.add(text)
    return geocoder.read(json.loads(body))


def found(geocoder: Geocoder, queries: list[Query], places: Places) -> dict:
    """Counts what a geocoder finds, by form of query; a result within the tolerance of an expected place is right.

    Only queries whose place an export can contain count; those that must find nothing are counted separately.
    """
    forms: dict[str, dict[str, int]] = defaultdict(lambda: {"queries": 0, "first": 0, "among_five": 0})
    nothing = {"queries": 0, "answered": 0}
    unknown = 0
    for query in queries:
        answers = ask(geocoder, query.text)
        if not query.references:
            nothing["queries"] += 1
            nothing["answered"] += any(sure is None or sure >= CERTAIN for _, sure in answers)
            continue
        if not any(places.holds(reference) for reference in query.references):
            unknown += 1
            continue
        right = [spot is not None and places.is_right(query, spot) for spot, _ in answers[:5]]
        form = forms[query.form]
        form["queries"] += 1
        form["first"] += any(right[:1])
        form["among_five"] += any(right)
    total = {key: sum(form[key] for form in forms.values()) for key in ("queries", "first", "among_five")}
    return {"forms": dict(sorted(forms.items())), "total": total, "nothing": nothing, "not_in_export": unknown}


def fastest(geocoder: Geocoder, paths: Path, seconds: int) -> int:
    """The number of concurrent connections with which a server answers fastest."""
    tried = {count: geocoder.server.load(paths, count, seconds, CLIENT_CORE)["per_second"] for count in CONNECTIONS}
    return max(tried, key=lambda count: tried[count])


def rates(geocoders: list[Geocoder], texts: list[str], rounds: int, seconds: int) -> dict:
    """Questions a second for each geocoder, in alternating rounds; in each round all replay the same new order.

    Each uses the number of connections that suits it best.
    """
    samples: dict[str, list[dict[str, float]]] = {each.name: [] for each in geocoders}
    with tempfile.TemporaryDirectory(prefix="openalmaty-bench-geocoder-") as name:
        folder = Path(name)

        def paths(geocoder: Geocoder, seed: int) -> Path:
            order = random.Random(seed).choices(texts, k=REPLAYED)
            return write_paths(folder, geocoder.name, map(geocoder.path, order))

        say("throughput: how many connections suit each best")
        connections = {each.name: fastest(each, paths(each, rounds), seconds) for each in geocoders}
        for number in range(rounds):
            say(f"throughput: round {number + 1} of {rounds}")
            for each in geocoders:
                sample = each.server.load(paths(each, number), connections[each.name], seconds, CLIENT_CORE)
                samples[each.name].append(sample)
    figures: dict = {}
    for name, runs in samples.items():
        rate, deviation = median_and_mad([sample["per_second"] for sample in runs])
        figures[name] = {
            "connections": connections[name], "per_second": rate, "per_second_mad": deviation,
            "p50_us": statistics.median(sample["p50_us"] for sample in runs),
            "p99_us": statistics.median(sample["p99_us"] for sample in runs),
        }
    return figures
