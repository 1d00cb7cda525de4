"""Missing, truncated or misnamed files: commands report them, create nothing, and leave existing files alone.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/cli/test_files.py
"""

from __future__ import annotations

import base64
import os
import sqlite3
import subprocess
import unittest
from pathlib import Path

from test_cli import BINARY, ENVIRONMENT, CommandCase

READING = [
    ("check",), ("check", "--json"), ("export", "--format", "osm"), ("tiles", "render"),
    ("tiles", "export", "--layer", "basemap", "--output", "out"), ("resolve", "76.945", "43.238"),
    ("nearest", "76.945", "43.238"), ("geocode", "пр. Абая 52"), ("mail", "list"), ("mail", "resend", "1"), ("mail", "send"),
    ("user", "add", "a@example.kz", "--role", "editor"), ("user", "reset-factor", "a@example.kz"), ("keys", "rotate"),
    ("keys", "drop-old"), ("keys", "create"), ("import", "data/stops.csv", "--dry-run"), ("bench", "geo"),
]


class DatabaseFile(CommandCase):
    def test_a_database_that_does_not_exist_is_an_error_and_nothing_is_made(self) -> None:
        folder = self.folder / "empty"
        folder.mkdir()
        for arguments in READING:
            for path in (folder / "typo.sqlite", folder / "nowhere" / "typo.sqlite"):
                with self.subTest(arguments=arguments, path=path.name):
                    answer = self.call(*arguments, database=path)
                    self.assertEqual(answer.returncode, 1, answer.stderr)
                    self.assertIn(str(path), answer.stderr)
                    self.assertEqual(answer.stdout, "")
                    self.assertEqual(list(folder.iterdir()), [])

    def test_a_database_of_another_program_is_refused_and_left_as_it_is(self) -> None:
        path = self.folder / "other.sqlite"
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE note (text TEXT)")
        connection.close()
        before = path.read_bytes()
        for arguments in (*READING[:4], ("serve", "--port", "0"), ("import", "data/stops.csv")):
            with self.subTest(arguments):
                answer = self.call(*arguments, database=path)
                self.assertEqual(answer.returncode, 1, answer.stderr)
                self.assertIn(str(path), answer.stderr)
                self.assertEqual(path.read_bytes(), before)

    def test_an_empty_file_and_a_folder_are_no_databases(self) -> None:
        empty = self.folder / "empty.sqlite"
        empty.touch()
        for path in (empty, self.folder):
            answer = self.call("check", database=path)
            self.assertEqual(answer.returncode, 1, answer.stderr)
            self.assertIn(str(path), answer.stderr)
        self.assertEqual(empty.stat().st_size, 0)

    def test_a_damaged_database_is_refused_and_left_as_it_is(self) -> None:
        data = bytearray(self.database.read_bytes())
        # Overwrite pages in the middle, after the schema.
        data[len(data) // 2 : len(data) // 2 + 40_960] = b"\xff" * 40_960
        self.database.write_bytes(data)
        # An import changes the city alone, so it works and says that the portal database is damaged.
        for arguments, code in ((("serve", "--port", "0"), 1), (("import", "data/stops.csv"), 0), (("check",), 1)):
            with self.subTest(arguments):
                answer = self.run_command(*arguments)
                self.assertEqual(answer.returncode, code, answer.stderr)
                self.assertIn(str(self.database), answer.stderr)
                self.assertIn("Restore a backup", answer.stderr)
                self.assertEqual(self.database.read_bytes(), bytes(data))
                self.assertEqual([path.name for path in self.beside()], [])

    def beside(self) -> list[Path]:
        """The files that SQLite keeps beside the database."""
        return sorted(self.folder.glob(f"{self.database.name}-*"))

    def test_checking_makes_and_changes_nothing(self) -> None:
        before = self.database.read_bytes()
        answer = self.run_command("check", "--points", "10")
        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)
        self.assertEqual(self.beside(), [])
        self.assertEqual(self.database.read_bytes(), before)

    def test_a_file_that_cannot_be_checked_does_not_hide_the_other(self) -> None:
        intact = (self.database.read_bytes(), self.city.read_bytes())
        for file, missing, shown in ((self.city, "city: ", "portal: "), (self.database, "portal: ", "city: ")):
            with self.subTest(file.name):
                file.write_bytes(b"no database at all" * 100)
                answer = self.run_command("check", "--points", "10")
                self.assertEqual(answer.returncode, 1, answer.stdout)
                self.assertIn(str(file), answer.stderr)
                self.assertIn(f"ok   {shown}database integrity", answer.stdout)
                self.assertNotIn(missing, answer.stdout)
                self.database.write_bytes(intact[0])
                self.city.write_bytes(intact[1])

    def test_a_log_beside_the_database_is_told_and_not_replayed(self) -> None:
        with sqlite3.connect(self.database) as connection:
            connection.execute("PRAGMA wal_autocheckpoint = 0")
            connection.execute("UPDATE write_probe SET count = count + 1")
            connection.commit()
            log = Path(f"{self.database}-wal").read_bytes()
        connection.close()
        before = self.database.read_bytes()
        Path(f"{self.database}-wal").write_bytes(log)
        answer = self.run_command("check", "--points", "10")
        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)
        self.assertIn(f"{self.database}-wal", answer.stderr)
        self.assertEqual(Path(f"{self.database}-wal").read_bytes(), log)
        self.assertEqual(self.database.read_bytes(), before)

    def test_a_log_of_another_database_is_not_replayed_into_a_backup(self) -> None:
        other = self.folder / "foreign.sqlite"
        with sqlite3.connect(other) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA wal_autocheckpoint = 0")
            connection.execute("CREATE TABLE filler (bytes BLOB)")
            connection.executemany("INSERT INTO filler VALUES (?)", [(b"x" * 3_000,)] * 500)
            connection.commit()
            log = Path(f"{other}-wal").read_bytes()
        connection.close()
        before = self.database.read_bytes()
        Path(f"{self.database}-wal").write_bytes(log)
        for arguments in (("serve", "--port", "0"), ("check",)):
            with self.subTest(arguments):
                answer = self.run_command(*arguments)
                self.assertEqual(answer.returncode, 1, answer.stderr)
                self.assertIn(str(self.database), answer.stderr)
                self.assertEqual(self.database.read_bytes(), before)
                self.assertEqual(Path(f"{self.database}-wal").read_bytes(), log)

    def test_an_older_database_is_not_migrated_by_a_command_that_reads(self) -> None:
        mended = {self.city: "openalmaty city build makes", self.database: "openalmaty serve brings"}
        for file, migration in ((self.city, "city"), (self.database, "audit")):
            with sqlite3.connect(file) as connection:
                connection.execute("DELETE FROM grdb_migrations WHERE identifier = ?", (migration,))
            connection.close()
            answer = self.run_command("check")
            self.assertEqual(answer.returncode, 1, answer.stderr)
            self.assertIn("older version", answer.stderr)
            self.assertIn(mended[file], answer.stderr)
            self.assertIn(str(file), answer.stderr)


class KeyCase(CommandCase):
    """Tests with a key file of their own."""

    def setUp(self) -> None:
        super().setUp()
        self.keys = self.folder / f"{self.id().rsplit('.', 1)[-1]}.key"

    def add(self, email: str) -> subprocess.CompletedProcess[str]:
        return self.run_command("user", "add", email, "--role", "editor", OPENALMATY_SECRET_KEY_FILE=str(self.keys))

    def put_person(self, phone: bytes | None = b"\x01wxyz" + bytes(60)) -> None:
        """Adds a person, by default with a telephone number sealed by an unknown key."""
        with sqlite3.connect(self.database) as connection:
            connection.execute(
                "INSERT INTO person (email, email_key, name, name_key, username, username_key, language, role, created, phone)"
                " VALUES ('a@b.kz', 'a@b.kz', 'Asel', 'asel', 'asel', 'asel', 'kk', 'citizen', 0, ?)",
                (phone,),
            )
        connection.close()


class SecretKeyFile(KeyCase):
    def test_a_missing_file_beside_accounts_stops_the_start_and_is_not_made_anew(self) -> None:
        self.assertEqual(self.add("a@example.kz").returncode, 0)
        self.put_person(phone=None)
        self.keys.rename(self.keys.with_suffix(".away"))
        for arguments in (("serve", "--port", "0"), ("user", "add", "b@example.kz", "--role", "editor"), ("keys", "rotate")):
            answer = self.run_command(*arguments, OPENALMATY_SECRET_KEY_FILE=str(self.keys))
            self.assertEqual(answer.returncode, 1, answer.stderr)
            self.assertIn(str(self.keys), answer.stderr)
            self.assertIn("copy", answer.stderr)
            self.assertFalse(self.keys.exists())
        self.keys.with_suffix(".away").rename(self.keys)
        self.assertEqual(self.add("b@example.kz").returncode, 0)

    def test_a_lost_file_can_be_made_anew_by_a_command_that_says_what_is_lost(self) -> None:
        self.put_person()
        self.assertEqual(self.add("a@example.kz").returncode, 1)
        made = self.run_command("keys", "create", OPENALMATY_SECRET_KEY_FILE=str(self.keys))
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertIn(str(self.keys), made.stdout)
        self.assertIn("1 values", made.stdout)
        self.assertEqual(self.keys.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.add("a@example.kz").returncode, 0)
        again = self.run_command("keys", "create", OPENALMATY_SECRET_KEY_FILE=str(self.keys))
        self.assertNotEqual(again.returncode, 0)

    def test_a_file_that_a_full_disk_cut_off_is_named(self) -> None:
        for text in ("", "# Secret keys of Open Al"):
            self.keys.write_text(text)
            self.keys.chmod(0o600)
            answer = self.add("a@example.kz")
            self.assertEqual(answer.returncode, 1, answer.stderr)
            self.assertIn(str(self.keys), answer.stderr)
            self.assertEqual(self.keys.read_text(), text)


class WrongKeys(KeyCase):
    """Keys that do not match the database."""

    def test_a_folder_in_place_of_the_file(self) -> None:
        self.keys.mkdir()
        answer = self.add("a@example.kz")
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertIn(f"{self.keys} cannot be used: it is a folder", answer.stderr)

    def test_another_key_than_that_of_the_database_stops_the_start(self) -> None:
        self.put_person()
        key = base64.b64encode(os.urandom(32)).decode()
        for arguments in (("serve", "--port", "0"), ("user", "add", "b@example.kz", "--role", "editor")):
            answer = self.run_command(*arguments, OPENALMATY_SECRET_KEY=key)
            self.assertEqual(answer.returncode, 1, answer.stderr)
            self.assertIn("OPENALMATY_SECRET_KEY holds another key", answer.stderr)
            self.assertIn("OPENALMATY_SECRET_KEYS_OLD", answer.stderr)
            self.assertNotIn(key, answer.stderr)

    def test_a_key_that_is_none_names_its_setting(self) -> None:
        key = base64.b64encode(os.urandom(32)).decode()
        for name, more in (
            ("OPENALMATY_SECRET_KEY", {"OPENALMATY_SECRET_KEY": "geheim"}),
            ("OPENALMATY_SECRET_KEYS_OLD", {"OPENALMATY_SECRET_KEY": key, "OPENALMATY_SECRET_KEYS_OLD": f"{key},geheim"}),
        ):
            answer = self.run_command("keys", "rotate", **more)
            self.assertEqual(answer.returncode, 1, answer.stderr)
            self.assertIn(f"{name} cannot be used", answer.stderr)
            self.assertNotIn("geheim", answer.stderr)


class WrittenFiles(CommandCase):
    """Files that commands write appear completely or not at all."""

    def limited(self, kilobytes: int, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a command with a limit on file sizes, to simulate a full disk."""
        import resource
        import signal

        def limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))

        return subprocess.run(
            [BINARY, *arguments, "--database", str(self.database)],
            capture_output=True, text=True, timeout=300, env=ENVIRONMENT, preexec_fn=limit,
        )

    def test_an_export_that_does_not_fit_leaves_the_old_file(self) -> None:
        out = self.folder / "out"
        out.mkdir()
        for name, arguments in (
            ("city.osm", ("export", "--format", "osm", "--output", str(out / "city.osm"))),
            ("districts.pmtiles", ("tiles", "render", "--layer", "districts", "--output", str(out))),
        ):
            with self.subTest(name):
                (out / name).write_text("old")
                answer = self.limited(64, *arguments)
                self.assertEqual(answer.returncode, 1, answer.stderr)
                self.assertEqual((out / name).read_text(), "old")
                self.assertEqual([path.name for path in out.iterdir() if path.name.startswith(".")], [])

    def test_an_export_goes_into_a_pipe_as_it_is(self) -> None:
        answer = self.run_command("export", "--format", "osm", "--output", "/dev/stdout")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn("<osm", answer.stdout[:500])


if __name__ == "__main__":
    unittest.main()
