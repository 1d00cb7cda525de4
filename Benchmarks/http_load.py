"""The server under load: throughput of routes as a ratio to /healthz, startup time, memory."""

from __future__ import annotations

import http.client
import re
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.parse
from collections.abc import Iterable
from pathlib import Path

from common import CLIENT_CORE, SERVER_CORE, median_and_mad, on_core, program, run, say

REPLAY = Path(__file__).resolve().parent / "replay.lua"


class Server:
    """The program serving a database on a free port during a `with` block."""

    def __init__(
        self, binary: Path, database: Path, pinned: bool = True, settings: dict[str, str] | None = None
    ) -> None:
        self.log = tempfile.NamedTemporaryFile("w+", prefix="openalmaty-bench-", suffix=".log")
        command = [str(binary), "serve", "--port", "0", "--database", str(database)]
        usual = {"OPENALMATY_LOG_LEVEL": "warning", "OPENALMATY_TILES_AHEAD": "true"}
        start = time.perf_counter()
        self.process = subprocess.Popen(
            on_core(SERVER_CORE, command) if pinned else command,
            stdout=subprocess.PIPE, stderr=self.log, text=True,
            env=program.environment(**usual, **(settings or {})),
        )
        base = program.address(self.process)
        if base is None:
            raise self._fail("the server ended before it told its address")
        self.port = urllib.parse.urlsplit(base).port
        self._wait_until_ready(base)
        self.seconds_to_ready = time.perf_counter() - start

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def _fail(self, what: str) -> RuntimeError:
        self.process.kill()
        self.log.seek(0)
        return RuntimeError(f"{what}\n{self.log.read()[-2000:]}")

    def _wait_until_ready(self, base: str, path: str = "/readyz") -> None:
        if not program.wait_until_ready(self.process, base, path):
            raise self._fail(f"the server did not answer {path}")

    def get(self, path: str) -> int:
        """Requests a path and returns the status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            return response.status
        finally:
            connection.close()

    def resident_megabytes(self) -> float:
        """VmRSS of the process in megabytes; taskset execs the program, so the process id is the program's."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024

    def load(self, paths: Path, connections: int, seconds: int, core: str) -> dict[str, float]:
        """Runs wrk once over the paths of a file."""
        output = run(
            on_core(
                core,
                ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(REPLAY), f"http://127.0.0.1:{self.port}",
                 "--", str(paths)],
            )
        )
        requests, microseconds, bad, p50, p99 = output.rsplit("@@ ", 1)[1].split()
        if int(bad):
            raise RuntimeError(f"{bad} of {requests} requests of {paths.name} failed")
        return {"per_second": int(requests) / (int(microseconds) / 1e6), "p50_us": float(p50), "p99_us": float(p99)}


def write_paths(folder: Path, name: str, paths: Iterable[str]) -> Path:
    """Writes a file of paths for replay.lua."""
    file = folder / f"{name}.paths"
    file.write_text("\n".join(paths) + "\n", encoding="utf-8")
    return file


def resolve_paths(points: list[tuple[float, float]]) -> list[str]:
    """One resolve request for each point."""
    return [f"/api/v1/resolve?lon={lon}&lat={lat}" for lon, lat in points]


def nearest_paths(points: list[tuple[float, float]], category: str | None) -> list[str]:
    """One nearest-10 request for each point, for all categories or for one."""
    tail = f"&category={urllib.parse.quote(category)}" if category else ""
    return [f"/api/v1/nearest?lon={lon}&lat={lat}&limit=10{tail}" for lon, lat in points]


def interleaved(server: Server, routes: dict[str, Path], rounds: int, seconds: int) -> dict[str, dict[str, float]]:
    """Runs the routes in alternating rounds; each ratio is to /healthz in the same round."""
    for paths in routes.values():
        server.load(paths, 8, 1, CLIENT_CORE)
    samples: dict[str, list[dict[str, float]]] = {name: [] for name in routes}
    for _ in range(rounds):
        for name, paths in routes.items():
            samples[name].append(server.load(paths, 8, seconds, CLIENT_CORE))
    figures = {}
    for name, runs in samples.items():
        rate, deviation = median_and_mad([sample["per_second"] for sample in runs])
        ratio, ratio_deviation = median_and_mad(
            [sample["per_second"] / base["per_second"] for sample, base in zip(runs, samples["healthz"])]
        )
        figures[name] = {
            "per_second": rate,
            "per_second_mad": deviation,
            "ratio_to_healthz": ratio,
            "ratio_mad": ratio_deviation,
            "p50_us": statistics.median(sample["p50_us"] for sample in runs),
            "p99_us": statistics.median(sample["p99_us"] for sample in runs),
        }
    return figures


def measure(
    binary: Path, city: Path, synthetic: Path, rare_category: str, queries: list[tuple[float, float]],
    places: list[tuple[float, float]], rounds: int, seconds: int,
) -> dict:
    """All figures over HTTP: resolve on the plain city, nearest on the city with the synthetic institutions."""
    figures: dict = {}
    with tempfile.TemporaryDirectory(prefix="openalmaty-bench-http-") as name:
        folder = Path(name)
        healthz = write_paths(folder, "healthz", ["/healthz"] * len(queries))
        resolve = write_paths(folder, "resolve", resolve_paths(queries))
        nearest = write_paths(folder, "nearest10", nearest_paths(places, None))
        filtered = write_paths(folder, "nearest10_filtered", nearest_paths(places, rare_category))

        say("HTTP: time to ready and memory")
        starts = []
        for _ in range(3):
            with Server(binary, city, pinned=False) as server:
                starts.append(server.seconds_to_ready)
                if len(starts) == 3:
                    mixed = resolve_paths(queries[:600]) + nearest_paths(places[:400], None)
                    if any(server.get(path) != 200 for path in mixed):
                        raise RuntimeError("a request failed while the memory was measured")
                    figures["resident_megabytes"] = server.resident_megabytes()
        figures["seconds_to_ready"] = statistics.median(starts)

        say("HTTP: resolve on the city")
        with Server(binary, city) as server:
            figures["city"] = interleaved(server, {"healthz": healthz, "resolve": resolve}, rounds, seconds)
            figures["one_by_one"] = {
                key: server.load(paths, 1, seconds, SERVER_CORE)["per_second"]
                for key, paths in (("healthz", healthz), ("resolve", resolve))
            }
        say("HTTP: nearest among the synthetic institutions")
        with Server(binary, synthetic) as server:
            routes = {"healthz": healthz, "nearest10": nearest, "nearest10_filtered": filtered}
            figures["synthetic"] = interleaved(server, routes, rounds, seconds)
            for key in ("nearest10", "nearest10_filtered"):
                figures["one_by_one"][key] = server.load(routes[key], 1, seconds, SERVER_CORE)["per_second"]
    return figures


def make_database(binary: Path, database: Path) -> Path:
    """Makes a database with the city, unless it exists."""
    if not database.exists():
        with Server(binary, database, pinned=False):
            pass
    return database


def make_databases(binary: Path, points: Path, folder: Path) -> tuple[Path, Path]:
    """Makes two databases: the city alone, and the city with those of the synthetic institutions that stand in it."""
    say("HTTP: loading the city and the synthetic institutions")
    city = make_database(binary, folder / "city.sqlite")
    synthetic = make_database(binary, folder / "synthetic.sqlite")
    run(
        [
            str(binary), "import", str(points), "--format", "csv", "--layer", "organizations", "--database", str(synthetic),
            # An import refuses positions outside the city, about 3,000 of these.
            "--max-refusals", "50000",
        ],
        env=program.environment(),
    )
    return city, synthetic
