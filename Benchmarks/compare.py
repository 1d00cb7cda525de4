#!/usr/bin/env python3
"""Compares two versions of the program: both serve at the same time and answer the same requests in turns.

    python3 Benchmarks/compare.py OLD NEW          two release builds, each within its own checkout

A machine whose speed changes from minute to minute cannot compare two runs made one after the other. Here every round
measures each route on both versions, in alternating order, and the figure is the median of the ratios within a round.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

from account_load import register
from common import CLIENT_CORE, bounding_box, median_and_mad, random_points, read_districts, ROOT, say
from http_load import Server, nearest_paths, resolve_paths, write_paths
from page_load import PAGES, organization

QUIET = 1.2
POINTS = 10_000
TILES = [f"/tiles/basemap/14/{x}/{y}.mvt" for x in range(11_690, 11_700) for y in range(5_978, 5_988)]


def home(binary: Path) -> Path:
    """The checkout that a binary was built in, whose data and resources it serves."""
    for folder in binary.resolve().parents:
        if (folder / "Package.swift").exists():
            return folder
    raise SystemExit(f"{binary} is not within a checkout")


def settings(binary: Path, outbox: Path) -> dict[str, str]:
    """The same settings for both; the page cache is off, so that pages are made for each request."""
    return {
        "OPENALMATY_HOME": str(home(binary)), "OPENALMATY_MAIL_FOLDER": str(outbox),
        "OPENALMATY_LIMIT_REGISTRATIONS": "1000", "OPENALMATY_PAGE_CACHE_MEGABYTES": "0",
    }


def routes(server: Server, outbox: Path, folder: Path, name: str) -> dict[str, Path]:
    """Files of the same requests for both versions; only the session of the person who is signed in differs."""
    points = random_points(bounding_box(read_districts(ROOT / "data" / "districts.geojson")), POINTS, seed=2)
    person = register(server, outbox)
    requests = {
        "healthz": ["/healthz"] * 1_000,
        "resolve": resolve_paths(points),
        "nearest-10": nearest_paths(points, None),
        "nearest-10 polyclinics": nearest_paths(points, "polyclinic"),
        "geocode": [f"/api/v1/geocode?q=%D0%90%D0%B1%D0%B0%D1%8F%20{number}" for number in range(1, 150)],
        "suggest": [f"/api/v1/suggest?q=%D0%B0%D0%B1%D0%B0%D1%8F%20{number}" for number in range(1, 150)],
        "tiles": TILES,
        **{page: [path] * 1_000 for page, path in PAGES.items()},
        "organization": [organization(server)] * 1_000,
        "home, signed in": [f"{PAGES['home']}\tCookie: {person.cookies()}"] * 1_000,
    }
    return {key: write_paths(folder, f"{name}-{key.replace(' ', '-')}", paths) for key, paths in requests.items()}


def compare(
    old: Path, new: Path, rounds: int, seconds: int, only: set[str]
) -> list[tuple[str, float, float, float, float]]:
    """Route, requests a second of both, and the median and deviation of new to old within a round."""
    with tempfile.TemporaryDirectory(prefix="openalmaty-compare-") as name:
        folder = Path(name)
        with Server(old, folder / "old.sqlite", settings=settings(old, folder / "old")) as first, Server(
            new, folder / "new.sqlite", settings=settings(new, folder / "new")
        ) as second:
            sides = [(first, routes(first, folder / "old", folder, "old"))]
            sides.append((second, routes(second, folder / "new", folder, "new")))
            rows = []
            for route in [route for route in sides[0][1] if not only or route in only]:
                say(route)
                rates: tuple[list[float], list[float]] = ([], [])
                for turn in range(rounds + 1):
                    for side in (0, 1) if turn % 2 else (1, 0):
                        server, files = sides[side]
                        load = server.load(files[route], 8, seconds if turn else 1, CLIENT_CORE)
                        # The first turn only warms up.
                        if turn:
                            rates[side].append(load["per_second"])
                ratio, deviation = median_and_mad([after / before for before, after in zip(*rates)])
                rows.append((route, median_and_mad(rates[0])[0], median_and_mad(rates[1])[0], ratio, deviation))
            return rows


def main() -> int:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("old", type=Path, help="the earlier openalmaty")
    parser.add_argument("new", type=Path, help="the later openalmaty")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--only", default="", help="the routes to measure, with commas between them; all when left out")
    options = parser.parse_args()
    if os.getloadavg()[0] > QUIET:
        say(f"load average is {os.getloadavg()[0]:.1f}: other work is running, do not publish these figures")
    only = set(filter(None, options.only.split(",")))
    rows = compare(options.old, options.new, options.rounds, options.seconds, only)
    print("| route | earlier | later | later to earlier, median of the rounds |\n|---|---|---|---|")
    for route, before, after, ratio, deviation in rows:
        print(f"| {route} | {before:,.0f}/s | {after:,.0f}/s | {ratio:.2f} ± {deviation:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
