"""What a page leads to and what it needs, as written in it: pure, one parse a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SELECTOR = (
    "a[href],area[href],frame[src],iframe[src],link[href],img,source,script[src],"
    "input[src],embed[src],object[data],video,audio[src],track[src],body[background],"
    "table[background],td[background],th[background],style,[style*='url('],meta[http-equiv]"
)
_CSS_URL = re.compile(
    r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\"'\s]+))\s*\)|@import\s+(?:\"([^\"]*)\"|'([^']*)')",
    re.IGNORECASE,
)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_REFRESH = re.compile(r"\s*+[\d.]*+\s*+[;,]?+\s*+(?:url\s*+=\s*+)?[\"']?([^\"']+)", re.IGNORECASE)
_LINK_TAGS = {"a", "area", "frame", "iframe"}
_ADDRESS_ATTRIBUTES = {
    "a": ("href",),
    "area": ("href",),
    "object": ("data",),
    "video": ("src", "poster"),
    **dict.fromkeys(
        ("frame", "iframe", "img", "source", "script", "input", "embed", "audio", "track"),
        ("src",),
    ),
}
_REQUISITE_RELS = {"stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload"}
_LINK_RELS = {"next", "prev", "canonical", "alternate", "index", "contents", "start", "up"}


class Kind(StrEnum):
    """What an address is to the page it stands in."""

    LINK = "link"
    REQUISITE = "requisite"
    REFRESH = "refresh"


@dataclass(frozen=True, slots=True)
class Found:
    """An address as written, and what it is to its page."""

    kind: Kind
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """`base` is the first `<base href>` as written; `found` is in document order."""

    base: str | None
    found: tuple[Found, ...]


def page_links(html: str) -> PageLinks:
    """Return all that the page refers to; fragments alone and data: addresses are left out."""
    tree = LexborHTMLParser(html)
    base = tree.css_first("base[href]")
    found = tuple(
        Found(kind, href)
        for node in tree.css(_SELECTOR)
        for kind, href in _of(node)
        if href and not href.startswith(("#", "data:", "javascript:", "mailto:"))
    )
    return PageLinks(base=base.attributes.get("href") if base else None, found=found)


def css_urls(css: str) -> Iterator[str]:
    """Yield the addresses in `url()` and `@import`, as written."""
    for match in _CSS_URL.finditer(_CSS_COMMENT.sub("", css)):
        address = next((group for group in match.groups() if group), "").strip()
        if address and not address.startswith(("data:", "#")):
            yield address


def refresh_target(content: str) -> str | None:
    """Return the address in the value of a Refresh header or meta element."""
    if ";" not in content and "," not in content and "=" not in content:
        return None  # seconds only: the page refreshes itself
    match = _REFRESH.match(content)
    return match[1].strip() or None if match else None


def as_address(value: bytes) -> str:
    """Return a Location or Refresh header as browsers read it: other bytes than ASCII escaped."""
    return "".join(chr(byte) if byte < 128 else f"%{byte:02X}" for byte in value)  # noqa: PLR2004 - ASCII


def _of(node: LexborNode) -> Iterator[tuple[Kind, str]]:
    """Yield what one element refers to."""
    attributes = node.attributes
    if "style" in attributes:
        yield from ((Kind.REQUISITE, url) for url in css_urls(attributes["style"] or ""))
    tag = node.tag or ""
    if tag == "link":
        kind = _link_kind((attributes.get("rel") or "").lower().split())
        if kind is not None:
            yield kind, _text(attributes, "href")
    elif tag == "style":
        yield from ((Kind.REQUISITE, url) for url in css_urls(node.text()))
    elif tag == "meta":
        if _text(attributes, "http-equiv").lower() == "refresh":
            yield Kind.REFRESH, refresh_target(_text(attributes, "content")) or ""
    else:
        yield from _by_attribute(tag, attributes)


def _by_attribute(tag: str, attributes: dict[str, str | None]) -> Iterator[tuple[Kind, str]]:
    """Yield what the attributes of an element refer to."""
    kind = Kind.LINK if tag in _LINK_TAGS else Kind.REQUISITE
    for name in _ADDRESS_ATTRIBUTES.get(tag, ("background",)):
        yield kind, _text(attributes, name)
    for candidate in _text(attributes, "srcset").split(","):
        if words := candidate.split():
            yield Kind.REQUISITE, words[0]


def _link_kind(rels: list[str]) -> Kind | None:
    """Return what `<link rel>` is to the page; None for those that only point elsewhere."""
    if not _REQUISITE_RELS.isdisjoint(rels):
        return Kind.REQUISITE
    return None if _LINK_RELS.isdisjoint(rels) else Kind.LINK


def _text(attributes: dict[str, str | None], name: str) -> str:
    return (attributes.get(name) or "").strip()
