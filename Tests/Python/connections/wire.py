"""A raw connection to the server, for requests that no HTTP library would send."""

from __future__ import annotations

import socket
import time
import urllib.parse
from typing import NamedTuple

import contract


class Answer(NamedTuple):
    """A response: status, fields by lower-case name, body."""

    status: int
    fields: dict[str, str]
    body: bytes


class Wire:
    """A connection that sends exactly the given bytes."""

    def __init__(self, base: str, timeout: float = 30, receive_buffer: int | None = None) -> None:
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(timeout)
        address = urllib.parse.urlsplit(base)
        self.socket.connect((address.hostname, address.port))
        self.base = base
        self.buffer = b""

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, text: str | bytes) -> "Wire":
        """Sends text, in which line feeds stand for line ends, or bytes unchanged."""
        self.socket.sendall(text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode("latin-1"))
        return self

    def get(self, path: str = "/healthz", more: str = "") -> Answer:
        """Requests a path and reads the response."""
        answer = self.send(f"GET {path} HTTP/1.1\nHost: test\n{more}\n").answer()
        if answer.status:
            contract.check("GET", self.base + path, answer.status, answer.fields, answer.body)
        return answer

    def _more(self) -> bool:
        try:
            received = self.socket.recv(65_536)
        except (ConnectionResetError, BrokenPipeError):
            return False
        self.buffer += received
        return bool(received)

    def answer(self, has_body: bool = True) -> Answer:
        """Reads one response; status 0 when the connection closes before it is complete."""
        while b"\r\n\r\n" not in self.buffer:
            if not self._more():
                return Answer(0, {}, self.buffer)
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split(" ")[1])
        fields = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines[1:])}
        if 100 <= status < 200 or status in (204, 304) or not has_body:
            return Answer(status, fields, b"")
        length = int(fields["content-length"])
        while len(self.buffer) < length:
            if not self._more():
                return Answer(0, fields, self.buffer)
        body, self.buffer = self.buffer[:length], self.buffer[length:]
        if fields.get("content-type", "").startswith(contract.PROBLEM):
            contract.check("GET", self.base, status, fields, body)
        return Answer(status, fields, body)

    def ends_within(self, seconds: float) -> bool:
        """Whether the server closes within a time; what it still sends is discarded."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                if not self._more():
                    return True
            except TimeoutError:
                return False
        return False
