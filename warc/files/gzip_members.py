"""Members of gzip files (RFC 1952), each checked against its checksum."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

from warc.damage import BrokenContainerError
from warc.files.container import PIECE, Members

_INFLATING: Any = zlib
with suppress(ImportError):  # no wheel for this machine
    from isal import isal_zlib

    _INFLATING = isal_zlib  # half to two thirds of zlib's time

GZIP_MAGIC = b"\x1f\x8b\x08"
_GZIP = 31  # zlib's window bits for a gzip member with its checksum verified
_RAW = -15  # and for the deflate stream alone
_STEP = 1 << 13  # input bytes a step: what it does not use of them is copied
_NEXT_STEP = 1 << 15  # once a member has turned out to be a long one
_SALVAGE = 256  # input bytes a step where a member is known to be damaged
_TRAILER = 8
_FHCRC, _FEXTRA, _FNAME, _FCOMMENT = 2, 4, 8, 16  # RFC 1952 section 2.3.1
_ERRORS = (zlib.error, _INFLATING.error)


class Gzip(Members):
    """A file of gzip members, one a record as WARC 1.1 annex D asks, or otherwise."""

    magic = GZIP_MAGIC
    kind = "gzip member"

    def _begin(self, offset: int) -> None:
        super()._begin(offset)
        self._inflate: _Inflate = _INFLATING.decompressobj(_GZIP)

    def ended(self) -> bool:
        """Return whether the present member is read to its end."""
        return self._inflate.eof

    def _step(self) -> bytes:
        inflate = self._inflate
        size = _NEXT_STEP if self._delivered else _STEP
        step = self._raw[self._at : self._at + size]
        try:
            data = inflate.decompress(step, PIECE)
        except _ERRORS as error:
            self._salvage(error)
            return b""
        left = inflate.unused_data or inflate.unconsumed_tail
        self._at += len(step) - len(left)
        if self._at < 0:  # bytes of an earlier step that it had taken in advance
            self._raw, self._at = left + self._raw[self._at + len(left) :], 0
        return data

    def _held_back(self) -> bytes:
        """Return what is still to come of a cut member; igzip stops a little before zlib does."""
        if isinstance(self._inflate, _Unchecked):
            return b""
        with suppress(*_ERRORS):
            if data := self._inflate.decompress(b"", PIECE):
                return data
        if self._delivered and not self._inflate.eof:
            self._read_again()
        return b""

    def _salvage(self, error: Exception) -> None:
        if isinstance(self._inflate, _Unchecked):
            raise BrokenContainerError(self.start, f"a gzip member that does not inflate: {error}")
        self._read_again()

    def _read_again(self) -> None:
        """Read the member again without its checksum, from where it was delivered up to."""
        delivered = self._delivered
        self._seek(self.start)
        self._load()
        self._inflate = _Unchecked(delivered, lambda why: self.found.append((self.start, why)))
        self._delivered = delivered

    def _skip_between(self) -> None:
        """Name and pass NUL bytes, which a file grows by when the power fails."""
        if self._raw.startswith(self.magic, self._at):
            return
        first, count = self.tell(), 0
        while self._at < len(self._raw) or self._load():
            kept = self._raw[self._at :].lstrip(b"\0")
            count += len(self._raw) - self._at - len(kept)
            self._at = len(self._raw) - len(kept)
            if kept:
                break
        if count:
            self.found.append((first, f"{count} NUL byte{'s' * (count > 1)} after a gzip member"))

    def _begun(self, data: bytes) -> bytes:
        try:
            return zlib.decompressobj(_GZIP).decompress(data, PIECE)
        except zlib.error:
            return b""


class _Inflate(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


class _Unchecked:
    """Inflate a member in small steps, so that an error costs no more than one step.

    The first `skip` bytes are left out. A wrong checksum is told to `tell` and nothing more.
    """

    def __init__(self, skip: int, tell: Callable[[str], None]) -> None:
        self._skip = skip
        self._tell = tell
        self._inflate: zlib._Decompress | None = None
        self._crc = 0
        self._trailer = b""
        self.eof = False
        self.unused_data = b""
        self.unconsumed_tail = b""

    def decompress(self, data: bytes, _max_length: int = 0, /) -> bytes:
        """Return what the next step gives; the rest of `data` is in `unconsumed_tail`."""
        if self._inflate is None:
            data = data[gzip_header_size(data) :]
            self._inflate = zlib.decompressobj(_RAW)
        if self._inflate.eof:
            return self._finish(data)
        step = self._inflate.decompress(data[:_SALVAGE])
        self._crc = zlib.crc32(step, self._crc)
        self.unconsumed_tail = self._inflate.unused_data + data[_SALVAGE:]
        kept = step[self._skip :]
        self._skip -= len(step) - len(kept)
        return kept

    def _finish(self, data: bytes) -> bytes:
        """Compare the trailer's checksum (RFC 1952 section 2.3.1) once its eight bytes are in."""
        self._trailer += data
        self.unconsumed_tail = b""
        if len(self._trailer) < _TRAILER:
            return b""
        if int.from_bytes(self._trailer[:4], "little") != self._crc:
            self._tell("the checksum of the gzip member is wrong")
        self.eof = True
        self.unused_data = self._trailer[_TRAILER:]
        return b""


def gzip_header_size(data: bytes) -> int:
    """Return the length of the gzip header that `data` begins with (RFC 1952 section 2.3)."""
    flags, at = data[3] if len(data) > 3 else 0, 10  # noqa: PLR2004 (the fixed part)
    if flags & _FEXTRA:
        at += 2 + int.from_bytes(data[at : at + 2], "little")
    for flag in (_FNAME, _FCOMMENT):
        if flags & flag:
            end = data.find(b"\0", at)
            at = len(data) if end < 0 else end + 1
    return at + 2 if flags & _FHCRC else at
