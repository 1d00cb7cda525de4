"""What the fake services of other companies share: a server on loopback, and answers of any kind."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol, TypeVar


class Service(Protocol):
    """The state of a fake service."""

    over: threading.Event


Kind = TypeVar("Kind", bound=Service)


class LoopbackHandler(BaseHTTPRequestHandler):
    """Answers requests without logging them; `service` is the state of the service."""

    service: Service

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        """Sends a whole answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Logs nothing."""


@contextlib.contextmanager
def serving(handler: type[LoopbackHandler], make: Callable[[str], Kind]) -> Iterator[Kind]:
    """Runs a service in this process; `make` gets its URL. Its event `over` is set at the end, so that no handler waits on."""
    bound = type("BoundHandler", (handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), bound)
    server.daemon_threads = True
    service = make(f"http://127.0.0.1:{server.server_port}")
    bound.service = service
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.over.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)
