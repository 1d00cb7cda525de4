"""For the tests in this folder: a running portal, its decoded tiles, and tile arithmetic."""

from __future__ import annotations

import atexit
import functools
import gzip
import http.client
import json
import math
import unittest
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass

import contract
import mapbox_vector_tile

from portal import Portal
from program import BINARY, ROOT  # noqa: F401

TILESETS = ("basemap", "places", "districts", "organizations", "stops")
EXTENT, BUFFER, DEEPEST = 4096, 64, 15
Address = tuple[int, int, int]


@dataclass
class Reply:
    """A response of the server, with the body as transferred."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> bytes:
        """The uncompressed body."""
        return gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body

    def json(self) -> dict:
        return json.loads(self.text)


class TilePortal(Portal):
    """A portal that is accessed over one kept-alive connection."""

    def __init__(self) -> None:
        super().__init__({"OPENALMATY_TILES_AHEAD": "true"})
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.base).netloc, timeout=180)

    def get(self, path: str, method: str = "GET", **headers: str) -> Reply:
        """Sends a request over the kept connection; `if_none_match` becomes If-None-Match."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, headers=named)
        answer = self.connection.getresponse()
        body = answer.read()
        fields = {name.lower(): value for name, value in answer.getheaders()}
        contract.check(method, self.base + path, answer.status, fields, body)
        return Reply(answer.status, fields, body)

    def stop(self) -> None:
        self.connection.close()
        super().stop()


class Tiles:
    """The tiles of a portal, each requested only once."""

    def __init__(self, portal: TilePortal) -> None:
        self.portal = portal
        self.descriptions = {name: portal.get(f"/tiles/{name}.json").json() for name in TILESETS}
        self.declared = json.loads((ROOT / "tiles" / "layers.json").read_text(encoding="utf-8"))
        self._raw: dict[tuple[str, Address, str], bytes] = {}
        self._decoded: dict[tuple[str, Address, str], dict] = {}

    def addresses(self, name: str, zooms: range | None = None) -> Iterator[Address]:
        """All tiles within the bounds of the TileJSON, at its zooms."""
        description = self.descriptions[name]
        for zoom in zooms or range(description["minzoom"], description["maxzoom"] + 1):
            yield from addresses(description["bounds"], zoom)

    def raw(self, name: str, address: Address, query: str = "") -> bytes:
        """The bytes of a tile, empty if there is nothing to show. Fails on any other response."""
        key = (name, address, query)
        if key not in self._raw:
            reply = self.portal.get(path(name, address, query))
            if reply.status not in (200, 204):
                raise AssertionError(f"{path(name, address, query)}: status {reply.status}: {reply.body[:200]!r}")
            # An empty tile is reported by its status, never by an empty body alone.
            if (reply.status == 204) != (reply.body == b""):
                raise AssertionError(f"{path(name, address, query)}: status {reply.status}, {len(reply.body)} bytes")
            self._raw[key] = reply.text
        return self._raw[key]

    def layers(self, name: str, address: Address, query: str = "") -> dict:
        """A decoded tile by layer, y downwards."""
        key = (name, address, query)
        if key not in self._decoded:
            raw = self.raw(name, address, query)
            options = {"y_coord_down": True, "geojson": True}
            self._decoded[key] = mapbox_vector_tile.decode(raw, default_options=options) if raw else {}
        return self._decoded[key]

    @functools.cache
    def fullest(self, name: str, zoom: int) -> Address:
        """The largest tile of a zoom, in bytes."""
        return max(self.addresses(name, range(zoom, zoom + 1)), key=lambda address: len(self.raw(name, address)))

    def features(self, name: str, layer: str, address: Address, query: str = "") -> list[dict]:
        return self.layers(name, address, query).get(layer, {}).get("features", [])

    def points(
        self, name: str, layer: str, zoom: int, query: str = ""
    ) -> Iterator[tuple[Address, dict, tuple[int, int]]]:
        """The points of a zoom, each from the tile that contains it, in units of the whole level."""
        for address in self.addresses(name, range(zoom, zoom + 1)):
            for feature in self.features(name, layer, address, query):
                x, y = feature["geometry"]["coordinates"]
                if 0 <= x < EXTENT and 0 <= y < EXTENT:
                    yield address, feature, (address[1] * EXTENT + x, address[2] * EXTENT + y)


@functools.cache
def running_tiles() -> Tiles:
    """The tiles of the portal that all tests of the process share."""
    running = TilePortal()
    atexit.register(running.stop)
    return Tiles(running)


class TileTest(unittest.TestCase):
    """A test that examines tiles and collects their faults."""

    tiles: Tiles
    portal: TilePortal

    @classmethod
    def setUpClass(cls) -> None:
        cls.tiles = running_tiles()
        cls.portal = cls.tiles.portal

    def assert_none(self, faults: list[str], what: str = "faults") -> None:
        """Fails with the number of faults and the first few."""
        if faults:
            self.fail(f"{len(faults)} {what}:\n" + "\n".join(faults[:12]))


def path(name: str, address: Address, query: str = "") -> str:
    zoom, column, row = address
    return f"/tiles/{name}/{zoom}/{column}/{row}.mvt" + (f"?{query}" if query else "")


def project(lon: float, lat: float, zoom: int) -> tuple[float, float]:
    """Units of the whole level, x east and y south, in spherical Web Mercator (EPSG:3857)."""
    side = EXTENT * 2**zoom
    return (lon + 180) / 360 * side, (0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)) * side


def unproject(x: float, y: float, zoom: int) -> tuple[float, float]:
    """Longitude and latitude of a place in units of the whole level."""
    side = EXTENT * 2**zoom
    return x / side * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / side))))


def addresses(bounds: list[float], zoom: int) -> Iterator[Address]:
    """The tiles of a zoom that intersect the box west, south, east, north."""
    west, south, east, north = bounds
    left, top = project(west, north, zoom)
    right, bottom = project(east, south, zoom)
    last = 2**zoom - 1
    for row in range(max(0, int(top) // EXTENT), min(last, int(bottom) // EXTENT) + 1):
        for column in range(max(0, int(left) // EXTENT), min(last, int(right) // EXTENT) + 1):
            yield zoom, column, row


def institutions(portal: TilePortal) -> list[dict]:
    """Every organization of the API, page by page."""
    found, cursor = [], None
    while True:
        page = portal.get("/api/v1/organizations?limit=200" + (f"&cursor={cursor}" if cursor else "")).json()
        found += page["organizations"]
        cursor = page["next_cursor"]
        if not cursor:
            return found


def leaves(portal: TilePortal) -> dict[str, set[str]]:
    """Maps each category to itself and its subcategories."""
    under: dict[str, set[str]] = {}

    def visit(node: dict) -> set[str]:
        under[node["id"]] = {node["id"]}.union(*(visit(child) for child in node["children"]))
        return under[node["id"]]

    for root in portal.get("/api/v1/categories").json()["categories"]:
        visit(root)
    return under
