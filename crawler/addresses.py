"""From an address as written in a page to the URL that a browser would ask for; pure."""

from __future__ import annotations

import codecs
from functools import lru_cache

from warc.http.target import InvalidTargetError, cleaned, parse_target, scheme_of

ROOTED = ("/", "http://", "https://")  # what means the same on every page of a site
# Never asked by anybody over the network, and so no loss worth telling.
_NEVER_ASKED = frozenset(
    {
        *("about", "blob", "cid", "data", "javascript", "mailto", "mid", "sms", "tel", "urn"),
        *("vbscript", "view-source"),
    }
)
_STAYS_IN_QUERY = frozenset(range(0x21, 0x7F)) - frozenset(b"\"#<>'")


def absolute(base: str, href: str, encoding: str = "utf-8") -> str:
    """Return the URL that `href` asks for, made absolute against `base`, without its fragment.

    What is not ASCII is encoded as UTF-8 in the path and in the page's `encoding` in the query
    (WHATWG URL Standard section 4.4). Raise InvalidTargetError where it cannot be asked.
    """
    near = site_of(base) if href.startswith(ROOTED) else base
    return _absolute(near, href, "" if href.isascii() else encoding)


def site_of(url: str) -> str:
    """Return an absolute `url` up to the slash that its path begins with."""
    return url[: url.find("/", len("https://")) + 1] or url


def is_asked(href: str) -> bool:
    """Return whether `href` is meant for the network at all: no script, no mail address."""
    scheme = scheme_of(cleaned(href))
    return scheme is None or scheme not in _NEVER_ASKED


def base_of(page: str, written: str | None, encoding: str = "utf-8") -> str:
    """Return what a page's addresses are relative to: its `<base href>`, if that is of use."""
    if written is None:
        return page
    try:
        return absolute(page, written, encoding)
    except InvalidTargetError:
        return page


@lru_cache(maxsize=2048)  # asked by `crawler.outlinks`, then by the spider
def _absolute(base: str, href: str, encoding: str) -> str:
    text = _query_in(encoding, href) if encoding else href
    return parse_target(text, base).url


def _query_in(encoding: str, href: str) -> str:
    """Return `href` with its query, up to the fragment, percent-encoded by way of `encoding`."""
    before, hash_sign, fragment = href.partition("#")
    path, mark, query = before.partition("?")
    if query.isascii() or _is_unicode(encoding):
        return href
    return f"{path}{mark}{''.join(_in_query(c, encoding) for c in query)}{hash_sign}{fragment}"


def _in_query(character: str, encoding: str) -> str:
    if character.isascii():
        return character
    try:
        encoded = character.encode(encoding)
    except UnicodeEncodeError:  # as forms do: the character's reference, itself encoded
        return f"%26%23{ord(character)}%3B"
    return "".join(chr(b) if b in _STAYS_IN_QUERY else f"%{b:02X}" for b in encoded)


@lru_cache(maxsize=64)
def _is_unicode(encoding: str) -> bool:
    return codecs.lookup(encoding).name.startswith("utf-")
