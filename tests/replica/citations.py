"""Which statement cites what, and how the link is written on the page."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from replica.links import CATALOGUE, MALFORMED, Expected, Link, Wrapper, deep_link

_POPULAR = tuple(link for link in CATALOGUE if link.popular)
_AWKWARD = tuple(link for link in CATALOGUE if not link.popular)
_DEEP_COUNTS = (1, 2, 1, 3)


def citations(number: int, pages: int) -> list[Link]:
    """Return the links of statement `number` in page order; the seed statement has none."""
    if number == pages - 1:
        return []
    found = [deep_link(number, serial) for serial in range(_DEEP_COUNTS[number % 4])]
    period = min(pages - 1, 100)
    found += [link for at, link in enumerate(_AWKWARD) if at % period == number % period]
    found += [link for at, link in enumerate(_POPULAR) if _draw(number, at) % 3 == 0]
    return found


def malformed(number: int) -> str | None:
    """Return an href of statement `number` that cannot be asked, if it has one."""
    return MALFORMED[number // 13 % len(MALFORMED)] if number % 13 == 5 else None


def expected_links(pages: int) -> Iterator[tuple[str, Expected]]:
    """Yield each cited http, https or ftp address once, unwrapped, with its outcome."""
    seen = set()
    for number in range(pages):
        for link in citations(number, pages):
            if link.url not in seen:
                seen.add(link.url)
                yield link.url, link.expected


def anchor(link: Link, number: int) -> str:
    """Return the link as HTML, wrapped where it is cited wrapped."""
    return f'<a href="{escape(wrapped(link, number))}">{escape(link.text)}</a>'


def wrapped(link: Link, number: int) -> str:
    """Return the href of a link: what stands on the page."""
    if link.wrapper is Wrapper.SAFELINKS:
        return _safelink(link.url)
    if link.wrapper is Wrapper.LNKS:
        return _bulletin(link.url, number)
    if link.wrapper is Wrapper.NESTED:
        return _safelink(_bulletin(link.url, number))
    if link.wrapper is Wrapper.WAYBACK:
        return f"https://web.archive.org/web/20140203120000/{link.url}"
    return link.url


def _safelink(url: str) -> str:
    # Such links carry the mailbox of a reader; this one is nobody's.
    data = quote("04|01|staff.mailbox@example.gov|0a1b2c|0|0|637000000000000000|Unknown", safe="")
    return (
        "https://gcc01.safelinks.protection.outlook.com/"
        f"?url={quote(url, safe='')}&data={data}&sdata=c2lnbmF0dXJl&reserved=0"
    )


def _bulletin(url: str, number: int) -> str:
    """Return a newsletter link whose JWT names the target (RFC 7519; the signature is noise)."""
    claims = f'{{"bulletin_link_id":{number},"uri":"bp2:click","url":"{url}"}}'
    parts = [_segment('{"alg":"HS256"}'), _segment(claims), _segment(f"signature {number}")]
    return f"https://lnks.gd/l/{'.'.join(parts)}/s/1000000001/br/{number}-l"


def _segment(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _draw(number: int, at: int) -> int:
    return zlib.crc32(f"{number}:popular:{at}".encode())
