"""Shared by the parts of the benchmark: data, statistics, processes."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import shutil
import statistics
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Starting the server and waiting for it is written once, for the tests.
sys.path.insert(0, str(ROOT / "Tests" / "Python"))
import captcha  # noqa: E402, F401
import program  # noqa: E402, F401
from postgresql import run  # noqa: E402, F401

SERVER_CORE = "0"
CLIENT_CORE = "1"


def say(text: str) -> None:
    """Prints progress on stderr, so that stdout contains only the table."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def on_core(core: str, command: list[str]) -> list[str]:
    """The command pinned to one core, if the machine has several and taskset is available."""
    if (os.cpu_count() or 1) < 2 or not shutil.which("taskset"):
        return command
    return ["taskset", "-c", core, *command]


def median_and_mad(values: list[float]) -> tuple[float, float]:
    """The median and the median absolute deviation."""
    middle = statistics.median(values)
    return middle, statistics.median(abs(value - middle) for value in values)


def sha256(path: Path) -> str:
    """The first twelve digits, enough to tell whether two runs had the same data."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


@dataclass
class Institutions:
    """The synthetic points for nearest-neighbour search; about one in twenty is of the rare category."""

    rows: list[tuple[int, float, float, bool]]
    rare_category: str

    @property
    def rare_share(self) -> float:
        return sum(row[3] for row in self.rows) / len(self.rows)


def read_institutions(path: Path) -> Institutions:
    """Reads the CSV of `openalmaty bench points`: columns lon, lat and either rare or category."""
    with open(path, newline="", encoding="utf-8") as file:
        records = list(csv.DictReader(file))
    if "rare" in records[0]:
        rare_category, rare = "rare", [record["rare"] in ("1", "true") for record in records]
    else:
        counts = Counter(record["category"] for record in records)
        rare_category = min(counts, key=lambda name: counts[name])
        rare = [record["category"] == rare_category for record in records]
    rows = [
        (number, float(record["lon"]), float(record["lat"]), flag)
        for number, (record, flag) in enumerate(zip(records, rare), start=1)
    ]
    return Institutions(rows, rare_category)


def polygons(feature: dict) -> list:
    """The polygons of a feature, one or several."""
    geometry = feature["geometry"]
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def read_districts(path: Path) -> list[dict]:
    """The features of the districts, each with its polygons and a name."""
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def bounding_box(features: list[dict]) -> tuple[float, float, float, float]:
    """West, south, east and north of all features."""
    points = [point for feature in features for polygon in polygons(feature) for ring in polygon for point in ring]
    return (
        min(point[0] for point in points),
        min(point[1] for point in points),
        max(point[0] for point in points),
        max(point[1] for point in points),
    )


def random_points(box: tuple[float, float, float, float], count: int, seed: int) -> list[tuple[float, float]]:
    """Points distributed uniformly over the box, the same for the same seed."""
    source = random.Random(seed)
    west, south, east, north = box
    return [
        (round(source.uniform(west, east), 7), round(source.uniform(south, north), 7)) for _ in range(count)
    ]
