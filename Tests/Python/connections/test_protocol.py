"""Violations of RFC 9112 get a 4xx response, the connection closes where it must, and none is logged as an error."""

from __future__ import annotations

import json
import time
import unittest

from portal import Portal
from wire import Wire

BODY = '{"points":[[76.9,43.2]]}'
HEAD = "POST /api/v1/resolve HTTP/1.1\nHost: test\nContent-Type: application/json\n"

# The request, the status, and whether the connection closes afterwards.
FAULTS = {
    "no host": ("GET /healthz HTTP/1.1\n\n", 400),
    "empty host": ("GET /healthz HTTP/1.1\nHost:\n\n", 400),
    "two hosts": ("GET /healthz HTTP/1.1\nHost: a\nHost: b\n\n", 400),
    "the same host twice": ("GET /healthz HTTP/1.1\nHost: a\nhost: a\n\n", 400),
    "a host with a path": ("GET /healthz HTTP/1.1\nHost: a/b\n\n", 400),
    "a host with a user": ("GET /healthz HTTP/1.1\nHost: me@a\n\n", 400),
    "chunks in HTTP/1.0": ("POST /api/v1/resolve HTTP/1.0\nTransfer-Encoding: chunked\n\n0\n\n", 400),
    "gzip before chunked": (HEAD + "Transfer-Encoding: gzip, chunked\n\n0\n\n", 501),
    "gzip in a field of its own": (HEAD + "Transfer-Encoding: gzip\nTransfer-Encoding: chunked\n\n0\n\n", 501),
    "chunked before gzip": (HEAD + "Transfer-Encoding: chunked, gzip\n\n0\n\n", 400),
    "chunked twice": (HEAD + "Transfer-Encoding: chunked, chunked\n\n0\n\n", (400, 501)),
    "length and chunks": (HEAD + "Content-Length: 5\nTransfer-Encoding: chunked\n\n0\n\n", 400),
    "chunks and length": (HEAD + "Transfer-Encoding: chunked\nContent-Length: 5\n\n0\n\n", 400),
    "two lengths": (HEAD + "Content-Length: 5\nContent-Length: 6\n\nhello!", 400),
    "a list of lengths": (HEAD + "Content-Length: 5, 5\n\nhello", 400),
    "a negative length": (HEAD + "Content-Length: -1\n\n", 400),
    "a length with a sign": (HEAD + "Content-Length: +5\n\nhello", 400),
    "a length beyond all numbers": (HEAD + "Content-Length: 99999999999999999999999\n\n", 400),
    "another expectation": (HEAD + "Expect: miracles\nContent-Length: 5\n\n", 417),
    "a space before the colon": ("GET /healthz HTTP/1.1\nHost : test\n\n", 400),
    "a field without a name": ("GET /healthz HTTP/1.1\nHost: test\n: x\n\n", 400),
    "a folded field": ("GET /healthz HTTP/1.1\nHost: test\nX: a\n b\n\n", (200, 400)),
    "bare line feeds": (b"GET /healthz HTTP/1.1\nHost: test\n\n", 400),
    "a bare line feed after the request line": (b"GET /healthz HTTP/1.1\nHost: test\r\n\r\n", 400),
    "the server as a whole": ("GET * HTTP/1.1\nHost: test\n\n", 400),
    "no request": ("hello\n\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(40), 400),
    "HTTP/2": ("PRI * HTTP/2.0\n\nSM\n\n", (400, 505)),
    "HTTP/3": ("GET / HTTP/3.0\nHost: test\n\n", (400, 505)),
    "a proxy's method": ("CONNECT test:443 HTTP/1.1\nHost: test\n\n", 501),
    "a long address": (f"GET /ru/search?q={'a' * 70_000} HTTP/1.1\nHost: test\n\n", 414),
    "a rather long address": (f"GET /{'a' * 20_000} HTTP/1.1\nHost: test\n\n", 414),
    "an address a little too long": (f"GET /{'a' * 8_000} HTTP/1.1\nHost: test\n\n", 414),
    "a large field": (f"GET /healthz HTTP/1.1\nHost: test\nCookie: {'a' * 20_000}\n\n", 431),
    "many fields": ("GET /healthz HTTP/1.1\nHost: test\n" + "X: y\n" * 200 + "\n", 431),
    "a large header": ("GET /healthz HTTP/1.1\nHost: test\n" + f"X: {'y' * 4_000}\n" * 12 + "\n", 431),
    "a chunk without a size": (HEAD + "Transfer-Encoding: chunked\n\nxyz\nhello\n0\n\n", 400),
    "a chunk longer than it says": (HEAD + "Transfer-Encoding: chunked\n\n2\nhello\n0\n\n", 400),
    "a chunk of a negative size": (HEAD + "Transfer-Encoding: chunked\n\n-2\nhello\n0\n\n", 400),
}


class ProtocolTests(unittest.TestCase):
    """All faults against one server, whose log is read at the end."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.portal = Portal({"OPENALMATY_LOG_LEVEL": "info"})
        cls.addClassCleanup(cls.portal.stop)

    def wire(self, **more: float) -> Wire:
        wire = Wire(self.portal.base, **more)
        self.addCleanup(wire.socket.close)
        return wire

    def test_faults_are_refused_and_the_connection_ends(self) -> None:
        for name, (sent, status) in FAULTS.items():
            with self.subTest(name):
                wire = self.wire().send(sent)
                answer = wire.answer()
                self.assertIn(answer.status, status if isinstance(status, tuple) else (status,))
                if answer.status == 200:
                    continue
                self.assertEqual(answer.fields["content-type"].split(";")[0], "application/problem+json")
                self.assertEqual(json.loads(answer.body)["status"], answer.status)
                self.assertEqual(answer.fields["connection"], "close")
                self.assertIn("date", answer.fields)
                self.assertTrue(wire.ends_within(10))
        self.assertNotIn(" error ", self.portal.log_text())

    def test_a_bare_line_feed_that_comes_apart_from_its_line(self) -> None:
        wire = self.wire().send(b"GET /healthz HTTP/1.1")
        time.sleep(0.2)
        self.assertEqual(wire.send(b"\nHost: test\n\n").answer().status, 400)
        later = self.wire()
        self.assertEqual(later.get().status, 200)
        self.assertEqual(later.send(b"GET /healthz HTTP/1.1\nHost: test\n\n").answer().status, 400)

    def test_the_server_as_a_whole_tells_its_methods(self) -> None:
        wire = self.wire().send("OPTIONS * HTTP/1.1\nHost: test\n\n")
        answer = wire.answer()
        self.assertEqual(answer.status, 204)
        self.assertIn("GET", answer.fields["allow"])
        self.assertEqual(wire.get().status, 200)

    def test_a_fault_behind_a_good_request_is_answered_after_it(self) -> None:
        wire = self.wire().send("GET /healthz HTTP/1.1\nHost: test\n\nGET /healthz HTTP/1.1\n\n")
        self.assertEqual([wire.answer().status, wire.answer().status], [200, 400])
        self.assertTrue(wire.ends_within(10))

    def test_many_broken_bodies_leave_the_log_empty(self) -> None:
        before = len(self.portal.log_text())
        for _ in range(50):
            self.wire().send(HEAD + "Transfer-Encoding: chunked\n\n5\nhel").socket.close()
            self.wire().send(HEAD + "Content-Length: 500\n\nhel").socket.close()
            self.assertEqual(self.wire().send(HEAD + "Transfer-Encoding: chunked\n\nq\n").answer().status, 400)
            half = self.wire().send(HEAD + "Content-Length: 500\n\nhel")
            half.socket.shutdown(1)
            self.assertEqual(half.answer().status, 400)
        self.assertEqual(self.wire().get().status, 200)
        self.assertEqual(self.portal.log_text()[before:], "")

    def test_a_body_is_asked_for_only_when_it_is_read(self) -> None:
        expecting = HEAD + f"Content-Length: {len(BODY)}\nExpect: 100-Continue\n\n"
        wire = self.wire().send(expecting)
        self.assertEqual(wire.answer().status, 100)
        self.assertEqual(wire.send(BODY.encode()).answer().status, 200)
        self.assertEqual(wire.get().status, 200)
        for path, status in (("/no/such/page", 404), ("/api/v1/districts", 405)):
            with self.subTest(path):
                wire = self.wire().send(expecting.replace("/api/v1/resolve", path))
                answer = wire.answer()
                self.assertEqual((answer.status, answer.fields["connection"]), (status, "close"))
                self.assertTrue(wire.ends_within(10))
        large = self.wire().send(HEAD + "Content-Length: 300000000\nExpect: 100-continue\n\n")
        self.assertEqual(large.answer().status, 413)
        self.assertTrue(large.ends_within(10))
        at_once = self.wire().send((expecting + BODY))
        self.assertIn(at_once.answer().status, (100, 200))

    def test_an_unread_body_is_not_taken(self) -> None:
        size = 300_000_000
        for path, status in (("/no/such/page", 404), ("/api/v1/districts", 405), ("/api/v1/resolve", 413)):
            with self.subTest(path):
                wire = self.wire().send((HEAD + f"Content-Length: {size}\n\n").replace("/api/v1/resolve", path))
                wire.socket.settimeout(15)
                sent = 0
                try:
                    while sent < size:
                        sent += wire.socket.send(b" " * 65_536)
                except OSError:
                    pass
                # The server cannot limit what the systems on both sides buffer.
                self.assertLess(sent, 40_000_000)
        with self.subTest("in chunks"):
            wire = self.wire().send(HEAD.replace("/api/v1/resolve", "/no/such") + "Transfer-Encoding: chunked\n\n")
            self.assertEqual(wire.answer().status, 404)
            self.assertTrue(wire.ends_within(10))

    def test_the_answer_to_a_large_body_can_be_read(self) -> None:
        wire = self.wire().send(HEAD + "Content-Length: 300000000\n\n" + " " * 2_000_000)
        answer = wire.answer()
        self.assertEqual((answer.status, answer.fields["connection"]), (413, "close"))

    def test_a_small_unread_body_keeps_the_connection(self) -> None:
        wire = self.wire().send("POST /no/such HTTP/1.1\nHost: test\nContent-Length: 5\n\n")
        self.assertEqual(wire.answer().status, 404)
        wire.send(b"hello")
        self.assertEqual(wire.get().status, 200)

    def test_http_1_0(self) -> None:
        wire = self.wire().send("GET /healthz HTTP/1.0\n\n")
        self.assertEqual(wire.answer().status, 200)
        self.assertTrue(wire.ends_within(10))
        kept = self.wire().send("GET /healthz HTTP/1.0\nConnection: keep-alive\n\n")
        self.assertEqual(kept.answer().fields["connection"].lower(), "keep-alive")
        self.assertEqual(kept.send("GET /healthz HTTP/1.0\nConnection: Keep-Alive\n\n").answer().status, 200)

    def test_close_is_honoured_however_it_is_written(self) -> None:
        for value in ("close", "Close", "foo, close"):
            with self.subTest(value):
                wire = self.wire()
                answer = wire.get(more=f"Connection: {value}\n")
                self.assertEqual((answer.status, answer.fields["connection"]), (200, "close"))
                self.assertTrue(wire.ends_within(10))

    def test_an_offer_of_another_protocol_is_declined(self) -> None:
        wire = self.wire()
        answer = wire.get(more="Connection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: AAMAAABk\n")
        self.assertEqual((answer.status, answer.fields["connection"]), (200, "close"))
        self.assertTrue(wire.ends_within(10))

    def test_pipelined_requests_are_answered_in_order(self) -> None:
        wire = self.wire().send("GET /healthz HTTP/1.1\nHost: test\n\nGET /no/such HTTP/1.1\nHost: test\n\n" * 20)
        self.assertEqual([wire.answer().status for _ in range(40)], [200, 404] * 20)
        self.assertEqual(wire.get().status, 200)

    def test_a_half_closed_client_gets_a_large_answer_whole(self) -> None:
        wire = self.wire(timeout=60).send("GET /api/v1/districts?f=geojson HTTP/1.1\nHost: test\n\n")
        wire.socket.shutdown(1)
        answer = wire.answer()
        self.assertEqual(answer.status, 200)
        self.assertGreater(len(answer.body), 100_000)


if __name__ == "__main__":
    unittest.main()
