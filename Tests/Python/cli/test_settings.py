"""Mistyped settings: the program names the key and the reason, and does not start.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/cli/test_settings.py
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from program import BINARY, environment



class SettingsCase(unittest.TestCase):
    """Each test has a folder of its own, in which the program must leave nothing."""

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="openalmaty-settings-"))
        self.addCleanup(shutil.rmtree, self.folder, True)

    def start(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [BINARY, *(arguments or ("serve",))], capture_output=True, text=True, timeout=120,
            env=environment(**{"OPENALMATY_DATABASE": str(self.folder / "new" / "city.sqlite"), **settings}),
        )

    def assert_refused(self, answer: subprocess.CompletedProcess[str], *words: str) -> None:
        self.assertNotEqual(answer.returncode, 0)
        self.assertEqual(answer.stdout, "")
        for word in words:
            self.assertIn(word, answer.stderr)
        self.assertFalse((self.folder / "new").exists(), "the database was made all the same")


class Refused(SettingsCase):
    def test_values_that_cannot_be_read(self) -> None:
        for key, value, allowed in (
            ("OPENALMATY_STAFF_SECOND_FACTOR", "on", "true or false"),
            ("OPENALMATY_PORT", "abc", "from 0 to 65535"),
            ("OPENALMATY_LIMIT_CODES", "ten", "from 1 to 100000"),
            ("OPENALMATY_LOG_LEVEL", "loud", "trace, debug, info"),
        ):
            with self.subTest(key):
                self.assert_refused(self.start(**{key: value}), key, f'"{value}"', allowed)

    def test_commands_other_than_serve_refuse_them_too(self) -> None:
        for arguments in (("resolve", "76.9", "43.2"), ("user", "add", "a@example.kz", "--role", "editor"), ("mail", "list")):
            with self.subTest(arguments):
                self.assert_refused(self.start(*arguments, OPENALMATY_PASSWORD_QUEUE="many"), "OPENALMATY_PASSWORD_QUEUE")

    def test_a_secret_is_not_repeated(self) -> None:
        answer = self.start(OPENALMATY_SMTP_URL="smtp://ivan:geheim@mail.example.kz/x")
        self.assert_refused(answer, "OPENALMATY_SMTP_URL")
        self.assertNotIn("geheim", answer.stderr)

    def test_a_flag_out_of_range(self) -> None:
        self.assert_refused(self.start("serve", "--port", "70000"), "OPENALMATY_PORT (--port)", "70000")

    def test_a_configuration_file_that_cannot_be_used(self) -> None:
        path = self.folder / "settings.json"
        for text, reason in (
            (None, "there is no such file"), ("port: 1", "it is not JSON"), ("[1]", "one JSON object"),
            (json.dumps({"port": "8080"}), "port must be a whole number without quotes"),
            (json.dumps({"prot": 8080}), "did you mean port?"),
        ):
            with self.subTest(text):
                if text is not None:
                    path.write_text(text)
                self.assert_refused(self.start(OPENALMATY_CONFIG=str(path)), str(path), reason)

    def test_a_configuration_file_that_may_not_be_read(self) -> None:
        if os.geteuid() == 0:
            self.skipTest("the superuser reads every file")
        path = self.folder / "settings.json"
        path.write_text("{}")
        path.chmod(0)
        self.assert_refused(self.start(OPENALMATY_CONFIG=str(path)), str(path), "it cannot be read")


class Warned(SettingsCase):
    def test_a_mistyped_variable_is_told_with_the_nearest_key(self) -> None:
        answer = self.start(OPENALMATY_PROT="9", OPENALMATY_PORT="abc")
        self.assertIn("OPENALMATY_PROT is not a setting and is ignored; did you mean OPENALMATY_PORT?", answer.stderr)


if __name__ == "__main__":
    unittest.main()
