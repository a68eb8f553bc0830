"""What kind of document an answer is, as browsers tell it, and its text: pure.

Links are looked for in HTML, XML and CSS. A type that is stated is believed, so HTML served as
text/plain is text; where none is stated the first bytes decide (WHATWG MIME Sniffing section 7.1).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from enum import StrEnum

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

READ_LIMIT = 16 << 20
PIECE = 1 << 20
_SNIFFED = 1445
_TYPE = re.compile(r"\s*([\w!#$&^.+-]+/[\w!#$&^.+-]+)\s*")
_UNKNOWN = {"unknown/unknown", "application/unknown"}
_HTML = re.compile(
    rb"[\t\n\f\r ]*<(?:!--|(?:!DOCTYPE HTML|HTML|HEAD|SCRIPT|IFRAME|FRAMESET|H1|DIV|FONT|TABLE|A|"
    rb"STYLE|TITLE|BODY|BR|B|P|META|LINK|UL|OL|CENTER|FORM|IMG)[ \t\r\n\f/>])",
    re.IGNORECASE,
)
_XHTML = re.compile(r"<html\b[^>]*\bxmlns=|<!DOCTYPE\s+html", re.IGNORECASE)
_BINARY = (b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"%PDF-", b"PK\x03\x04", b"RIFF", b"\x1f\x8b")
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,80}?\bencoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_UTF16 = ("utf-16", "utf-32")


class Form(StrEnum):
    """A kind of document in which links are looked for."""

    HTML = "html"
    XML = "xml"
    CSS = "css"


def form_of(content_type: str, beginning: bytes) -> Form | None:
    """Return what an answer is by its Content-Type and its first bytes; None for all else."""
    kind = media_type(content_type)
    if kind is None:
        return _sniffed(beginning[:_SNIFFED])
    if kind == "text/html":
        return None if beginning.startswith(_BINARY) else Form.HTML
    if kind == "text/css":
        return Form.CSS
    is_xml = kind.endswith("+xml") or kind in {"text/xml", "application/xml", "text/x-opml"}
    return Form.XML if is_xml else None


def media_type(content_type: str) -> str | None:
    """Return the type in lower case; None where none is stated that means anything.

    Of several the last counts (Fetch Standard, "extract a MIME type").
    """
    stated = [match[1].lower() for p in content_type.split(",") if (match := _TYPE.match(p))]
    known = [kind for kind in stated if kind not in _UNKNOWN]
    return known[-1] if known else None


def may_lead_on(content_type: str) -> bool:
    """Return whether an answer of that type can have links that are looked for."""
    return form_of(content_type, b"<html>") is not None


def encoding_of(content_type: str, body: bytes) -> str:
    """Return the encoding of a document: by its mark, its header, its own word, or its bytes.

    Bytes that say nothing are UTF-8 where they can be, and else windows-1252.
    """
    mark, _ = read_bom(body)
    if mark:
        return mark
    stated = http_content_type_encoding(content_type) or _declared(body[:4096])
    return stated or ("utf-8" if _is_utf8(body) else "cp1252")


def texts(body: bytes, encoding: str, piece: int = PIECE) -> Iterator[str]:
    """Yield the text of `body`, in pieces where it is long, each beginning with a "<".

    A parser needs many times the memory of its text, and nobody's memory is without end.
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    if len(body) <= piece or encoding.startswith(_UTF16):
        yield body.decode(encoding, "replace")
        return
    start = 0
    while start < len(body):
        end = body.rfind(b"<", start + 1, start + piece) if start + piece < len(body) else -1
        end = end if end > 0 else min(start + piece, len(body))
        yield body[start:end].decode(encoding, "replace")
        start = end


def _sniffed(beginning: bytes) -> Form | None:
    start = beginning.removeprefix(codecs.BOM_UTF8)
    if _HTML.match(start):
        return Form.HTML
    return Form.XML if start.lstrip().startswith(b"<?xml") else None


def _declared(beginning: bytes) -> str | None:
    xml = _XML_ENCODING.match(beginning.lstrip())
    declared = resolve_encoding(xml[1].decode("ascii")) if xml else None
    declared = declared or html_body_declared_encoding(beginning)
    # What can be read as ASCII is not UTF-16, whatever it says (HTML Standard section 13.2.3.2).
    return "utf-8" if declared and declared.startswith(_UTF16) else declared


def _is_utf8(body: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(body), PIECE):
            decoder.decode(body[start : start + PIECE])
    except UnicodeDecodeError:
        return False
    return True
