"""The commands as an operator uses them: output, exit codes, bad input, and an import that is killed.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/cli
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from program import BINARY, ROOT, city_of, copy_databases, environment  # noqa: F401

HEADER = "id,category,name_ru,lon,lat,source,confidence\n"
ENVIRONMENT = environment()


class CommandCase(unittest.TestCase):
    """Each test works on its own copy of the portal database and the embedded city."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp(prefix="openalmaty-cli-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)

    @classmethod
    def call(cls, *arguments: str, database: Path, text: str | None = None, **more: str):
        return subprocess.run(
            [BINARY, *arguments, "--database", str(database)],
            input=text, capture_output=True, text=True, timeout=300, env={**ENVIRONMENT, **more},
        )

    def setUp(self) -> None:
        self.database = self.folder / f"{self.id().rsplit('.', 1)[-1]}.sqlite"
        copy_databases(self.database)
        self.city = city_of(self.database)

    def run_command(self, *arguments: str, **more: str):
        return self.call(*arguments, database=self.database, **more)

    def write(self, name: str, text: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return str(path)

    def count(self, condition: str = "1") -> int:
        with sqlite3.connect(self.city) as connection:
            return connection.execute(f"SELECT count(*) FROM organization WHERE {condition}").fetchone()[0]


class Answers(CommandCase):
    def test_resolve(self) -> None:
        answer = self.run_command("resolve", "76.945", "43.238", "--lang", "kk")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn("Бостандық ауданы", answer.stdout)
        told = json.loads(self.run_command("resolve", "76.945", "43.238", "--json").stdout)
        self.assertEqual(told["district"], "bostandyk")

    def test_resolve_outside_tells_swapped_coordinates(self) -> None:
        answer = self.run_command("resolve", "43.238", "76.945")
        self.assertEqual(answer.returncode, 1)
        self.assertIn("swapped", answer.stderr)

    def test_geocode(self) -> None:
        told = json.loads(self.run_command("geocode", "пр. Абая 52", "--json").stdout)
        self.assertEqual(told["results"][0]["kind"], "address")
        self.assertEqual(told["results"][0]["district"], "bostandyk")
        self.assertEqual(self.run_command("geocode", "абракадабра").returncode, 1)

    def test_explained_scores_add_up(self) -> None:
        told = json.loads(self.run_command("geocode", "пр. Абая 52, фыва", "--explain", "--json").stdout)
        first = told["explanation"]["candidates"][0]
        self.assertEqual(first["rank"], 1)
        self.assertEqual(first["id"], told["results"][0]["id"])
        self.assertAlmostEqual(first["score"], told["results"][0]["confidence"], places=2)
        self.assertAlmostEqual(sum(part["amount"] for part in first["parts"]), first["score"])
        self.assertIn("unexplained_word", [part["weight"] for part in first["parts"]])
        self.assertEqual(told["explanation"]["interpretations"][0]["tokens"][1]["text"], "абая")
        plain = json.loads(self.run_command("geocode", "пр. Абая 52, фыва", "--json").stdout)
        self.assertNotIn("explanation", plain)
        self.assertEqual(plain["results"], told["results"])

    def test_explanation_for_a_reader(self) -> None:
        lines = self.run_command("geocode", "Розыбокиева 247", "--explain").stdout.splitlines()
        self.assertEqual([line for line in lines if line.startswith("interpretation")],
                         ["interpretation: as_typed", "interpretation: with_typos"])
        self.assertTrue(any(line.startswith("candidate: 1. ") for line in lines), lines)
        self.assertTrue(any(line.startswith("  −") and " spelling «" in line for line in lines), lines)

    def test_suggest(self) -> None:
        answer = self.run_command("suggest", "Розы")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn("улица Розыбакиева — street", answer.stdout.splitlines())
        told = json.loads(self.run_command("suggest", "поликл", "--explain", "--json", "--limit", "3").stdout)
        self.assertEqual(len(told["suggestions"]), 3)
        self.assertEqual(told["suggestions"][0]["kind"], "category")
        for suggestion, candidate in zip(told["suggestions"], told["explanation"]["candidates"]):
            self.assertEqual(candidate["id"], suggestion["id"])
            self.assertAlmostEqual(sum(part["amount"] for part in candidate["parts"]), suggestion["score"])
        self.assertEqual(self.run_command("suggest", "Караганда, ").returncode, 1)
        self.assertIn("--limit", self.run_command("suggest", "Розы", "--limit", "0").stderr)

    def test_nearest(self) -> None:
        told = json.loads(
            self.run_command("nearest", "76.945", "43.238", "--category", "park", "--limit", "3", "--json").stdout)
        distances = [place["distance_m"] for place in told["results"]]
        self.assertEqual(len(distances), 3)
        self.assertEqual(distances, sorted(distances))

    def test_check_proves_the_embedded_city(self) -> None:
        answer = self.run_command("check", "--points", "500", "--json")
        self.assertEqual(answer.returncode, 0, answer.stdout)
        findings = json.loads(answer.stdout)["findings"]
        self.assertGreater(len(findings), 10)
        self.assertTrue(all(finding["passed"] for finding in findings))


class WrongUse(CommandCase):
    def test_exit_codes_and_hints(self) -> None:
        for arguments, word in [
            (("resolve", "abc", "43"), "abc"),
            (("resolve", "76.9"), "latitude"),
            (("resolve", "76.9", "143"), "position"),
            (("nearest", "76.9", "43.2", "--category", "casino"), "casino"),
            (("nearest", "76.9", "43.2", "--limit", "0"), "limit"),
            (("geocode", ""), "find"),
            (("serve", "--port", "99999"), "PORT"),
        ]:
            answer = self.run_command(*arguments)
            self.assertIn(answer.returncode, (1, 2, 64), arguments)
            self.assertIn(word, answer.stderr, arguments)
            self.assertNotIn("Fatal", answer.stderr)

    def test_relaxed_spatialite_is_refused(self) -> None:
        answer = self.run_command("serve", "--port", "0", SPATIALITE_SECURITY="relaxed")
        self.assertEqual(answer.returncode, 1)
        self.assertIn("SPATIALITE_SECURITY", answer.stderr)

    def test_a_file_that_is_no_database(self) -> None:
        for file in (self.city, self.database):
            file.write_text("this is not a database, whatever its name says " * 50, encoding="utf-8")
            answer = self.run_command("resolve", "76.9", "43.2")
            self.assertEqual(answer.returncode, 1)
            self.assertIn(f"{file} is not a database", answer.stderr)

    def test_a_port_in_use_is_told(self) -> None:
        import socket

        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            answer = self.run_command("serve", "--port", str(taken.getsockname()[1]))
        self.assertNotEqual(answer.returncode, 0)
        self.assertIn("in use", answer.stderr)


class Imports(CommandCase):
    def test_bad_rows_are_refused_one_by_one(self) -> None:
        file = self.write("organizations.csv", HEADER + "\n".join([
            "new-1,park,Новый парк,76.945,43.238,test,low",
            "new-2,park,Далёкий парк,71.4,51.1,test,low",
            "new-3,park,Перевёрнутый парк,43.238,76.945,test,low",
            'new-4,park,"Незакрытая кавычка,76.945,43.238,test,low',
            "new-5,park,Ещё парк,76.945,43.238,test,low",
        ]) + "\n")
        answer = self.run_command("import", file, "--json")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        told = json.loads(answer.stdout)
        self.assertEqual(told["files"][0]["taken"], 2)
        self.assertEqual([refusal["line"] for refusal in told["refusals"]], [3, 4, 5])
        self.assertIn("swapped", told["refusals"][1]["reason"])
        self.assertEqual(self.count("id LIKE 'new-%'"), 2)

    def test_a_dry_run_writes_nothing(self) -> None:
        file = self.write("organizations.csv", HEADER + "new-1,park,Новый парк,76.945,43.238,test,low\n")
        before = self.count()
        self.assertEqual(self.run_command("import", file, "--dry-run").returncode, 0)
        self.assertEqual(self.count(), before)

    def test_unusable_files(self) -> None:
        for name, text, word in [
            ("notes.txt", "hello", "format"), ("what.csv", "a,b\n1,2\n", "--layer"),
            ("districts.geojson", '{"type":"FeatureCollection","features":[{"type":', "cut off"),
            ("organizations.csv", "id,name_ru\nx,y\n", "category"),
            ("organizations.csv", "id;category;name_ru;source\nx;park;y;test\n", "semicolons"),
            ("organizations.csv", "id,category,name_ru,source,name_ru\nx,park,y,test,z\n", "“name_ru” occurs twice"),
            ("organizations.csv", "\ufeffid,category,name_ru,source\nx,park,y,test\n".encode("utf-16"), "UTF-16"),
            ("places.geojson", '{"type":"GeometryCollection","geometries":[]}', "GeometryCollection"),
        ]:
            answer = self.run_command("import", self.write(name, text))
            self.assertEqual(answer.returncode, 1, name)
            self.assertIn(word, answer.stderr, name)
        self.assertEqual(self.run_command("import", str(self.folder / "absent.csv")).returncode, 1)

    def test_a_file_without_any_record_is_told(self) -> None:
        for name, text in (
            ("organizations.csv", HEADER), ("stops.csv", "id,name_ru,district,lon,lat,source,confidence\r\n\r\n"),
            ("organizations.geojson", '{"type": "FeatureCollection", "features": []}'),
        ):
            with self.subTest(name):
                file = self.write(name, text)
                answer = self.run_command("import", file)
                self.assertEqual(answer.returncode, 1, answer.stdout + answer.stderr)
                self.assertIn(f"{name}: there is no record in it", answer.stderr)

    def test_other_encodings_are_named_with_the_way_to_convert_them(self) -> None:
        row = "new-1,park,Парк имени первых строителей города,76.945,43.238,test,low\n"
        for encoding, name in (("cp1251", "CP1251"), ("cp866", "CP866"), ("kz1048", "RK1048")):
            with self.subTest(encoding):
                file = self.write("organizations.csv", (HEADER + row).encode(encoding))
                answer = self.run_command("import", file)
                self.assertEqual(answer.returncode, 1, answer.stdout + answer.stderr)
                self.assertIn(f"iconv -f {name} -t UTF-8", answer.stderr)

    def test_dates_that_no_source_has_are_refused(self) -> None:
        header = HEADER.strip() + ",date\n"
        for date in ("1800-01-01", "1899", "2199-05", "2199"):
            with self.subTest(date):
                file = self.write("organizations.csv", header + f"new-1,park,Парк,76.945,43.238,test,low,{date}\n")
                answer = self.run_command("import", file)
                self.assertEqual(answer.returncode, 1, answer.stdout + answer.stderr)
                self.assertIn(date, answer.stderr)
                self.assertIn("1900", answer.stderr)
        file = self.write("organizations.csv", header + "new-1,park,Парк,76.945,43.238,test,low,1936\n")
        self.assertEqual(self.run_command("import", file, "--dry-run").returncode, 0)

    def test_an_address_that_is_none_is_told_in_words(self) -> None:
        answer = self.run_command("user", "add", "notmail", "--role", "editor")
        self.assertEqual(answer.returncode, 64)
        self.assertIn("there is no @ in it", answer.stderr)
        self.assertNotIn("noAtSign", answer.stderr)

    def test_a_known_position_is_never_erased(self) -> None:
        with sqlite3.connect(self.city) as connection:
            known, category = connection.execute(
                "SELECT id, category FROM organization WHERE geom IS NOT NULL ORDER BY id LIMIT 1").fetchone()
        for geometry in (
            {"type": "Polygon", "coordinates": [[[76.9, 43.2], [77, 43.2], [77, 43.3], [76.9, 43.2]]]}, "POINT(76.9 43.2)",
        ):
            file = self.write("organizations.geojson", json.dumps({"type": "FeatureCollection", "features": [{
                "type": "Feature", "geometry": geometry,
                "properties": {"id": known, "category": category, "name_ru": "Имя", "source": "test"}}]}))
            answer = self.run_command("import", file)
            self.assertEqual(answer.returncode, 1, answer.stdout)
            self.assertRegex(answer.stderr, rf"organizations.geojson:1( \({known}\))?: .*geometry")
            self.assertIn("0 taken, 0 changed, 0 unchanged, 1 refused", answer.stdout)
            self.assertEqual(self.count(f"id = '{known}' AND geom IS NOT NULL AND name_ru <> 'Имя'"), 1)

    def test_reading_stops_after_too_many_refusals(self) -> None:
        rows = "".join(f"bad-{n},park,Парк,76.945,43.238,test,low,31.04.2026\n" for n in range(1_500))
        header = HEADER.strip() + ",date\n"
        good = "good,park,Парк,76.945,43.238,test,low,2026-04-30\n"
        file = self.write("organizations.csv", header + good + rows)
        answer = self.run_command("import", file)
        self.assertEqual(answer.returncode, 1)
        self.assertIn("stopped after 1000 refused", answer.stderr)
        self.assertEqual(answer.stderr.count("31.04.2026"), 1_000)
        self.assertEqual(self.count("id = 'good'"), 0)
        answer = self.run_command("import", file, "--max-refusals", "2000")
        self.assertEqual(answer.returncode, 0, answer.stderr[-300:])
        self.assertIn("1 taken, 0 changed, 0 unchanged, 1500 refused", answer.stdout)
        self.assertEqual(self.run_command("import", file, "--max-refusals", "0").returncode, 64)

    def test_a_huge_field_is_refused_and_not_kept_in_memory(self) -> None:
        row = "new-1,park,Парк,76.945,43.238,test,low\n"
        small = self.peak_memory(self.write("organizations.csv", HEADER + row))
        # Written in pieces, because the peak memory of a child process includes that of the process that starts it.
        for start, piece, count in (("", "x" * 1_000_000, 50), ('"', "x" * 1_000_000, 50), ('"', "x\n", 100)):
            file = self.write("organizations.csv", HEADER + "big,park," + start)
            with open(file, "a", encoding="utf-8") as more:
                for _ in range(count):
                    more.write(piece)
                more.write(f"{start if count == 50 else ''},76.945,43.238,test,low\n" + row)
            answer = self.run_command("import", file, "--dry-run")
            self.assertEqual(answer.returncode, 0, answer.stderr[-300:])
            self.assertIn("1 taken", answer.stdout)
            self.assertLess(self.peak_memory(file), small + 40_000)

    def test_more_records_need_no_more_memory(self) -> None:
        header = HEADER.strip() + ",note\n"
        row = "new-{},park,Парк,76.945,43.238,test,low,{}\n"
        small = self.peak_memory(self.write("organizations.csv", header + row.format(1, "x")))
        note = "x" * 9_000
        file = self.write("organizations.csv", header)
        # 54 MB of records; written in pieces, for the same reason as above.
        with open(file, "a", encoding="utf-8") as more:
            for number in range(6_000):
                more.write(row.format(number, note))
        answer = self.run_command("import", file, "--dry-run")
        self.assertIn("6000 taken", answer.stdout, answer.stderr)
        self.assertLess(self.peak_memory(file), small + 27_000, "half of the records would be in memory at once")

    def peak_memory(self, file: str) -> int:
        """The peak memory of a dry run, kilobytes."""
        process = subprocess.Popen(
            [BINARY, "import", file, "--dry-run", "--database", str(self.database)], env=ENVIRONMENT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return usage.ru_maxrss

    def test_the_embedded_city_is_unchanged_when_imported_again(self) -> None:
        answer = self.run_command("import", str(ROOT / "data" / "organizations.csv"), "--json")
        counts = json.loads(answer.stdout)["files"][0]
        self.assertEqual((counts["taken"], counts["changed"], counts["refused"]), (0, 0, 0))

    def test_a_killed_import_leaves_all_or_nothing(self) -> None:
        rows = 8_000
        text = HEADER + "".join(
            f"mass-{n},park,Парк {n},{76.90 + (n % 100) / 2000:.6f},{43.23 + n // 100 / 4000:.6f},test,low\n"
            for n in range(rows))
        file = self.write("organizations.csv", text)
        started = time.monotonic()
        self.assertEqual(self.run_command("import", file, "--dry-run").returncode, 0)
        whole = time.monotonic() - started
        # The kills hit while the file is read, while the database is written, and afterwards.
        for share in (0.5, 0.9, 1.0, 1.1, 1.3):
            process = subprocess.Popen(
                [BINARY, "import", file, "--database", str(self.database)], env=ENVIRONMENT,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(timeout=whole * share)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
            self.assertIn(self.count("id LIKE 'mass-%'"), (0, rows))
            with sqlite3.connect(self.city) as connection:
                self.assertEqual(connection.execute("PRAGMA integrity_check").fetchone()[0], "ok")
        answer = self.run_command("nearest", "76.945", "43.238", "--category", "library", "--limit", "1")
        self.assertEqual(answer.returncode, 0, answer.stderr)


if __name__ == "__main__":
    unittest.main()
