#!/usr/bin/env python3
"""Runs the Python tests: every Tests/Python/*/test_*.py, each file in its own process, several at once.

    Tests/Python/run.py                     all folders except browser
    Tests/Python/run.py Tests/Python/browser       the given folders or files
    Tests/Python/run.py --list              only lists the files
    TEST_JOBS=1 Tests/Python/run.py         one file after another (default: two on two or more processors)

Prints one line per file, the output of a file only if it fails, and finally "N passed, N failed".
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "Tests" / "Python"
MARK = "@@counts "
SEPARATE = {"browser"}
# Files that measure times or resources of the whole machine, or drive a browser, which needs more than a processor; they run
# alone, after the others.
ALONE = {"test_connections", "test_shutdown"}


def find(names: list[str]) -> list[Path]:
    """The test files in the given folders, or by default all that run without being named."""
    if not names:
        return sorted(path for path in TESTS.glob("*/test_*.py") if path.parent.name not in SEPARATE)
    files: list[Path] = []
    for name in names:
        path = Path(name).resolve()
        if not path.exists():
            sys.exit(f"run.py: no such file or folder: {name}")
        files += [path] if path.is_file() else sorted(path.glob("**/test_*.py"))
    return files


def run_one(path: Path) -> None:
    """Runs one file in the child process and prints the counts on the last line."""
    sys.path[:0] = [str(path.parent), str(TESTS)]
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    suite = unittest.defaultTestLoader.loadTestsFromModule(module)
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    failed = len({test.id().split(" ")[0] for test, _ in result.failures + result.errors})
    failed += len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    counts = {"passed": max(0, result.testsRun - failed - skipped), "failed": failed, "skipped": skipped}
    sys.stdout.flush()
    print(MARK + json.dumps(counts), flush=True)


def run_file(path: Path) -> dict[str, int]:
    """Runs one file in a child process and prints its line."""
    start = time.monotonic()
    child = subprocess.run(
        [sys.executable, __file__, "--one", str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    lines = child.stdout.splitlines()
    for line in lines:
        if line.startswith(MARK):
            counts = json.loads(line[len(MARK):])
    # A file that crashes or contains no test counts as failed.
    if counts["failed"] == 0 and (child.returncode != 0 or sum(counts.values()) == 0):
        counts["failed"] = 1
    told = f"{counts['passed']} passed, {counts['failed']} failed"
    if counts["skipped"]:
        told += f", {counts['skipped']} skipped"
    told = f"{path.relative_to(ROOT)}: {told} ({time.monotonic() - start:.1f} s)"
    if counts["failed"]:
        told = "\n".join([*(line for line in lines if not line.startswith(MARK)), told])
    # A single call, so that lines of files that end at the same time are not mixed.
    sys.stdout.write(told + "\n")
    sys.stdout.flush()
    return counts


def run_files(files: list[Path]) -> list[dict[str, int]]:
    """The counts of every file; files that need the machine to themselves run last, one after another."""
    jobs = int(os.environ.get("TEST_JOBS", "") or min(2, os.cpu_count() or 1))
    alone = [path for path in files if path.stem in ALONE or path.parent.name in SEPARATE]
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        counts = list(pool.map(run_file, [path for path in files if path not in alone]))
    return counts + [run_file(path) for path in alone]


def main(arguments: list[str]) -> int:
    """Runs the given files and returns the exit status."""
    if arguments[:1] == ["--one"]:
        run_one(Path(arguments[1]))
        return 0
    only_list = "--list" in arguments
    files = find([argument for argument in arguments if argument != "--list"])
    if only_list:
        print("\n".join(str(path.relative_to(ROOT)) for path in files))
        return 0
    total = {"passed": 0, "failed": 0, "skipped": 0}
    for counts in run_files(files):
        for key, value in counts.items():
            total[key] += value
    closing = f"{total['passed']} passed, {total['failed']} failed"
    if total["skipped"]:
        closing += f", {total['skipped']} skipped"
    print(f"\n{closing}")
    return 1 if total["failed"] or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
