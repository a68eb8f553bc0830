"""One behaviour of the awkward web, and what a check of its link must come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto


class Act(Enum):
    """What a server does besides sending: these end the connection."""

    RESET = auto()
    CLOSE = auto()
    CUT = auto()  # closed without TLS's word for it
    HANG = auto()


Turn = Sequence[bytes | float | Act]
Answering = Callable[[bytes], Turn]  # from the head of the request

PAGE = b"<title>A page</title><h1>A page</h1><p>" + b"Text enough to be a page. " * 30
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
WHOLE = HEAD + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE

__all__ = ["HEAD", "PAGE", "WHOLE", "Act", "Answering", "Case", "Turn", "said", "sent_on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A link and its right verdict.

    `url` may name ports as `{http}`; it defaults to a path of its own on the shared host.
    `turns` are played one for each request to that path, the last one again and again;
    `others` are further paths of the case.
    """

    name: str
    outcome: str
    reason: str
    plain: str
    turns: tuple[Turn | Answering, ...] = ()
    url: str = ""
    others: tuple[tuple[str, Turn | Answering], ...] = ()

    @property
    def link(self) -> str:
        """Return the link, with the names of ports still in it."""
        return self.url or "http://site.test:{http}/" + self.name


def said(status: str, *fields: str, body: bytes = PAGE) -> bytes:
    """Return a whole answer with an HTML page."""
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *fields)
    typed = () if any(f.lower().startswith("content-type") for f in fields) else (_HTML,)
    return "\r\n".join((*lines, *typed, "", "")).encode("latin-1") + body


_HTML = "Content-Type: text/html; charset=utf-8"


def sent_on(location: str | bytes, status: str = "302 Found", *fields: str) -> bytes:
    """Return a redirect; bytes go out as they are."""
    raw = location if isinstance(location, bytes) else location.encode()
    head = said(status, *fields, body=b"")
    return head[:-2] + b"Location: " + raw + b"\r\n\r\n"
