"""The chunked transfer coding, RFC 9112 section 7.1, followed byte by byte."""

from __future__ import annotations

import re
from enum import Enum, auto

_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]+)[ \t\r]*(?:;.*)?", re.DOTALL)
_SIZE_SO_FAR = re.compile(rb"[ \t]*(?:[0-9a-fA-F]+[ \t\r]*(?:;.*)?)?", re.DOTALL)
# 2**60 bytes are beyond any body; a longer size is noise that happens to be hexadecimal.
_MOST_DIGITS = 15


class _At(Enum):
    SIZE = auto()
    BODY = auto()
    AFTER = auto()
    TRAILER = auto()
    END = auto()
    LOST = auto()


class ChunkScanner:
    """Follow a chunked body through any split of its bytes.

    Lenient where servers are: LF alone ends a line, blanks around a size and any extension are
    passed over, sizes may have leading zeros. `is_last_seen` once the chunk of size 0 was read,
    `is_done` once the trailer section ended too, `is_lost` once the coding cannot be followed.
    """

    __slots__ = ("_at", "_left", "_line", "_line_limit", "chunks")

    def __init__(self, *, line_limit: int = 1 << 20) -> None:
        self._at = _At.SIZE
        self._left = 0
        self._line = b""
        self._line_limit = line_limit
        self.chunks = 0

    @property
    def is_done(self) -> bool:
        """Return whether the coding's end was reached."""
        return self._at is _At.END

    @property
    def is_lost(self) -> bool:
        """Return whether bytes came that are no chunk."""
        return self._at is _At.LOST

    @property
    def is_last_seen(self) -> bool:
        """Return whether nothing but the trailer section can be missing."""
        return self._at in (_At.TRAILER, _At.END)

    def feed(self, data: bytes, out: list[bytes] | None = None) -> int:
        """Return how many bytes of `data` were followed; the chunks' data goes to `out`.

        Less than all of them only where the end was reached within `data`, or the way was lost:
        then the line that is no chunk is counted, what follows it is not.
        """
        at, end = 0, len(data)
        while at < end and self._at not in (_At.END, _At.LOST):
            if self._at is _At.BODY:
                at = self._take_body(data, at, out)
            else:
                at = self._take_line(data, at)
        return at

    def close(self) -> None:
        """Note that no byte will follow, which may show that a line begun is no chunk."""
        if self._at is _At.SIZE and not _SIZE_SO_FAR.fullmatch(self._line):
            self._at = _At.LOST

    def _take_body(self, data: bytes, at: int, out: list[bytes] | None) -> int:
        stop = min(at + self._left, len(data))
        if out is not None:
            out.append(data[at:stop])
        self._left -= stop - at
        if not self._left:
            self._at = _At.AFTER
        return stop

    def _take_line(self, data: bytes, at: int) -> int:
        newline = data.find(b"\n", at)
        if newline < 0:
            self._line += data[at:]
            if len(self._line) > self._line_limit or self._is_after_wrong(self._line):
                self._at = _At.LOST
            return len(data)
        line = self._line + data[at:newline] if self._line else data[at:newline]
        self._line = b""
        self._step(line)
        return newline + 1

    def _step(self, line: bytes) -> None:
        """Go on from a whole line, given without its LF."""
        if self._at is _At.SIZE:
            self._start_chunk(line)
        elif self._at is _At.AFTER:
            self._at = _At.LOST if self._is_after_wrong(line) else _At.SIZE
        elif not line.strip(b"\r"):
            self._at = _At.END
        else:
            self._line_limit -= len(line)
            if self._line_limit < 0:
                self._at = _At.LOST

    def _is_after_wrong(self, line: bytes) -> bool:
        return self._at is _At.AFTER and bool(line.strip(b"\r"))

    def _start_chunk(self, line: bytes) -> None:
        found = _SIZE.fullmatch(line)
        digits = found[1].lstrip(b"0") if found else b""
        if found is None or len(digits) > _MOST_DIGITS or len(line) > self._line_limit:
            self._at = _At.LOST
            return
        self._left = int(digits or b"0", 16)
        self.chunks += 1
        self._at = _At.BODY if self._left else _At.TRAILER
