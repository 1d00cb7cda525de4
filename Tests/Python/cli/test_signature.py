"""`openalmaty signature` and the signatures in `openalmaty check`: verdicts in words and as JSON, settings, exit statuses."""

from __future__ import annotations

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

from program import BINARY, copy_databases, environment
from signing import IIN, Authority


class Command(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls._folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls._folder.cleanup)
        cls.folder = Path(cls._folder.name)
        cls.authority = Authority(cls.folder)
        cls.document = cls.folder / "document.json"
        cls.document.write_bytes('{"text": "Жол"}\n'.encode())
        cls.message = cls.folder / "document.p7s"
        cls.message.write_bytes(cls.authority.sign(cls.document.read_bytes()))
        cls.roots = {"OPENALMATY_SIGNATURE_ROOTS": str(cls.authority.root)}

    def run_command(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [BINARY, *arguments], capture_output=True, text=True, timeout=120, env=environment(**settings), cwd=self.folder,
        )

    def judge(self, *more: str, content: Path | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
        content = content or self.document
        return self.run_command("signature", str(self.message), "--content", str(content), *more, **(settings or self.roots))

    def test_a_valid_signature_tells_who_signed(self) -> None:
        answer = self.judge("--json", "--iin", IIN)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        told = json.loads(answer.stdout)
        self.assertEqual((told["valid"], told["iin"], told["name"]), (True, IIN, "ТЕСТОВА ДИНА"))
        self.assertEqual((told["revocation"], told["attached"], told["issuer"]), ("not_checked", False, "Test root"))
        words = self.judge("--roots", str(self.authority.root), **{"OPENALMATY_DATABASE": "none.sqlite"})
        self.assertEqual(words.returncode, 0, words.stderr)
        self.assertIn(f"IIN            {IIN}", words.stdout)
        self.assertIn("revocation     not checked", words.stdout)

    def test_a_refused_signature_is_told_in_words_and_by_the_exit_status(self) -> None:
        other = self.folder / "other.json"
        other.write_text("{}")
        answer = self.judge("--json", content=other)
        self.assertEqual(answer.returncode, 1)
        told = json.loads(answer.stdout)
        self.assertEqual(told, {"valid": False, "reason": "other_content", "words": "the signature is over something else"})
        late = self.judge("--at", "2999-01-01T00:00:00Z")
        self.assertEqual(late.returncode, 1)
        self.assertIn("refused: ", late.stdout)
        self.assertIn("expired on", late.stdout)
        stranger = self.judge("--iin", "890503401409")
        self.assertEqual((stranger.returncode, "IIN in the certificate is another one" in stranger.stdout), (1, True))
        self.assertNotIn(IIN, stranger.stdout + stranger.stderr)

    def test_unusable_arguments_and_settings_are_named(self) -> None:
        for arguments, words in [
            (("--iin", "1"), "--iin"), (("--iin", IIN, "--bin", IIN), "either"), (("--at", "yesterday"), "--at"),
        ]:
            answer = self.judge(*arguments)
            self.assertEqual(answer.returncode, 64, arguments)
            self.assertIn(words, answer.stderr)
        missing = self.judge("--roots", str(self.folder / "none"))
        self.assertNotEqual(missing.returncode, 0)
        self.assertIn("cannot be read", missing.stderr)
        unset = self.judge(OPENALMATY_DATABASE="none.sqlite")
        self.assertEqual(unset.returncode, 64)
        self.assertIn("OPENALMATY_SIGNATURE_ROOTS", unset.stderr)
        for settings, key in [
            ({"OPENALMATY_SIGNATURE_ROOTS": "/none"}, "OPENALMATY_SIGNATURE_ROOTS"),
            ({"OPENALMATY_SIGNATURE_LISTS": str(self.authority.root)}, "OPENALMATY_SIGNATURE_ROOTS"),
            (self.roots | {"OPENALMATY_NCALAYER_ADDRESS": "wss://example.kz:13579"}, "OPENALMATY_NCALAYER_ADDRESS"),
            (self.roots | {"OPENALMATY_NCALAYER_ADDRESS": "wss://127.0.0.1:13579/ x"}, "OPENALMATY_NCALAYER_ADDRESS"),
            (self.roots | {"OPENALMATY_NCALAYER_ADDRESS": "https://127.0.0.1:13579"}, "OPENALMATY_NCALAYER_ADDRESS"),
        ]:
            answer = self.judge(**settings)
            self.assertNotEqual(answer.returncode, 0, settings)
            self.assertIn(key, answer.stderr)

    def test_check_looks_at_certificates_and_lists(self) -> None:
        database = copy_databases(self.folder / "portal.sqlite")
        subject = "electronic signatures"

        def finding(**settings: str) -> str:
            answer = self.run_command("check", "--points", "1", "--database", str(database), **settings)
            return next((line for line in answer.stdout.splitlines() if subject in line), "")

        self.assertEqual(finding(), "")
        self.assertRegex(finding(**self.roots), "^ok  .*1 certificates, 1 of them roots; no lists")
        old = self.authority.old_list()
        self.assertRegex(
            finding(**self.roots, OPENALMATY_SIGNATURE_LISTS=str(old)), "^FAIL .*should have been replaced on 2020-02-01",
        )
        rubbish = self.folder / "rubbish.pem"
        rubbish.write_text("rubbish")
        self.assertRegex(finding(OPENALMATY_SIGNATURE_ROOTS=str(rubbish)), "^FAIL .*no certificate")


if __name__ == "__main__":
    unittest.main()
