"""A running portal with a database of its own, and the mails that it has not sent."""

from __future__ import annotations

import json
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

import contract
import program
from program import BINARY, ROOT

MAIL_LIMIT = 15


def words(language: str) -> dict[str, str]:
    """The texts of a language, to compare with pages."""
    words = {}
    for file in sorted(ROOT.glob(f"Sources/Site/*/Resources/Locale/{language}.json")):
        words.update(json.loads(file.read_text(encoding="utf-8")))
    return words


class Portal:
    """The built program, with a database of its own in a temporary folder."""

    def __init__(
        self, settings: dict[str, str] | None = None, port: int = 0, descriptors: int | None = None
    ) -> None:
        """Starts it with additional settings; port 0 uses a free one.

        If a number of descriptors is given, the process may open no more files than that at once."""
        self.folder = tempfile.TemporaryDirectory(prefix="openalmaty-portal-")
        folder = Path(self.folder.name)
        self.log = open(folder / "server.log", "w+", encoding="utf-8")
        program.copy_databases(folder / "portal.sqlite")
        environment = program.environment(**{"OPENALMATY_LOG_LEVEL": "warning", **(settings or {})})
        self.process = subprocess.Popen(
            [str(BINARY), "serve", "--port", str(port), "--database", str(folder / "portal.sqlite")],
            stdout=subprocess.PIPE, stderr=self.log, text=True, env=environment,
            preexec_fn=descriptors and (
                lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
            ),
        )
        self._mail_address = ""
        limit = threading.Timer(program.START_LIMIT, self.process.kill)
        limit.start()
        try:
            self.base = program.address(self.process) or ""
            if not self.base:
                raise self._failure("the server ended before it told its address")
            if not program.wait_until_ready(self.process, self.base):
                raise self._failure("the server did not become ready")
            contract.watch(self.base)
        finally:
            limit.cancel()

    def mail_address(self) -> str:
        """The page with the mails; the server prints its URL, with the key, after its own address."""
        if not self._mail_address:
            self._mail_address = re.search(r"http://\S+", self.process.stdout.readline()).group()
        return self._mail_address

    def _failure(self, what: str) -> RuntimeError:
        return RuntimeError(f"{what}:\n{self.log_text()[-4000:]}")

    def log_text(self) -> str:
        """What the server has logged so far."""
        return Path(self.log.name).read_text(encoding="utf-8", errors="replace")

    def api(self, path: str, **query: object) -> dict:
        """The API's JSON answer, to compare with a page."""
        address = f"{self.base}/api/v1{path}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(address, timeout=20) as answer:
            return json.load(answer)

    def mails(self, recipient: str | None = None) -> list[dict]:
        """The mails in the folder, oldest first: all, or those to an address."""
        files = sorted((Path(self.folder.name) / "outbox").glob("*.json"))
        found = [{**json.loads(file.read_text(encoding="utf-8")), "file": file} for file in files]
        return [mail for mail in found if recipient in (None, mail["recipient"])]

    def mail(self, recipient: str, count: int = 1) -> dict:
        """The newest mail to an address, after waiting until there are `count`."""
        end = time.monotonic() + MAIL_LIMIT
        while time.monotonic() < end:
            found = self.mails(recipient)
            if len(found) >= count:
                return found[-1]
            time.sleep(0.05)
        raise AssertionError(f"no mail number {count} to {recipient}")

    def mailed_link(self, recipient: str, count: int = 1) -> str:
        """The first link in the newest mail to an address."""
        return re.search(r"https?://\S+", self.mail(recipient, count)["text"]).group()

    def stop(self) -> None:
        """Stops the server, gracefully at first."""
        contract.unwatch(self.base)
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.log.close()
        self.folder.cleanup()
