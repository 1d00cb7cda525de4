"""Imports many valid records and reports the processor time and the program's peak memory.

    python3 Benchmarks/import_load.py 200000 [organizations|addresses]

Three runs on a database of its own: all records new, all changed, all unchanged. `OPENALMATY_BIN` names the binary; the
default is the release build. The records are generated from a fixed seed and lie within the city.
"""

from __future__ import annotations

import csv
import os
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = os.environ.get("OPENALMATY_BIN") or ROOT / ".build" / "release" / "openalmaty"
# A rectangle inside the city.
WEST, SOUTH, EAST, NORTH = 76.86, 43.215, 76.96, 43.265


def provenance(date: str) -> dict[str, str]:
    return {"source": "public-lists", "date": date, "confidence": "low"}


def organizations(count: int, date: str, chance: random.Random) -> list[dict[str, str]]:
    return [
        {
            "id": f"load-{number}", "category": "polyclinic", "name_kk": f"Дәріхана № {number}",
            "name_ru": f"Аптека № {number}", "name_en": f"Pharmacy No. {number}", "phones": "+77272703333",
            "opening_hours": "Mo-Fr 09:00-18:00; Sa 10:00-15:00", "precision": "approximate",
            **place(chance), **provenance(date),
        }
        for number in range(count)
    ]


def addresses(count: int, date: str, chance: random.Random) -> list[dict[str, str]]:
    with (ROOT / "data" / "streets.csv").open(encoding="utf-8") as file:
        streets = [row["id"] for row in csv.DictReader(file)]
    return [
        {
            "id": f"load-{number}", "street_id": streets[number % len(streets)], "microdistrict_id": "",
            "house": str(5_000 + number // len(streets)),
            "precision": "address", **place(chance), **provenance(date),
        }
        for number in range(count)
    ]


def place(chance: random.Random) -> dict[str, str]:
    return {"lon": f"{chance.uniform(WEST, EAST):.6f}", "lat": f"{chance.uniform(SOUTH, NORTH):.6f}"}


def write(path: pathlib.Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def measure(arguments: list[str]) -> tuple[float, int, str]:
    """Seconds of processor time, peak memory in kilobytes (`ru_maxrss`), and the program's output."""
    environment = os.environ | {"OPENALMATY_HOME": str(ROOT)}
    process = subprocess.Popen([BINARY, *arguments], stdout=subprocess.PIPE, text=True, env=environment)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"the import failed: {output}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss, output


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    layer = sys.argv[2] if len(sys.argv) > 2 else "organizations"
    rows = {"organizations": organizations, "addresses": addresses}[layer]
    with tempfile.TemporaryDirectory() as folder:
        database = pathlib.Path(folder) / "city.sqlite"
        file = pathlib.Path(folder) / f"{layer}.csv"
        write(file, rows(1, "2026-01-01", random.Random(0)))
        seconds, idle, _ = measure(["import", str(file), "--database", str(database)])
        print(f"one record, which also builds the city: {seconds:.1f} s, {idle / 1024:.0f} MB at the most")
        for name, date in (("new", "2026-01-01"), ("changed", "2026-02-01"), ("unchanged", "2026-02-01")):
            write(file, rows(count, date, random.Random(1)))
            seconds, most, _ = measure(["import", str(file), "--database", str(database)])
            print(f"{count} {name}: {seconds:.1f} s, {most / 1024:.0f} MB at the most")


if __name__ == "__main__":
    main()
