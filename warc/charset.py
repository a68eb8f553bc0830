"""Bytes of a page to text, as a browser would read them."""

from __future__ import annotations

from w3lib.encoding import html_to_unicode


def decode_text(body: bytes, content_type: str | None) -> str:
    """Return `body` as text; never raises, what fits no charset becomes U+FFFD.

    In this order: byte order mark, the header's charset, the page's own `<meta>`, UTF-8 where the
    bytes are UTF-8, windows-1252 (what browsers take for everything unlabelled in the West).
    """
    return html_to_unicode(content_type, body, auto_detect_fun=_sniffed)[1]


def _sniffed(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
