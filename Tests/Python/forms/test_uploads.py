"""Sends forms with files over the wire: slowly, in part, too large, and without their token; nothing may be left behind."""

from __future__ import annotations

import re
import socket
import time
import unittest
import urllib.parse
from pathlib import Path

import requests

from portal import Portal

FORM = "/ru/dev/forms"
JPEG = b"\xff\xd8\xff" + b"\x00" * 200_000
BOUNDARY = "frontier"
WAIT = 30


class UploadTests(unittest.TestCase):
    """Uploads to the sample form of a development server."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.portal = Portal({"OPENALMATY_TIMEOUT_BODY": "2"})
        cls.addClassCleanup(cls.portal.stop)

    def setUp(self) -> None:
        self.session = requests.Session()
        self.addCleanup(self.session.close)
        self.token = self.token_of(FORM)

    def token_of(self, path: str) -> str:
        """The CSRF token of a page."""
        return re.search(r'name="csrf" value="([^"]+)"', self.session.get(self.portal.base + path).text).group(1)

    def uploads(self, folder: str) -> list[Path]:
        """The files in a folder of the uploads, without lock files."""
        found = (Path(self.portal.folder.name) / "uploads" / folder).rglob("*")
        return [path for path in found if path.is_file() and path.name != ".lock"]

    def assert_spool_empties(self) -> None:
        """Waits until the server has noticed the end of the upload and deleted its files."""
        end = time.monotonic() + WAIT
        while left := self.uploads("incoming"):
            self.assertLess(time.monotonic(), end, f"left behind: {left}")
            time.sleep(0.05)

    def begin(self, file: bytes) -> socket.socket:
        """Sends a form up to the middle of a file, and waits until the server has stored a part of it."""
        body = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{self.token}\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'
        ).encode() + file
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.session.cookies)
        address = urllib.parse.urlsplit(self.portal.base)
        head = (
            f"POST {FORM} HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: {cookies}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body) + 1_000}\r\n\r\n"
        )
        wire = socket.create_connection((address.hostname, address.port), timeout=WAIT)
        self.addCleanup(wire.close)
        wire.sendall(head.encode() + body)
        end = time.monotonic() + WAIT
        while not self.uploads("incoming"):
            self.assertLess(time.monotonic(), end, "the file does not arrive")
            time.sleep(0.02)
        return wire

    def status(self, wire: socket.socket) -> bytes:
        """The status line of the answer."""
        return wire.recv(4_000).splitlines()[0]

    def test_a_client_that_goes_away_leaves_nothing(self) -> None:
        """A connection that closes in the middle of a file."""
        self.begin(JPEG).close()
        self.assert_spool_empties()

    def test_a_slow_client_is_cut_off_and_leaves_nothing(self) -> None:
        """A client that stops sending gets 408, and its file is deleted."""
        wire = self.begin(JPEG)
        self.assertIn(b" 408 ", self.status(wire))
        self.assert_spool_empties()

    def test_a_client_that_stops_sending_leaves_nothing(self) -> None:
        """A client that half-closes its connection before the end of the body."""
        wire = self.begin(JPEG)
        wire.shutdown(socket.SHUT_WR)
        self.assertIn(b" 400 ", self.status(wire))
        self.assert_spool_empties()

    def test_a_large_file_is_refused_at_its_field(self) -> None:
        """The form comes back with what was typed, with the name of the file and the limit."""
        large = JPEG + b"\x00" * 5_000_000
        parts = [
            ("csrf", (None, self.token)), ("kind", (None, "problem")), ("text", (None, "набрано")),
            ("photos", ("big.jpg", large)), ("name", (None, "Әсел")),
        ]
        answer = self.session.post(self.portal.base + FORM, files=parts)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("«big.jpg» не приложен", answer.text)
        self.assertIn("набрано</textarea>", answer.text)
        self.assertIn('value="Әсел"', answer.text)
        self.assertEqual(self.uploads("incoming"), [])

    def test_too_large_a_body_brings_the_form_back(self) -> None:
        """Beyond twice the allowed size nothing is read, and the answer still reaches the client."""
        files = [("photos", (f"{number}.jpg", JPEG + b"\x00" * 4_700_000)) for number in range(5)]
        answer = self.session.post(
            self.portal.base + FORM, files=[("csrf", (None, self.token)), ("text", (None, "набрано")), *files]
        )
        self.assertEqual(answer.status_code, 413)
        self.assertIn("набрано</textarea>", answer.text)
        self.assertEqual(self.uploads("incoming"), [])

    def test_without_its_token_a_form_stores_nothing(self) -> None:
        """A token that is missing, foreign or sent after the file gets 403 and the form."""
        before = self.uploads("unfinished")
        file = ("photos", ("a.jpg", JPEG))
        for parts in ([file], [("csrf", (None, "x" * 80)), file], [file, ("csrf", (None, self.token))]):
            answer = self.session.post(self.portal.base + FORM, files=[*parts, ("text", (None, "набрано"))])
            self.assertEqual(answer.status_code, 403)
            self.assertIn("набрано</textarea>", answer.text)
        self.assertEqual(self.uploads("unfinished"), before)

    def test_a_form_without_files_refuses_them_with_a_reason(self) -> None:
        """The sign-in form takes no files."""
        token = self.token_of("/ru/login")
        answer = self.session.post(
            self.portal.base + "/ru/login", files=[("csrf", (None, token)), ("login", ("a.jpg", JPEG))]
        )
        self.assertEqual(answer.status_code, 400)
        self.assertIn("К этой форме нельзя прикладывать файлы", answer.text)

    def test_an_expected_body_is_asked_for_up_to_the_limit_of_its_form(self) -> None:
        """A client that waits for 100 Continue is asked for megabytes, and refused beyond the limit of the form."""
        address = urllib.parse.urlsplit(self.portal.base)
        for length, status in ((5_000_000, b" 100 "), (300_000_000, b" 413 ")):
            with socket.create_connection((address.hostname, address.port), timeout=WAIT) as wire:
                wire.sendall(
                    f"POST {FORM} HTTP/1.1\r\nHost: {address.netloc}\r\nExpect: 100-continue\r\n"
                    f"Content-Length: {length}\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n".encode()
                )
                self.assertIn(status, self.status(wire))


if __name__ == "__main__":
    unittest.main()
