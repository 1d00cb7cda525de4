"""The built program for the Python tests and the benchmarks: its path, its environment, its city, and waiting for its server."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("OPENALMATY_BIN") or ROOT / ".build" / "debug" / "openalmaty")
# How long a start may take, in seconds; far longer than it takes, because the machine may be busy.
START_LIMIT = 180
CITIES = ROOT / "var" / "test" / "city"
DAY = 86_400


def environment(**settings: str) -> dict[str, str]:
    """The environment of this process with our own settings only.

    Tiles are not made ahead of time, which takes longer than everything else at the start; tests of tiles turn it on."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("OPENALMATY_")}
    kept.pop("SPATIALITE_SECURITY", None)
    return {**kept, "OPENALMATY_HOME": str(ROOT), "OPENALMATY_TILES_AHEAD": "false", **settings}


def city_of(database: Path | str) -> Path:
    """The city file of a portal database when none is set."""
    database = Path(database)
    return database.with_name(f"{database.stem}.city{database.suffix}")


def copy_databases(database: Path | str) -> Path:
    """Makes an empty portal database with the embedded city beside it.

    Reading the city takes a debug build several seconds, so all test files copy the same two files."""
    template = _databases()
    shutil.copy(template, database)
    shutil.copy(city_of(template), city_of(database))
    return Path(database)


def _databases() -> Path:
    """The portal database to copy, never to open; made anew when the program or the data changes."""
    CITIES.mkdir(parents=True, exist_ok=True)
    sources = [BINARY, *sorted((ROOT / "data").iterdir())]
    states = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sources]
    folder = CITIES / hashlib.sha256("\n".join(states).encode()).hexdigest()[:16]
    with open(CITIES / "lock", "w", encoding="ascii") as lock:
        # Test files run beside each other: the first one makes the database.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _make_city(folder)
    return folder / "portal.sqlite"


def _make_city(folder: Path) -> None:
    for old in CITIES.iterdir():
        if old.is_dir() and time.time() - old.stat().st_mtime > DAY:
            shutil.rmtree(old)
    with tempfile.TemporaryDirectory(dir=CITIES) as making:
        made = subprocess.run(
            [BINARY, "resolve", "76.945", "43.238"], capture_output=True, text=True, timeout=600,
            env=environment(OPENALMATY_DATABASE=f"{making}/portal.sqlite"),
        )
        if made.returncode != 0:
            raise RuntimeError(f"the city does not load: {made.stderr}")
        folder.mkdir()
        # Only the databases: nothing that belongs to one portal, such as its keys.
        for name in ("portal.sqlite", "portal.city.sqlite"):
            shutil.move(f"{making}/{name}", folder / name)


def free_port() -> int:
    """A port that is not in use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def address(server: subprocess.Popen[str]) -> str | None:
    """The address that a server prints when it listens; None when it ended before."""
    for line in server.stdout:
        if found := re.search(r"http://\S+?(?=/?\s*$)", line):
            return found.group()
    return None


def wait_until_ready(server: subprocess.Popen[str], base: str, path: str = "/readyz") -> bool:
    """Waits until a server answers 200; false when it ended before or took too long."""
    deadline = time.monotonic() + START_LIMIT
    # A plain client: the answers of a server that is starting are not those that a test is about.
    client = urllib.request.build_opener()
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with client.open(base + path, timeout=5):
                return True
        except OSError:
            time.sleep(0.005)
    return False
