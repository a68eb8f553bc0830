"""What an XML document refers to: XHTML, SVG, feeds and whatever else, well-formed or not; pure.

Read as text and not by an XML parser: what is broken still has links, and no entity is expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from crawler.links import Found, Kind, PageLinks, page_links

_EMPTY = re.compile(
    r"<((?:script|style|title|iframe|textarea|noscript|noframes|a|div|span|p|td|b|i)\b[^<>]*)/>",
    re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:\w+:)?(html|svg)\b", re.IGNORECASE)
_IGNORED = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_STYLESHEET = re.compile(r"<\?xml-stylesheet\b([^>]*)\?>")
_ATTRIBUTE = re.compile(
    r"[\s\"'](href|xlink:href|src|url|xmlUrl|htmlUrl|schemaLocation)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"
)
_ELEMENT = re.compile(
    r"<(?:\w+:)?(link|guid|id|comments|url|loc|docs|uri|origLink)\b[^<>]*>([^<]+)<", re.IGNORECASE
)
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_TEXT_WITH_HTML = re.compile(
    r"<(?:\w+:)?(?:encoded|description|content|summary)\b[^<>]*>([^<]*&lt;[^<]*)<", re.IGNORECASE
)
_RELATIVE_ELEMENTS = {"link", "url", "loc", "comments"}


def xml_links(text: str) -> PageLinks:
    """Return what the document refers to; that of XHTML and SVG as of any page."""
    sheets = _stylesheets(text)
    if _ROOT.search(_IGNORED.sub("", text[:4096])):
        page = page_links(_EMPTY.sub(_closed, _CDATA.sub(r"\1", text)))
        return PageLinks(base=page.base, found=(*sheets, *page.found))
    return PageLinks(base=None, found=(*sheets, *_generic(_IGNORED.sub("", text))))


def _stylesheets(text: str) -> list[Found]:
    return [
        Found(Kind.REQUISITE, unescape(href or other))
        for sheet in _STYLESHEET.finditer(text[:4096])
        for name, href, other in _ATTRIBUTE.findall(sheet[1])
        if name == "href" and not (href or other).startswith("#")
    ]


def _generic(text: str) -> Iterator[Found]:
    """Yield attributes and elements that hold addresses, and links in HTML that is wrapped up."""
    for html in _CDATA.findall(text):
        yield from _wrapped(html)
    plain = _CDATA.sub(lambda match: match[1] if "<" not in match[1] else "", text)
    for tag in _TAG.findall(plain):
        for name, double, single in _ATTRIBUTE.findall(tag):
            yield from _address(double or single, relative=name != "schemaLocation")
    for name, content in _ELEMENT.findall(plain):
        yield from _address(content, relative=name.lower() in _RELATIVE_ELEMENTS)
    for html in _TEXT_WITH_HTML.findall(plain):
        yield from _wrapped(unescape(html))


def _wrapped(html: str) -> Iterator[Found]:
    """Yield the links of HTML within XML; its pictures are links too, since XML shows none."""
    if "<" in html:
        yield from (Found(Kind.LINK, found.href) for found in page_links(html).found)


def _address(written: str, *, relative: bool) -> Iterator[Found]:
    address = unescape(written).strip()
    is_absolute = address.lower().startswith(("http://", "https://"))
    if address and (is_absolute or (relative and not re.search(r"\s", address))):
        yield Found(Kind.LINK, address)


def _closed(match: re.Match[str]) -> str:
    name = match[1].split(None, 1)[0]
    return f"<{match[1]}></{name}>"
