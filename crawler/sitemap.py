"""Sitemaps as they are found: XML, indexes, gzip, plain text, feeds, broken or not; pure.

By the Sitemap protocol (sitemaps.org, 0.9). Read as text and not by an XML parser: what is broken
still has addresses in it, and no entity can be expanded without end.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from itertools import chain

MAX_BYTES = 50 << 20
MAX_LINE = 4096
_STEP = 4 << 20
PIECE = 1 << 20  # of a long one: its text takes up to four times its bytes
_GZIP = b"\x1f\x8b"
_ROOT = re.compile(r"<(?:[\w.-]+:)?(urlset|sitemapindex|rss|feed|RDF)\b")
_BEGINNING = 65_536
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LOC = re.compile(r"<(?:[\w.-]+:)?(?:loc|content_loc)\b[^<>]*>\s*+(?:<!\[CDATA\[)?+([^<\]]++)")
_ALTERNATE = re.compile(r"<(?:[\w.-]+:)?link\b[^<>]*?\bhref\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_LINK = re.compile(r"<(?:[\w.-]+:)?link\b[^<>/]*>\s*+(?:<!\[CDATA\[)?+([^<\]]++)")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,80}?encoding\s*=\s*[\"']([\w.-]+)")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class Listed(StrEnum):
    """What an address in a sitemap is."""

    PAGE = "page"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True)
class Entry:
    """An address in a sitemap, absolute or not, as written."""

    what: Listed
    url: str


def is_sitemap(beginning: str) -> bool:
    """Return whether an XML document that begins so is a sitemap or an index of sitemaps."""
    root = _ROOT.search(_COMMENT.sub("", beginning[:_BEGINNING]))
    return root is not None and root[1] in {"urlset", "sitemapindex"}


def entries(data: bytes, limit: int = MAX_BYTES) -> Iterator[Entry]:
    """Yield what a sitemap lists, in its order; nothing where it is none (an HTML page, say).

    At most `limit` bytes are looked at, counted after gzip has been taken off; of data that is
    cut or damaged what can be read. One that declares entities is refused.
    """
    pieces = _texts(_unpacked(data, limit))
    text = next(pieces, "").lstrip()
    if not text.startswith("<"):
        for lines in chain([text], pieces):
            yield from _of_lines(lines)
        return
    root = _ROOT.search(_COMMENT.sub("", text[:_BEGINNING]))
    if root is None or "<!ENTITY" in text[: text.find(root[0])]:
        return
    what = Listed.SITEMAP if root[1] == "sitemapindex" else Listed.PAGE
    is_feed = root[1] not in {"urlset", "sitemapindex"}
    for each in chain([text], pieces):
        for address in _addresses(_COMMENT.sub("", each), feed=is_feed):
            yield Entry(what, address)


def _addresses(text: str, *, feed: bool) -> Iterator[str]:
    patterns = (_LINK, _ALTERNATE) if feed else (_LOC, _ALTERNATE)
    for pattern in patterns:
        for match in pattern.finditer(text):
            address = unescape(match[match.lastindex or 1]).strip()
            if address and len(address) <= MAX_LINE and not re.search(r"[\s<>]", address):
                yield address


def _of_lines(text: str) -> Iterator[Entry]:
    for line in text.splitlines():
        address = line.strip()
        if address.lower().startswith(("http://", "https://")) and len(address) <= MAX_LINE:
            yield Entry(Listed.PAGE, address)


def _unpacked(data: bytes, limit: int) -> bytes | bytearray:
    """Return `data` without gzip, which may be there twice: as file and as content coding."""
    unpacked: bytes | bytearray = data
    for _ in range(2):
        if not unpacked.startswith(_GZIP):
            break
        unpacked = _inflated(unpacked, limit)
    return unpacked if len(unpacked) <= limit else unpacked[:limit]


def _inflated(data: bytes | bytearray, limit: int) -> bytearray:
    """Return at most `limit` bytes of what the gzip members of `data` hold.

    They are inflated in steps: zlib gathers what it returns twice over.
    """
    inflated = bytearray()
    while data.startswith(_GZIP) and len(inflated) < limit:
        member = zlib.decompressobj(31)
        try:
            while data and not member.eof and len(inflated) < limit:
                inflated += member.decompress(data, min(_STEP, limit - len(inflated)))
                data = member.unconsumed_tail
        except zlib.error:
            break
        data = member.unused_data
    return inflated


def _texts(data: bytes | bytearray) -> Iterator[str]:
    """Yield the text of `data`, in pieces where it is long, each cut before an end tag or line."""
    encoding, skipped = _encoding_of(data)
    if len(data) <= PIECE or encoding.startswith("utf-16"):
        yield data[skipped:].decode(encoding, "replace")
        return
    start = skipped
    mark = b"</" if b"<" in data[:PIECE] else b"\n"
    while start < len(data):
        end = data.rfind(mark, start + 1, start + PIECE) if start + PIECE < len(data) else -1
        end = end if end > 0 else min(start + PIECE, len(data))
        yield data[start:end].decode(encoding, "replace")
        start = end


def _encoding_of(data: bytes | bytearray) -> tuple[str, int]:
    """Return the encoding, and how many bytes of a mark to pass over."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, len(mark)
    if bytes(data[:4]) in {b"<\0?\0", b"\0<\0?"}:
        return ("utf-16-le" if data[:1] == b"<" else "utf-16-be"), 0
    stated = _ENCODING.match(data[:200])
    name = stated[1].decode("ascii") if stated else "utf-8"
    try:
        "".encode(name)
    except LookupError:
        name = "utf-8"
    return name, 0
