"""What is known of one host era: its addresses and its template, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from urllib.parse import urlsplit


class Field(StrEnum):
    """A line of a statement's header."""

    TYPE = "document_type"
    NAME = "speaker-name"
    ROLE = "speaker-role"
    OFFICE = "office"
    VENUE = "venue"
    PLACE = "place"
    DATE = "date"
    REPORT = "report"
    PRN = "prn"


@dataclass(frozen=True, kw_only=True)
class SiteProfile:
    """One template on the hosts that carry it.

    Selectors are tried in order and the first that finds text wins. `hosts[0]` is the host
    the profile's `start_urls` lie on. `exclude_paths` and `index_paths` are regular expressions
    searched in the path with its query.
    """

    name: str
    era: str
    hosts: tuple[str, ...]
    start_urls: tuple[str, ...] = ()
    exclude_paths: tuple[str, ...] = ()
    index_paths: tuple[str, ...] = ()
    first_day: str | None = None
    last_day: str | None = None
    sister_hosts: tuple[str, ...] = field(default=())

    @cached_property
    def _excluded(self) -> re.Pattern[str]:
        return _any_of(self.exclude_paths)

    @cached_property
    def _index(self) -> re.Pattern[str]:
        return _any_of(self.index_paths)

    def covers(self, url: str) -> bool:
        """Return whether `url` lies on one of the profile's hosts."""
        return (urlsplit(url).hostname or "").lower() in self.hosts

    def is_excluded(self, url: str) -> bool:
        """Return whether a crawl leaves `url` out: search, print views and other traps."""
        return self._excluded.search(_path_and_query(url)) is not None

    def is_index(self, url: str) -> bool:
        """Return whether the address alone says that `url` lists pages and is no statement."""
        return self._index.search(_path_and_query(url)) is not None


def _path_and_query(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


@lru_cache(maxsize=64)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern for all; the one for none never matches."""
    return re.compile("|".join(f"(?:{p})" for p in patterns) or r"(?!)", re.IGNORECASE)
