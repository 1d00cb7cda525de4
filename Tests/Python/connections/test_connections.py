"""Slow, idle and too many clients: none of them keeps the server from answering others."""

from __future__ import annotations

import json
import os
import time
import unittest

from portal import Portal
from wire import Wire

SHORT = {
    "OPENALMATY_TIMEOUT_HEADER": "2",
    "OPENALMATY_TIMEOUT_BODY": "2",
    "OPENALMATY_TIMEOUT_IDLE": "4",
    "OPENALMATY_TIMEOUT_WRITE": "3",
    "OPENALMATY_CONNECTIONS_MAX": "200",
    "OPENALMATY_CONNECTIONS_PER_ADDRESS": "40",
}
# Far longer than any of these timeouts and far shorter than the defaults, because the machine may be busy.
SOON = 14
POST = "POST /api/v1/resolve HTTP/1.1\nHost: test\nContent-Type: application/json\n"


def processor_seconds(process: int) -> float:
    """The processor time that a process has used."""
    with open(f"/proc/{process}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process: int) -> int:
    """The resident memory of a process, bytes."""
    with open(f"/proc/{process}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class ConnectionCase(unittest.TestCase):
    """A server of its own with short timeouts."""

    SETTINGS: dict[str, str] = SHORT
    DESCRIPTORS: int | None = None

    @classmethod
    def setUpClass(cls) -> None:
        cls.portal = Portal({"OPENALMATY_LOG_LEVEL": "notice", **cls.SETTINGS}, descriptors=cls.DESCRIPTORS)
        cls.addClassCleanup(cls.portal.stop)

    def wire(self, **more: int) -> Wire:
        wire = Wire(self.portal.base, **more)
        self.addCleanup(wire.socket.close)
        return wire

    def assert_rests(self) -> None:
        """Checks that the server does not spin: in some period of 3 seconds it is nearly idle (at start it makes tiles)."""
        used = []
        while len(used) < 25:
            before = processor_seconds(self.portal.process.pid)
            time.sleep(3)
            used.append(round(processor_seconds(self.portal.process.pid) - before, 2))
            if used[-1] < 0.6:
                return
        self.fail(f"processor seconds in spans of 3 s: {used}")

    def assert_answers(self) -> None:
        self.assertEqual(self.wire().get().status, 200)


class TimeTests(ConnectionCase):
    """Each kind of slow client is cut off."""

    def test_a_connection_that_says_nothing_is_closed(self) -> None:
        wire = self.wire()
        self.assertTrue(wire.ends_within(SOON))
        self.assertEqual(wire.buffer, b"")

    def test_a_kept_connection_is_closed_when_idle(self) -> None:
        wire = self.wire()
        self.assertEqual(wire.get().status, 200)
        self.assertFalse(wire.ends_within(2.5), "closed before the idle time was over")
        self.assertTrue(wire.ends_within(SOON))

    def test_a_head_that_does_not_end(self) -> None:
        wire = self.wire().send("GET /healthz HTTP/1.1\nHost: test\n")
        answer = wire.answer()
        self.assertEqual((answer.status, json.loads(answer.body)["status"]), (408, 408))
        self.assertTrue(wire.ends_within(SOON))

    def test_a_head_that_trickles(self) -> None:
        wire = self.wire().send("GET /healthz HTTP/1.1\nHost: test\n")
        began = time.monotonic()
        try:
            while time.monotonic() - began < SOON:
                wire.send("X: y\n")
                time.sleep(0.2)
        except OSError:
            return
        self.fail("the head was read for good")

    def test_a_second_head_that_does_not_end(self) -> None:
        wire = self.wire()
        self.assertEqual(wire.get().status, 200)
        self.assertEqual(wire.send("GET /healthz HTTP/1.1\n").answer().status, 408)

    def test_a_body_that_does_not_end(self) -> None:
        for framing in ("Content-Length: 50\n\nhel", "Transfer-Encoding: chunked\n\n5\nhel"):
            with self.subTest(framing):
                wire = self.wire().send(POST + framing)
                answer = wire.answer()
                self.assertEqual((answer.status, answer.fields["connection"]), (408, "close"))
                self.assertTrue(wire.ends_within(SOON))

    def test_a_body_that_trickles(self) -> None:
        wire = self.wire().send(POST + "Content-Length: 5000\n\n")
        began = time.monotonic()
        try:
            while time.monotonic() - began < SOON:
                wire.send(b" ")
                time.sleep(0.2)
        except OSError:
            return
        self.fail("the body was read for good")

    def test_a_slow_but_steady_body_is_taken(self) -> None:
        body = '{"points":[' + " " * 12_000 + "[76.9,43.2]]}"
        wire = self.wire().send(POST + f"Content-Length: {len(body)}\n\n")
        for start in range(0, len(body), 800):
            wire.send(body[start:start + 800].encode())
            time.sleep(0.3)
        self.assertEqual(wire.answer().status, 200)

    def test_clients_that_do_not_read(self) -> None:
        path = "/assets/vendor/maplibre-gl.js"
        size = len(self.wire(timeout=60).get(path).body)
        self.assertGreater(size, 500_000)
        asking = f"GET {path} HTTP/1.1\nHost: test\n\n" * 60
        before = memory(self.portal.process.pid)
        wires = [self.wire(receive_buffer=4_096).send(asking) for _ in range(20)]
        time.sleep(1)
        self.assert_answers()
        # Without back-pressure they would hold 20 × 60 answers; making tiles also needs memory.
        self.assertLess(memory(self.portal.process.pid) - before, 20 * 20 * size)
        # A client that reads nothing does not notice the end, but the server's side is closed.
        end = time.monotonic() + 4 * SOON
        while self.established() > 3 and time.monotonic() < end:
            time.sleep(0.2)
        self.assertLessEqual(self.established(), 3)
        self.assertEqual(len(wires), 20)

    def established(self) -> int:
        """The number of the server's open connections."""
        port = int(self.portal.base.rsplit(":", 1)[1])
        with open("/proc/net/tcp", encoding="ascii") as file:
            rows = [line.split() for line in file.readlines()[1:]]
        return sum(row[3] == "01" and int(row[1].split(":")[1], 16) == port for row in rows)

    def test_nothing_of_it_is_an_error(self) -> None:
        wire = self.wire().send(POST + "Content-Length: 50\n\nhel")
        self.assertEqual(wire.answer().status, 408)
        self.assertNotIn(" error ", self.portal.log_text())


class LimitPerAddressTests(ConnectionCase):
    """One address cannot take all slots."""

    SETTINGS = {"OPENALMATY_CONNECTIONS_PER_ADDRESS": "10"}

    def test_the_longest_idle_gives_way_to_the_next(self) -> None:
        wires = [self.wire() for _ in range(10)]
        for wire in wires:
            self.assertEqual(wire.get().status, 200)
        self.assert_answers()
        self.assertTrue(wires[0].ends_within(SOON))
        self.assertEqual(wires[9].get().status, 200)
        for wire in wires:
            wire.socket.close()

    def test_where_all_are_busy_the_next_is_refused(self) -> None:
        time.sleep(0.5)
        busy = [self.wire().send(POST + "Content-Length: 50\n\nhel") for _ in range(10)]
        time.sleep(0.5)
        refused = self.wire().send("GET /healthz HTTP/1.1\nHost: test\n\n")
        answer = refused.answer()
        self.assertEqual((answer.status, answer.fields["connection"]), (429, "close"))
        self.assertIn("retry-after", answer.fields)
        self.assertTrue(refused.ends_within(SOON))
        for wire in busy:
            wire.socket.close()
        end = time.monotonic() + SOON
        while (status := self.wire().get().status) != 200 and time.monotonic() < end:
            time.sleep(0.2)
        self.assertEqual(status, 200)


class TrustedProxyTests(ConnectionCase):
    """All clients come through the proxy, which may have as many connections as it needs."""

    SETTINGS = {
        "OPENALMATY_CONNECTIONS_PER_ADDRESS": "5", "OPENALMATY_TRUSTED_PROXY": "127.0.0.1",
        "OPENALMATY_CONNECTIONS_MAX": "60",
    }

    def test_it_is_limited_only_in_total(self) -> None:
        wires = [self.wire() for _ in range(30)]
        for wire in wires:
            self.assertEqual(wire.get().status, 200)
        for wire in wires:
            self.assertEqual(wire.get().status, 200)

    def test_in_total_the_longest_idle_give_way(self) -> None:
        wires = [self.wire() for _ in range(200)]
        self.assert_answers()
        ended = sum(wire.ends_within(0.05) for wire in wires)
        self.assertGreaterEqual(ended, 130)


class FewDescriptorTests(ConnectionCase):
    """A process that may open few files still answers, even without a configured limit."""

    SETTINGS = {"OPENALMATY_TRUSTED_PROXY": "127.0.0.1"}
    DESCRIPTORS = 256

    def test_idle_connections_beyond_all_descriptors(self) -> None:
        wires = []
        for _ in range(400):
            wires.append(self.wire())
        self.assert_answers()
        self.assert_rests()
        self.assert_answers()


class NoDescriptorTests(ConnectionCase):
    """When the connection limit exceeds the descriptors, the server waits for a free one instead of spinning."""

    SETTINGS = {
        "OPENALMATY_CONNECTIONS_MAX": "4000", "OPENALMATY_CONNECTIONS_PER_ADDRESS": "0",
        "OPENALMATY_TIMEOUT_BODY": "60",
    }
    DESCRIPTORS = 160

    def test_busy_connections_beyond_all_descriptors(self) -> None:
        self.assertIn("OPENALMATY_CONNECTIONS_MAX", self.portal.log_text())
        wires = [self.wire().send(POST + "Content-Length: 50\n\nhel") for _ in range(200)]
        time.sleep(1)
        self.assert_rests()
        self.assertEqual(self.portal.log_text().count("Out of file descriptors"), 1)
        for wire in wires:
            wire.socket.close()
        self.assert_answers()
        self.assertEqual(self.portal.log_text().count("Out of file descriptors"), 1)
        self.assertNotIn(" error ", self.portal.log_text())


if __name__ == "__main__":
    unittest.main()
