"""Pages under load, as a share of /healthz in the same round: made for each request, from the cache, and signed in."""

from __future__ import annotations

import http.client
import json
import tempfile
from pathlib import Path

from account_load import register
from common import say
from http_load import Server, interleaved, write_paths
from tile_load import settle

PAGES = {"home": "/ru/", "directory": "/kk/directory", "map": "/en/map"}
# The same number of lines for each route, so that the client costs the same.
LINES = 1_000


def organization(server: Server) -> str:
    """The page of one institution that has opening hours, a position and contacts, as most have."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request("GET", "/api/v1/organizations?category=polyclinic&limit=1")
        found = json.loads(connection.getresponse().read())["organizations"]
    finally:
        connection.close()
    return f"/ru/organizations/{found[0]['id']}"


def routes(server: Server, folder: Path, name: str, header: str = "") -> dict[str, Path]:
    """A file of requests for /healthz and for each page."""
    pages = {"healthz": "/healthz", **PAGES, "organization": organization(server)}
    return {
        key: write_paths(folder, f"{name}-{key}", [path + ("" if key == "healthz" else header)] * LINES)
        for key, path in pages.items()
    }


def measure(binary: Path, city: Path, rounds: int, seconds: int) -> dict:
    """All figures of the pages, on a server without and one with its cache."""
    settings = {"OPENALMATY_LIMIT_REGISTRATIONS": "1000", "OPENALMATY_LIMIT_REQUESTS": "100000"}
    say("HTTP: pages")
    with tempfile.TemporaryDirectory(prefix="openalmaty-bench-pages-") as name:
        folder = Path(name)
        outbox = folder / "outbox"
        settings["OPENALMATY_MAIL_FOLDER"] = str(outbox)
        with Server(binary, city, settings=settings | {"OPENALMATY_PAGE_CACHE_MEGABYTES": "0"}) as server:
            settle(server)
            person = register(server, outbox)
            paths = routes(server, folder, "made")
            paths["signed_in"] = write_paths(
                folder, "signed-in", [f"{PAGES['home']}\tCookie: {person.cookies()}"] * LINES
            )
            made = interleaved(server, paths, rounds, seconds)
        with Server(binary, city, settings=settings) as server:
            settle(server)
            # Browsers ask for compressed pages.
            cached = interleaved(
                server, routes(server, folder, "cached", "\tAccept-Encoding: gzip"), rounds, seconds
            )
    return {"made": made, "cached": cached}
