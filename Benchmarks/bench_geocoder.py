#!/usr/bin/env python3
"""Compares our geocoder with Nominatim over HTTP, with the same places and questions; writes a page and JSON.

    make bench-geocoder                                  builds for release and runs it
    python3 Benchmarks/bench_geocoder.py --rounds 9      longer, for publication
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

sys.dont_write_bytecode = True

import geocoder_load
import http_load
import peer_nominatim
from common import ROOT, run, say, sha256
from geocoder_load import Geocoder
from geocoder_places import QUERIES, Places, read_queries
from geocoder_page import page
from run import QUIET, machine, release_binary
from tile_load import settle

TARGET = 100
# Longer texts, which nobody types, would take more time than a hundred questions.
LONGEST = 200


def arguments() -> argparse.Namespace:
    """Parses the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="rounds of the throughput (default %(default)s)")
    parser.add_argument("--seconds", type=int, default=5, help="seconds of one run of wrk (default %(default)s)")
    parser.add_argument("--binary", type=Path, help="the program (default: the release build)")
    parser.add_argument("--osm", type=Path, help="the export (default: made by the program)")
    parser.add_argument("--queries", type=Path, default=QUERIES, help="the questions (default %(default)s)")
    parser.add_argument("--fresh", action="store_true", help="import into Nominatim again, even the same export")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "geocoder-peers.md")
    parser.add_argument("--json", type=Path, default=ROOT / "var" / "bench-geocoder.json")
    parser.add_argument("--busy", action="store_true", help="write the page even when other work is running")
    parser.add_argument("--strict", action="store_true", help="end with 1 when the target is missed")
    return parser.parse_args()


def export(binary: Path, city: Path, output: Path) -> str:
    """Exports the city as OSM XML, including approximate positions, so that both know the same; returns a summary."""
    options = ["--format", "osm", "--approximate", "--output", str(output), "--database", str(city)]
    return run([str(binary), "export", *options], env={**os.environ, "OPENALMATY_HOME": str(ROOT)})


def measure(options: argparse.Namespace, folder: Path) -> dict:
    """Measures what both find and how fast they are."""
    binary = options.binary or release_binary()
    city = http_load.make_database(binary, folder / "city.sqlite")
    osm = options.osm or folder / "city.osm"
    if not options.osm:
        export(binary, city, osm)
    database, times = peer_nominatim.make_database(osm, options.fresh)
    queries, places = read_queries(options.queries), Places()
    results: dict = {
        "data": {"export": sha256(osm), "queries": sha256(options.queries), "count": len(queries)},
        "versions": {
            "ours": f"openalmaty {run([str(binary), '--version']).strip()}", "nominatim": peer_nominatim.version()
        },
        "nominatim_import": times,
    }
    with http_load.Server(binary, city) as own, peer_nominatim.NominatimServer(database) as theirs:
        settle(own)
        geocoders = [
            Geocoder("ours", own, geocoder_load.our_path, geocoder_load.our_answers),
            Geocoder("nominatim", theirs, geocoder_load.their_path, geocoder_load.their_answers),
        ]
        for each in geocoders:
            say(f"found: {each.name}")
            results.setdefault("found", {})[each.name] = geocoder_load.found(each, queries, places)
        both = [
            query.text for query in queries
            if len(query.text) <= LONGEST and all(query.text in each.answered for each in geocoders)
        ]
        results["data"]["asked_for_throughput"] = len(both)
        results["throughput"] = geocoder_load.rates(geocoders, both, options.rounds, options.seconds)
        for each in geocoders:
            results["throughput"][each.name]["resident_megabytes"] = each.server.resident_megabytes()
    rates = results["throughput"]
    results["ratio"] = rates["ours"]["per_second"] / rates["nominatim"]["per_second"]
    return results


def main() -> int:
    """Measures, prints the page, and writes the page and the JSON."""
    options = arguments()
    about = {"at": datetime.now(timezone.utc).isoformat(timespec="seconds"), "machine": machine()}
    busy = about["machine"]["load_average_at_start"] > QUIET
    if busy:
        say(f"load average is {os.getloadavg()[0]:.1f}: other work is running, do not publish these figures")
    with tempfile.TemporaryDirectory(prefix="openalmaty-bench-") as name:
        results = {**about, "quiet": not busy, "target": TARGET, **measure(options, Path(name))}
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    text = page(results)
    print(text)
    if busy and not options.busy:
        say(f"{options.output} stays as it is; --busy writes it all the same")
    else:
        options.output.write_text(text, encoding="utf-8")
    return 1 if options.strict and results["ratio"] < TARGET else 0


if __name__ == "__main__":
    sys.exit(main())
