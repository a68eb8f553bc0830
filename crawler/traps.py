"""Addresses that a site can make without end: pure guards, each with the reason it gives."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

MAX_LENGTH = 2000
MAX_SEGMENTS = 25
MAX_REPEATS = 3
MAX_PERIOD = 4
MAX_RUN = 50

_DIGITS = re.compile(r"\d+")


class Trap(StrEnum):
    """Why an address looks like one of endlessly many."""

    TOO_LONG = "too-long"
    TOO_MANY_SEGMENTS = "too-many-segments"
    REPEATING_PATH = "repeating-path"
    QUERY_VARIANTS = "query-variants"
    ENDLESS_RUN = "endless-run"


def trap_in(url: str) -> Trap | None:
    """Return what is wrong with this address by itself."""
    if len(url) > MAX_LENGTH:
        return Trap.TOO_LONG
    segments = [part for part in urlsplit(url).path.split("/") if part]
    if len(segments) > MAX_SEGMENTS:
        return Trap.TOO_MANY_SEGMENTS
    return Trap.REPEATING_PATH if repeats(segments) else None


def repeats(segments: list[str]) -> bool:
    """Return whether a group of up to four segments follows itself three times or more.

    A relative link on a page that answers under every path makes /a/b/a/b/a/b/…
    """
    for period in range(1, min(MAX_PERIOD, len(segments) // MAX_REPEATS) + 1):
        run = 0
        for here, there in zip(segments, segments[period:], strict=False):
            run = run + 1 if here == there else 0
            if run >= period * (MAX_REPEATS - 1):
                return True
    return False


@lru_cache(maxsize=4096)
def shape(url: str) -> str:
    """Return the address with its numbers and query values left out.

    A calendar's "next month" leads from one address to another of the same shape for ever.
    """
    parts = urlsplit(url)
    keys = ",".join(key for key, _ in parse_qsl(parts.query, keep_blank_values=True))
    return _DIGITS.sub("#", f"{parts.netloc}{parts.path}?{keys}")


class QueryVariants:
    """How many queries each path has been seen with; told apart by hash to stay small."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._seen: dict[str, set[int]] = {}

    def refuses(self, url: str) -> bool:
        """Return whether `url` is one more query than its path may have."""
        path, mark, query = url.partition("?")
        if not mark:
            return False
        seen = self._seen.setdefault(path, set())
        key = hash(query)
        if key in seen:
            return False
        if len(seen) >= self._limit:
            return True
        seen.add(key)
        return False
