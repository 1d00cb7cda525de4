"""Attaches good and hostile files over the wire, kills the server in between, and checks, mends, backs up and restores.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/attachments/test_attachments.py
"""

from __future__ import annotations

import html
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse
from pathlib import Path

import requests

import program
from portal import Portal

STEP = "/ru/dev/forms/attachments/files"
SAMPLES = Path(__file__).with_name("samples.py")
WAIT = 60
TWO_HOURS = 7_200


class AttachmentTests(unittest.TestCase):
    """A server with its own database and folder of attachments for each test."""

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory(prefix="openalmaty-samples-")
        cls.addClassCleanup(folder.cleanup)
        cls.samples = Path(folder.name)

    def setUp(self) -> None:
        self.start({})

    def start(self, settings: dict[str, str]) -> None:
        self.portal = Portal({"OPENALMATY_ATTACHMENT_FREE_MEGABYTES": "0", "OPENALMATY_TIMEOUT_BODY": "2", **settings})
        self.addCleanup(self.portal.stop)
        self.folder = Path(self.portal.folder.name)
        self.session = requests.Session()
        self.addCleanup(self.session.close)

    def sample(self, name: str) -> bytes:
        """A file of `samples.py`, which needs Debian's own Python for its pictures."""
        file = self.samples / name
        if not file.exists():
            subprocess.run(["/usr/bin/python3", SAMPLES, "make", name, file], check=True)
        return file.read_bytes()

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.portal.base + path, timeout=WAIT)

    def token(self) -> str:
        return re.search(r'name="csrf" value="([^"]+)"', self.get(STEP).text).group(1)

    def attach(self, *files: tuple[str, bytes], more: list[tuple[str, str]] | None = None) -> requests.Response:
        """Sends the step as a browser without scripts does; an empty note brings the page back."""
        parts = [("csrf", (None, self.token())), *[(name, (None, value)) for name, value in more or []]]
        return self.session.post(
            self.portal.base + STEP, files=[*parts, *[("evidence", file) for file in files]], timeout=WAIT)

    def stored(self) -> list[Path]:
        """The contents, and whatever is left of files that were not taken."""
        root = self.folder / "attachments"
        return [path for name in ("files", "work") for path in (root / name).rglob("*") if path.is_file()]

    def rows(self) -> list[tuple[str, str]]:
        connection = sqlite3.connect(f"file:{self.folder / 'portal.sqlite'}?mode=ro", uri=True, timeout=WAIT)
        try:
            return connection.execute("SELECT name, digest FROM attachment ORDER BY received").fetchall()
        finally:
            connection.close()

    def command(self, *arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program.BINARY, *arguments, "--database", str((folder or self.folder) / "portal.sqlite")],
            capture_output=True, text=True, timeout=300, env=program.environment())

    def findings(self, *arguments: str, folder: Path | None = None) -> dict[str, tuple[bool, str]]:
        """What `check` finds about attachments."""
        checked = self.command("check", "--points", "1", "--json", *arguments, folder=folder)
        found = json.loads(checked.stdout)["findings"]
        return {
            finding["subject"].removeprefix("attachments: "): (finding["passed"], finding["detail"])
            for finding in found if finding["subject"].startswith("attachments: ")
        }

    def test_each_file_is_taken_or_refused_with_its_reason(self) -> None:
        """Hostile files are refused by what they are; of pictures only the pixels are stored."""
        expected = {
            "letter.pdf": None, "letter.docx": None, "polyglot.jpg": None, "tagged.webp": None, "tagged.heic": None,
            "bomb.png": "млн пикселей", "truncated.jpg": "повреждён", "moving.jpg": "нужен формат",
            "program.jpg": "нужен формат", "empty.jpg": "файл пуст", "cut.pdf": "повреждён", "archive.pdf": "не просто PDF",
            "script.pdf": "нужен формат", "bomb.docx": "распаковывается", "macros.docx": "макросы",
            "archive.docx": "нужен формат", "drawing.png": "нужен формат", "encrypted.docx": "повреждён",
        }
        names = list(expected)
        pages = [self.attach(*[(name, self.sample(name)) for name in names[i : i + 9]]) for i in range(0, len(names), 9)]
        for page in pages:
            self.assertEqual(page.status_code, 422)
        text = html.unescape("".join(page.text for page in pages))
        for name, reason in expected.items():
            with self.subTest(name=name):
                refusal = re.search(rf"Файл «{re.escape(name)}» не приложен: ([^<]+)", text)
                if reason is None:
                    self.assertIsNone(refusal)
                    self.assertIn(f">{name}<", text)
                else:
                    self.assertIsNotNone(refusal, "not refused")
                    self.assertIn(reason, refusal.group(1))
        self.assertEqual(len(self.rows()), 5)
        for path in self.stored():
            self.assertNotIn(b"<script>", path.read_bytes())
            self.assertNotIn(b"Bolat-Serikuly", path.read_bytes())
        self.assertEqual([path for path in self.stored() if path.parent.parent.name != "files"], [])
        kept = [path for path in (self.folder / "uploads" / "unfinished").rglob("*") if path.suffix != ".json" and path.is_file()]
        self.assertEqual([path.stat().st_blocks for path in kept], [0] * 5, "kept files hold no bytes a second time")

    def test_names_of_files_are_names_only(self) -> None:
        """A path becomes its last part, and markup stays text."""
        page = self.attach(
            ("../../../etc/passwd.pdf", self.sample("letter.pdf")),
            ("C:\\secret\\<img src=x onerror=alert(1)>.pdf", self.sample("letter.pdf") + b"\n"),
        )
        self.assertIn(">passwd.pdf<", page.text)
        self.assertIn("&lt;img src=x onerror=alert(1)&gt;.pdf", page.text)
        self.assertNotIn("<img src=x", page.text)
        self.assertEqual({name for name, _ in self.rows()}, {"passwd.pdf", "<img src=x onerror=alert(1)>.pdf"})

    def test_files_are_served_to_their_sender_only_and_without_rights(self) -> None:
        """As an attachment under a sandboxing policy; nobody else finds them."""
        page = self.attach(("план «a».pdf", self.sample("letter.pdf")), ("photo.jpg", self.sample("oriented-6.jpg")))
        addresses = re.findall(r'"(/unfinished-files/[^"]+)"', page.text)
        self.assertEqual(len(addresses), 3)
        for address in addresses:
            answer = self.get(address)
            self.assertEqual(answer.status_code, 200)
            self.assertTrue(answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'"))
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
            kind = "inline" if address.endswith("/thumbnail") else "attachment"
            self.assertTrue(answer.headers["Content-Disposition"].startswith(kind))
            self.assertEqual(len(answer.content), int(answer.headers["Content-Length"]))
            self.assertEqual(requests.get(self.portal.base + address, timeout=WAIT).status_code, 404)
        self.assertEqual(self.get(addresses[0]).content, self.sample("letter.pdf"))
        for address in ("/unfinished-files/", "/unfinished-files/..%2f..%2fsecret.key", "/unfinished-files/" + "a" * 43):
            self.assertEqual(self.get(address).status_code, 404)

    def test_a_large_or_slow_or_broken_upload_leaves_nothing(self) -> None:
        """Too large is refused at the field; a client that stops or goes away leaves no file."""
        page = self.attach(("large.pdf", self.sample("letter.pdf") + b"\0" * 20_000_000))
        self.assertIn("Файл «large.pdf» не приложен: размер больше 20", html.unescape(page.text))
        token = self.token()
        body = (
            f'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token}\r\n'
            '--b\r\nContent-Disposition: form-data; name="evidence"; filename="a.pdf"\r\n\r\n'
        ).encode() + self.sample("letter.pdf")
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.session.cookies)
        address = urllib.parse.urlsplit(self.portal.base)
        head = (
            f"POST {STEP} HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: {cookies}\r\n"
            f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body) + 9_000}\r\n\r\n"
        )
        for is_slow in (True, False):
            with socket.create_connection((address.hostname, address.port), timeout=WAIT) as wire:
                wire.sendall(head.encode() + body)
                if is_slow:
                    self.assertIn(b" 408 ", wire.recv(4_000).splitlines()[0])
        end = time.monotonic() + WAIT
        while left := [path for path in (self.folder / "uploads" / "incoming").rglob("*")
                       if path.is_file() and path.name != ".lock"]:
            self.assertLess(time.monotonic(), end, f"left behind: {left}")
            time.sleep(0.05)
        self.assertEqual((self.stored(), self.rows()), ([], []))

    def test_a_kill_between_file_and_record_leaves_what_check_finds_and_mends(self) -> None:
        """The lock of the database keeps the record from being written; then the server is killed."""
        self.attach(("before.pdf", self.sample("letter.pdf")))
        known = set(self.stored())
        blocker = sqlite3.connect(self.folder / "portal.sqlite", isolation_level=None, timeout=WAIT)
        self.addCleanup(blocker.close)
        token = self.token()

        def send() -> None:
            try:
                self.session.post(
                    self.portal.base + STEP, timeout=WAIT,
                    files=[("csrf", (None, token)), ("evidence", ("lost.docx", self.sample("letter.docx")))])
            except requests.RequestException:
                pass

        self.sample("letter.docx")
        blocker.execute("BEGIN IMMEDIATE")
        sender = threading.Thread(target=send)
        sender.start()
        end = time.monotonic() + WAIT
        while not (orphans := {path for path in self.stored() if "files" in path.parts and path.name[0] != "."} - known):
            self.assertLess(time.monotonic(), end, "the file is not placed")
            time.sleep(0.005)
        self.portal.process.send_signal(signal.SIGKILL)
        self.portal.process.wait()
        sender.join()
        blocker.execute("ROLLBACK")
        blocker.close()
        self.assertEqual([name for name, _ in self.rows()], ["before.pdf"])
        self.assertTrue(self.findings()["files without a record"][0], "it may still be written")
        for path in orphans:
            os.utime(path, (time.time() - TWO_HOURS,) * 2)
        for path in (self.folder / "attachments" / "work").iterdir():
            os.utime(path, (time.time() - TWO_HOURS,) * 2)
        passed, detail = self.findings()["files without a record"]
        self.assertFalse(passed)
        self.assertIn(next(iter(orphans)).name, detail)
        mended = self.findings("--mend")
        self.assertTrue(all(passed for passed, _ in mended.values()), mended)
        self.assertIn("1 deleted, and 1 unfinished", mended["files without a record"][1])
        self.assertEqual(set(self.stored()), known)

    def test_lost_and_damaged_files_are_found_and_mended_as_far_as_possible(self) -> None:
        """A file that is gone, one whose bytes changed, and a folder that is not there."""
        self.attach(("a.pdf", self.sample("letter.pdf")), ("b.docx", self.sample("letter.docx")))
        self.assertTrue(all(passed for passed, _ in self.findings().values()))
        root = self.folder / "attachments"
        places = {name: root / "files" / digest[:2] / digest for name, digest in self.rows()}
        places["a.pdf"].unlink()
        data = bytearray(places["b.docx"].read_bytes())
        data[len(data) // 2] ^= 1
        places["b.docx"].write_bytes(data)
        found = self.findings()
        self.assertFalse(found["records have their files"][0])
        self.assertIn(places["a.pdf"].name, found["records have their files"][1])
        self.assertFalse(found["contents"][0])
        self.assertIn(places["b.docx"].name, found["contents"][1])
        root.rename(self.folder / "unmounted")
        self.assertIn("is its disk mounted?", self.findings("--mend")["folder"][1])
        self.assertEqual(len(self.rows()), 2)
        (self.folder / "unmounted").rename(root)
        self.assertTrue(all(passed for passed, _ in self.findings("--mend").values()))
        self.assertEqual((self.rows(), self.stored()), ([], []))
        page = self.get(STEP)
        self.assertIn("Приложенный ранее файл больше не хранится", page.text)

    def test_a_backup_has_the_files_of_its_records_and_brings_them_back(self) -> None:
        """While people attach and remove files; then restored over a folder that lost them."""
        self.attach(("kept.pdf", self.sample("letter.pdf")))
        ends = threading.Event()

        def load(number: int) -> None:
            with requests.Session() as session:
                while not ends.is_set():
                    page = session.get(self.portal.base + STEP, timeout=WAIT).text
                    token = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
                    kept = re.findall(r'name="evidence_kept" value="([^"]+)"', page)
                    parts = [("csrf", (None, token)), *[("evidence_remove", (None, one)) for one in kept],
                             *[("evidence_kept", (None, one)) for one in kept]]
                    content = self.sample("letter.pdf") + os.urandom(9).hex().encode()
                    session.post(self.portal.base + STEP, timeout=WAIT,
                                 files=[*parts, ("evidence", (f"{number}.pdf", content))])

        workers = [threading.Thread(target=load, args=(number,)) for number in range(3)]
        for worker in workers:
            worker.start()
        backups = [self.folder / f"backup-{number}" for number in range(3)]
        try:
            for backup in backups:
                made = self.command("backup", str(backup))
                self.assertEqual(made.returncode, 0, made.stderr)
        finally:
            ends.set()
            for worker in workers:
                worker.join()
        for backup in backups:
            checked = self.command("check", "--points", "1", "--city", str(backup / "city.sqlite"), folder=backup)
            self.assertEqual(checked.returncode, 0, checked.stdout)
        self.portal.process.send_signal(signal.SIGTERM)
        self.portal.process.wait()
        last = backups[-1]
        digest = dict(self.rows())["kept.pdf"]
        place = self.folder / "attachments" / "files" / digest[:2] / digest
        self.assertEqual(place.stat().st_nlink, 1 + len(backups), "a second name, not a second copy")
        place.unlink()
        others = {path.name for path in self.stored()} - {path.name for path in (last / "attachments").rglob("*")}
        restored = self.command("restore", str(last))
        self.assertEqual(restored.returncode, 0, restored.stderr)
        self.assertEqual(place.read_bytes(), self.sample("letter.pdf"))
        self.assertTrue(self.findings()["records have their files"][0])
        aside = list(self.folder.glob("attachments.before-restore-*"))
        self.assertEqual({path.name for folder in aside for path in folder.rglob("*") if path.is_file()}, others)
        file = last / "attachments" / "files" / digest[:2] / digest
        file.unlink()
        file.write_bytes(b"other")
        refused = self.command("restore", str(last))
        self.assertEqual(refused.returncode, 1)
        self.assertIn(digest, refused.stderr)

    def test_settings_are_refused_with_what_is_allowed(self) -> None:
        """A value that cannot be used keeps every command from starting."""
        for key, value, told in (
            ("SCANNER", "localhost", "unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310"),
            ("PERSON_MEGABYTES", "10", "from 20 to 1000000"),
            ("TOTAL_MEGABYTES", "100", "OPENALMATY_ATTACHMENT_TOTAL_MEGABYTES, which is 100"),
            ("PICTURES_AT_ONCE", "none", "from 1 to 64"),
        ):
            with self.subTest(key=key):
                ran = subprocess.run(
                    [program.BINARY, "check", "--database", str(self.folder / "portal.sqlite")], capture_output=True, text=True,
                    timeout=60, env=program.environment(**{f"OPENALMATY_ATTACHMENT_{key}": value}))
                self.assertEqual(ran.returncode, 1)
                self.assertIn(told, ran.stderr)

    def test_metrics_tell_what_became_of_files(self) -> None:
        """Counted by kind, without names."""
        self.attach(("a.pdf", self.sample("letter.pdf")), ("b.pdf", self.sample("cut.pdf")))
        text = self.get("/metrics").text
        self.assertIn('openalmaty_attachments_total{outcome="taken"} 1\n', text)
        self.assertIn('openalmaty_attachments_total{outcome="refused_damaged"} 1\n', text)
        self.assertRegex(text, r"openalmaty_attachment_disk_free_bytes \d+\n")


if __name__ == "__main__":
    unittest.main()
