#!/usr/bin/env python3
"""Measures the program in-process, over HTTP, beside PostGIS, SpatiaLite and tippecanoe; prints a table, writes JSON.

    make bench                                     builds for release and runs all of it
    python3 Benchmarks/run.py --only geo,http      a part: geo, postgis, spatialite, http, tiles, pyramid, accounts, pages

README.md in this folder describes the methods and the reasons for them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

sys.dont_write_bytecode = True

import account_load
import http_load
import page_load
import peer_mvt
import peer_postgis
import peer_spatialite
import peer_tippecanoe
import tile_load
from common import (
    ROOT, SERVER_CORE, bounding_box, on_core, random_points, read_districts, read_institutions, run, say, sha256,
)

PARTS = ("geo", "postgis", "spatialite", "http", "tiles", "pyramid", "accounts", "pages")
QUIET = 1.2
QUERIES = 100_000
PLACES = 10_000
LATERAL = 2_000


def machine() -> dict:
    """The machine on which the figures were measured."""
    model = "unknown"
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    swift = run(["swift", "--version"]).splitlines()[0] if shutil.which("swift") else "unknown"
    return {
        "cpu": model, "cores": os.cpu_count(), "kernel": platform.release(), "swift": swift,
        "load_average_at_start": round(os.getloadavg()[0], 2),
    }


class Table:
    """The printed rows: a title, the figure, and its target."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str]] = []
        self.missed = 0

    def section(self, title: str) -> None:
        self.rows.append((f"**{title}**", "", "", ""))

    def info(self, title: str, figure: str) -> None:
        self.rows.append((title, figure, "", ""))

    def at_most(self, title: str, figure: str, value: float, limit: float, unit: str) -> None:
        self._judged(title, figure, f"≤ {limit:g} {unit}", value <= limit)

    def at_least(self, title: str, figure: str, value: float, limit: float, unit: str) -> None:
        self._judged(title, figure, f"≥ {limit:g} {unit}", value >= limit)

    def _judged(self, title: str, figure: str, target: str, met: bool) -> None:
        self.missed += not met
        self.rows.append((title, figure, target, "met" if met else "**not met**"))

    def __str__(self) -> str:
        head = ("measure", "figure", "target", "")
        widths = [max(len(row[column]) for row in [head, *self.rows]) for column in range(4)]

        def line(row: tuple[str, ...]) -> str:
            return "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"

        rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
        return "\n".join([line(head), rule, *map(line, self.rows)])


def time_text(nanoseconds: float) -> str:
    """A time in the most readable unit."""
    for unit, size in (("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"


def geo_rows(table: Table, geo: dict) -> None:
    """In-process figures, in units of one dictionary lookup."""
    unit = geo["dictionary_lookup_ns"]
    table.section("In-process (D: one look-up in a dictionary of a million random keys)")
    table.info("D", time_text(unit))
    for title, key, limit in (
        ("resolve, random points", "resolve_random_ns", 0.5),
        ("resolve, within 50 m of a border", "resolve_border_ns", 3),
        ("nearest-10 of 50,000", "nearest10_ns", 15),
        ("nearest-10 of 50,000, 5 % filter", "nearest10_filtered_ns", 30),
    ):
        mean = geo[key]
        table.at_most(title, f"{time_text(mean)} = {mean / unit:.2f} D", mean / unit, limit, "D")
        tail = geo.get({"resolve_random_ns": "resolve_p99_ns"}.get(key, key.replace("_ns", "_p99_ns")))
        if tail is not None:
            figure = f"{time_text(tail)} = {tail / unit:.2f} D"
            table.at_most(f"{title}: p99", figure, tail / unit, 4 * limit, "D")
    if "resolve_bulk_ns" in geo:
        table.info("resolve in bulk, a point", time_text(geo["resolve_bulk_ns"]))


def http_rows(table: Table, http: dict) -> None:
    """Throughput as a share of /healthz in the same round, and figures of the process itself."""
    table.section("Over HTTP (wrk, keep-alive, 8 connections, one core each; share of /healthz in the same round)")
    for where, route, title, limit in (
        ("city", "healthz", "/healthz", None),
        ("city", "resolve", "resolve", 85),
        ("synthetic", "nearest10", "nearest-10 of 47,000", 65),
        ("synthetic", "nearest10_filtered", "nearest-10 of 47,000, 5 % filter", None),
    ):
        figures = http[where][route]
        rate = f"{figures['per_second']:,.0f}/s"
        if route == "healthz":
            table.info(title, f"{rate}, p99 {figures['p99_us']:.0f} µs")
            continue
        share, deviation = figures["ratio_to_healthz"] * 100, figures["ratio_mad"] * 100
        figure = f"{share:.1f} % ± {deviation:.1f} ({rate}, p99 {figures['p99_us']:.0f} µs)"
        if limit is None:
            table.info(title, figure)
        else:
            table.at_least(title, figure, share, limit, "%")
    seconds, memory = http["seconds_to_ready"], http["resident_megabytes"]
    table.at_most("start to ready, existing database", f"{seconds:.2f} s", seconds, 1.0, "s")
    table.at_most("resident memory after 1,000 requests", f"{memory:.0f} MB", memory, 150, "MB")


def peer_rows(table: Table, results: dict) -> None:
    """Comparison with PostGIS and SpatiaLite: in bulk without a network, and one by one with it."""
    geo, http = results.get("geo"), results.get("http")
    measures = (
        ("resolve", "resolve_bulk_ns_per_point", "resolve_bulk_ns", 20),
        ("nearest-10", "nearest10_ns", "nearest10_ns", 100),
        ("nearest-10, 5 % filter", "nearest10_filtered_ns", "nearest10_filtered_ns", None),
    )
    for name, key in (("PostGIS", "postgis"), ("SpatiaLite", "spatialite")):
        peer = results.get(key)
        if not peer:
            continue
        table.section(f"{name} in bulk, a point ({peer['versions']})")
        for title, theirs, ours, limit in measures:
            figure = time_text(peer[theirs])
            own = (geo or {}).get(ours) or ((geo or {}).get("resolve_bulk_ns_per_point") if title == "resolve" else None)
            if own is None:
                table.info(title, figure)
                continue
            ratio = peer[theirs] / own
            figure = f"{figure}; ours {time_text(own)}: {ratio:,.0f}×"
            if limit and key == "postgis":
                table.at_least(title, figure, ratio, limit, "×")
            else:
                table.info(title, figure)
    peer = results.get("postgis")
    if not peer:
        return
    table.section("One by one (PostGIS: prepared, Unix socket; ours: HTTP, keep-alive; one connection, one core)")
    table.info("SELECT 1, /healthz", one_by_one(peer["select_1_per_second"], http, "healthz"))
    for title, route in (
        ("resolve", "resolve"), ("nearest-10", "nearest10"), ("nearest-10, 5 % filter", "nearest10_filtered"),
    ):
        table.info(title, one_by_one(peer[f"{route}_per_second"], http, route))


def tile_rows(table: Table, tiles: dict) -> None:
    """Writing a crowded tile, in lookups and beside ST_AsMVT; tiles over HTTP as a share of /healthz."""
    own, peer, http = tiles["own"], tiles["postgis"], tiles["http"]
    ours, theirs, unit = own["encode_ns"], peer["encode_ns"], own["dictionary_lookup_ns"]
    table.section(f"Writing a tile of {own['features']:,} points out of 50,000 ({peer['versions']})")
    table.info("D", time_text(unit))
    figure = f"{time_text(ours)} = {ours / unit:,.0f} D, {own['bytes']:,} bytes"
    table.at_most("ours", figure, ours / unit, 1000, "D")
    table.info("ours: p99", f"{time_text(own['encode_p99_ns'])} = {own['encode_p99_ns'] / unit:,.0f} D")
    figure = f"{time_text(theirs)}; ours {time_text(ours)}: {theirs / ours:.0f}×"
    table.at_least("ST_AsMVT, in the server", figure, theirs / ours, 25, "×")
    client = 1e9 / peer["client_per_second"]
    table.info("ST_AsMVT, with a client on a Unix socket", f"{time_text(client)}: {client / ours:.0f}×")
    facts = http["tiles"]
    table.section("Tiles over HTTP (wrk, keep-alive, 8 connections; share of /healthz in the same round)")
    table.info("/healthz", f"{http['healthz']['per_second']:,.0f}/s, p99 {http['healthz']['p99_us']:.0f} µs")
    for route, title, limit in (
        ("tile_304", "known to the client: 304", 85),
        ("tile_gzip", f"from the cache, packed, {facts['cached_bytes'] / 1e3:.1f} kB on average", 40),
        ("tile_varied", f"all tilesets, zoom 9 to 15, packed, {facts['varied_bytes'] / 1e3:.1f} kB on average", None),
        ("tile_filtered", "institutions of one category, packed", None),
    ):
        figures = http[route]
        share, deviation = figures["ratio_to_healthz"] * 100, figures["ratio_mad"] * 100
        figure = f"{share:.1f} % ± {deviation:.1f} ({figures['per_second']:,.0f}/s, p99 {figures['p99_us']:.0f} µs)"
        if limit is None:
            table.info(title, figure)
        else:
            table.at_least(title, figure, share, limit, "%")
    table.info("resident memory with all tiles made", f"{facts['resident_megabytes']:.0f} MB")


def pyramid_rows(table: Table, pyramid: dict) -> None:
    """Every tile of the city, compressed and written, from process start to exit."""
    own = pyramid["ours"]
    table.section(f"The whole pyramid, zoom 0 to 15, all tilesets, packed ({pyramid['version']})")
    for title, seconds, figures in (("ours", own["seconds"], own), ("tippecanoe", pyramid["seconds"], pyramid)):
        packed = figures["packed_bytes"] / 1e6
        table.info(title, f"{seconds:.2f} s, {figures['tiles']:,.0f} tiles, {packed:.1f} MB")
    made = f"{own['load_seconds']:.2f} s, {own['build_seconds']:.2f} s, {own['render_seconds']:.2f} s"
    table.info("ours: reading the city, arranging it, making the tiles", made)
    ratio = pyramid["seconds"] / own["seconds"]
    table.at_least("ours against tippecanoe", f"{ratio:.1f}×", ratio, 1, "×")


def page_rows(table: Table, pages: dict) -> None:
    """Pages as a share of /healthz in the same round: made for each request, signed in, and from the cache."""
    table.section("Pages over HTTP (wrk, keep-alive, 8 connections, one core each; share of /healthz in the same round)")
    table.info("/healthz", f"{pages['made']['healthz']['per_second']:,.0f}/s")
    for part, title, limits in (
        ("made", "made for the request", {"signed_in": 8}), ("cached", "from the cache, compressed", {}),
    ):
        for route, figures in pages[part].items():
            if route == "healthz":
                continue
            share, deviation = figures["ratio_to_healthz"] * 100, figures["ratio_mad"] * 100
            figure = f"{share:.1f} % ± {deviation:.1f} ({figures['per_second']:,.0f}/s, p99 {figures['p99_us']:.0f} µs)"
            limit = limits.get(route, 10 if part == "made" else 50)
            table.at_least(f"{route.replace('_', ' ')}, {title}", figure, share, limit, "%")


def account_rows(table: Table, accounts: dict) -> None:
    """A page when signed in compared with signed out; the map while many people sign in."""
    pages, waiting = accounts["pages"], accounts["map"]
    together = accounts["map_together"]
    table.section("Accounts (wrk, keep-alive; the server on one core, the client on another)")
    rates = f"{pages['signed_in_per_second']:,.0f}/s to {pages['signed_out_per_second']:,.0f}/s"
    figure = f"{pages['ratio'] * 100:.1f} % ± {pages['ratio_mad'] * 100:.1f} ({rates})"
    table.at_least("a signed-in page, of the throughput signed out", figure, pages["ratio"] * 100, 70, "%")
    figure = f"{waiting['ratio']:.2f}× ({waiting['busy_p99_us']:.0f} µs to {waiting['idle_p99_us']:.0f} µs)"
    table.at_most(f"tiles while {waiting['sent']} sign-ins wait: p99", figure, waiting["ratio"], 3, "×")
    figure = f"{together['ratio']:.2f}× ({together['busy_p99_us']:.0f} µs to {together['idle_p99_us']:.0f} µs)"
    table.at_most("the same, server and client sharing both cores", figure, together["ratio"], 3, "×")
    table.info("sign-ins still waiting when the clock stopped, at least", str(waiting["left_waiting"]))
    table.info("answers to the sign-ins, by status", ", ".join(f"{k}: {v}" for k, v in waiting["answers"].items()))


def one_by_one(theirs: float, http: dict | None, route: str) -> str:
    """Requests a second of both."""
    figure = f"PostGIS {theirs:,.0f}/s"
    if http:
        own = http["one_by_one"][route]
        figure += f", ours {own:,.0f}/s: {own / theirs:.1f}×"
    return figure


def arguments() -> argparse.Namespace:
    """Parses the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default=",".join(PARTS), help="parts to run, by commas: %(default)s")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each measure (default %(default)s)")
    parser.add_argument("--seconds", type=int, default=3, help="seconds of one run of wrk or pgbench (default %(default)s)")
    parser.add_argument("--binary", type=Path, help="the program (default: the release build)")
    parser.add_argument("--points", type=Path, help="the synthetic institutions (default: made by the program)")
    parser.add_argument("--districts", type=Path, default=ROOT / "data" / "districts.geojson")
    parser.add_argument("--output", type=Path, default=ROOT / "var" / "bench.json")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a target is missed")
    options = parser.parse_args()
    options.parts = options.only.split(",")
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"unknown part {', '.join(sorted(unknown))}; known: {', '.join(PARTS)}")
    return options


def release_binary() -> Path:
    """The program built by `swift build -c release`."""
    return Path(run(["swift", "build", "-c", "release", "--show-bin-path"], cwd=ROOT).strip()) / "openalmaty"


def main() -> int:
    """Runs the parts, prints the table, and writes the JSON."""
    options = arguments()
    results: dict = {"at": datetime.now(timezone.utc).isoformat(timespec="seconds"), "machine": machine()}
    busy = results["machine"]["load_average_at_start"] > QUIET
    if busy:
        say(f"load average is {os.getloadavg()[0]:.1f}: other work is running, do not publish these figures")
    with tempfile.TemporaryDirectory(prefix="openalmaty-bench-") as name:
        folder = Path(name)
        needs_binary = set(options.parts) - {"postgis", "spatialite"} or not options.points
        binary = (options.binary or release_binary()) if needs_binary else None
        points = options.points or folder / "points.csv"
        if not options.points:
            run([str(binary), "bench", "points", "--count", "50000", "--seed", "1", "--output", str(points)])
        districts, institutions = read_districts(options.districts), read_institutions(points)
        queries = random_points(bounding_box(districts), QUERIES, seed=2)
        lons, lats = [row[1] for row in institutions.rows], [row[2] for row in institutions.rows]
        places = random_points((min(lons), min(lats), max(lons), max(lats)), PLACES, seed=3)
        results["data"] = {
            "districts": sha256(options.districts), "institutions": sha256(points), "count": len(institutions.rows),
            "rare_share": institutions.rare_share,
        }
        if "geo" in options.parts:
            say("in-process")
            results["geo"] = json.loads(run(on_core(SERVER_CORE, [str(binary), "bench", "geo", "--json"]), cwd=ROOT))
        if "postgis" in options.parts:
            results["postgis"] = peer_postgis.measure(
                districts, institutions, queries, places[:LATERAL], options.rounds, options.seconds
            )
        if "spatialite" in options.parts:
            results["spatialite"] = peer_spatialite.measure(districts, institutions, queries, places, options.rounds)
        if "http" in options.parts:
            city, synthetic = http_load.make_databases(binary, points, folder)
            results["http"] = http_load.measure(
                binary, city, synthetic, institutions.rare_category, queries[:PLACES], places, options.rounds,
                options.seconds,
            )
        if {"tiles", "pyramid", "accounts", "pages"} & set(options.parts):
            city = http_load.make_database(binary, folder / "city.sqlite")
        if "tiles" in options.parts:
            say("in-process: tiles")
            own = json.loads(run(on_core(SERVER_CORE, [str(binary), "bench", "tiles", "--json"]), cwd=ROOT))
            results["tiles"] = {
                "own": own,
                "postgis": peer_mvt.measure(points, own["tile"], own["features"], options.rounds, options.seconds),
                "http": tile_load.measure(binary, city, places, options.rounds, options.seconds),
            }
        if "pyramid" in options.parts:
            results["pyramid"] = peer_tippecanoe.measure(binary, city, min(options.rounds, 3))
        if "accounts" in options.parts:
            results["accounts"] = account_load.measure(binary, city, places, options.rounds, options.seconds)

        if "pages" in options.parts:
            results["pages"] = page_load.measure(binary, city, options.rounds, options.seconds)

    table = Table()
    if "geo" in results:
        geo_rows(table, results["geo"])
    if "http" in results:
        http_rows(table, results["http"])
    peer_rows(table, results)
    if "tiles" in results:
        tile_rows(table, results["tiles"])
    if "pyramid" in results:
        pyramid_rows(table, results["pyramid"])
    if "accounts" in results:
        account_rows(table, results["accounts"])
    if "pages" in results:
        page_rows(table, results["pages"])
    results["targets_missed"] = table.missed
    results["quiet"] = not busy
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    where = results["machine"]
    print(f"{where['cpu']}, {where['cores']} cores, {where['swift']}, {results['at']}")
    print(f"load average at start {where['load_average_at_start']}{' (busy: not for publication)' if busy else ''}\n")
    print(table)
    print(f"\n{table.missed} target(s) not met; all figures in {options.output}")
    return 1 if table.missed and options.strict else 0


def use_system_python() -> None:
    """Restarts under the system's Python, because SpatiaLite needs an sqlite3 that can load extensions."""
    system = "/usr/bin/python3"
    able = hasattr(sqlite3.Connection, "enable_load_extension")
    if not able and os.path.realpath(sys.executable) != os.path.realpath(system):
        os.execv(system, [system, *sys.argv])


if __name__ == "__main__":
    use_system_python()
    sys.exit(main())
