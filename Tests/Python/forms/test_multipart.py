"""Compares the multipart parser with python-multipart, Werkzeug and the writers of two HTTP clients.

A body that we accept must be read alike by everybody, so that no proxy or scanner in front sees another form than we do. A body
that a client writes must be accepted."""

from __future__ import annotations

import base64
import json
import random
import re
import subprocess
import unittest

import httpx
import python_multipart
import requests
from werkzeug.http import parse_options_header
from werkzeug.sansio import multipart as werkzeug

from program import BINARY

TOOLS = BINARY.parent / "openalmaty-tools"
Parts = list[tuple[str, str | None, bytes]]


def cut(body: bytes, rng: random.Random) -> list[bytes]:
    """The body in chunks of random sizes."""
    chunks = []
    while body:
        size = rng.choice([1, 2, 3, rng.randint(1, 200), len(body)])
        chunks.append(body[:size])
        body = body[size:]
    return chunks


def ours(cases: list[tuple[str, list[bytes]]]) -> list[Parts | str]:
    """The parts that our parser finds in each body, or its fault."""
    lines = [
        json.dumps({"type": kind, "chunks": [base64.b64encode(chunk).decode() for chunk in chunks]})
        for kind, chunks in cases
    ]
    run = subprocess.run(
        [TOOLS, "multipart"], input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=200, check=True
    )
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == len(cases)
    return [
        answer["fault"] if "fault" in answer else
        [(part["name"], part.get("fileName"), base64.b64decode(part["content"])) for part in answer["parts"]]
        for answer in answers
    ]


def described(disposition: str, content: bytes) -> tuple[str, str | None, bytes]:
    """A part by its Content-Disposition, read by Werkzeug; escapes of line ends are ours to read."""
    _, options = parse_options_header(disposition)
    plain = {key: value.replace("%0D", "\r").replace("%0A", "\n") for key, value in options.items()}
    return plain["name"], plain.get("filename"), content


def by_python_multipart(boundary: str, chunks: list[bytes]) -> Parts:
    """The parts that python-multipart finds."""
    parts: Parts = []
    state: dict = {}

    def header_end() -> None:
        state["headers"][bytes(state["field"]).lower()] = bytes(state["value"])

    callbacks = {
        "on_part_begin": lambda: state.update(headers={}, field=b"", value=b"", data=b""),
        "on_header_begin": lambda: state.update(field=b"", value=b""),
        "on_header_field": lambda data, start, end: state.update(field=state["field"] + data[start:end]),
        "on_header_value": lambda data, start, end: state.update(value=state["value"] + data[start:end]),
        "on_header_end": header_end,
        "on_part_data": lambda data, start, end: state.update(data=state["data"] + data[start:end]),
        "on_part_end": lambda: parts.append(
            described(state["headers"][b"content-disposition"].decode(), state["data"])
        ),
        "on_end": lambda: state.update(ended=True),
    }
    parser = python_multipart.MultipartParser(boundary, callbacks)
    for chunk in chunks:
        parser.write(chunk)
    parser.finalize()
    if not state.get("ended"):
        raise ValueError("the body has no end")
    return parts


def by_werkzeug(boundary: str, body: bytes) -> Parts:
    """The parts that Werkzeug finds in the body as a whole; cut between CR and LF it keeps the CR (3.1.9)."""
    decoder = werkzeug.MultipartDecoder(boundary.encode())
    parts: Parts = []
    for chunk in [body, None]:
        decoder.receive_data(chunk)
        while not isinstance(event := decoder.next_event(), (werkzeug.NeedData, werkzeug.Epilogue)):
            if isinstance(event, (werkzeug.Field, werkzeug.File)):
                parts.append(described(event.headers["content-disposition"], b""))
            elif isinstance(event, werkzeug.Data):
                parts[-1] = (*parts[-1][:2], parts[-1][2] + event.data)
    return parts


def fields(rng: random.Random) -> Parts:
    """Fields and files with contents that resemble boundaries."""
    alphabet = ['a', 'Ә', '語', ' ', '"', "'", ';', '=', '%', '.', '(', '&', '\\']
    pieces = [b"\r\n", b"\r", b"\n", b"--", b"--frontier", b"\r\n--fron", b"\0", b"\xff", "ғ".encode(), b"x" * 300]
    made: Parts = []
    for index in range(rng.randint(0, 6)):
        # A name that is read alike everywhere has no backslash: it escapes for some readers only.
        name = f"n{index}" + "".join(rng.choices(alphabet[:-1], k=rng.randint(0, 5)))
        file = rng.choice([None, "photo.jpg", "Сурет " + "".join(rng.choices(alphabet[:-1], k=6)) + ".png"])
        made.append((name, file, b"".join(rng.choices(pieces, k=rng.randint(0, 8)))))
    return made


class MultipartTests(unittest.TestCase):
    """Bodies of random forms, as clients write them and as attackers would."""

    def test_what_clients_write_is_read(self) -> None:
        """The fields that requests and httpx write are found as they were given."""
        rng = random.Random(7)
        cases, wanted = [], []
        for number in range(300):
            given = [(n, f, c if f else c.decode("utf-8", "ignore").encode()) for n, f, c in fields(rng)]
            # Both clients escape quotation marks in names; requests writes other than ASCII names as filename*.
            if number % 2:
                given = [(n, f.encode("ascii", "ignore").decode() if f else f, c) for n, f, c in given]
                parts = [(n.encode("ascii", "ignore").decode(), (f, c)) for n, f, c in given]
                if not parts:
                    continue
                given = [(n, f, c) for n, (f, c) in parts]
                sent = requests.Request("POST", "http://example.kz/", files=parts).prepare()
                kind, body = sent.headers["Content-Type"], sent.body
            else:
                if not given:
                    continue
                parts = [(n, (f, c) if f else (None, c)) for n, f, c in given]
                sent = httpx.Request("POST", "http://example.kz/", files=parts)
                kind, body = sent.headers["Content-Type"], sent.read()
            cases.append((kind, cut(body, rng)))
            wanted.append(given)
        for found, given, case in zip(ours(cases), wanted, cases):
            self.assertEqual(found, given, b"".join(case[1]))

    def test_what_we_accept_is_read_alike(self) -> None:
        """Hostile bodies are refused or give the parts that both other parsers find, however they are cut."""
        rng = random.Random(11)
        cases = []
        for _ in range(3_000):
            body = hostile(rng)
            cases.append(("multipart/form-data; boundary=frontier", cut(body, rng)))
        accepted = several = 0
        for found, (_, chunks) in zip(ours(cases), cases):
            if isinstance(found, str):
                continue
            accepted += 1
            several += len(found) > 1
            body = b"".join(chunks)
            # python-multipart refuses a preamble and white space after a boundary, which RFC 2046 allows.
            if re.match(rb"(\r\n)?--frontier(--|\r\n)", body) and not re.search(rb"--frontier[ \t]", body):
                self.assertEqual(found, by_python_multipart("frontier", cut(body, rng)), body)
            # Werkzeug takes a bare line feed or carriage return before a boundary for a line end.
            if body.count(b"--frontier") == body.count(b"\r\n--frontier") + body.startswith(b"--frontier"):
                self.assertEqual(found, by_werkzeug("frontier", body), body)
        self.assertGreater(accepted, 300, "the comparison must see accepted bodies")
        self.assertGreater(several, 100)


def hostile(rng: random.Random) -> bytes:
    """A body of a few parts, most with something unusual, some malformed."""
    body = rng.choice([b"", b"", b"", b"\r\n", b"preamble\r\n"])
    for name, file, content in fields(rng)[:3]:
        quoted = name.replace('"', rng.choice(["%22", '\\"']))
        disposition = f'form-data; name="{quoted}"' if rng.random() < 0.9 else f"form-data; name={quoted}"
        if file:
            disposition += f'; filename="{file.replace(chr(34), "%22")}"'
        disposition = rng.choice([disposition] * 8 + [disposition + "; x=y", disposition + ";", disposition + '"'])
        lines = [f"Content-Disposition: {disposition}"]
        lines += rng.choice([[]] * 4 + [["Content-Type: image/jpeg"], ["X-A: b"], ["Content-Type: text/plain;charset=UTF-8"]])
        if rng.random() < 0.1:
            lines.append(rng.choice([" folded", "no colon", ": none", lines[0], "Content-Transfer-Encoding: base64", ""]))
        rng.shuffle(lines)
        padding = rng.choice([b""] * 8 + [b" ", b"\t "])
        end = rng.choice([b"\r\n"] * 20 + [b"\n", b"\r"])
        body += b"--frontier" + padding + end + "\r\n".join(lines).encode() + b"\r\n\r\n" + content + b"\r\n"
    body += rng.choice([b"--frontier--\r\n"] * 6 + [b"--frontier--", b"--frontier--\r\nepilogue", b"--frontier", b""])
    if rng.random() < 0.1 and body:
        place = rng.randrange(len(body))
        body = body[:place] + bytes([rng.randrange(256)]) + body[place + rng.randint(0, 1):]
    return body


if __name__ == "__main__":
    unittest.main()
