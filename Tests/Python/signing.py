"""A certification authority for tests, made with the `openssl` program, and a stand-in for NCALayer."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import struct
import subprocess
import threading
from pathlib import Path

IIN = "791028302728"
_SETTINGS = """
[req]
distinguished_name = empty
string_mask = utf8only
utf8 = yes
[empty]
[ca]
default_ca = any
[any]
policy = empty
default_md = sha256
database = index.txt
private_key = root.key
certificate = root.pem
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[signing]
keyUsage = critical, digitalSignature, nonRepudiation
extendedKeyUsage = emailProtection
"""


class Authority:
    """A root and one person with a key for signing documents."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "authority"
        self.folder.mkdir()
        (self.folder / "ca.cnf").write_text(_SETTINGS, encoding="utf-8")
        (self.folder / "index.txt").touch()
        self.root = self.folder / "root.pem"
        for name in ("root", "dina"):
            self.run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{name}.key")
        self.run(
            "req", "-x509", "-config", "ca.cnf", "-extensions", "authority", "-key", "root.key", "-days", "30",
            "-subj", "/C=KZ/CN=Test root", "-out", "root.pem",
        )
        self.run(
            "req", "-new", "-config", "ca.cnf", "-utf8", "-key", "dina.key", "-out", "dina.csr",
            "-subj", f"/C=KZ/CN=ТЕСТОВА ДИНА/SN=ТЕСТОВА/GN=ТЕСТОВНА/serialNumber=IIN{IIN}",
        )
        self.run(
            "x509", "-req", "-in", "dina.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "30",
            "-extfile", "ca.cnf", "-extensions", "signing", "-out", "dina.pem",
        )

    def run(self, *arguments: str, data: bytes | None = None) -> bytes:
        done = subprocess.run(["openssl", *arguments], cwd=self.folder, input=data, capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"openssl {' '.join(arguments)}: {done.stderr.decode()}")
        return done.stdout

    def sign(self, content: bytes, form: str = "DER") -> bytes:
        """A detached signature with the signer's certificate, as NCALayer makes it."""
        return self.run(
            "cms", "-sign", "-binary", "-nosmimecap", "-signer", "dina.pem", "-inkey", "dina.key", "-md", "sha256",
            "-outform", form, data=content,
        )

    def old_list(self) -> Path:
        """A list of revoked certificates that was in force in January 2020."""
        self.run(
            "ca", "-config", "ca.cnf", "-gencrl", "-crl_lastupdate", "20200101000000Z", "-crl_nextupdate",
            "20200201000000Z", "-out", "old.crl",
        )
        return self.folder / "old.crl"


class NCALayer:
    """Speaks the part of NCALayer's protocol that the pages use, on a port of 127.0.0.1.

    `answer` makes the body of an answer from the arguments of `sign`; None closes the connection instead."""

    def __init__(self) -> None:
        self.answer = lambda arguments: {"status": True, "body": {}}
        self.calls: list[dict] = []
        self.origins: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"ws://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def stop(self) -> None:
        self._socket.close()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as stream:
            headers = {}
            while line := stream.readline().strip():
                name, _, value = line.decode().partition(": ")
                headers[name.lower()] = value
            self.origins.append(headers.get("origin", ""))
            key = headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
            accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
            connection.sendall(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
            )
            self._send(connection, {"result": {"version": "1.4"}})
            while (text := self._receive(stream)) is not None:
                call = json.loads(text)
                self.calls.append(call)
                answer = self.answer(call["args"])
                if answer is None:
                    return
                self._send(connection, answer)

    @staticmethod
    def _send(connection: socket.socket, value: dict) -> None:
        data = json.dumps(value).encode()
        length = bytes([len(data)]) if len(data) < 126 else b"\x7e" + struct.pack(">H", len(data))
        connection.sendall(b"\x81" + length + data)

    @staticmethod
    def _receive(stream) -> str | None:
        """The text of the next message; None when the page closes the connection (RFC 6455, 5.2)."""
        head = stream.read(2)
        if len(head) < 2 or head[0] & 0x0F == 8:
            return None
        length = head[1] & 0x7F
        if length == 126:
            (length,) = struct.unpack(">H", stream.read(2))
        elif length == 127:
            (length,) = struct.unpack(">Q", stream.read(8))
        mask = stream.read(4)
        return bytes(byte ^ mask[index % 4] for index, byte in enumerate(stream.read(length))).decode()
