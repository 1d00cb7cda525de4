"""Nominatim with the places of the city: installed, imported, converted to SQLite, and served by its own server."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import common
from common import ROOT, SERVER_CORE, on_core, run, say, sha256
from http_load import Server
from peer_postgis import USER, PostGIS

REQUIREMENTS = Path(__file__).resolve().parent / "requirements-nominatim.txt"
ENVIRONMENT = ROOT / "var" / "nominatim-venv"
DATABASES = ROOT / "var" / "nominatim"
NAME = "nominatim"


def interpreter() -> str:
    """A Python whose sqlite3 can load SpatiaLite; the system's can, others often cannot."""
    if hasattr(sqlite3.Connection, "enable_load_extension"):
        return sys.executable
    return "/usr/bin/python3"


def program(name: str) -> Path:
    """A program in Nominatim's virtual environment, which is made if it is missing or older than its requirements."""
    found = ENVIRONMENT / "bin" / name
    mark = ENVIRONMENT / REQUIREMENTS.name
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
        if not shutil.which("osm2pgsql"):
            raise RuntimeError("osm2pgsql is not installed; scripts/setup.sh --bench installs it")
        say(f"Nominatim: installing {REQUIREMENTS.name} into {ENVIRONMENT}")
        run([interpreter(), "-m", "venv", "--clear", str(ENVIRONMENT)])
        pip = [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--requirement", str(REQUIREMENTS)])
        mark.write_text(wanted, encoding="utf-8")
    return found


def environment(source: str) -> dict[str, str]:
    """The environment variables of a Nominatim command for a database."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "NOMINATIM_"))}
    return {**kept, "NOMINATIM_DATABASE_DSN": source, "NOMINATIM_DATABASE_WEBUSER": USER}


def make_database(osm: Path, fresh: bool = False) -> tuple[Path, dict]:
    """The SQLite database of an OSM file: imported once through a temporary PostgreSQL, and kept in var/.

    Returns it with the seconds that import and conversion took, if they ran now.
    """
    database = DATABASES / f"{sha256(osm)}.sqlite"
    if database.exists() and not fresh:
        say(f"Nominatim: taking {database.name}, which was made from the same export")
        return database, {}
    nominatim = program("nominatim")
    DATABASES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="openalmaty-bench-nominatim-") as name, PostGIS() as server:
        folder = Path(name)
        source = environment(f"pgsql:dbname={NAME};host={server.folder};port={server.port};user={USER}")
        gentle = ["nice", "-n", "10", str(nominatim)]
        say("Nominatim: importing the export (about a minute)")
        start = time.perf_counter()
        run([*gentle, "import", "--osm-file", str(osm), "--offline", "--no-updates"], cwd=folder, env=source)
        imported = time.perf_counter()
        say("Nominatim: converting to SQLite")
        made = folder / "city.sqlite"
        run([*gentle, "convert", "-o", str(made)], cwd=folder, env=source)
        converted = time.perf_counter()
        shutil.move(made, database)
    return database, {"import_seconds": imported - start, "convert_seconds": converted - imported}


class NominatimServer(Server):
    """Nominatim's own server: Falcon on uvicorn with uvloop, one worker, pinned to the same core as our server."""

    def __init__(self, database: Path) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="openalmaty-bench-nominatim-")
        self.log = tempfile.NamedTemporaryFile("w+", prefix="nominatim-bench-", suffix=".log")
        self.port = common.program.free_port()
        start = time.perf_counter()
        self.process = subprocess.Popen(
            on_core(
                SERVER_CORE,
                [str(program("uvicorn")), "--factory", "nominatim_api.server.falcon.server:run_wsgi", "--port",
                 str(self.port), "--workers", "1", "--no-access-log", "--log-level", "warning"],
            ),
            stdout=subprocess.PIPE, stderr=self.log, text=True, cwd=self.folder.name,
            env=environment(f"sqlite:dbname={database}"),
        )
        self._wait_until_ready(f"http://127.0.0.1:{self.port}", "/status")
        self.seconds_to_ready = time.perf_counter() - start

    def __exit__(self, *problem: object) -> None:
        super().__exit__(*problem)
        self.folder.cleanup()


def version() -> str:
    """The versions of Nominatim and of what it runs on."""
    told = run([str(program("nominatim")), "--version"])
    found = re.search(r"\d+\.\d+\.\d+", told)
    python = run([str(program("python")), "--version"]).strip()
    spatialite = run([
        str(program("python")), "-c",
        "import sqlite3; c = sqlite3.connect(':memory:'); c.enable_load_extension(True); "
        "c.load_extension('mod_spatialite'); "
        "print(sqlite3.sqlite_version, c.execute('SELECT spatialite_version()').fetchone()[0])",
    ]).split()
    return (
        f"Nominatim {found.group(0) if found else '?'}, {python}, SQLite {spatialite[0]}, SpatiaLite {spatialite[1]}"
    )
