"""How bytes are shown: what a browser can show by itself, text as text, the rest in hexadecimal."""

from __future__ import annotations

import re
from enum import Enum, auto
from http import HTTPStatus

from warc.charset import decode
from warc.http.head import ResponseHead

_TEXT = re.compile(r"text/|application/(?:.*\+)?(?:json|xml|javascript|warc-fields)\b|image/svg")
_BROWSERS_SHOW = re.compile(r"(?:text|image|audio|video)/|application/(?:.*\+)?(?:json|xml)$")
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_CONTROLS = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"}
_ROW = 16


class Showing(Enum):
    """How a capture stands in the frame."""

    SANDBOXED = auto()
    # Chromium opens its viewer in no sandbox; nosniff keeps such an answer from being a page.
    VIEWER = auto()
    NOT = auto()  # browsers would save it


def showing(content_type: str | None) -> Showing:
    """Return how an answer of that Content-Type can be shown; without one browsers guess."""
    bare = bare_type(content_type)
    if bare == "application/pdf":
        return Showing.VIEWER
    if not bare or bare == "application/javascript" or _BROWSERS_SHOW.match(bare):
        return Showing.SANDBOXED
    return Showing.NOT


def bare_type(content_type: str | None) -> str:
    """Return a Content-Type without its parameters, in lower case; "" where there is none."""
    return (content_type or "").partition(";")[0].strip().lower()


def is_html(content_type: str | None) -> bool:
    """Return whether an answer of that Content-Type is a page."""
    return bare_type(content_type) in _HTML


def as_text(body: bytes, content_type: str | None) -> str | None:
    """Return `body` as text, its controls made visible; None where it is none."""
    if b"\0" in body and not _TEXT.match(bare_type(content_type)):
        return None
    if _TEXT.match(bare_type(content_type)):
        return decode(body, content_type).translate(_CONTROLS)
    try:
        return body.decode("utf-8").translate(_CONTROLS)
    except UnicodeDecodeError:
        return None


def hexadecimal(data: bytes) -> str:
    """Return a dump of `data`: offset, 16 bytes a line, and what of them is ASCII."""
    rows = (data[at : at + _ROW] for at in range(0, len(data), _ROW))
    return "\n".join(
        f"{at * _ROW:06x}  {row.hex(' '):<{3 * _ROW - 1}}  {_ascii(row)}"
        for at, row in enumerate(rows)
    )


def _ascii(row: bytes) -> str:
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else "·" for byte in row)  # noqa: PLR2004


def size(octets: int) -> str:
    """Return a number of bytes in words."""
    return "1 byte" if octets == 1 else f"{octets:,} bytes"


def status_words(status: int | None) -> str:
    """Return a status as people know it: `404 Not Found`; "" where there is none."""
    if status is None:
        return ""
    known = next((one for one in HTTPStatus if one == status), None)
    return f"{status} {known.phrase}" if known else str(status)


def codings(head: ResponseHead) -> list[str]:
    """Return the transfer and content codings that a body was sent in."""
    sent = head.tokens("transfer-encoding") + head.tokens("content-encoding")
    return [coding for coding in sent if coding != "identity"]
