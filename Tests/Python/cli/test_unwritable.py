"""A server whose database is locked, full or missing: 503 with Retry-After, input is kept, and nothing is lost silently.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/cli/test_unwritable.py
"""

from __future__ import annotations

import json
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

import contract
import program
from program import BINARY, ROOT

sys.path.insert(0, str(ROOT / "Tests" / "Python" / "accounts"))

from visitor import Visitor  # noqa: E402

PATIENCE = 30


class ServedCase(unittest.TestCase):
    """Each test starts a server on a copy of a database with the city."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp(prefix="openalmaty-unwritable-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)

    def setUp(self) -> None:
        self.place = self.folder / self.id().rsplit(".", 1)[-1]
        self.place.mkdir()
        self.database = self.place / "portal.sqlite"
        program.copy_databases(self.database)
        self.template = program.copy_databases(self.place / "template.sqlite")
        self.log = open(self.place / "server.log", "w+", encoding="utf-8")
        self.addCleanup(self.log.close)
        self.server = subprocess.Popen(
            [BINARY, "serve", "--port", "0", "--database", str(self.database)], stdout=subprocess.PIPE, stderr=self.log,
            text=True, env=program.environment(OPENALMATY_LOG_LEVEL="warning"),
            # Otherwise exceeding the file size limit would kill the program before it can report it.
            preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
        )
        self.addCleanup(self.stop)
        limit = threading.Timer(program.START_LIMIT, self.server.kill)
        limit.start()
        self.addCleanup(limit.cancel)
        self.base = program.address(self.server) or self.fail("the server ended before it told its address")
        self.assertEqual(self.ready()[0], 200)
        limit.cancel()
        contract.watch(self.base)
        self.addCleanup(contract.unwatch, self.base)

    def stop(self) -> None:
        self.server.kill()
        self.server.wait()
        self.server.stdout.close()

    def ready(self) -> tuple[int, dict, object]:
        try:
            with urllib.request.urlopen(self.base + "/readyz", timeout=PATIENCE) as answer:
                return answer.status, json.load(answer), answer.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error), error.headers

    def wait_for(self, status: int) -> tuple[int, dict, object]:
        """Waits for a status; writing is tried every few seconds, so the status may change as late."""
        end = time.monotonic() + PATIENCE
        while (answer := self.ready())[0] != status and time.monotonic() < end:
            time.sleep(0.2)
        self.assertEqual(answer[0], status)
        return answer

    def assert_unready(self, code: str) -> None:
        _, problem, headers = self.wait_for(503)
        self.assertEqual([error["code"] for error in problem["errors"]], [code])
        self.assertGreater(int(headers["Retry-After"]), 0)
        self.assertNotIn(str(self.folder), json.dumps(problem))
        self.log.flush()
        self.assertIn(code, Path(self.log.name).read_text(encoding="utf-8"))

    def assert_not_saved(self, answer, path: str, *kept: str) -> None:
        self.assertEqual(answer.status, 503, path)
        self.assertGreater(int(answer.header("Retry-After")), 0)
        self.assertEqual(answer.header("Cache-Control"), "no-store")
        self.assertIn('<html lang="ru"', answer.html)
        self.assertIn(f'action="{path}"', answer.html)
        for text in kept:
            self.assertIn(f'value="{text}"', answer.html)
        self.assertNotIn("geheim", answer.html)


class Locked(ServedCase):
    def test_while_another_process_writes_forms_are_kept_and_told_to_come_again(self) -> None:
        visitor = Visitor(self.base)
        visitor.get("/ru/login")
        work = [visitor.captcha(), visitor.captcha()]
        lock = sqlite3.connect(self.database, isolation_level=None)
        self.addCleanup(lock.close)
        lock.execute("BEGIN IMMEDIATE")
        answer = visitor.post("/ru/login", {"login": "aigul", "password": "geheim", "altcha": work[0]})
        self.assert_not_saved(answer, "/ru/login", "aigul")
        visitor.page = None
        visitor.get("/ru/register")
        fields = {"name": "Айгүл Серікқызы", "email": "aigul@example.kz", "agree": "1", "altcha": work[1]}
        answer = visitor.post("/ru/register", fields)
        self.assert_not_saved(answer, "/ru/register", "Айгүл Серікқызы", "aigul@example.kz")
        self.assertEqual(visitor.get("/ru/map").status, 200)
        self.assertEqual(self.ready()[0], 200, "a lock does not take the server out of service")
        lock.execute("ROLLBACK")
        # The button on the page sends the same form again.
        token = answer.hidden("csrf")
        self.assertTrue(token)
        again = visitor.post("/ru/register", {**fields, "altcha": visitor.captcha()}, token=token)
        self.assertEqual((again.status, again.location), (303, "/ru/register/sent"))
        log = Path(self.log.name).read_text(encoding="utf-8")
        self.assertNotIn("Request failed", log)


class Gone(ServedCase):
    def refused(self) -> None:
        visitor = Visitor(self.base)
        visitor.get("/ru/register")
        fields = {"name": "Айгүл", "email": "aigul@example.kz", "agree": "1", "altcha": visitor.captcha()}
        self.assert_not_saved(visitor.post("/ru/register", fields), "/ru/register", "Айгүл", "aigul@example.kz")

    def test_a_deleted_write_ahead_log(self) -> None:
        Path(f"{self.database}-wal").unlink()
        self.assert_unready("database_moved")
        self.refused()

    def test_a_replaced_database(self) -> None:
        other = self.place / "other.sqlite"
        shutil.copy(self.template, other)
        other.rename(self.database)
        self.assert_unready("database_moved")
        self.refused()

    def test_a_backup_copied_over_the_open_database(self) -> None:
        backup = self.place / "backup.sqlite"
        backup.write_bytes(self.template.read_bytes())
        # A change that is only in the write-ahead log, so replaying it would change the backup.
        visitor = Visitor(self.base)
        visitor.get("/ru/register")
        fields = {"name": "Дана", "email": "dana@example.kz", "agree": "1", "altcha": visitor.captcha()}
        self.assertEqual(visitor.post("/ru/register", fields).status, 303)
        shutil.copyfile(backup, self.database)
        self.assert_unready("database_moved")
        self.refused()
        self.server.terminate()
        self.assertEqual(self.server.wait(timeout=60), 1)
        told = Path(self.log.name).read_text(encoding="utf-8")
        self.assertEqual(self.database.read_bytes(), backup.read_bytes(), "nothing was written into the backup")
        self.assertFalse(Path(f"{self.database}-wal").exists())
        aside = list(self.place.glob("portal.sqlite-wal.aside-*"))
        self.assertEqual(len(aside), 1)
        self.assertIn(str(aside[0]), told)
        checked = subprocess.run(
            [BINARY, "check", "--points", "10", "--database", str(self.database)], capture_output=True, text=True,
            timeout=300, env=program.environment(),
        )
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_a_checkpoint_of_another_process_is_no_overwriting(self) -> None:
        for number in range(2):
            with sqlite3.connect(self.database) as connection:
                connection.execute("UPDATE write_probe SET count = count + ?", (number,))
                connection.commit()
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            self.assertEqual(self.ready()[0], 200)

    def test_a_disk_that_takes_no_more_and_then_does(self) -> None:
        resource.prlimit(self.server.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        _, problem, _ = self.wait_for(503)
        self.assertEqual(problem["errors"][0]["code"], "database_unwritable")
        self.refused()
        self.assertEqual(Visitor(self.base).get("/ru/map").status, 200)
        resource.prlimit(self.server.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        self.wait_for(200)


class Killed(ServedCase):
    def test_mails_half_written_by_a_killed_process_are_swept_at_the_start(self) -> None:
        self.stop()
        folder = self.place / "outbox"
        folder.mkdir(mode=0o700)
        left = folder / ".20261125T180537123Z-0123456789abcdef.eml.4711-ab.part"
        left.write_text("secret")
        whole = folder / "20261125T180537123Z-0123456789abcdef.json"
        whole.write_text("{}")
        whole.chmod(0o644)
        self.server = subprocess.Popen(
            [BINARY, "serve", "--port", "0", "--database", str(self.database)], stdout=subprocess.PIPE, stderr=self.log,
            text=True, env=program.environment(),
        )
        end = time.monotonic() + program.START_LIMIT
        while left.exists() and time.monotonic() < end:
            time.sleep(0.1)
        self.assertFalse(left.exists())
        while whole.stat().st_mode & 0o777 != 0o600 and time.monotonic() < end:
            time.sleep(0.1)
        self.assertEqual(whole.stat().st_mode & 0o777, 0o600)


if __name__ == "__main__":
    unittest.main()
