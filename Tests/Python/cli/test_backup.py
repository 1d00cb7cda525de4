"""Backups made under load, and what is restored from them.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/cli/test_backup.py
"""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import sys
import threading
import unittest
import urllib.request
from pathlib import Path

from test_cli import BINARY, HEADER, ROOT

sys.path.insert(0, str(ROOT / "Tests" / "Python" / "accounts"))

import program  # noqa: E402
from portal import Portal  # noqa: E402
from visitor import Visitor  # noqa: E402


class Backups(unittest.TestCase):
    def setUp(self) -> None:
        self.portal = Portal({
            "OPENALMATY_TRUSTED_PROXY": "127.0.0.1", "OPENALMATY_CAPTCHA_MAX_NUMBER": "200",
            "OPENALMATY_LIMIT_REGISTRATIONS": "10000", "OPENALMATY_LIMIT_REQUESTS": "10000",
        })
        self.stopped = False
        self.addCleanup(self.stop)
        self.folder = Path(self.portal.folder.name)
        self.database = self.folder / "portal.sqlite"

    def stop(self) -> None:
        if not self.stopped:
            self.portal.stop()
        self.stopped = True

    def command(self, *arguments: str, database: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [BINARY, *arguments, "--database", str(database or self.database)], capture_output=True, text=True, timeout=300,
            env=program.environment())

    def registered(self, database: Path) -> set[str]:
        """The addresses of the registrations, each of which must have its mail in the outbox."""
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        try:
            emails = {row[0] for row in connection.execute("SELECT email FROM registration")}
            mails = connection.execute("SELECT count(*) FROM outbox_mail").fetchone()[0]
            self.assertEqual(connection.execute("PRAGMA integrity_check").fetchone()[0], "ok")
            self.assertEqual(len(emails), mails, "a registration and its mail are one transaction")
            return emails
        finally:
            connection.close()

    def test_under_load(self) -> None:
        done: list[str] = []
        failed: list[str] = []
        ends = threading.Event()

        def register(worker: int) -> None:
            number = 0
            while not ends.is_set():
                email = f"p{worker}-{number}@example.kz"
                answer = Visitor(self.portal.base, f"198.51.{100 + worker}.{1 + number % 250}").register(email)
                if answer.status == 303:
                    done.append(email)
                else:
                    failed.append(f"{email}: {answer.status}")
                number += 1

        workers = [threading.Thread(target=register, args=(worker,)) for worker in range(3)]
        for worker in workers:
            worker.start()
        backups = []
        overlapping = 0
        imported = self.folder / "stops.csv"
        imported.write_text("id,name_ru,district,lon,lat,source\nnew-0,Рынок,,76.945,43.238,test\n", encoding="utf-8")
        imports: list[subprocess.CompletedProcess[str]] = []
        importing = threading.Thread(target=lambda: imports.append(self.command("import", str(imported))))
        try:
            importing.start()
            for number in range(3):
                saved = set(done)
                place = self.folder.parent / f"{self.folder.name}-backup-{number}"
                self.addCleanup(subprocess.run, ["rm", "-rf", str(place)], check=False)
                made = self.command("backup", str(place))
                self.assertEqual(made.returncode, 0, made.stderr)
                backups.append((place, saved))
                overlapping += len(done) - len(saved)
            importing.join()
            self.assertEqual(imports[0].returncode, 0, imports[0].stderr)
            self.assertGreater(overlapping, 0, "nobody registered while a backup was made")
            swapped = self.folder / "organizations.csv"
            swapped.write_text(HEADER + "new-1,park,Новый парк,76.945,43.238,test,low\n", encoding="utf-8")
            self.assertEqual(self.command("import", str(swapped)).returncode, 0)
        finally:
            ends.set()
            for worker in workers:
                worker.join()
        self.assertEqual(failed, [])
        self.assertGreater(len(done), 3)
        for place, saved in backups:
            self.assertLessEqual(saved, self.registered(place / "portal.sqlite"), "a saved change is missing")
            self.assertEqual(stat.S_IMODE(place.stat().st_mode), 0o700)
            self.assertEqual(stat.S_IMODE((place / "portal.sqlite").stat().st_mode), 0o600)
            checked = self.command(
                "check", "--points", "10", "--city", str(place / "city.sqlite"), database=place / "portal.sqlite")
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        place = backups[-1][0]
        again = self.command("backup", str(place))
        self.assertEqual(again.returncode, 1)
        self.assertIn("exists already", again.stderr)
        self.restore(place)

    def restore(self, place: Path) -> None:
        """Restores over the database of a server, which must be stopped first."""
        kept = self.registered(place / "portal.sqlite")
        refused = self.command("restore", str(place))
        self.assertEqual(refused.returncode, 1, refused.stdout)
        self.assertIn("stop that first", refused.stderr)
        with urllib.request.urlopen(self.portal.base + "/readyz", timeout=60) as answer:
            self.assertEqual(answer.status, 200, "the refused restore left the server alone")
        self.portal.process.terminate()
        self.portal.process.wait(timeout=60)
        later = self.registered(self.database)
        restored = self.command("restore", str(place))
        self.assertEqual(restored.returncode, 0, restored.stderr)
        self.assertEqual(self.registered(self.database), kept)
        self.assertIn("before-restore-", restored.stdout)
        aside, = self.folder.glob("portal.sqlite.before-restore-*")
        self.assertEqual(self.registered(aside), later)
        with sqlite3.connect(program.city_of(self.database)) as city:
            self.assertEqual(city.execute("SELECT count(*) FROM organization WHERE id = 'new-1'").fetchone()[0], 0)
        self.assertEqual(self.command("check", "--points", "10").returncode, 0)
        city = program.city_of(self.database)
        before = (self.database.read_bytes(), Path(city).read_bytes())
        swapped = self.command("restore", str(place), "--city", str(self.database), database=Path(city))
        self.assertEqual(swapped.returncode, 1)
        self.assertIn("is not a database of openalmaty", swapped.stderr)
        self.assertEqual((self.database.read_bytes(), Path(city).read_bytes()), before, "nothing was overwritten")
        manifest = json.loads((place / "backup.json").read_text(encoding="utf-8"))
        self.assertEqual(set(manifest["files"]), {"portal.sqlite", "city.sqlite"})
        data = bytearray((place / "city.sqlite").read_bytes())
        data[len(data) // 2] ^= 1
        (place / "city.sqlite").write_bytes(data)
        before = self.database.read_bytes()
        refused = self.command("restore", str(place))
        self.assertEqual(refused.returncode, 1)
        self.assertIn("city.sqlite is missing or was changed", refused.stderr)
        self.assertEqual(self.database.read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
