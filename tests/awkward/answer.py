"""An answer as the bytes that are sent, the pauses between them, and how the connection ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Act(Enum):
    """What ends the connection."""

    CLOSE = auto()
    RESET = auto()


Step = bytes | float | Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent for one request, in order; a number is a pause in seconds.

    The first `interim` bytes and the last `unasked` bytes are no part of the answer. `truncated`
    is what WARC-Truncated must say of it. Where `leads_on`, the page it makes has a link to
    `/from/NAME` that a browser would show.
    """

    steps: tuple[Step, ...]
    interim: int = 0
    unasked: int = 0
    truncated: str | None = None
    leads_on: bool = True

    @property
    def whole(self) -> bytes | None:
        """Return all there is to send where that is one step; None where it takes time."""
        only = self.steps[0] if len(self.steps) == 1 else None
        return only if isinstance(only, bytes) else None


def page(name: str, *, leads_on: bool = True) -> bytes:
    """Return a small page that is like no other, with its link to `/from/NAME`."""
    link = f'<p><a href="/from/{name}">what {name} leads to</a></p>' if leads_on else ""
    return f"<!doctype html><title>{name}</title>{link}<p>This is {name}.</p>\n".encode()


def head(status: str, *fields: str | bytes, end: bytes = b"\r\n") -> bytes:
    """Return a head of literal lines; text is sent as Latin-1."""
    lines = [status, *fields]
    encoded = [line.encode("latin-1") if isinstance(line, str) else line for line in lines]
    return end.join([*encoded, b"", b""])


def sized(
    body: bytes, *fields: str | bytes, status: str = "HTTP/1.1 200 OK", kind: str = "text/html"
) -> bytes:
    """Return an answer that states its length."""
    return head(status, f"Content-Type: {kind}", *fields, f"Content-Length: {len(body)}") + body


def chunk(data: bytes, line: str | None = None, end: bytes = b"\r\n") -> bytes:
    """Return one chunk; `line` stands in for its size."""
    size = f"{len(data):x}" if line is None else line
    return size.encode("latin-1") + end + data + end


CHUNKED = head("HTTP/1.1 200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked")
CLOSING = head("HTTP/1.1 200 OK", "Content-Type: text/html", "Connection: close")
LAST = b"0\r\n\r\n"
