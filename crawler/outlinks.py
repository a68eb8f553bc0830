"""The outlinks of an answer as fields of its metadata record, in Heritrix's words."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, chain, islice

from crawler.addresses import ROOTED, absolute, site_of
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
    base, site, encoding = what.base, site_of(what.base), what.encoding
    each = [
        _field(site if found.href.startswith(ROOTED) else base, found, encoding)
        for found in first[:MOST]
    ]
    fields = list(filter(None, dict.fromkeys(each)))
    sizes = list(accumulate(len(line) for _, line in fields))
    fit = bisect_right(sizes, MOST_BYTES)
    if fit < len(fields) or len(first) > MOST:
        fields[fit:] = [(CUT, f"after {fit}")]
    return tuple(fields), replace(what, found=chain(first, what.found))


@lru_cache(maxsize=8192)  # most links of a site stand on many of its pages
def _field(base: str, found: Found, encoding: str) -> tuple[str, str] | None:
    url = _url(base, found.href, encoding)
    if url is None:
        return None
    hop = _HOPS[found.kind]
    return FIELD, f"{url} {hop} {found.context or _UNNAMED.get(hop, '=NAVLINK_MISC')}"


def _url(base: str, href: str, encoding: str) -> str | None:
    """Return the URL that is asked for, fit to be one word; None for what cannot be asked."""
    try:
        return target_uri(absolute(base, href, encoding))
    except InvalidTargetError:
        return None
