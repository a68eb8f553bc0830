"""The head of an HTTP/1 answer, read as leniently as browsers read it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

# Chromium looks for the status line behind up to four stray bytes; so does this.
SLOP = 4
_STATUS_LINE = re.compile(rb"[\r\n]*.{0,4}?(HTTP|ICY)(?=[/ \t\d])", re.IGNORECASE | re.DOTALL)
_STATUS = re.compile(
    rb"(?P<version>(?:HTTP(?:/?[\d.]*)?|ICY))[ \t]*(?P<status>\d{3})?(?!\d)[ \t]?(?P<reason>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseHead:
    """A status line and its fields, in the order and the case received.

    `status` is 0 where the status line has no number; `version` is `HTTP/0.9` (and the status
    200, as browsers take it) where there was no status line at all. Folded lines are joined by a
    space, lines without a colon are left out: the bytes themselves are in `Exchange.head`.
    """

    version: bytes
    status: int
    reason: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    _values: dict[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        values: dict[str, list[str]] = {}
        for name, value in self.headers:
            known = values.setdefault(name.lower().decode("latin-1"), [])
            known.append(value.decode("latin-1"))
        object.__setattr__(self, "_values", values)

    def get(self, name: str) -> str | None:
        """Return the first value of `name`, read as Latin-1; None where there is none."""
        values = self._values.get(name.lower())
        return values[0] if values else None

    def get_all(self, name: str) -> list[str]:
        """Return every value of `name` in order, read as Latin-1."""
        return list(self._values.get(name.lower(), ()))

    def tokens(self, name: str) -> list[str]:
        """Return the comma-separated tokens of every `name`, lower case, without parameters."""
        values = self._values.get(name.lower())
        if not values:
            return []
        joined = ",".join(values).lower()
        tokens = (part.partition(";")[0].strip(" \t\r\x00\v\f\"'") for part in joined.split(","))
        return [token for token in tokens if token]

    @property
    def is_old(self) -> bool:
        """Return whether the answer is older than HTTP/1.1, so that connections close."""
        return self.version.upper() in (b"HTTP", b"HTTP/0.9", b"HTTP/1.0", b"HTTP/1", b"ICY")


SIMPLE = ResponseHead(version=b"HTTP/0.9", status=200, reason=b"", headers=())


def status_line_start(data: bytes | bytearray) -> int | None:
    """Return where the status line starts in the first bytes of an answer; None for HTTP/0.9.

    Empty lines before it and up to four stray bytes are passed over.
    """
    found = _STATUS_LINE.match(data)
    return found.start(1) if found else None


@lru_cache(maxsize=16)  # each head is asked for by framing, writer and crawl in turn
def parse_head(head: bytes) -> ResponseHead:
    """Return what `head` says; never raises.

    Lines end with LF, the CR before it is optional (RFC 9112 section 2.2). An empty head, or one
    without a status line, is HTTP/0.9.
    """
    start = status_line_start(head)
    if start is None:
        return SIMPLE
    first, _, rest = head[start:].partition(b"\n")
    version, status, reason = _parse_status(first.rstrip(b"\r"))
    fields = tuple(_parse_fields(rest))
    return ResponseHead(version=version, status=status, reason=reason, headers=fields)


def _parse_status(line: bytes) -> tuple[bytes, int, bytes]:
    found = _STATUS.match(line)
    if found is None:
        return line, 0, b""
    return found["version"], int(found["status"] or 0), found["reason"].strip()


def _parse_fields(block: bytes) -> list[tuple[bytes, bytes]]:
    """Return the fields of `block` up to its empty line."""
    fields: list[tuple[bytes, bytes]] = []
    for raw in block.split(b"\n"):
        line = raw.rstrip(b"\r")
        if not line:
            break
        if line[0] in b" \t":
            if fields:
                name, value = fields[-1]
                fields[-1] = (name, b" ".join(filter(None, (value, line.strip()))))
            continue
        name, colon, value = line.partition(b":")
        if colon:
            fields.append((name.strip(), value.strip(b" \t\r")))
    return fields
