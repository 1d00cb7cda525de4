"""Geocoder batches with clients that do not read, or that exceed their limit."""

from __future__ import annotations

import json
import re
import socket
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
from email.message import Message
from pathlib import Path

from portal import Portal

# About 200 kB that contain more addresses than an answer may have results.
TEXTS = ["; ".join(f"Абая {10 + house}" for house in range(290))] * 60
BODY = json.dumps({"texts": TEXTS}, ensure_ascii=False).encode()
READERS = 24


def post(base: str, body: bytes) -> tuple[int, bytes, Message]:
    request = urllib.request.Request(
        base + "/api/v1/geocode?lang=ru", data=body, headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers


class BatchCase(unittest.TestCase):
    def start(self, settings: dict[str, str]) -> Portal:
        portal = Portal(settings)
        self.addCleanup(portal.stop)
        return portal

    def memory(self, portal: Portal) -> int:
        """The server's current memory use, bytes."""
        status = Path(f"/proc/{portal.process.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) * 1024

    def test_an_answer_is_bounded_and_says_so(self) -> None:
        portal = self.start({})
        status, body, headers = post(portal.base, BODY)
        self.assertEqual(status, 200)
        self.assertEqual(headers.get("Transfer-Encoding"), "chunked")
        self.assertLess(len(body), 4_194_304 + 2 * len(BODY))
        answer = json.loads(body)
        self.assertTrue(answer["truncated"])
        self.assertEqual([each["query"] for each in answer["results"]], TEXTS)
        found = sum(len(place["results"]) for each in answer["results"] for place in each["addresses"])
        self.assertGreater(found, 1_000)
        self.assertLessEqual(found, 10_000)
        whole = [each for each in answer["results"] if not each["truncated"]]
        self.assertTrue(whole and all(each["addresses"] for each in whole))

    def test_results_are_counted_not_requests(self) -> None:
        portal = self.start({"OPENALMATY_LIMIT_BATCH_RESULTS": "500"})
        self.assertEqual(post(portal.base, BODY)[0], 200)
        status, body, headers = post(portal.base, BODY)
        self.assertEqual(status, 429)
        self.assertEqual(json.loads(body)["status"], 429)
        self.assertGreater(int(headers["Retry-After"]), 0)
        # Calls other than batches are not affected.
        query = urllib.parse.urlencode({"q": "Абая 10"})
        with urllib.request.urlopen(f"{portal.base}/api/v1/geocode?{query}", timeout=60) as answer:
            self.assertEqual(answer.status, 200)

    def test_clients_that_do_not_read_hold_little(self) -> None:
        portal = self.start({"OPENALMATY_LIMIT_BATCH_RESULTS": "100000000"})
        post(portal.base, BODY)
        before = self.memory(portal)
        address = urllib.parse.urlsplit(portal.base)
        head = (
            f"POST /api/v1/geocode?limit=10&lang=ru HTTP/1.1\r\nHost: {address.netloc}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n"
        ).encode()
        sockets = []
        for _ in range(READERS):
            client = socket.socket()
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            client.settimeout(120)
            client.connect((address.hostname, address.port))
            self.addCleanup(client.close)
            client.sendall(head + BODY)
            sockets.append(client)
        # Each gets only the beginning of an answer; other clients are served meanwhile.
        for client in sockets:
            self.assertEqual(client.recv(12), b"HTTP/1.1 200")
        most = 0
        for _ in range(20):
            time.sleep(0.25)
            most = max(most, self.memory(portal))
            with urllib.request.urlopen(portal.base + "/healthz", timeout=60) as answer:
                self.assertEqual(answer.status, 200)
        # A complete answer exceeds 4 MB; a chunk, the texts and the kernel's buffers are far smaller.
        self.assertLess(most - before, READERS * 2_500_000)


if __name__ == "__main__":
    unittest.main()
