"""Tiles under load: 304 responses, compressed tiles from the cache, and tiles as requested when people look at a map."""

from __future__ import annotations

import http.client
import math
import os
import random
import tempfile
import time
from pathlib import Path

from common import say
from http_load import Server, interleaved, write_paths

TILESETS = ("basemap", "places", "districts", "organizations", "stops")
PACKED = "Accept-Encoding: gzip"
LIMIT = 180


def tile_of(lon: float, lat: float, zoom: int) -> tuple[int, int, int]:
    """The tile of a zoom that contains a point."""
    side = 2**zoom
    row = (0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)) * side
    return zoom, int((lon + 180) / 360 * side), int(row)


def settle(server: Server) -> None:
    """Waits until the server has made its tiles ahead of time and is idle."""
    ticks = os.sysconf("SC_CLK_TCK")

    def busy() -> float:
        fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / ticks

    deadline, known = time.monotonic() + LIMIT, busy()
    while time.monotonic() < deadline:
        time.sleep(1)
        known, before = busy(), known
        if known - before < 0.05:
            return
    raise RuntimeError("the server does not come to rest")


def fetched(server: Server, paths: list[str]) -> list[tuple[str, str, int]]:
    """The paths that have a tile, with the ETag of the compressed tile and its size as transferred."""
    found = []
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    for path in paths:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status == 200:
            found.append((path, answer.headers["ETag"], len(body)))
        elif answer.status != 204:
            raise RuntimeError(f"{path}: {answer.status}")
    connection.close()
    return found


def measure(binary: Path, city: Path, points: list[tuple[float, float]], rounds: int, seconds: int) -> dict:
    """Each route as a share of /healthz in the same round; the tiles surround the points, which are in the city."""
    source = random.Random(5)
    around = points[:2_000]
    crowded = sorted({f"/tiles/basemap/{z}/{x}/{y}.mvt" for z, x, y in (tile_of(*point, 14) for point in around)})
    varied = []
    for lon, lat in points:
        zoom, x, y = tile_of(lon, lat, source.randint(9, 15))
        varied.append(f"/tiles/{source.choice(TILESETS)}/{zoom}/{x}/{y}.mvt")
    filtered = [
        f"/tiles/organizations/{z}/{x}/{y}.mvt?category=health"
        for z, x, y in (tile_of(*point, source.randint(10, 15)) for point in around)
    ]
    with tempfile.TemporaryDirectory(prefix="openalmaty-bench-tiles-") as name, Server(binary, city) as server:
        folder = Path(name)
        say("HTTP: tiles")
        settle(server)
        cached = fetched(server, crowded)
        sizes = [size for _, _, size in fetched(server, varied[:2_000])]
        fetched(server, filtered)
        settle(server)

        def repeated(lines: list[str]) -> list[str]:
            return [lines[number % len(lines)] for number in range(len(points))]

        routes = {
            "healthz": ["/healthz"] * len(points),
            "tile_304": repeated([f"{path}\t{PACKED}\tIf-None-Match: {tag}" for path, tag, _ in cached]),
            "tile_gzip": repeated([f"{path}\t{PACKED}" for path, _, _ in cached]),
            "tile_varied": [f"{path}\t{PACKED}" for path in varied],
            "tile_filtered": repeated([f"{path}\t{PACKED}" for path in filtered]),
        }
        files = {key: write_paths(folder, key, lines) for key, lines in routes.items()}
        figures = interleaved(server, files, rounds, seconds)
        figures["tiles"] = {
            "cached": len(cached),
            "cached_bytes": sum(size for _, _, size in cached) / len(cached),
            "varied_share_with_tile": len(sizes) / len(varied[:2_000]),
            "varied_bytes": sum(sizes) / max(1, len(sizes)),
            "resident_megabytes": server.resident_megabytes(),
        }
        return figures
