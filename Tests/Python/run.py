#!/usr/bin/env python3
"""Runs the Python tests: every Tests/Python/*/test_*.py, each file in its own process, several at once.

    Tests/Python/run.py                     all folders except browser
    Tests/Python/run.py Tests/Python        all folders
    Tests/Python/run.py Tests/Python/browser       the given folders or files
    Tests/Python/run.py --list              only lists the files
    TEST_JOBS=1 Tests/Python/run.py         one file after another (default: two on two or more processors)

Prints one line per file, the output of a file only if it fails, then the slowest files and tests, and finally
"N passed, N failed".
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import threading
import time
import unittest
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "Tests" / "Python"
MARK = "@@counts "
BROWSER = "browser"
# Files that measure times or resources of the whole machine; they run alone, after the others.
ALONE = {"test_connections", "test_shutdown"}
SLOWEST = 12


@dataclass
class Outcome:
    """What a file has given."""

    path: Path
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    # Of the file's process and of all that it has started and waited for, such as servers.
    processor_seconds: float = 0
    # The time of each test; a class's set-up counts as a test.
    tests: dict[str, float] = field(default_factory=dict)


class TimedResult(unittest.TextTestResult):
    """Remembers how long each test took, and before it the set-up of its class."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.times: dict[str, float] = {}
        self._since = time.monotonic()

    def startTest(self, test: unittest.TestCase) -> None:
        self._note(f"set-up before {test.id()}")
        super().startTest(test)

    def stopTest(self, test: unittest.TestCase) -> None:
        super().stopTest(test)
        self._note(test.id())

    def _note(self, name: str) -> None:
        now = time.monotonic()
        self.times[name], self._since = now - self._since, now


def find(names: list[str]) -> list[Path]:
    """The test files in the given folders, or by default all that run without being named."""
    if not names:
        return sorted(path for path in TESTS.glob("*/test_*.py") if path.parent.name != BROWSER)
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
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, resultclass=TimedResult).run(suite)
    failed = len({test.id().split(" ")[0] for test, _ in result.failures + result.errors})
    failed += len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    counts = {"passed": max(0, result.testsRun - failed - skipped), "failed": failed, "skipped": skipped}
    slowest = dict(sorted(result.times.items(), key=lambda item: -item[1])[:SLOWEST])
    sys.stdout.flush()
    print(MARK + json.dumps({**counts, "tests": slowest}), flush=True)


def run_file(path: Path) -> Outcome:
    """Runs one file in a child process and prints its line."""
    start = time.monotonic()
    child = subprocess.Popen(
        [sys.executable, __file__, "--one", str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    lines = child.stdout.read().splitlines()
    child.stdout.close()
    # The file's own processor time: RUSAGE_CHILDREN of this process would mix those of files that run beside each other.
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    counts: dict = {}
    for line in lines:
        if line.startswith(MARK):
            counts = json.loads(line[len(MARK):])
    outcome = Outcome(path, **counts)
    outcome.seconds, outcome.processor_seconds = time.monotonic() - start, used.ru_utime + used.ru_stime
    # A file that crashes or contains no test counts as failed.
    if outcome.failed == 0 and (child.returncode != 0 or outcome.passed + outcome.skipped == 0):
        outcome.failed = 1
    told = f"{outcome.passed} passed, {outcome.failed} failed"
    if outcome.skipped:
        told += f", {outcome.skipped} skipped"
    told = f"{path.relative_to(ROOT)}: {told} ({outcome.seconds:.1f} s, {outcome.processor_seconds:.1f} s of processor)"
    if outcome.failed:
        told = "\n".join([*(line for line in lines if not line.startswith(MARK)), told])
    # A single call, so that lines of files that end at the same time are not mixed.
    sys.stdout.write(told + "\n")
    sys.stdout.flush()
    return outcome


def run_files(files: list[Path]) -> list[Outcome]:
    """The outcome of every file.

    Browser files run one after another, because a browser keeps more than one processor busy, but beside other files. Files
    that need the machine to themselves run last."""
    jobs = int(os.environ.get("TEST_JOBS", "") or min(2, os.cpu_count() or 1))
    alone = [path for path in files if path.stem in ALONE]
    browser = deque(path for path in files if path.parent.name == BROWSER)
    others = deque(path for path in files if path not in alone and path.parent.name != BROWSER)
    outcomes: list[Outcome] = []
    lock = threading.Lock()

    def work(is_first: bool) -> None:
        while True:
            with lock:
                # Only the first worker drives the browser, and it does so before it helps with the others.
                queue = browser if is_first and browser else others
                if not queue:
                    return
                path = queue.popleft()
            outcome = run_file(path)
            with lock:
                outcomes.append(outcome)

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        for worker in [pool.submit(work, number == 0) for number in range(jobs)]:
            worker.result()
    return outcomes + [run_file(path) for path in alone]


def print_slowest(outcomes: list[Outcome]) -> None:
    """The files and tests that took the longest."""
    print("\nslowest files (seconds, of processor)")
    for outcome in sorted(outcomes, key=lambda outcome: -outcome.seconds)[:SLOWEST]:
        print(f"{outcome.seconds:8.1f} {outcome.processor_seconds:8.1f}  {outcome.path.relative_to(ROOT)}")
    tests = [(seconds, name) for outcome in outcomes for name, seconds in outcome.tests.items()]
    print("\nslowest tests (seconds)")
    for seconds, name in sorted(tests, reverse=True)[:SLOWEST]:
        print(f"{seconds:8.1f}  {name}")


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
    outcomes = run_files(files)
    if len(outcomes) > 1:
        print_slowest(outcomes)
    failed = sum(outcome.failed for outcome in outcomes)
    closing = f"{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed"
    if skipped := sum(outcome.skipped for outcome in outcomes):
        closing += f", {skipped} skipped"
    print(f"\n{closing}")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
