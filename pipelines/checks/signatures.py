"""What kind of file some bytes begin, whatever the server calls it (after WHATWG MIME Sniffing)."""

from __future__ import annotations

SNIFFED = 1024

HTML = "text/html"
TEXT = "text/plain"
XML = "text/xml"
BINARY = "application/octet-stream"
EMPTY = ""
OFFICE_HTML = "text/x-office-html"  # a table or letter that a program of Office saved as HTML

_MAGIC = (
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x1f\x8b", "application/gzip"),
    (b"ID3", "audio/mpeg"),
    (b"%!PS", "application/postscript"),
)
_HTML_TAGS = (
    *(b"!doctype html", b"html", b"head", b"title", b"body", b"script", b"meta", b"h1", b"h2"),
    *(b"div", b"table", b"font", b"center", b"br", b"p>", b"p ", b"a "),
)
_HTML_STARTS = tuple(b"<" + tag for tag in _HTML_TAGS)
_OFFICE_NAMES = b"urn:schemas-microsoft-com:office:"
_TEXT_CONTROLS = frozenset(b"\t\n\x0c\r\x1b")


def sniff(data: bytes) -> str:
    """Return the media type that the first bytes show; "" where there are none."""
    start = data[:SNIFFED]
    if b"%PDF-" in start:  # readers allow for junk before it
        return "application/pdf"
    for magic, name in _MAGIC:
        if start.startswith(magic):
            return name
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    if start[4:8] == b"ftyp":
        return "video/mp4"
    return _sniff_text(start)


def _sniff_text(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start[2:].replace(b"\x00", b"")
    elif start[:2] in (b"<\x00", b"\x00<"):  # the same without a mark of the order
        start = start.replace(b"\x00", b"")
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not text:
        return EMPTY
    if text.startswith(_HTML_STARTS):
        return OFFICE_HTML if _OFFICE_NAMES in text else HTML
    if text.startswith((b"<?xml", b"<!--")):
        return HTML if b"<html" in text or b"<!doctype html" in text else XML
    if any(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in text):  # noqa: PLR2004 - the first printable
        return BINARY
    return TEXT


_FITTING = {
    "application/pdf": ("application/pdf",),
    "application/x-pdf": ("application/pdf",),
    "image/png": ("image/",),
    "image/gif": ("image/",),
    "image/jpeg": ("image/",),
    "image/webp": ("image/",),
    "application/zip": ("application/zip", "application/x-ole-storage"),
    "application/msword": ("application/", "text/"),
    "application/vnd.ms-excel": ("application/", "text/"),
    "application/vnd.ms-powerpoint": ("application/",),
}
_OFFICE = "application/vnd.openxmlformats"


def fits(declared: str, sniffed: str) -> bool:
    """Return whether bytes that look like `sniffed` may be called `declared`.

    Only types with a signature that every reader insists on can be contradicted; everything
    else fits. HTML never passes for one of them, and nothing at all fits no bytes.
    """
    wanted = _FITTING.get(declared)
    if wanted is None and declared.startswith(_OFFICE):
        wanted = ("application/zip", "application/x-ole-storage")
    if wanted is None:
        return True
    return sniffed.startswith(wanted) and sniffed not in (EMPTY, HTML)
