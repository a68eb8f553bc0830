"""The outlinks of an answer as fields of its metadata record, in Heritrix's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice

from crawler.addresses import absolute
from crawler.links import Found, Kind
from crawler.references import References
from warc.files.draft import target_uri
from warc.http.target import InvalidTargetError

FIELD = "outlink"
CUT = "outlinksCut"
MOST = 2000
MOST_BYTES = 128 << 10
# How Heritrix writes a hop: a link, an embed, a redirect, a manifest (a sitemap).
_HOPS = {
    Kind.LINK: "L",
    Kind.REQUISITE: "E",
    Kind.FRAME: "E",
    Kind.REFRESH: "R",
    Kind.SITEMAP: "M",
}
_ROOTED = ("/", "http://", "https://")
_UNNAMED = {"E": "=EMBED_MISC"}

Fields = tuple[tuple[str, str], ...]


def redirect_field(page: str, location: str) -> Fields:
    """Return the field that says where a page redirects to; none where that is no address."""
    url = _url(page, location, "utf-8")
    return ((FIELD, f"{url} R Location:"),) if url else ()


def outlink_fields(what: References) -> tuple[Fields, References]:
    """Return a field for each outlink, and the references to be gone through from their start.

    `URL HOP CONTEXT`, each once and in document order, `MOST` of them at most and `MOST_BYTES`;
    a last field says so where there are more. An address that cannot be asked has none.
    """
    first = list(islice(what.found, MOST + 1))
    lines: dict[str, None] = {}
    size = 0
    cut = len(first) > MOST
    for line in _lines(what, first[:MOST]):
        if line not in lines:
            size += len(line)
            if size > MOST_BYTES:
                cut = True
                break
            lines[line] = None
    fields = [(FIELD, line) for line in lines]
    if cut:
        fields.append((CUT, f"after {len(lines)}"))
    return tuple(fields), replace(what, found=chain(first, what.found))


def _lines(what: References, found: list[Found]) -> Iterator[str]:
    base, encoding = what.base, what.encoding
    site = base[: base.find("/", len("https://")) + 1]
    for kind, href, context in found:
        # What does not depend on the page's folder is resolved once for the whole site.
        near = site if href.startswith(_ROOTED) else base
        if url := _url(near, href, encoding):
            hop = _HOPS[kind]
            yield f"{url} {hop} {context or _UNNAMED.get(hop, '=NAVLINK_MISC')}"


@lru_cache(maxsize=8192)
def _url(base: str, href: str, encoding: str) -> str | None:
    """Return the URL that is asked for, fit to be one word; None for what cannot be asked."""
    try:
        return target_uri(absolute(base, href, encoding))
    except InvalidTargetError:
        return None
