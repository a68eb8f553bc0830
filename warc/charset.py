"""Decode pages as browsers do, and leave no byte out."""

from __future__ import annotations

import codecs
import re

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:\-]+)""", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED_IN = 2048  # bytes searched for a declared charset; HTML asks for the first 1024
_TEXT_CODEC = re.compile(r"utf-8$|cp\d|iso8859|koi8|gb|big5|euc|shift_jis|iso2022|mac|windows")
_WEB_LABELS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decode the bytes that are no UTF-8 as Windows-1252, what such bytes on the web are."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("muniment-cp1252", _as_cp1252)


def decode(html: bytes, content_type: str | None) -> str:
    """Return a page's text: by BOM, the header's charset, the page's own, or what it looks like.

    Labels mean what browsers take them for (ISO-8859-1 is Windows-1252). Where the bytes are not
    what the label says, the wrong ones are read as Windows-1252, never dropped.
    """
    return text_of(utf8(html, content_type))


def text_of(part: bytes) -> str:
    """Return the text of a page, or of a part of it, that `utf8` gave."""
    return part.decode("utf-8", "muniment-cp1252")


def utf8(html: bytes, content_type: str | None) -> bytes:
    """Return a page in UTF-8, itself where it is that, with what is wrong in it left as it is.

    For who needs only parts of a page: `text_of` and `mended` put right what is wrong in those.
    """
    for bom, encoding in _BOMS:
        if html.startswith(bom):
            return html.decode(encoding, "replace").lstrip("\ufeff").encode("utf-8", "replace")
    label = _label(content_type.encode("latin-1", "replace") if content_type else b"")
    label = label or _label(html[:_DECLARED_IN])
    if label in (None, "utf-8"):
        return html
    if label == "cp1252":
        return html if _is_utf8(html) else html.decode("cp1252", "replace").encode()
    return html.decode(label or "utf-8", "replace").encode("utf-8", "replace")


def mended(part: bytes) -> bytes:
    """Return a part of what `utf8` gave as it is where it is right, and put right elsewhere."""
    return part if _is_utf8(part) else text_of(part).encode()


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _label(text: bytes) -> str | None:
    found = _CHARSET.search(text)
    if not found:
        return None
    name = found[1].decode("ascii", "replace").lower()
    name = _WEB_LABELS.get(name, name)
    try:
        name = codecs.lookup(name).name
    except LookupError:
        return None
    # A page that names UTF-16 in ASCII is not; Python knows codecs that no text is in.
    return name if _TEXT_CODEC.match(name) else None
