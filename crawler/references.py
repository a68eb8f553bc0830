"""What an answer refers to, in its head and in its body, whatever kind of document it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from scrapy.http import Response

from crawler.addresses import base_of
from crawler.documents import Form, encoding_of, form_of, texts
from crawler.header_address import as_address
from crawler.link_values import link_header, refresh_target
from crawler.links import Found, Kind, PageLinks, link_kind, page_links
from crawler.nesting import shallow
from crawler.sitemap import is_sitemap
from crawler.stylesheets import css_urls
from crawler.xml_links import xml_links

REFERENCES = "references"  # in a request's meta, where the handler has read the answer already
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_INFERRED = "=INFERRED_MISC"


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """`found` is in document order, to be gone through once; `encoding` is that of the document.

    Addresses are as written, relative to `base`. `is_sitemap` where the document is one, which
    `crawler.sitemap` reads; then `found` has only what the head says.
    """

    base: str
    encoding: str
    found: Iterator[Found]
    is_page: bool = False
    is_sitemap: bool = False


def redirected_to(response: Response) -> str | None:
    """Return the address that a redirect names, as written; None where the answer is none."""
    if response.status not in _REDIRECTS:
        return None
    location = next(filter(None, response.headers.getlist("Location")), None)
    return None if location is None else as_address(location)


def references(response: Response) -> References:
    """Return what the answer refers to."""
    head = tuple(_in_head(response))
    content_type = ", ".join(map(as_address, response.headers.getlist("Content-Type")))
    body = response.body
    form = form_of(content_type, body[:2048]) if body else None
    if form is None:
        return References(base=response.url, encoding="utf-8", found=iter(head))
    encoding = encoding_of(content_type, body)
    pieces = texts(body, encoding)
    if form is Form.HTML:
        pieces = (part for text in pieces for part in shallow(text))
    first = next(pieces)
    if form is Form.XML and is_sitemap(first):
        base = response.url
        return References(base=base, encoding=encoding, found=iter(head), is_sitemap=True)
    page = _read(form, first)
    others = (found for text in pieces for found in _read(form, text).found)
    icon: tuple[Found, ...] = (
        (Found(Kind.REQUISITE, "/favicon.ico", _INFERRED),) if form is Form.HTML else ()
    )
    return References(
        base=base_of(response.url, page.base, encoding),
        encoding=encoding,
        found=chain(_absolute(response.url, (*head, *icon)), page.found, others),
        is_page=form is Form.HTML,
    )


def _absolute(page: str, found: Iterable[Found]) -> Iterator[Found]:
    """Yield what the head says relative to the page's own address and not to its base."""
    for each in found:
        yield each._replace(href=base_of(page, each.href))


def _read(form: Form, text: str) -> PageLinks:
    if form is Form.CSS:
        found = tuple(Found(Kind.REQUISITE, url) for url in css_urls(text))
        return PageLinks(base=None, found=found)
    return xml_links(text) if form is Form.XML else page_links(text)


def _in_head(response: Response) -> Iterator[Found]:
    """Yield what the Refresh and Link fields refer to."""
    if target := refresh_target(_last(response, "Refresh")):
        yield Found(Kind.REFRESH, target, "Refresh:")
    for value in response.headers.getlist("Link"):
        for address, rel, media_type in link_header(as_address(value)):
            if address and (kind := link_kind(rel, media_type)):
                yield Found(kind, address, "Link:")


def _last(response: Response, name: str) -> str:
    value = response.headers.get(name)
    return as_address(value) if value else ""
