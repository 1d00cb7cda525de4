"""SIGTERM: requests in progress are finished, idle connections close, and no client can delay the shutdown forever."""

from __future__ import annotations

import signal
import threading
import time
import unittest

from portal import Portal
from wire import Wire

POST = "POST /api/v1/resolve HTTP/1.1\nHost: test\nContent-Type: application/json\n"
BODY = '{"points":[[76.9,43.2]]}'


class ShutdownTests(unittest.TestCase):
    """Each test stops a server of its own."""

    def portal(self, **settings: str) -> Portal:
        portal = Portal({"OPENALMATY_CONNECTIONS_PER_ADDRESS": "0", **settings})
        self.addCleanup(portal.stop)
        return portal

    def wire(self, portal: Portal) -> Wire:
        wire = Wire(portal.base)
        self.addCleanup(wire.socket.close)
        return wire

    def end(self, portal: Portal, limit: float) -> float:
        """Sends SIGTERM and returns how long the process took to end."""
        began = time.monotonic()
        portal.process.send_signal(signal.SIGTERM)
        self.assertEqual(portal.process.wait(timeout=limit), 0, portal.log_text())
        return time.monotonic() - began

    def test_idle_connections_do_not_hold_it_back(self) -> None:
        portal = self.portal(OPENALMATY_TIMEOUT_DRAIN="60")
        kept, silent = self.wire(portal), self.wire(portal)
        self.assertEqual(kept.get().status, 200)
        self.assertLess(self.end(portal, 50), 30)
        self.assertTrue(kept.ends_within(1))
        self.assertTrue(silent.ends_within(1))

    def test_a_half_sent_body_holds_it_back_no_longer_than_the_drain_time(self) -> None:
        portal = self.portal(OPENALMATY_TIMEOUT_DRAIN="2", OPENALMATY_TIMEOUT_BODY="600")
        half = self.wire(portal).send(POST + "Content-Length: 50\n\nhel")
        head = self.wire(portal).send("GET /healthz HTTP/1.1\n")
        unread = Wire(portal.base, receive_buffer=4_096)
        self.addCleanup(unread.socket.close)
        unread.send("GET /api/v1/districts?f=geojson HTTP/1.1\nHost: test\n\n" * 20)
        time.sleep(0.5)
        self.assertGreater(self.end(portal, 50), 1)
        self.assertTrue(half.ends_within(5))
        self.assertTrue(head.ends_within(5))

    def test_a_body_under_way_is_finished_and_answered(self) -> None:
        portal = self.portal(OPENALMATY_TIMEOUT_DRAIN="60")
        wire = self.wire(portal).send(POST + f"Content-Length: {len(BODY)}\n\n" + BODY[:5])
        time.sleep(0.3)
        portal.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        self.assertIsNone(portal.process.poll())
        answer = wire.send(BODY[5:]).answer()
        self.assertEqual((answer.status, answer.fields["connection"]), (200, "close"))
        self.assertTrue(wire.ends_within(10))
        self.assertEqual(portal.process.wait(timeout=30), 0)

    def test_under_load_no_request_that_had_begun_is_cut(self) -> None:
        for keeps in (True, False):
            with self.subTest(keeps=keeps):
                self.under_load(keeps)

    def under_load(self, keeps: bool) -> None:
        portal = self.portal(OPENALMATY_TIMEOUT_DRAIN="60")
        cut: list[str] = []
        answered = [0]
        lock = threading.Lock()
        terminated = threading.Event()

        def load() -> None:
            wire = None
            while True:
                try:
                    if wire is None:
                        wire = Wire(portal.base)
                    wire.send("GET /api/v1/resolve?lon=76.9&lat=43.2 HTTP/1.1\nHost: test\n\n")
                except OSError:
                    # Nothing listens any more, or the kept connection was closed before the request.
                    return
                answer = wire.answer()
                with lock:
                    answered[0] += answer.status == 200
                    if answer.status != 200 and not (keeps and terminated.is_set() and not wire.buffer):
                        cut.append(f"{answer.status} {wire.buffer[:80]!r}")
                if answer.status != 200:
                    return
                if not keeps or answer.fields.get("connection") == "close":
                    wire.socket.close()
                    if keeps:
                        return
                    wire = None

        threads = [threading.Thread(target=load) for _ in range(16)]
        for thread in threads:
            thread.start()
        # Usually a few seconds of load: even a slow machine must begin answers repeatedly within this time.
        end = time.monotonic() + 60
        time.sleep(1.5)
        while answered[0] <= 32 and not cut and time.monotonic() < end:
            time.sleep(0.05)
        terminated.set()
        portal.process.send_signal(signal.SIGTERM)
        for thread in threads:
            thread.join(60)
        self.assertEqual(portal.process.wait(timeout=60), 0)
        self.assertGreater(answered[0], 16)
        self.assertEqual(cut, [])


if __name__ == "__main__":
    unittest.main()
