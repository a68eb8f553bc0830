"""What to ask, within which limits, and whom instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from warc.http.target import Target

_BREAKS = re.compile(r"[\r\n\x00]+")
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
# RFC 9110 section 9.2.2: asking twice is the same as asking once.
_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one exchange; times in seconds.

    `connect` is for the connection and, again, for the TLS handshake; `idle` is the longest
    silence; `total` bounds the whole exchange, so a slow drip too. `head_bytes` bounds the head,
    `response_bytes` head and body together, as received.
    """

    connect: float = 15
    idle: float = 30
    total: float = 300
    head_bytes: int = 1 << 20
    response_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WireRequest:
    """A request; its Host, Content-Length and Connection are added on the wire."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    limits: Limits | None = None

    @property
    def is_idempotent(self) -> bool:
        """Return whether the request may be sent a second time unasked."""
        return self.method in _IDEMPOTENT

    def render(self, target: Target, *, in_full: bool = False) -> bytes:
        """Return the bytes to send for `target`; with `in_full` the absolute form for a proxy.

        Host comes first (RFC 9110 section 7.2), then the fields as given. A line break in a
        field would make it two: it becomes a space.
        """
        fields, names = _rendered(self.headers)
        if (self.body or self.method in _WITH_BODY) and "content-length" not in names:
            fields = f"{fields}\r\nContent-Length: {len(self.body)}"
        if "connection" not in names:
            fields = f"{fields}\r\nConnection: keep-alive"
        first = f"{self.method} {target.url if in_full else target.path} HTTP/1.1"
        head = f"{first}\r\n{_BREAKS.sub(' ', f'Host: {target.authority}')}{fields}\r\n\r\n"
        return _encode(head) + self.body


@lru_cache(maxsize=32)  # most requests have the same fields as the one before
def _rendered(headers: tuple[tuple[str, str], ...]) -> tuple[str, frozenset[str]]:
    """Return the fields but Host, each after a line end, and the names of all in lower case."""
    kept = [field for field in headers if field[0].lower() != "host"]
    lines = ["\r\n" + _BREAKS.sub(" ", f"{name}: {value}") for name, value in kept]
    return "".join(lines), frozenset(name.lower() for name, _ in headers)


def _encode(head: str) -> bytes:
    try:
        return head.encode("latin-1")
    except UnicodeEncodeError:
        return head.encode("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectTo:
    """Connect elsewhere than the URL says, as curl's `--connect-to`; None and "" mean any."""

    host: str
    port: int | None
    to_host: str
    to_port: int | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the rule `HOST1:PORT1:HOST2:PORT2`; raise ValueError where it is none.

        An empty HOST1 or PORT1 fits any, an empty HOST2 or PORT2 leaves it as it is.
        """
        part = r"(\[[^\]]*\]|[^:]*):([0-9]{0,5})"
        found = re.fullmatch(f"{part}:{part}", text)
        if found is None:
            raise ValueError(f"not HOST1:PORT1:HOST2:PORT2: {text!r}")
        host, port, to_host, to_port = found.groups()
        if any(number and not 0 < int(number) < 1 << 16 for number in (port, to_port)):
            raise ValueError(f"not a port: {text!r}")
        return cls(
            host=host.strip("[]").lower(),
            port=int(port) if port else None,
            to_host=to_host.strip("[]"),
            to_port=int(to_port) if to_port else None,
        )

    def fits(self, target: Target) -> bool:
        """Return whether the rule speaks of `target`."""
        return self.host in ("", target.host) and self.port in (None, target.port)
