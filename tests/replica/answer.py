"""What the replica's servers hear and say, to the byte."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from http import HTTPStatus
from typing import NamedTuple

HTML = "text/html; charset=utf-8"


class Received(NamedTuple):
    """A request as it came in; `target` is path and query as sent, `head` all bytes of the head."""

    host: str
    method: str
    target: str
    head: bytes
    scheme: str

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    def header(self, name: str) -> str | None:
        """Return the first field of that name."""
        wanted = name.lower()
        for line in self.head.decode("latin-1").split("\r\n")[1:]:
            key, colon, value = line.partition(":")
            if colon and key.strip().lower() == wanted:
                return value.strip()
        return None


class Then(StrEnum):
    """What happens to the connection after the bytes are sent."""

    KEEP = "keep"
    CLOSE = "close"
    RESET = "reset"
    HANG = "hang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The bytes of a response: `wire` is the body as sent, transfer coding included.

    `delay` is in seconds before the first byte; HEAD gets `head` alone. With a `drip` the body
    goes out a byte at a time with so many seconds between.
    """

    head: bytes = b""
    wire: bytes = b""
    delay: float = 0.0
    drip: float = 0.0
    then: Then = Then.KEEP


def reply(
    status: int,
    body: bytes | str = b"",
    *,
    content_type: str = HTML,
    headers: Iterable[tuple[str, str]] = (),
) -> Answer:
    """Return a well-behaved answer with a Content-Length."""
    raw = body.encode() if isinstance(body, str) else body
    fields = [("Content-Type", content_type), *headers, ("Content-Length", str(len(raw)))]
    return Answer(head=head(status, fields), wire=raw)


def head(status: int, fields: Iterable[tuple[str, str]]) -> bytes:
    """Return a status line, the fields and the empty line; nothing is added."""
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in fields]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def redirect(status: int, location: str, body: str = "") -> Answer:
    """Return a redirect to `location`, written as it is."""
    text = (
        body or f'<html><body>The document has moved <a href="{location}">here</a>.</body></html>'
    )
    return reply(status, text, headers=[("Location", location)])


def gzipped(status: int, body: str, headers: Iterable[tuple[str, str]] = ()) -> Answer:
    """Return an answer whose entity is gzip; the same bytes each time."""
    entity = gzip.compress(body.encode(), compresslevel=6, mtime=0)
    more = [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"), *headers]
    return reply(status, entity, headers=more)


def chunked(status: int, body: str, headers: Iterable[tuple[str, str]] = ()) -> Answer:
    """Return a chunked answer with a chunk extension and a trailer (RFC 9112 section 7.1)."""
    raw = body.encode()
    wire = bytearray()
    for start in range(0, len(raw), 4096):
        piece = raw[start : start + 4096]
        extension = b";part=first" if start == 0 else b""
        wire += b"%x%s\r\n%s\r\n" % (len(piece), extension, piece)
    wire += b"0\r\nX-Served-From: replica\r\n\r\n"
    fields = [
        ("Content-Type", HTML),
        *headers,
        ("Transfer-Encoding", "chunked"),
        ("Trailer", "X-Served-From"),
    ]
    return Answer(head=head(status, fields), wire=bytes(wire))


def delayed(answer: Answer, seconds: float) -> Answer:
    """Return the same answer, later."""
    return replace(answer, delay=seconds)
