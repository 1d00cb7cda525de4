"""For the tests in this folder: a real mail server on loopback and the built program."""

from __future__ import annotations

import asyncio
import email
import email.message
import email.policy
import shutil
import sqlite3
import ssl
import subprocess
import tempfile
import time
import unittest
import warnings
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from program import BINARY, ROOT, copy_databases, environment, free_port  # noqa: F401

# The server warns about what these tests require: its own sign-in without TLS.
warnings.filterwarnings("ignore", module="aiosmtpd")
USER, PASSWORD = "portal@example.kz", "p:a/s s%w=rд"
FROM = "Ашық Алматы <no-reply@example.kz>"


class Certificates:
    """A certificate authority and a certificate for localhost, generated for every run."""

    def __init__(self, folder: Path) -> None:
        self.authority, self.certificate, self.key = (folder / name for name in ("ca.pem", "host.pem", "host.key"))
        key = ["-newkey", "rsa:2048", "-nodes", "-days", "2"]
        self._call("-x509", *key, "-subj", "/CN=Test CA", "-keyout", folder / "ca.key", "-out", self.authority)
        request = folder / "host.csr"
        self._call(*key, "-subj", "/CN=localhost", "-keyout", self.key, "-out", request)
        names = folder / "names"
        names.write_text("subjectAltName=DNS:localhost\n")
        subprocess.run(
            ["openssl", "x509", "-req", "-in", request, "-CA", self.authority, "-CAkey", folder / "ca.key",
             "-CAcreateserial", "-days", "2", "-extfile", names, "-out", self.certificate],
            check=True, capture_output=True,
        )

    @staticmethod
    def _call(*arguments: object) -> None:
        subprocess.run(["openssl", "req", *map(str, arguments)], check=True, capture_output=True)

    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


class Handler:
    """Accepts mails, and responds according to the first letters of the recipient."""

    def __init__(self) -> None:
        self.messages: list[email.message.EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.options: list[list[str]] = []
        self.seen: set[str] = set()
        self.logins: list[tuple[str, str]] = []
        self.were_secret: list[bool] = []
        self.is_mended = False
        self.hold = asyncio.Event()
        self.arrived = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        local = address.split("@")[0]
        if local.startswith("bounce") and not self.is_mended:
            return f"550 5.1.1 <{address}>: no such mailbox"
        if local.startswith("grey") and address not in self.seen:
            self.seen.add(address)
            return f"451 4.7.1 <{address}>: greylisted, come back"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        local = envelope.rcpt_tos[0].split("@")[0]
        self.arrived += 1
        self.raw.append(envelope.original_content)
        self.messages.append(email.message_from_bytes(envelope.original_content, policy=email.policy.default))
        self.recipients += envelope.rcpt_tos
        self.options.append(envelope.mail_options)
        self.were_secret.append(session.ssl is not None)
        if local.startswith("late") and envelope.rcpt_tos[0] not in self.seen:
            self.seen.add(envelope.rcpt_tos[0])
            return "451 4.3.0 the disk is full"
        if local.startswith("spam"):
            return "554 5.7.1 looks like spam"
        if local.startswith("drop"):
            server.transport.abort()
        if local.startswith("hold") and not self.is_mended:
            await self.hold.wait()
        return "250 2.0.0 OK queued as 42"

    def authenticate(self, server, session, envelope, mechanism, data):
        if not isinstance(data, LoginPassword):
            return AuthResult(success=False, handled=False)
        login, password = data.login.decode(), data.password.decode()
        self.logins.append((mechanism, login))
        return AuthResult(success=(login, password) == (USER, PASSWORD), handled=False)


class Server:
    """aiosmtpd on a free port; `tls` is none, starttls or tls."""

    def __init__(self, certificates: Certificates, tls: str = "starttls", **options: object) -> None:
        self.handler, self.tls = Handler(), tls
        self.port = free_port()
        settings = {"enable_SMTPUTF8": True, "authenticator": self.handler.authenticate, **options}
        if tls == "starttls":
            settings |= {"tls_context": certificates.context(), "require_starttls": True}
        if tls == "none":
            settings |= {"auth_require_tls": False}
        if tls == "tls":
            settings |= {"auth_require_tls": False, "ssl_context": certificates.context()}
        self.controller = Controller(self.handler, hostname="127.0.0.1", port=self.port, **settings)
        self.controller.start()

    def release(self) -> None:
        """Answers the mails that are held back."""
        self.handler.is_mended = True
        self.controller.loop.call_soon_threadsafe(self.handler.hold.set)

    def stop(self) -> None:
        self.release()
        self.controller.stop()

    def url(self, host: str = "localhost") -> str:
        scheme = "smtps" if self.tls == "tls" else "smtp"
        return f"{scheme}://{host}:{self.port}" + ("?tls=none" if self.tls == "none" else "")


class MailCase(unittest.TestCase):
    """Certificates, made once; each test uses a copy of a database with the city."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp(prefix="openalmaty-mail-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        cls.certificates = Certificates(cls.folder)

    @classmethod
    def environment(cls, **more: str) -> dict[str, str]:
        return environment(**{"OPENALMATY_MAIL_FROM": FROM, **more})

    @classmethod
    def call(cls, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [BINARY, *arguments], capture_output=True, text=True, timeout=300, env=cls.environment(**more),
        )

    def setUp(self) -> None:
        self.database = self.folder / f"{self.id().rsplit('.', 1)[-1]}.sqlite"
        copy_databases(self.database)

    def server(self, tls: str = "starttls", **options: object) -> Server:
        server = Server(self.certificates, tls, **options)
        self.addCleanup(server.stop)
        return server

    def settings(self, server: Server, **more: str) -> dict[str, str]:
        """The settings for connecting to a server; a value of "" omits a setting."""
        return {
            "OPENALMATY_DATABASE": str(self.database), "OPENALMATY_SMTP_URL": server.url(),
            "OPENALMATY_SMTP_USERNAME": USER, "OPENALMATY_SMTP_PASSWORD": PASSWORD,
            "OPENALMATY_SMTP_CA": str(self.certificates.authority), **more,
        }

    def queue(self, recipient: str, subject: str = "Сәлем", text: str = "token", html: str = "", key: str = "") -> None:
        """Adds a row to the queue as the account store does."""
        with sqlite3.connect(self.database) as connection:
            connection.execute(
                "INSERT INTO outbox_mail (key, recipient, language, subject, text, html, queued, due)"
                " VALUES (?, ?, 'kk', ?, ?, ?, ?, 0)",
                (key or recipient, recipient, subject, text, html, int(time.time() * 1000)),
            )

    def rows(self, columns: str) -> list[tuple]:
        with sqlite3.connect(self.database) as connection:
            return connection.execute(f"SELECT {columns} FROM outbox_mail ORDER BY id").fetchall()

    def make_due(self) -> None:
        with sqlite3.connect(self.database) as connection:
            connection.execute("UPDATE outbox_mail SET due = 0")
