"""The city file: built anew, changed by imports, and compared.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/cli/test_city.py
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time
import unittest
from pathlib import Path

from test_cli import BINARY, ENVIRONMENT, HEADER, ROOT, CommandCase

sys.path.insert(0, str(ROOT / "Tests" / "Python" / "accounts"))


class Built(CommandCase):
    """Full builds and single changes."""

    def test_a_full_build_drops_what_the_data_does_not_have_and_an_import_does_not(self) -> None:
        before = self.count()
        file = self.write("organizations.csv", HEADER + "new-1,park,Новый парк,76.945,43.238,test,low\n")
        self.assertEqual(self.run_command("import", file).returncode, 0)
        self.assertEqual(self.count(), before + 1)
        self.assertEqual(self.run_command("import", str(ROOT / "data" / "stops.csv")).returncode, 0)
        self.assertEqual(self.count(), before + 1)
        with sqlite3.connect(self.city) as connection:
            first = connection.execute("SELECT version FROM city_state").fetchone()[0]
        built = self.run_command("city", "build", "--json")
        self.assertEqual(built.returncode, 0, built.stderr)
        self.assertEqual(sum(file["refused"] for file in json.loads(built.stdout)["files"]), 0)
        self.assertEqual(self.count(), before)
        with sqlite3.connect(self.city) as connection:
            self.assertGreater(connection.execute("SELECT version FROM city_state").fetchone()[0], first)
        self.assertEqual([path.name for path in self.folder.glob(f"{self.city.name}.building*")], [])

    def test_a_folder_is_laid_over_the_embedded_data(self) -> None:
        more = self.folder / "more"
        more.mkdir()
        (more / "organizations.csv").write_text(HEADER + "own-1,park,Свой парк,76.945,43.238,test,low\n", encoding="utf-8")
        before = self.count()
        self.assertEqual(self.run_command("city", "build", "--with", str(more)).returncode, 0)
        self.assertEqual((self.count(), self.count("id = 'own-1'")), (before + 1, 1))
        empty = self.folder / "none"
        empty.mkdir()
        self.assertEqual(self.run_command("city", "build", "--with", str(empty)).returncode, 64)

    def test_listed_records_are_deleted_unless_others_name_them(self) -> None:
        with sqlite3.connect(self.city) as connection:
            gone = connection.execute("SELECT id FROM organization ORDER BY id LIMIT 1").fetchone()[0]
            street = connection.execute("SELECT street_id FROM address WHERE street_id IS NOT NULL LIMIT 1").fetchone()[0]
        before = self.count()
        file = self.write("organizations.csv", f"id\n{gone}\nnowhere\n")
        answer = self.run_command("import", "--delete", file, "--json")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        told = json.loads(answer.stdout)
        self.assertEqual((told["files"][0]["deleted"], told["files"][0]["refused"]), (1, 1))
        self.assertEqual((self.count(), self.count(f"id = '{gone}'")), (before - 1, 0))
        answer = self.run_command("import", "--delete", self.write("streets.csv", f"id\n{street}\n"))
        self.assertEqual(answer.returncode, 1, answer.stdout)
        self.assertIn(f"{street} is named by", answer.stderr)
        self.assertEqual(self.run_command("import").returncode, 64)

    def test_two_files_are_compared(self) -> None:
        earlier = self.folder / "earlier.sqlite"
        shutil.copy(self.city, earlier)
        same = subprocess.run(
            [BINARY, "city", "diff", str(earlier), str(self.city)], capture_output=True, text=True, env=ENVIRONMENT)
        self.assertEqual((same.returncode, same.stdout), (0, ""), same.stderr)
        file = self.write("organizations.csv", HEADER + "new-1,park,Новый парк,76.945,43.238,test,low\n")
        self.assertEqual(self.run_command("import", file).returncode, 0)
        answer = subprocess.run(
            [BINARY, "city", "diff", str(earlier), str(self.city), "--json"], capture_output=True, text=True, env=ENVIRONMENT)
        changes = {layer["layer"]: layer for layer in json.loads(answer.stdout)}
        self.assertEqual(changes["organizations"]["added"], ["new-1"])
        self.assertEqual(sum(len(layer["changed"]) + len(layer["deleted"]) for layer in changes.values()), 0)

    def test_a_refused_file_leaves_the_city_and_its_neighbours_as_they_are(self) -> None:
        bytes_before = self.city.read_bytes()
        good = self.write("organizations.csv", HEADER + "new-1,park,Новый парк,76.945,43.238,test,low\n")
        bad = self.write("stops.csv", "id;name_ru\nx;y\n")
        self.assertEqual(self.run_command("import", good, bad).returncode, 1)
        self.assertEqual(self.city.read_bytes(), bytes_before)
        beside = {path.name for path in self.folder.glob(f"{self.city.name}*")}
        self.assertEqual(beside, {self.city.name, f"{self.city.name}.lock"})

    def test_a_build_that_is_killed_leaves_the_old_city_and_the_next_one_goes_ahead(self) -> None:
        bytes_before = self.city.read_bytes()
        building = self.city.with_name(f"{self.city.name}.building")
        new = self.write("organizations.csv", HEADER + "new-1,park,Новый парк,76.945,43.238,test,low\n")
        for arguments in (("city", "build"), ("import", new)):
            with self.subTest(arguments):
                process = subprocess.Popen(
                    [BINARY, *arguments, "--database", str(self.database)], env=ENVIRONMENT,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                while not building.exists() and process.poll() is None:
                    time.sleep(0.001)
                process.kill()
                process.wait()
                self.assertTrue(building.exists(), "it ended before it was killed")
                self.assertEqual(self.city.read_bytes(), bytes_before)
        found = self.run_command("resolve", "76.945", "43.238", "--json")
        self.assertEqual(json.loads(found.stdout)["district"], "bostandyk")
        self.assertEqual(self.run_command("import", new).returncode, 0)
        self.assertEqual(self.count("id = 'new-1'"), 1)
        self.assertFalse(building.exists())

    def home(self, name: str, data: tuple[str, ...] = ()) -> Path:
        """A folder with the program's own files, of whose data only the given files are there."""
        home = self.folder / name
        home.mkdir()
        for path in ROOT.iterdir():
            if path.name != "data":
                (home / path.name).symlink_to(path)
        (home / "data").mkdir()
        for file in data:
            (home / "data" / file).symlink_to(ROOT / "data" / file)
        return home

    def test_data_without_a_layer_make_no_city(self) -> None:
        files = tuple(path.name for path in (ROOT / "data").iterdir() if path.name != "stops.csv")
        home = self.home("no-stops", files)
        bytes_before = self.city.read_bytes()
        answer = self.run_command("city", "build", "--force", OPENALMATY_HOME=str(home))
        self.assertEqual(answer.returncode, 1, answer.stdout)
        self.assertIn("no usable record of stops", answer.stderr)
        self.assertEqual(self.city.read_bytes(), bytes_before)
        # Nor do rows that are all unusable.
        (home / "data" / "stops.csv").write_text("id,name_ru,district,lon,lat,source\nx,Рынок,,0,0,test\n", encoding="utf-8")
        answer = self.run_command("city", "build", OPENALMATY_HOME=str(home))
        self.assertEqual(answer.returncode, 1, answer.stdout)
        self.assertIn("stops.csv:2 (x): the position is outside the city", answer.stderr)
        self.assertIn("no usable record of stops", answer.stderr)
        self.assertEqual(self.city.read_bytes(), bytes_before)

    def test_a_city_that_lost_most_of_a_layer_is_swapped_in_only_when_asked(self) -> None:
        home = self.home("few", tuple(path.name for path in (ROOT / "data").iterdir() if path.name != "organizations.csv"))
        rows = (ROOT / "data" / "organizations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (home / "data" / "organizations.csv").write_text("".join(rows[:11]), encoding="utf-8")
        before, bytes_before = self.count(), self.city.read_bytes()
        refused = self.run_command("city", "build", OPENALMATY_HOME=str(home))
        self.assertEqual(refused.returncode, 1, refused.stdout)
        for text in (f"organizations 10 instead of {before}", "--force", str(self.city)):
            self.assertIn(text, refused.stderr)
        self.assertEqual(self.city.read_bytes(), bytes_before)
        gone = self.write("gone.csv", "id\n" + "".join(f"{row.split(',')[0]}\n" for row in rows[11:]))
        refused = self.run_command("import", "--delete", gone, "--layer", "organizations", "--max-refusals", "100000")
        self.assertEqual(refused.returncode, 1, refused.stdout)
        self.assertIn("--force", refused.stderr)
        self.assertEqual(self.city.read_bytes(), bytes_before)
        built = self.run_command("city", "build", "--force", OPENALMATY_HOME=str(home))
        self.assertEqual(built.returncode, 0, built.stderr)
        self.assertEqual(self.count(), 10)

    def test_a_build_tells_what_it_refused_in_which_file(self) -> None:
        more = self.folder / "refusing"
        more.mkdir()
        rows = ["own-1,park,Свой парк,76.945,43.238,test,low", "own-2,casino,Казино,76.945,43.238,test,low",
                "own-3,park,Парк,0,0,test,low"]
        (more / "organizations.csv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
        stops = more / "stops.csv"
        stops.write_text("id,name_ru,district,lon,lat,source\nx,Рынок,,0,0,test\n", encoding="utf-8")
        stopped = self.run_command("city", "build", "--with", str(more), "--max-refusals", "2")
        self.assertEqual(stopped.returncode, 1, stopped.stdout)
        self.assertEqual(self.count("id = 'own-1'"), 0)
        built = self.run_command("city", "build", "--with", str(more))
        self.assertEqual(built.returncode, 1, "as in an import: no row of a file could be used")
        self.assertEqual(self.count("id = 'own-1'"), 1)
        for answer in (stopped, built):
            self.assertIn(f"{more}/organizations.csv:3 (own-2): category names “casino”", answer.stderr)
            self.assertIn(f"{more}/organizations.csv:4 (own-3): the position is outside the city", answer.stderr)
        self.assertIn("--max-refusals", stopped.stderr)
        self.assertEqual(
            self.refusals(), [(f"{more}/organizations.csv", 3), (f"{more}/organizations.csv", 4), (str(stops), 2)])
        self.assertEqual(self.run_command("city", "build", "--max-refusals", "0").returncode, 64)

    def refusals(self) -> list[tuple[str, int]]:
        with sqlite3.connect(self.city) as connection:
            return connection.execute(
                "SELECT file, line FROM import_refusal JOIN import_run ON import_run.id = import_run ORDER BY file, line").fetchall()

    def test_files_of_one_name_are_told_apart(self) -> None:
        paths = []
        for number, folder in enumerate(("one", "two")):
            (self.folder / folder).mkdir()
            row = f"n-{number},park,Парк,76.945,43.238,test,low\n"
            paths.append(self.write(f"{folder}/organizations.csv", HEADER + row * (1 + number)))
        answer = self.run_command("import", *paths)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn(f"{paths[1]}:3 (n-1): the id n-1 was already used", answer.stderr)
        self.assertIn(f"{paths[0]} → organizations: 1 taken", answer.stdout)
        self.assertEqual(self.refusals()[-1:], [(paths[1], 3)])

    def test_a_disk_that_fills_up_while_a_city_is_built_leaves_the_present_one(self) -> None:
        import resource
        import signal

        def limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        bytes_before = self.city.read_bytes()
        rows = "".join(f"n-{number},park,Парк {'я' * 1_000},76.945,43.238,test,low\n" for number in range(2_000))
        new = self.write("organizations.csv", HEADER + rows)
        for arguments, size in ((("city", "build"), 1 << 20), (("import", new), len(bytes_before) + (1 << 20))):
            with self.subTest(arguments):
                answer = subprocess.run(
                    [BINARY, *arguments, "--database", str(self.database)],
                    capture_output=True, text=True, timeout=300, env=ENVIRONMENT, preexec_fn=limit)
                self.assertEqual(answer.returncode, 1, answer.stdout)
                self.assertIn(f"{self.city}.building cannot be written", answer.stderr)
                self.assertNotIn("INSERT", answer.stderr)
                self.assertEqual(self.city.read_bytes(), bytes_before)
                self.assertFalse(self.city.with_name(f"{self.city.name}.building").exists())

    def test_processes_that_start_at_once_wait_for_the_first_city(self) -> None:
        self.city.unlink()
        environment = {**ENVIRONMENT, "OPENALMATY_DATABASE": str(self.database)}
        running = [
            subprocess.Popen(
                [BINARY, "resolve", "76.945", "43.238", "--json"], env=environment, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        answers = [(*process.communicate(timeout=300), process.returncode) for process in running]
        for out, errors, code in answers:
            self.assertEqual(code, 0, errors)
            self.assertEqual(json.loads(out)["district"], "bostandyk")

    def test_a_single_record_is_imported_without_the_files_of_the_whole_city(self) -> None:
        home = self.home("home")
        # The program looks for this file to find its home, and a city build would fail on it.
        (home / "data" / "districts.geojson").write_text("no city", encoding="utf-8")
        before = self.count()
        file = self.write("organizations.csv", HEADER + "new-1,park,Новый парк,76.945,43.238,test,low\n")
        answer = self.run_command("import", file, OPENALMATY_HOME=str(home))
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertEqual((self.count(), self.count("id = 'new-1'")), (before + 1, 1))

    def test_an_import_into_a_city_that_another_build_holds_is_told(self) -> None:
        import fcntl

        with open(f"{self.city}.lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            answer = self.run_command("import", str(ROOT / "data" / "stops.csv"))
        self.assertEqual(answer.returncode, 1)
        self.assertIn("another import", answer.stderr)

    def test_a_damaged_city_is_refused_and_left_as_it_is(self) -> None:
        data = bytearray(self.city.read_bytes())
        data[len(data) // 2 : len(data) // 2 + 40_960] = b"\xff" * 40_960
        self.city.write_bytes(data)
        for arguments in (("resolve", "76.945", "43.238"), ("import", "data/stops.csv"), ("check",)):
            with self.subTest(arguments):
                answer = self.run_command(*arguments)
                self.assertEqual(answer.returncode, 1, answer.stderr)
                self.assertIn(str(self.city), answer.stderr)
                self.assertIn("city build", answer.stderr)
                self.assertEqual(self.city.read_bytes(), bytes(data))
        self.assertEqual(self.run_command("city", "build").returncode, 0)
        self.assertEqual(self.run_command("check", "--points", "10").returncode, 0)

    def test_a_damaged_portal_database_keeps_nobody_from_building_the_city(self) -> None:
        with sqlite3.connect(self.database) as connection:
            (size,), = connection.execute("PRAGMA page_size").fetchall()
            pages = dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"))
        connection.close()
        data = bytearray(self.database.read_bytes())

        def damage(table: str) -> None:
            data[(pages[table] - 1) * size : pages[table] * size] = b"\xff" * size
            self.database.write_bytes(data)

        damage("person")
        self.assertEqual(self.run_command("resolve", "76.945", "43.238").returncode, 0, "people are not needed for that")
        damage("correction")
        new = self.write("organizations.csv", HEADER + "new-1,park,Новый парк,76.945,43.238,test,low\n")
        answer = self.run_command("import", new)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn("conflicts with corrections by staff are not listed", answer.stderr)
        self.assertEqual(self.count("id = 'new-1'"), 1)
        self.assertEqual(self.run_command("resolve", "76.945", "43.238").returncode, 1, "corrections would be left out")

    def test_the_city_file_can_stand_anywhere(self) -> None:
        elsewhere = self.folder / "elsewhere" / "almaty.sqlite"
        elsewhere.parent.mkdir()
        self.city.rename(elsewhere)
        self.assertEqual(self.run_command("resolve", "76.945", "43.238").returncode, 1)
        found = self.run_command("resolve", "76.945", "43.238", "--city", str(elsewhere), "--json")
        self.assertEqual(json.loads(found.stdout)["district"], "bostandyk")
        found = self.run_command("resolve", "76.945", "43.238", "--json", OPENALMATY_CITY=str(elsewhere))
        self.assertEqual(json.loads(found.stdout)["district"], "bostandyk")

    def test_a_correction_outlives_a_new_city_and_a_conflict_is_listed(self) -> None:
        with sqlite3.connect(self.city) as connection:
            key, imported = connection.execute(
                "SELECT id, name_ru FROM organization WHERE name_ru IS NOT NULL ORDER BY id LIMIT 1").fetchone()
        with sqlite3.connect(self.database) as connection:
            connection.execute(
                "INSERT INTO correction (layer, record, field, value, base, author, reason, made)"
                " VALUES ('organizations', ?, 'name_ru', 'Имя от редактора', 'как было раньше', 1, 'они так пишут', 0)", (key,))
        connection.close()
        gone = self.write("organizations.csv", f"id\n{key}\n")
        dry = self.run_command("import", "--delete", gone, "--dry-run", "--json")
        conflict, = json.loads(dry.stdout)["conflicts"]
        self.assertIn("no longer in the city", conflict, "a dry run lists the conflicts that the import would make")
        built = self.run_command("city", "build", "--json")
        self.assertEqual(built.returncode, 0, built.stderr)
        conflict, = json.loads(built.stdout)["conflicts"]
        for text in (key, "Имя от редактора", imported, "как было раньше"):
            self.assertIn(text, conflict)
        exported = self.run_command("export", "--format", "osm", "--approximate").stdout
        self.assertIn("Имя от редактора", exported)
        checked = self.run_command("check", "--points", "10")
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        self.assertIn("Имя от редактора", checked.stdout)


if __name__ == "__main__":
    unittest.main()
