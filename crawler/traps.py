"""Addresses that a site can make without end: pure guards, each with the reason it gives."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

MAX_LENGTH = 2000
MAX_SEGMENTS = 25
MAX_REPEATS = 3
MAX_PERIOD = 4
MAX_RUN = 50
MAX_BARREN_RUN = 500
MAX_PATHS = 20_000

_PATH = re.compile(r"[^:/?#]+://[^/?#]*([^?#]*)")
_DIGITS = re.compile(r"\d+")
_CALENDAR = re.compile(
    r"calendar|/cal/|[?&](?:year|month|day|date|week|yr|mo)=|/(?:19|20)\d\d/\d{1,2}(?:/|\.|$)"
    r"|[=/](?:19|20)\d\d-\d\d?\b",
    re.IGNORECASE,
)


class Trap(StrEnum):
    """Why an address looks like one of endlessly many."""

    TOO_LONG = "too-long"
    TOO_MANY_SEGMENTS = "too-many-segments"
    REPEATING_PATH = "repeating-path"
    QUERY_VARIANTS = "query-variants"
    ENDLESS_RUN = "endless-run"
    CALENDAR = "calendar"
    NESTED = "nested-frames"


def trap_in(url: str) -> Trap | None:
    """Return what is wrong with this address by itself."""
    if len(url) > MAX_LENGTH:
        return Trap.TOO_LONG
    path = _PATH.match(url)
    segments = [part for part in path[1].split("/") if part] if path else []
    if len(segments) > MAX_SEGMENTS:
        return Trap.TOO_MANY_SEGMENTS
    return Trap.REPEATING_PATH if repeats(segments) else None


def endless(url: str, run: int) -> Trap | None:
    """Return what is wrong with the last of `run` addresses, each of which led to the next.

    They are of one shape. Days and months go on for ever; other pages that only lead to the next
    are given longer, for that is also what a long list in many parts looks like.
    """
    if run <= MAX_RUN:
        return None
    if _CALENDAR.search(url):
        return Trap.CALENDAR
    return Trap.ENDLESS_RUN if run > MAX_BARREN_RUN else None


def is_calendar(url: str) -> bool:
    """Return whether the address looks like a day's, a month's or a year's."""
    return _CALENDAR.search(url) is not None


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
    path, _, query = url.partition("?")
    keys = ",".join(pair.partition("=")[0] for pair in query.split("&"))
    return _DIGITS.sub("#", f"{path}?{keys}")


class QueryVariants:
    """How many queries each path has been asked with; of the busiest paths only, to stay small."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._counts: dict[int, int] = {}

    def refuses(self, url: str) -> bool:
        """Return whether a new `url` is one more query than its path may have; else count it."""
        path, mark, _ = url.partition("?")
        if not mark:
            return False
        key = hash(path)
        count = self._counts.get(key, 0)
        if count >= self._limit:
            return True
        self._counts[key] = count + 1
        if len(self._counts) > MAX_PATHS:
            busiest = sorted(self._counts.items(), key=lambda each: -each[1])
            self._counts = dict(busiest[: MAX_PATHS // 2])
        return False
