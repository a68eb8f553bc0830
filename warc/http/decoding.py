"""Taking codings off a body: transfer codings, then content codings, within a byte limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from io import BytesIO
from typing import IO, cast

import brotli  # type: ignore[import-untyped]  # ships no types
import zstandard

from warc.exchange import Exchange
from warc.http.chunked import ChunkScanner
from warc.http.head import ResponseHead, parse_head

_PIECE = 1 << 16
# What one step may inflate at most; small inputs lose little where the next byte is damaged.
_SLICE = 1 << 11
_RAW_DEFLATE = -15
_ZLIB_METHOD = 8
_GZIP_MAGIC, _GZIP_HEADER, _GZIP_TRAILER = b"\x1f\x8b", 10, 8
_ZSTD_SKIPPABLE = b"\x2a\x4d\x18"
# RFC 9659: no more than 8 MiB of window for zstd over HTTP.
_ZSTD_WINDOW = 1 << 23

Pieces = Iterator[bytes]


class CodingFault(StrEnum):
    """What is wrong with a content coding, as far as it was read."""

    DAMAGED = "damaged"  # from some byte on it cannot be decoded
    CUT = "cut"  # it stops before its end
    ABSENT = "absent"  # the bytes are of another kind, and passed on as they are


Faults = list[CodingFault]


def entity(exchange: Exchange) -> Pieces:
    """Yield the body of the answer without its transfer coding; content coding stays."""
    head = parse_head(exchange.head)
    return entity_body(head, exchange.response.chunks(exchange.head_size))


def entity_body(head: ResponseHead, body: Iterable[bytes]) -> Pieces:
    """Yield `body` without the transfer coding `head` states.

    A body that is said to be chunked and is not (archives often keep it so) passes unchanged;
    one that stops being chunked ends where it does.
    """
    pieces: Pieces = iter(body)
    for coding in reversed(head.tokens("transfer-encoding")):
        if coding == "chunked":
            pieces = _unchunk(pieces)
        elif decode := _DECODERS.get(coding):
            pieces = decode(pieces, [])
    return pieces


def decoded(exchange: Exchange, limit: int, faults: Faults | None = None) -> bytes:
    """Return the body without transfer and content coding, at most its first `limit` bytes.

    Best effort: of a damaged or cut body what can be read, of an unknown coding the bytes as
    they are. Never inflates more than a piece of 64 KiB beyond `limit`. What is wrong with a
    content coding within that limit is added to `faults`.
    """
    head = parse_head(exchange.head)
    return decoded_body(head, exchange.response.chunks(exchange.head_size), limit, faults)


def decoded_body(
    head: ResponseHead, body: Iterable[bytes], limit: int, faults: Faults | None = None
) -> bytes:
    """Return `body`, as received under `head`, without its codings; see `decoded`."""
    pieces = entity_body(head, body)
    found: Faults = [] if faults is None else faults
    for coding in reversed(head.tokens("content-encoding")):
        decode = _DECODERS.get(coding)
        pieces = decode(pieces, found) if decode else pieces
    return _take(pieces, limit)


def _take(pieces: Pieces, limit: int) -> bytes:
    first = next(pieces, b"")
    second = next(pieces, None) if len(first) < limit else None
    if second is None:
        return first[:limit]
    taken = BytesIO()  # its value is not copied, as joined pieces would be
    taken.write(first)
    taken.write(second[: limit - len(first)])
    while (left := limit - taken.tell()) > 0 and (piece := next(pieces, None)) is not None:
        taken.write(piece[:left])
    return taken.getvalue()


def _unchunk(pieces: Pieces) -> Pieces:
    scanner = ChunkScanner()
    held = b""
    for piece in pieces:
        out: list[bytes] = []
        scanner.feed(piece, out)
        if not scanner.chunks:
            held += piece
            if scanner.is_lost:
                yield held
                yield from pieces
                return
            continue
        held = b""
        yield from out
        if scanner.is_done or scanner.is_lost:
            return
    scanner.close()
    if scanner.is_lost and not scanner.chunks:
        yield held


class _Source:
    """The pieces of a coded body, to look ahead in and to put back to."""

    __slots__ = ("_buffer", "_pieces")

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._buffer = b""

    def peek(self, size: int) -> bytes:
        """Return the next `size` bytes without taking them; fewer only at the end."""
        while len(self._buffer) < size and (piece := next(self._pieces, None)) is not None:
            self._buffer += piece
        return self._buffer[:size]

    def read(self, size: int = _SLICE) -> bytes:
        """Return the next bytes, `size` at most; none only at the end."""
        taken = self.peek(1) and self._buffer[:size]
        self._buffer = self._buffer[len(taken) :]
        return taken

    def put_back(self, data: bytes) -> None:
        """Make `data` the next bytes."""
        self._buffer = data + self._buffer

    def skip(self, size: int) -> None:
        """Pass over `size` bytes."""
        self.peek(size)
        self._buffer = self._buffer[size:]

    def rest(self) -> Pieces:
        """Yield all that was not taken."""
        while piece := self.read(_PIECE):
            yield piece


def _inflate(source: _Source, faults: Faults) -> Pieces:
    """Yield raw deflate data inflated and leave `source` behind its end, or empty on damage.

    Checksums are not looked at, as browsers do not: a body with a wrong one is a body.
    """
    inflater = zlib.decompressobj(_RAW_DEFLATE)
    while not inflater.eof and (data := source.read()):
        try:
            while data and not inflater.eof:
                yield inflater.decompress(data, _PIECE)
                data = inflater.unconsumed_tail
            yield from _pending(inflater)
        except zlib.error:
            faults.append(CodingFault.DAMAGED)
            return
    if not inflater.eof:
        faults.append(CodingFault.CUT)
    source.put_back(inflater.unused_data)


def _pending(inflater: zlib._Decompress) -> Pieces:
    """Yield what zlib holds back although all its input is consumed."""
    while not inflater.eof and (piece := inflater.decompress(b"", _PIECE)):
        yield piece


def _gunzip(pieces: Pieces, faults: Faults) -> Pieces:
    source = _Source(pieces)
    if source.peek(2) != _GZIP_MAGIC:
        yield from source.rest()
        return
    while source.peek(2) == _GZIP_MAGIC:
        _skip_gzip_header(source)
        yield from _inflate(source, faults)
        source.skip(_GZIP_TRAILER)


def _skip_gzip_header(source: _Source) -> None:
    """Pass over the header of a gzip member, RFC 1952 section 2.3."""
    flags = source.peek(_GZIP_HEADER)[3:4] or b"\0"
    source.skip(_GZIP_HEADER)
    if flags[0] & 4:
        source.skip(2 + int.from_bytes(source.peek(2), "little"))
    for flag in (8, 16):
        while flags[0] & flag and source.read(1) not in (b"\0", b""):
            pass
    if flags[0] & 2:
        source.skip(2)


def _undeflate(pieces: Pieces, faults: Faults) -> Pieces:
    """Yield `deflate` decoded: zlib by RFC 9110, raw by many servers."""
    source = _Source(pieces)
    start = source.peek(2)
    if len(start) == 2 and start[0] & 15 == _ZLIB_METHOD and int.from_bytes(start) % 31 == 0:  # noqa: PLR2004 RFC 1950
        source.skip(2)
    elif not _is_deflate(source.peek(_SLICE)):
        faults.append(CodingFault.ABSENT)
        yield from source.rest()
        return
    yield from _inflate(source, faults)


def _is_deflate(start: bytes) -> bool:
    try:
        zlib.decompressobj(_RAW_DEFLATE).decompress(start, 1)
    except zlib.error:
        return False
    return True


def _unbrotli(pieces: Pieces, faults: Faults) -> Pieces:
    """Yield `br` decoded. Brotli has no magic number: bytes that give nothing pass unchanged."""
    source = _Source(pieces)
    decoder = brotli.Decompressor()
    held = b""
    is_begun = is_whole = False
    try:
        while not (is_whole := decoder.is_finished()) and (data := source.read()):
            held = b"" if is_begun else held + data
            while piece := decoder.process(data, output_buffer_limit=_PIECE):
                is_begun = True
                yield piece
                data = b""
        if not is_whole:
            faults.append(CodingFault.CUT if is_begun else CodingFault.ABSENT)
    except brotli.error:
        faults.append(CodingFault.DAMAGED if is_begun else CodingFault.ABSENT)
    if not is_begun and not is_whole:
        source.put_back(held)
        yield from source.rest()


def _unzstd(pieces: Pieces, faults: Faults) -> Pieces:
    source = _Source(pieces)
    magic = source.peek(4)
    if magic != zstandard.FRAME_HEADER and magic[1:] != _ZSTD_SKIPPABLE:
        faults.append(CodingFault.ABSENT)
        yield from source.rest()
        return
    decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    with decompressor.stream_reader(cast("IO[bytes]", source), read_across_frames=True) as reader:
        try:
            while piece := reader.read(_SLICE):
                yield piece
        except zstandard.ZstdError:
            faults.append(CodingFault.DAMAGED)


_DECODERS: dict[str, Callable[[Pieces, Faults], Pieces]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
