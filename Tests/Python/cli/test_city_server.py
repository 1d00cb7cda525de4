"""The city file swapped under a running server.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/cli/test_city_server.py
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

from test_cli import BINARY, HEADER, ROOT

sys.path.insert(0, str(ROOT / "Tests" / "Python" / "accounts"))

import program  # noqa: E402
from portal import Portal  # noqa: E402
from visitor import PASSWORD, Visitor  # noqa: E402

PATIENCE = 60


class UnderAServer(unittest.TestCase):
    """A server that runs while the city is replaced beside it."""

    def setUp(self) -> None:
        self.portal = Portal({
            "OPENALMATY_TRUSTED_PROXY": "127.0.0.1", "OPENALMATY_CAPTCHA_MAX_NUMBER": "500",
            "OPENALMATY_LIMIT_REGISTRATIONS": "10000", "OPENALMATY_LIMIT_REQUESTS": "10000",
        })
        self.addCleanup(self.portal.stop)
        self.folder = Path(self.portal.folder.name)
        self.database = self.folder / "portal.sqlite"

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(self.portal.base + path, timeout=60) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def command(self, *arguments: str) -> list[str]:
        return [str(BINARY), *arguments, "--database", str(self.database)]

    def test_nobody_waits_for_a_long_import_and_its_records_are_served_then(self) -> None:
        visitor = Visitor(self.portal.base, "198.51.100.1")
        self.assertEqual(visitor.register("asel@example.kz").status, 303)
        self.assertEqual(visitor.activate(self.portal.mailed_link("asel@example.kz"), "asel").status, 303)
        file = self.folder / "organizations.csv"
        with open(file, "w", encoding="utf-8") as rows:
            rows.write(HEADER)
            for number in range(20_000):
                rows.write(f"mass-{number},park,Парк {number},{76.90 + number % 100 / 2000:.6f},"
                           f"{43.23 + number // 100 / 8000:.6f},test,low\n")
        running = subprocess.Popen(
            self.command("import", str(file)), env=program.environment(),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(running.stdout.close)
        self.addCleanup(running.wait)
        self.addCleanup(running.kill)
        signed_in = 0
        while running.poll() is None:
            # Each from another address, because sign-ins from one are limited.
            browser = Visitor(self.portal.base, f"198.51.{100 + signed_in // 200}.{2 + signed_in % 200}")
            answer = browser.sign_in("asel")
            self.assertEqual((answer.status, answer.location), (303, "/ru/account"), answer.html[:2000])
            self.assertEqual(self.status("/readyz"), 200)
            signed_in += running.poll() is None
        self.assertEqual(running.returncode, 0, running.stdout.read())
        self.assertGreater(signed_in, 0, "nobody signed in while the import ran")
        self.wait_for("/api/v1/organizations/mass-19999", 200)
        self.assertNotIn("City not reloaded", self.portal.log_text())

    def test_a_correction_shows_without_a_restart_and_lies_over_what_an_import_brings(self) -> None:
        def name() -> str:
            with urllib.request.urlopen(self.portal.base + "/api/v1/organizations/new-1", timeout=60) as answer:
                return json.load(answer)["name"]["ru"]

        def wait_for_name(expected: str) -> None:
            end = time.monotonic() + PATIENCE
            while (found := name()) != expected and time.monotonic() < end:
                time.sleep(0.2)
            self.assertEqual(found, expected)

        environment = program.environment()
        file = self.folder / "organizations.csv"
        file.write_text(HEADER + "new-1,park,Новый парк,76.945,43.238,test,low\n", encoding="utf-8")
        subprocess.run(self.command("import", str(file)), check=True, capture_output=True, env=environment)
        self.wait_for("/api/v1/organizations/new-1", 200)
        with sqlite3.connect(self.database, timeout=60) as connection:
            connection.execute(
                "INSERT INTO correction (layer, record, field, value, base, author, reason, made)"
                " VALUES ('organizations', 'new-1', 'name_ru', 'Старый парк', 'Новый парк', 1, 'письмо парка', 0)")
        connection.close()
        wait_for_name("Старый парк")
        file.write_text(HEADER + "new-1,park,Другой парк,76.945,43.238,test,low\nnew-2,park,Ещё,76.945,43.238,test,low\n",
                        encoding="utf-8")
        imported = subprocess.run(
            self.command("import", str(file), "--json"), check=True, capture_output=True, env=environment, text=True)
        conflict, = json.loads(imported.stdout)["conflicts"]
        for text in ("Старый парк", "Другой парк", "Новый парк"):
            self.assertIn(text, conflict)
        self.wait_for("/api/v1/organizations/new-2", 200)
        wait_for_name("Старый парк")

    def test_an_erasure_leaves_the_corrections_without_the_words_of_their_author(self) -> None:
        visitor = Visitor(self.portal.base, "198.51.100.9")
        self.assertEqual(visitor.register("asel@example.kz").status, 303)
        self.assertEqual(visitor.activate(self.portal.mailed_link("asel@example.kz"), "asel").status, 303)
        with sqlite3.connect(self.database, timeout=60) as connection:
            author, = connection.execute("SELECT id FROM person").fetchone()
            connection.execute(
                "INSERT INTO correction (layer, record, field, value, base, author, reason, made)"
                " VALUES ('stops', 'stop-1', 'name_ru', 'Ипподром', NULL, ?, 'мне сказала сестра', 0)", (author,))
        visitor.get("/ru/account/data")
        copy = visitor.post("/ru/account/data", {"current": PASSWORD})
        correction, = json.loads(copy.html)["directory_corrections"]
        self.assertEqual((correction["value"], correction["reason"]), ("Ипподром", "мне сказала сестра"))
        preview = visitor.get("/ru/account/delete").html
        self.assertIn("1 пояснение к вашим исправлениям в справочнике", preview)
        self.assertIn("1 исправление в справочнике с номером учётной записи", preview)
        erased = visitor.post("/ru/account/delete", {"sure": "1", "current": PASSWORD})
        self.assertEqual(erased.location, "/ru/erased", erased.html[:2000])
        rows = connection.execute("SELECT value, author, reason FROM correction").fetchall()
        connection.close()
        self.assertEqual(rows, [("Ипподром", author, "")])

    def test_a_full_build_takes_away_what_it_does_not_have(self) -> None:
        file = self.folder / "organizations.csv"
        file.write_text(HEADER + "new-1,park,Новый парк,76.945,43.238,test,low\n", encoding="utf-8")
        environment = program.environment()
        subprocess.run(self.command("import", str(file)), check=True, capture_output=True, env=environment)
        self.wait_for("/api/v1/organizations/new-1", 200)
        subprocess.run(self.command("city", "build"), check=True, capture_output=True, env=environment)
        self.wait_for("/api/v1/organizations/new-1", 404)

    def test_a_city_that_cannot_be_loaded_leaves_the_old_one_in_service(self) -> None:
        city = program.city_of(self.database)
        whole = city.read_bytes()
        broken = self.folder / "broken.sqlite"
        broken.write_bytes(whole[: len(whole) // 2])
        broken.rename(city)
        end = time.monotonic() + PATIENCE
        while "City not reloaded" not in self.portal.log_text() and time.monotonic() < end:
            time.sleep(0.2)
        self.assertIn("City not reloaded", self.portal.log_text())
        # The server looks once a second.
        time.sleep(3)
        self.assertEqual(self.portal.log_text().count("City not reloaded"), 1)
        self.assertEqual(self.status("/api/v1/resolve?lon=76.945&lat=43.238"), 200)
        self.assertEqual(self.status("/readyz"), 200)
        (self.folder / "whole.sqlite").write_bytes(whole)
        environment = program.environment()
        file = self.folder / "organizations.csv"
        file.write_text(HEADER + "new-1,park,Новый парк,76.945,43.238,test,low\n", encoding="utf-8")
        subprocess.run(
            self.command("import", str(file), "--city", str(self.folder / "whole.sqlite")), check=True, capture_output=True,
            env=environment)
        (self.folder / "whole.sqlite").rename(city)
        self.wait_for("/api/v1/organizations/new-1", 200)

    def wait_for(self, path: str, status: int) -> None:
        end = time.monotonic() + PATIENCE
        while (found := self.status(path)) != status and time.monotonic() < end:
            time.sleep(0.2)
        self.assertEqual(found, status)


if __name__ == "__main__":
    unittest.main()
