"""The statements of the portal's stores, prepared on a real PostgreSQL.

The portal database may move to PostgreSQL one day, so its stores use SQL that both engines understand. The Swift tests of the
stores note each statement that they execute, put together as it is; here those that stand in the sources of the stores are
prepared with the portal's own schema. A statement of the sources that no test executes fails, because nobody would prepare it.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/stores
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import portal_schema
import postgresql
import store_sources
from program import BINARY, ROOT, copy_databases

BUNDLE = BINARY.parent / "OpenAlmatyPackageTests.xctest"
# Quoted texts and casts are matched too, because they have no parameters.
PARAMETER = re.compile(r"'[^']*'|::\w+|:(\w+)")
SUITES = "^(StoreContract|SQLiteStoreTests|AccountsTests|AppealsTests|MailTests)\\."


def executed_statements(folder: Path) -> set[str]:
    """What the stores execute in their tests."""
    trace = folder / "statements"
    done = subprocess.run(
        [BUNDLE, "--testing-library", "swift-testing", "--parallel", "--filter", SUITES],
        cwd=ROOT, capture_output=True, text=True, timeout=600, env={**os.environ, "TEST_STATEMENTS": str(trace)}, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"the tests of the stores fail:\n{(done.stdout + done.stderr)[-3_000:]}")
    return {json.loads(line)[0] for line in trace.read_text(encoding="utf-8").splitlines()}


def prepared(number: int, sql: str) -> str:
    """A statement that makes PostgreSQL parse another one, find its tables and columns, and check its types."""
    names: list[str] = []

    def place(found: re.Match[str]) -> str:
        if found.group(1) is None:
            return found.group()
        if found.group(1) not in names:
            names.append(found.group(1))
        return f"${names.index(found.group(1)) + 1}"

    return f"PREPARE statement_{number} AS {PARAMETER.sub(place, sql)}"


@unittest.skipUnless(BUNDLE.exists(), "the Swift tests are not built beside the program")
@unittest.skipUnless(postgresql.binaries(), "PostgreSQL is not installed")
class Statements(unittest.TestCase):
    server: postgresql.PostgreSQL
    maxDiff = None

    @classmethod
    def setUpClass(cls) -> None:
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="openalmaty-sql-")))
        cls.server = cls.enterClassContext(postgresql.PostgreSQL())
        cls.server.sql(";\n".join(portal_schema.statements(copy_databases(folder / "portal.sqlite"))) + ";")
        cls.executed = executed_statements(folder)
        cls.written = store_sources.statements(ROOT / "Sources" / "Stores" / "SQLiteStore")

    def test_every_statement_of_the_stores_is_executed_by_a_test(self) -> None:
        self.assertGreater(len(self.written), 100)
        self.assertEqual([statement.place for statement in self.written if "?" in statement.text], [])
        missing = [statement for statement in self.written if not any(statement.is_part_of(sql) for sql in self.executed)]
        self.assertEqual([f"{statement.place}: {store_sources.normalised(statement.text)}" for statement in missing], [])

    def test_every_executed_statement_is_prepared(self) -> None:
        # The stores name their parameters; what tests ask the database themselves has question marks, or is of SQLite.
        candidates = [sql for sql in self.executed if "?" not in sql and "sqlite_" not in sql]
        own = sorted(sql for sql in candidates if any(statement.is_of(sql) for statement in self.written))
        self.assertGreater(len(own), 100)
        errors = self.server.errors([prepared(number, sql) for number, sql in enumerate(own)])
        self.assertEqual([f"{own[number]}: {error}" for number, error in errors.items()], [])

    def test_what_only_sqlite_understands_is_found(self) -> None:
        known_to_sqlite = [
            "INSERT OR REPLACE INTO quota (key, count, ends) VALUES (:key, 1, 2)",
            "SELECT (password_hash IS NOT NULL) + (SELECT count(*) FROM identity WHERE person = :id) FROM person",
            "SELECT id FROM person WHERE name = \"Asel\"",
            "SELECT ifnull(phone, iin) FROM person",
            "UPDATE quota SET count = count + 1 WHERE key IN (SELECT key FROM quota LIMIT 2, :limit)",
            "SELECT rowid FROM person",
        ]
        fine = "SELECT id FROM person WHERE name_key = :name AND created < :time AND name <> ':none' AND name_key <> :name"
        errors = self.server.errors([prepared(10_000 + number, sql) for number, sql in enumerate([*known_to_sqlite, fine])])
        self.assertEqual(sorted(errors), list(range(len(known_to_sqlite))), errors)


if __name__ == "__main__":
    unittest.main()
