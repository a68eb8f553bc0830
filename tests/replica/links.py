"""The outside world the statements cite: every address, how its host behaves, what that means.

`Expected` holds the outcome words of the checks; a test may compare them as strings.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Expected(StrEnum):
    """What one check of a link must come to."""

    OK = "ok"
    MOVED = "moved"
    GONE = "gone"
    SOFT_GONE = "soft-gone"
    PARKED = "parked"
    BLOCKED = "blocked"
    TRANSIENT = "transient"
    UNSURE = "unsure"
    TLS = "tls"
    UNSUPPORTED = "unsupported"
    EXCLUDED = "excluded"


class Wrapper(StrEnum):
    """What a link is wrapped in on the page; all unwrap without the network."""

    SAFELINKS = "safelinks"
    LNKS = "lnks"
    WAYBACK = "wayback"
    NESTED = "nested"  # safelinks around lnks.gd


@dataclass(frozen=True, slots=True)
class Link:
    """A cited address: the behaviour of `behaviours.py` that answers it, and what to expect."""

    url: str
    behaviour: str
    expected: Expected
    text: str
    wrapper: Wrapper | None = None
    popular: bool = False


def _read_table() -> Iterator[tuple[str, Link]]:
    """Yield each row of `links.tsv`: how it is cited, and the link."""
    table = Path(__file__).with_name("links.tsv").read_text("utf-8")
    for row in table.splitlines():
        if row.startswith("#"):
            continue
        expected, behaviour, url, text, *rest = row.split("\t")
        how = rest[0] if rest else ""
        wrapper = Wrapper(how) if how in set(Wrapper) else None
        yield how, Link(url, behaviour, Expected(expected), text, wrapper, how == "popular")


# What the statements cite, each address by several of them.
CATALOGUE = tuple(link for how, link in _read_table() if how != "uncited")
# Reachable and deterministic, but cited by no statement: what they mean depends on the rules.
UNCITED = tuple(link for how, link in _read_table() if how == "uncited")

# Hrefs that cannot be asked over HTTP, as authors really wrote them.
MALFORMED = (
    "http//www.harbor-institute.example/about",
    "http://",
    "http://www.harbor institute.example/",
    "///.///press.office.example/x",
    "javascript:void(0)",
    "mailto:press.office@example.gov",
)

# Hosts whose many pages are cited once each; which of them is dead follows from the address.
DEEP_HOSTS = tuple(
    f"www.{name}.example"
    for name in (
        "valdoria-herald", "kesmaria-today", "marenza-ministry", "qorvania-courier",
        "oravia-parliament", "tamberia-news", "sundara-post", "helvara-institute",
        "zambara-gazette", "palmera-islands-radio", "brisa-university", "lethonia-archive",
        "atlantic-review", "policy-quarterly", "ocean-watch", "energy-observer",
        "rights-monitor", "refugee-bulletin", "trade-monitor", "heritage-trust",
        "border-report", "world-faculty",
    )
)  # fmt: skip
DEAD_DEEP_HOSTS = ("www.summit-tribune.test", "www.alliance-weekly.test")

# Of 1,000 deep addresses, those below the first number behave so.
_DEEP_SHARES = (
    (730, "page", Expected.OK),
    (790, "moved-within", Expected.MOVED),
    (815, "found-within", Expected.OK),
    (900, "gone-404", Expected.GONE),
    (915, "gone-410", Expected.GONE),
    (945, "soft-english", Expected.SOFT_GONE),
    (965, "to-root", Expected.SOFT_GONE),
    (990, "bot-wall", Expected.BLOCKED),
    (1000, "error-500", Expected.TRANSIENT),
)


def deep_link(number: int, serial: int) -> Link:
    """Return the link that statement `number` alone cites as its `serial`th."""
    key = zlib.crc32(f"{number}/{serial}".encode())
    if key % 16 == 0:
        host = DEAD_DEEP_HOSTS[key // 16 % len(DEAD_DEEP_HOSTS)]
    else:
        host = DEEP_HOSTS[key // 16 % len(DEEP_HOSTS)]
    url = f"http://{host}/{2009 + key % 8}/story-{number}-{serial}.html"
    behaviour, expected = deep_behaviour(url)
    if host in DEAD_DEEP_HOSTS:
        expected = Expected.GONE
    return Link(url, behaviour, expected, f"{host.split('.')[1].replace('-', ' ').title()}")


def deep_behaviour(url: str) -> tuple[str, Expected]:
    """Return how the address of a deep link answers and what that means."""
    share = zlib.crc32(url.encode()) % 1000
    for below, behaviour, expected in _DEEP_SHARES:
        if share < below:
            return behaviour, expected
    raise AssertionError("the shares end at 1000")
