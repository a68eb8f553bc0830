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

MAX_BYTES = 50 << 20
MAX_LINE = 4096
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
    text = _text(_unpacked(data, limit)).lstrip()
    if not text.startswith("<"):
        yield from _of_lines(text)
        return
    text = _COMMENT.sub("", text)
    root = _ROOT.search(text, 0, _BEGINNING)
    if root is None or "<!ENTITY" in text[: root.start()]:
        return
    what = Listed.SITEMAP if root[1] == "sitemapindex" else Listed.PAGE
    for address in _addresses(text, feed=root[1] not in {"urlset", "sitemapindex"}):
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


def _unpacked(data: bytes, limit: int) -> bytes:
    """Return `data` without gzip, which may be there twice: as file and as content coding."""
    for _ in range(2):
        if not data.startswith(_GZIP):
            break
        data = _inflated(data, limit)
    return data[:limit]


def _inflated(data: bytes, limit: int) -> bytes:
    """Return at most `limit` bytes of what the gzip members of `data` hold."""
    parts: list[bytes] = []
    size = 0
    while data.startswith(_GZIP) and size < limit:
        member = zlib.decompressobj(31)
        try:
            parts.append(member.decompress(data, limit - size))
        except zlib.error:
            break
        size += len(parts[-1])
        data = member.unused_data
    return b"".join(parts)


def _text(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if data[:4] in {b"<\0?\0", b"\0<\0?"}:
        return data.decode("utf-16-le" if data[:1] == b"<" else "utf-16-be", "replace")
    stated = _ENCODING.match(data[:200])
    try:
        return data.decode(stated[1].decode("ascii") if stated else "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")
