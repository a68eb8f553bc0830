"""What an answer is taken for: its Content-Type made harmless, or guessed as browsers guess."""

from __future__ import annotations

import re

from warc.replay.display import Showing, bare_type, is_html, showing

_WORD = r"[A-Za-z0-9!#$&^_.+-]{1,100}"
_ESSENCE = re.compile(rf"\s*({_WORD}/{_WORD})\s*(?:;|$)")
_CHARSET = re.compile(rf""";\s*charset\s*=\s*["']?({_WORD})["']?\s*(?:;|$)""", re.IGNORECASE)
# MIME Sniffing 7: with these browsers look at the bytes.
_UNTOLD = frozenset({"", "unknown/unknown", "application/unknown", "*/*"})
_OPAQUE = "application/octet-stream"
SNIFFED = 1445
_HTML_BEGINS = re.compile(
    rb"[\t\n\f\r ]*<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body"
    rb"|br|p|!--)[ >]",
    re.IGNORECASE,
)
_BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")

_NOTHING_FROM_ELSEWHERE = (
    "default-src 'self' 'unsafe-inline' data:; script-src 'none'; worker-src 'none'; "
    "connect-src 'none'; object-src 'self'; form-action 'none'; base-uri 'none'"
)
# The capture's page: an origin of its own, no scripts, nothing from anywhere but here.
_PAGE_POLICY = f"sandbox allow-top-navigation-by-user-activation; {_NOTHING_FROM_ELSEWHERE}"
# What is not rewritten keeps links to the live web: they lead nowhere from its frame.
_CLOSED_POLICY = f"sandbox; {_NOTHING_FROM_ELSEWHERE}"
# A PDF, whose viewer Chromium opens in no sandbox; its own scripts reach no page.
_VIEWER_POLICY = (
    "default-src 'self' 'unsafe-inline'; script-src 'none'; form-action 'none'; base-uri 'none'"
)
_FONTS = re.compile(r"font/|application/(?:x-)?font|application/vnd\.ms-(?:fontobject|opentype)")


def told_type(content_type: str | None, beginning: bytes) -> str:
    """Return the Content-Type to send, of one type and at most a charset, never "".

    Browsers take the last of several types in one field, so that what is `application/pdf` here
    could be a page there: what is no single type is sent as bytes. Without a type, it is guessed
    from the first bytes (MIME Sniffing section 7.1), for a page that only the browser took for
    one would not be rewritten.
    """
    if bare_type(content_type) in _UNTOLD:
        return sniffed(beginning)
    match = _ESSENCE.match(content_type or "")
    if match is None or "," in (content_type or ""):
        return sniffed(beginning) if "html" in (content_type or "").lower() else _OPAQUE
    charset = _CHARSET.search(content_type or "")
    return f"{match[1]}; charset={charset[1]}" if charset else match[1]


def sniffed(beginning: bytes) -> str:
    """Return what browsers take these first bytes for where no type is told."""
    beginning = beginning[:SNIFFED]
    if _HTML_BEGINS.match(beginning):
        return "text/html"
    if beginning.lstrip(b"\t\n\f\r ").startswith(b"<?xml"):
        return "text/xml"
    for start, kind in _BEGINNINGS:
        if beginning.startswith(start):
            return kind
    if beginning.startswith(b"RIFF") and beginning[8:14] == b"WEBPVP":
        return "image/webp"
    return _OPAQUE if _BINARY.search(beginning) else "text/plain"


def protection(kind: str, *, led: bool) -> dict[str, str]:
    """Return the type's header fields and those that keep such an answer from doing anything.

    `led` says whether its links were led into the archive.
    """
    headers = {
        "Content-Type": kind,
        "X-Content-Type-Options": "nosniff",
        "X-DNS-Prefetch-Control": "off",
    }
    if showing(kind) is Showing.VIEWER:
        return headers | {"Content-Security-Policy": _VIEWER_POLICY}
    if _FONTS.match(bare_type(kind)):
        headers["Access-Control-Allow-Origin"] = "*"  # pages in a sandbox have no origin of ours
    policy = _PAGE_POLICY if led else _CLOSED_POLICY
    if not is_page(kind):
        # Pictures are told by their bytes, as live; where they are none, the sandbox holds.
        del headers["X-Content-Type-Options"]
    return headers | {"Content-Security-Policy": policy}


def raw_type(kind: str, fetch_mode: str | None) -> str:
    """Return the type of an unchanged body: text where a browser would open a page of it.

    A page as captured opens connections from its very head (`preconnect`), which no policy stops.
    """
    return "text/plain" if fetch_mode == "navigate" and is_page(kind) else kind


def is_page(kind: str) -> bool:
    """Return whether browsers make a document with links of an answer of that type."""
    bare = bare_type(kind)
    return is_html(kind) or bare.endswith(("+xml", "/xml")) or bare == "text/plain"


def is_led(kind: str | None) -> bool:
    """Return whether links in an answer of that type are led into the archive."""
    return is_html(kind) or bare_type(kind) in {"text/css", "image/svg+xml"}
