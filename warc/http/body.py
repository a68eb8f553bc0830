"""What delimits a body, by table: RFC 9112 section 6.3 and what servers really do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from warc.http.head import ResponseHead

SWITCHING = 101
_LEADING_DIGITS = re.compile(r"\d+")
# 205 has no content either (RFC 9110 section 15.3.6), but servers send it with a length of 0.
_BODILESS = frozenset({204, 304})


class Body(Enum):
    """What delimits a body, RFC 9112 section 6.3."""

    NONE = auto()
    LENGTH = auto()
    CHUNKED = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """How the end of one answer is known.

    `least` is the size from which on the body may be whole, None where only the close of the
    connection can tell; `most` the size at which it is. They differ where the head contradicts
    itself, and `doubt` then says how.
    """

    body: Body
    least: int | None = None
    most: int | None = None
    doubt: str = ""


def framing_of(head: ResponseHead, method: str) -> Framing:
    """Return how the body of the answer `head` to `method` is delimited.

    The first row that fits decides. HEAD, 204 and 304 have no body whatever they state; a final
    chunked coding beats every length; lengths that contradict each other bound the body between
    the least and the most; a length that is no number leaves only its leading digits as a hint.
    """
    if method == "HEAD" or head.status in _BODILESS or _is_tunnel(head, method):
        return Framing(body=Body.NONE, least=0, most=0)
    if head.status == SWITCHING:
        return Framing(body=Body.CLOSE, least=0, doubt="101 without an upgrade asked for")
    codings = head.tokens("transfer-encoding")
    lengths = head.get_all("content-length")
    if "chunked" in codings:
        return Framing(body=Body.CHUNKED, doubt=_chunked_doubt(head, codings, lengths))
    if set(codings) - {"identity"}:
        return Framing(body=Body.CLOSE, doubt="a transfer coding without chunks")
    if lengths:
        return _framing_by_length(lengths)
    return Framing(body=Body.CLOSE, least=0 if head.status == 205 else None)  # noqa: PLR2004 see above


def _is_tunnel(head: ResponseHead, method: str) -> bool:
    return method == "CONNECT" and 200 <= head.status < 300  # noqa: PLR2004 RFC 9110 section 9.3.6


def _chunked_doubt(head: ResponseHead, codings: list[str], lengths: list[str]) -> str:
    if lengths:
        return "both a chunked coding and a Content-Length"
    if head.is_old:
        return "a chunked coding before HTTP/1.1"
    return "" if codings[-1] == "chunked" else "a chunked coding that is not the last"


def _framing_by_length(lengths: list[str]) -> Framing:
    stated = {part.strip(" \t\r\x00") for value in lengths for part in value.split(",")}
    if all(part.isascii() and part.isdigit() for part in stated):
        sizes = {_size(part) for part in stated}
        doubt = "" if len(sizes) == 1 else "lengths that contradict each other"
        return Framing(body=Body.LENGTH, least=min(sizes), most=max(sizes), doubt=doubt)
    hints = [_size(found[0]) for part in stated if (found := _LEADING_DIGITS.match(part))]
    return Framing(
        body=Body.CLOSE, least=min(hints, default=None), doubt="a length that is no number"
    )


def _size(digits: str) -> int:
    """Return the number; one of absurdly many digits is simply beyond every body."""
    return int(digits[:4000].encode("ascii", "ignore") or b"0")
