"""What is known of one host era: its addresses and its template, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipelines.sites.template import Template
from pipelines.urls import host_of, path_of


@dataclass(frozen=True, kw_only=True)
class SiteProfile:
    """The hosts of one era, the template of their pages, and where a crawl of them goes.

    `hosts[0]` is the host the `start_urls` lie on. `exclude_paths` and `index_paths` are regular
    expressions searched in the path with its query, letter case ignored. `bureaus` maps the
    beginnings of paths to the bureau whose pages lie there, the longest first.
    """

    name: str
    era: str
    hosts: tuple[str, ...]
    template: Template
    start_urls: tuple[str, ...] = ()
    exclude_paths: tuple[str, ...] = ()
    index_paths: tuple[str, ...] = ()
    first_day: str | None = None
    last_day: str | None = None
    bureaus: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _excluded(self) -> re.Pattern[str]:
        return _any_of(self.exclude_paths)

    @cached_property
    def _index(self) -> re.Pattern[str]:
        return _any_of(self.index_paths)

    @cached_property
    def _bureau_paths(self) -> tuple[str, ...]:
        return tuple(start for start, _ in self.bureaus)

    def covers(self, url: str) -> bool:
        """Return whether `url` lies on one of the profile's hosts."""
        return host_of(url) in self.hosts

    def is_excluded(self, url: str) -> bool:
        """Return whether a crawl leaves `url` out: search, print views and other traps."""
        return self._excluded.search(path_of(url)) is not None

    def bureau_of(self, path: str) -> str | None:
        """Return the bureau in whose part of the site `path` lies, where the profile knows it."""
        if not path.startswith(self._bureau_paths):
            return None
        return next(name for start, name in self.bureaus if path.startswith(start))

    def is_index(self, url: str) -> bool:
        """Return whether the address alone says that `url` lists pages and is no statement."""
        return self._index.search(path_of(url)) is not None


@lru_cache(maxsize=64)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern for all; the one for none never matches."""
    return re.compile("|".join(f"(?:{p})" for p in patterns) or r"(?!)", re.IGNORECASE)
