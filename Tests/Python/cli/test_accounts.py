"""Staff accounts and secret keys from the shell: valid links, existing roles, changed keys.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/cli
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import sqlite3
import stat
import unittest

from test_cli import CommandCase


class AccountCase(CommandCase):
    def setUp(self) -> None:
        super().setUp()
        self.keys = self.folder / f"{self.id().rsplit('.', 1)[-1]}.key"

    def call_with_keys(self, *arguments: str, **more: str):
        return self.run_command(*arguments, OPENALMATY_SECRET_KEY_FILE=str(self.keys), **more)

    def rows(self, sql: str) -> list[tuple]:
        with sqlite3.connect(self.database) as connection:
            return connection.execute(sql).fetchall()

    def sealed(self) -> bytes:
        """A value that says it was sealed with the key of the file, by which a database is recognised; nobody can open it."""
        key = base64.b64decode(self.key_lines()[0])
        return b"\x01" + hashlib.sha256(key).digest()[:4] + bytes(24 + 36)

    def key_lines(self) -> list[str]:
        return [line for line in self.keys.read_text().splitlines() if line and not line.startswith("#")]


class UserAdd(AccountCase):
    def test_prints_a_link_whose_token_is_stored_as_a_hash(self) -> None:
        answer = self.call_with_keys("user", "add", "asel@example.kz", "--role", "operator", "--language", "ru")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        link = re.search(r"http://127\.0\.0\.1:8080/ru/activate/([\w-]{43})\n", answer.stdout)
        self.assertIsNotNone(link, answer.stdout)
        token = base64.urlsafe_b64decode(link[1] + "=")
        rows = self.rows("SELECT token_hash, role, email, language FROM registration")
        self.assertEqual(rows, [(hashlib.sha256(token).digest(), "operator", "asel@example.kz", "ru")])
        self.assertEqual(self.rows("SELECT count(*) FROM outbox_mail"), [(0,)])
        self.assertEqual(self.rows("SELECT kind, detail FROM audit_event"), [("invited", "operator")])

    def test_queues_the_mail_and_keeps_the_link_to_itself(self) -> None:
        answer = self.call_with_keys("user", "add", "asel@example.kz", "--role", "admin", "--mail")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertNotIn("activate", answer.stdout)
        self.assertEqual(self.rows("SELECT recipient, language FROM outbox_mail"), [("asel@example.kz", "kk")])

    def test_a_role_that_does_not_exist_is_refused_with_the_list(self) -> None:
        answer = self.call_with_keys("user", "add", "asel@example.kz", "--role", "king")
        self.assertEqual(answer.returncode, 64)
        for role in ("operator", "executor", "deputy", "planner", "editor", "admin"):
            self.assertIn(role, answer.stderr)

    def test_citizens_are_not_made_and_addresses_are_read(self) -> None:
        for arguments in (("asel@example.kz", "--role", "citizen"), ("asel", "--role", "editor"), ("a@b", "--role", "editor")):
            answer = self.call_with_keys("user", "add", *arguments)
            self.assertEqual(answer.returncode, 64, arguments)
        self.assertEqual(self.rows("SELECT count(*) FROM registration"), [(0,)])

    def test_who_has_an_account_gets_the_role(self) -> None:
        self.call_with_keys("user", "add", "other@example.kz", "--role", "editor")
        with sqlite3.connect(self.database) as connection:
            connection.execute(
                "INSERT INTO person (email, email_key, name, name_key, username, username_key, language, role, created)"
                " VALUES ('a@b.kz', 'a@b.kz', 'Asel', 'asel', 'asel', 'asel', 'kk', 'citizen', 0)"
            )
        answer = self.call_with_keys("user", "add", "A@B.kz", "--role", "planner")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertEqual(self.rows("SELECT role FROM person"), [("planner",)])
        self.assertEqual(
            self.rows("SELECT kind, detail FROM audit_event ORDER BY id DESC LIMIT 1"),
            [("roleChanged", "citizen → planner")],
        )


class UserResetFactor(AccountCase):
    def test_the_factor_and_the_sessions_end_and_the_owner_is_told(self) -> None:
        self.call_with_keys("user", "add", "other@example.kz", "--role", "editor")
        self.assertEqual(self.call_with_keys("user", "reset-factor", "a@b.kz").returncode, 64)
        sealed = self.sealed()
        with sqlite3.connect(self.database) as connection:
            connection.executescript(
                "INSERT INTO person (id, email, email_key, name, name_key, username, username_key, language, role, created)"
                " VALUES (7, 'a@b.kz', 'a@b.kz', 'Asel', 'asel', 'asel', 'asel', 'kk', 'editor', 0);"
                f"INSERT INTO second_factor (person, secret, confirmed) VALUES (7, x'{sealed.hex()}', 5);"
                "INSERT INTO session (token_hash, person, device, started, last_used, expires, proved)"
                " VALUES (x'02', 7, '', 0, 0, 9000000000000000, 0);"
            )
        answer = self.call_with_keys("user", "reset-factor", "A@B.kz")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        for table in ("second_factor", "session"):
            self.assertEqual(self.rows(f"SELECT count(*) FROM {table}"), [(0,)], table)
        self.assertEqual(self.rows("SELECT recipient FROM outbox_mail"), [("a@b.kz",)])
        self.assertEqual(
            self.rows("SELECT kind, actor, subject, detail FROM audit_event ORDER BY id DESC LIMIT 1"),
            [("secondFactorDisabled", None, 7, "console")],
        )
        self.assertEqual(self.call_with_keys("user", "reset-factor", "a@b.kz").returncode, 64)


class KeysRotate(AccountCase):
    def test_the_key_file_gets_a_new_key_and_keeps_the_old_one(self) -> None:
        self.assertEqual(self.call_with_keys("keys", "rotate").returncode, 0)
        first = self.key_lines()
        self.assertEqual(len(first), 2)
        self.assertEqual(stat.S_IMODE(os.stat(self.keys).st_mode), 0o600)
        self.assertEqual(self.call_with_keys("keys", "drop-old").returncode, 0)
        self.assertEqual(self.key_lines(), first[:1])
        self.assertEqual(self.call_with_keys("keys", "drop-old").returncode, 64)
        self.assertEqual(self.rows("SELECT DISTINCT kind FROM audit_event"), [("keysRotated",)])

    def test_a_new_file_keeps_what_configured_older_keys_open(self) -> None:
        self.assertEqual(self.call_with_keys("user", "add", "a@example.kz", "--role", "editor").returncode, 0)
        (old,), sealed = self.key_lines(), self.sealed()
        with sqlite3.connect(self.database) as connection:
            connection.executescript(
                "INSERT INTO person (id, email, email_key, name, name_key, username, username_key, language, role, created)"
                " VALUES (7, 'a@b.kz', 'a@b.kz', 'Asel', 'asel', 'asel', 'asel', 'kk', 'editor', 0);"
                f"INSERT INTO second_factor (person, secret, confirmed) VALUES (7, x'{sealed.hex()}', 5);"
            )
        self.keys.unlink()
        answer = self.call_with_keys("keys", "create", OPENALMATY_SECRET_KEYS_OLD=old)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertEqual(self.rows("SELECT secret FROM second_factor"), [(sealed,)])
        self.assertNotEqual(self.key_lines(), [old])

    def test_configured_keys_need_the_one_before(self) -> None:
        new, old = (base64.b64encode(os.urandom(32)).decode() for _ in range(2))
        alone = self.call_with_keys("keys", "rotate", OPENALMATY_SECRET_KEY=new)
        self.assertEqual(alone.returncode, 64)
        self.assertNotIn(new, alone.stdout + alone.stderr)
        both = self.call_with_keys("keys", "rotate", OPENALMATY_SECRET_KEY=new, OPENALMATY_SECRET_KEYS_OLD=old)
        self.assertEqual(both.returncode, 0, both.stderr)
        self.assertFalse(self.keys.exists())

    def test_a_value_whose_key_is_missing_stops_it_all(self) -> None:
        self.assertEqual(self.call_with_keys("keys", "create").returncode, 0)
        with sqlite3.connect(self.database) as connection:
            connection.execute(
                "INSERT INTO person (email, email_key, name, name_key, username, username_key, language, role, created, phone)"
                " VALUES ('a@b.kz', 'a@b.kz', 'Asel', 'asel', 'asel', 'asel', 'kk', 'citizen', 0, ?)",
                (b"\x01wxyz" + bytes(60),),
            )
        answer = self.call_with_keys("keys", "rotate")
        self.assertEqual(answer.returncode, 1)
        self.assertIn("7778797a", answer.stderr)
        self.assertEqual(self.rows("SELECT count(*) FROM audit_event"), [(0,)])
        self.assertEqual(len(self.key_lines()), 2)

    def test_keys_that_are_none_are_refused_without_being_told(self) -> None:
        secret = base64.b64encode(os.urandom(31)).decode()
        answer = self.call_with_keys("keys", "rotate", OPENALMATY_SECRET_KEY=secret)
        self.assertEqual(answer.returncode, 1)
        self.assertNotIn(secret, answer.stdout + answer.stderr)
        self.assertIn("31 bytes", answer.stderr)


if __name__ == "__main__":
    unittest.main()
