"""A part of an answer (RFC 9110 section 14): players and PDF viewers ask for what they need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from starlette.responses import Response, StreamingResponse

from warc.capture import Capture

_RANGE = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.IGNORECASE)
_STREAMED = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A payload: its pieces, read when they are asked for, and how many bytes they come to."""

    size: int
    pieces: Iterable[bytes]


def body_of(capture: Capture, limit: int) -> Body:
    """Return the payload of a capture without its codings.

    A big one that was sent in no coding is read piece by piece, however big; any other is held
    in memory, at most its first `limit` bytes.
    """
    size = capture.record.block_size - capture.head_size
    head = capture.headers
    coded = [*head.tokens("transfer-encoding"), *head.tokens("content-encoding")]
    if size > _STREAMED and set(coded) <= {"identity"}:
        stated = head.get("content-length") or ""
        is_less = stated.isascii() and stated.isdecimal() and len(stated) < 18  # noqa: PLR2004 - a file's size
        size = min(size, int(stated)) if is_less else size
        return Body(size=size, pieces=capture.entity())
    held = capture.payload(limit)
    return Body(size=len(held), pieces=(held,))


def asked_range(field: str | None, size: int) -> range | None:
    """Return the bytes that a Range field asks for, an empty range for none that there are.

    None where all of it is due: without a field, with one that makes no sense, or with several
    ranges, which a server may answer with everything (RFC 9110 section 14.2).
    """
    match = _RANGE.fullmatch(field or "")
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        return range(max(0, size - int(match[2])), size)
    first, last = int(match[1]), int(match[2]) if match[2] else size - 1
    if match[2] and last < first:
        return None
    return range(first, min(last + 1, size))


def respond(
    body: Body, status: int, headers: Mapping[str, str], asked: Mapping[str, str], tag: str
) -> Response:
    """Return a payload, or the part of it that the request's fields `asked` ask for.

    `tag` is its ETag. A part is given of a 200 only, and where `If-Range` is there and names
    another tag all of it.
    """
    said = dict(headers) | {"ETag": tag, "Accept-Ranges": "bytes"}
    part = asked_range(asked.get("range"), body.size) if status == 200 else None  # noqa: PLR2004 - RFC 9110
    if part is None or asked.get("if-range", tag) != tag:
        return _sent(body, range(body.size), status, said)
    if not part:
        return Response(b"", 416, said | {"Content-Range": f"bytes */{body.size}"})
    said["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{body.size}"
    return _sent(body, part, 206, said)


def _sent(body: Body, part: range, status: int, headers: dict[str, str]) -> Response:
    pieces = _cut(body.pieces, part)
    if body.size <= _STREAMED:
        return Response(b"".join(pieces), status, headers)
    headers["Content-Length"] = str(len(part))
    return StreamingResponse(pieces, status, headers)


def unread(body: Body) -> Body:
    """Return a body for the answer to a HEAD, which nobody reads where it is big."""
    return Body(size=body.size, pieces=()) if body.size > _STREAMED else body


def _cut(pieces: Iterable[bytes], part: range) -> Iterator[bytes]:
    """Yield the bytes of `part`; what comes before is read and left out."""
    at = 0
    for piece in pieces:
        if at >= part.stop:
            return
        wanted = piece[max(0, part.start - at) : part.stop - at]
        at += len(piece)
        if wanted:
            yield wanted
