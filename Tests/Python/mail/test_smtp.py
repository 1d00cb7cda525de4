"""Mails through a real mail server: TLS, sign-in, temporary and permanent refusals, and all scripts.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/mail
"""

from __future__ import annotations

import email.utils
import json
import shutil
import subprocess
import time
import unittest
from pathlib import Path

from support import PASSWORD, ROOT, USER, MailCase, free_port

SUBJECT = json.loads((ROOT / "Sources/Site/AccountSite/Resources/Locale/kk.json").read_text(encoding="utf-8"))["mail_trial_subject"]


def compiler() -> str:
    """The C compiler that comes with Swift."""
    beside = Path(shutil.which("swift") or "/").resolve().with_name("clang")
    return str(beside) if beside.exists() else "cc"


class TestMail(MailCase):
    """`openalmaty mail test` against various servers."""

    def sent(self, server, *arguments: str, address: str = "aida@example.kz", **more: str):
        return self.call("mail", "test", address, *arguments, **self.settings(server, **more))

    def assert_sent(self, told) -> None:
        self.assertEqual(told.returncode, 0, told.stdout + told.stderr)
        self.assertTrue(told.stdout.endswith("sent\n"), told.stdout)

    def assert_not_sent(self, told, server, words: str) -> None:
        self.assertEqual(told.returncode, 1, told.stdout + told.stderr)
        self.assertIn(words, told.stderr)
        self.assertEqual(server.handler.messages, [])
        for text in (told.stdout, told.stderr):
            self.assertNotIn(PASSWORD, text)
            self.assertNotIn(USER, text)

    def test_starttls_and_plain(self) -> None:
        server = self.server(auth_required=True, auth_exclude_mechanism=["LOGIN"])
        told = self.sent(server)
        self.assert_sent(told)
        self.assertIn("queued as 42", told.stdout)
        handler = server.handler
        self.assertEqual(handler.logins, [("PLAIN", USER)])
        self.assertEqual(handler.were_secret, [True])
        self.assertEqual(handler.recipients, ["aida@example.kz"])
        message = handler.messages[0]
        self.assertEqual(message["Subject"], SUBJECT)
        self.assertEqual(message["From"].addresses[0].display_name, "Ашық Алматы")
        self.assertEqual(message["Content-Language"], "kk")
        self.assertEqual(message["Auto-Submitted"], "auto-generated")
        sent = email.utils.parsedate_to_datetime(message["Date"])
        self.assertLess(abs(sent.timestamp() - time.time()), 3600)
        self.assertEqual([part.get_content_type() for part in message.iter_parts()], ["text/plain", "text/html"])
        for part in message.iter_parts():
            self.assertIn("сынақ хаты", part.get_content())

    def test_login(self) -> None:
        server = self.server(auth_required=True, auth_exclude_mechanism=["PLAIN"])
        self.assert_sent(self.sent(server, "--lang", "ru"))
        self.assertEqual(server.handler.logins, [("LOGIN", USER)])
        self.assertEqual(server.handler.messages[0]["Content-Language"], "ru")

    def test_wrong_password(self) -> None:
        server = self.server(auth_required=True)
        told = self.sent(server, OPENALMATY_SMTP_PASSWORD="wrong")
        self.assert_not_sent(told, server, "it may work later: the server answered 535")

    def test_sign_in_demanded_but_not_set(self) -> None:
        server = self.server(auth_required=True)
        told = self.sent(server, OPENALMATY_SMTP_USERNAME="", OPENALMATY_SMTP_PASSWORD="")
        self.assert_not_sent(told, server, "it may work later: the server answered 530")

    def test_nothing_is_said_openly_to_a_server_without_starttls(self) -> None:
        server = self.server("none")
        told = self.sent(server, OPENALMATY_SMTP_URL=f"smtp://localhost:{server.port}")
        self.assert_not_sent(told, server, "it may work later")
        self.assertEqual(server.handler.logins, [])

    def test_tls_from_the_first_byte(self) -> None:
        server = self.server("tls", auth_required=True)
        self.assert_sent(self.sent(server))
        self.assertEqual(server.handler.logins[0][1], USER)

    def test_a_certificate_of_an_unknown_authority_is_refused(self) -> None:
        for tls in ("tls", "starttls"):
            with self.subTest(tls):
                server = self.server(tls)
                told = self.sent(server, OPENALMATY_SMTP_CA="")
                self.assert_not_sent(told, server, "SSL peer certificate")
                self.assertEqual(server.handler.logins, [])

    def test_a_thread_that_ends_after_the_program(self) -> None:
        library = self.folder / "late_thread.so"
        source = Path(__file__).with_name("late_thread.c")
        subprocess.run([compiler(), "-shared", "-fPIC", "-o", library, source], check=True)
        server = self.server("starttls")
        for _ in range(3):
            told = self.sent(server, OPENALMATY_SMTP_CA="", LD_PRELOAD=str(library))
            self.assert_not_sent(told, server, "SSL peer certificate")
            self.assertIn("the thread ended after the exit", told.stderr)

    def test_a_certificate_for_another_name_is_refused(self) -> None:
        server = self.server("tls")
        told = self.sent(server, OPENALMATY_SMTP_URL=server.url("127.0.0.1"))
        self.assert_not_sent(told, server, "SSL peer certificate")

    def test_refused_for_now_and_for_good(self) -> None:
        server = self.server()
        told = self.sent(server, address="bounce@example.kz")
        self.assert_not_sent(told, server, "refused for good: the server answered 550 5.1.1")
        self.assertIn("no such mailbox", told.stdout)
        told = self.sent(server, address="grey@example.kz")
        self.assert_not_sent(told, server, "it may work later: the server answered 451 4.7.1")
        self.assert_sent(self.sent(server, address="grey@example.kz"))

    def test_refused_after_the_whole_message(self) -> None:
        told = self.sent(self.server(), address="spam@example.kz")
        self.assertIn("refused for good: the server answered 554 5.7.1", told.stderr)
        told = self.sent(self.server(), address="late@example.kz")
        self.assertIn("it may work later: the server answered 451 4.3.0", told.stderr)

    def test_a_connection_that_breaks_says_that_the_mail_may_have_arrived(self) -> None:
        told = self.sent(self.server(), address="drop@example.kz")
        self.assertEqual(told.returncode, 1)
        self.assertIn("it may have arrived", told.stderr)

    def test_nobody_listens(self) -> None:
        server = self.server()
        told = self.sent(server, OPENALMATY_SMTP_URL=f"smtp://localhost:{free_port()}")
        self.assert_not_sent(told, server, "it may work later: Couldn't connect")

    def test_domain_in_kazakh(self) -> None:
        server = self.server(enable_SMTPUTF8=False)
        self.assert_sent(self.sent(server, address="aida@пошта.қаз"))
        expected = "aida@" + "пошта.қаз".encode("idna").decode()
        self.assertEqual(server.handler.recipients, [expected])
        self.assertEqual(server.handler.messages[0]["To"].addresses[0].addr_spec, expected)

    def test_address_in_kazakh(self) -> None:
        server = self.server()
        self.assert_sent(self.sent(server, address="айда@example.kz"))
        self.assertEqual(server.handler.recipients, ["айда@example.kz"])
        self.assertIn("SMTPUTF8", server.handler.options[0])
        self.assertIn("To: <айда@example.kz>\r\n".encode(), server.handler.raw[0])

    def test_address_in_kazakh_at_a_server_that_takes_none(self) -> None:
        server = self.server(enable_SMTPUTF8=False)
        self.assert_not_sent(self.sent(server, address="айда@example.kz"), server, "the server answered 5")

    def test_an_address_cannot_smuggle(self) -> None:
        server = self.server()
        for address in ("a@b.kz\r\nBcc: x@y.kz", "a@b.kz>\r\nRCPT TO:<x@y.kz", "a@b.kz,x@y.kz", "a b@c.kz"):
            with self.subTest(address):
                self.assert_not_sent(self.sent(server, address=address), server, "refused for good: To ")

    def test_settings_that_cannot_work_are_named_without_their_values(self) -> None:
        server = self.server()
        for key, value in {
            "OPENALMATY_SMTP_URL": f"https://{USER}:x{PASSWORD}@example.kz", "OPENALMATY_MAIL_FROM": "",
            "OPENALMATY_SMTP_CA": "/nowhere.pem", "OPENALMATY_SMTP_PASSWORD": "",
        }.items():
            with self.subTest(key):
                told = self.sent(server, **{key: value})
                self.assertNotEqual(told.returncode, 0)
                self.assertIn(f"{key} must be", told.stderr)
                self.assertNotIn(PASSWORD, told.stderr)


if __name__ == "__main__":
    unittest.main()
