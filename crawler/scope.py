"""What is in a crawl and what is left out, each with its reason; no network and no disk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from crawler.options import CaptureOptions
from crawler.traps import MAX_RUN, QueryVariants, Trap, shape, trap_in
from pipelines.sites import SiteProfile

_DEFAULT_PORTS = {"http": 80, "https": 443}


class OutOfScope(StrEnum):
    """Why an address is left out although nothing is wrong with it."""

    SCHEME = "scheme"
    OTHER_HOST = "other-host"
    EXCLUDED = "excluded"
    NOT_INCLUDED = "not-included"
    TOO_DEEP = "too-deep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """How a URL was come to.

    `depth` counts links from a seed, `run` how many links in a row led from one address to
    another of the same shape, and `path` has a letter a hop as Heritrix writes them: L a link,
    R a redirect, E a page requisite.
    """

    depth: int = 0
    run: int = 0
    path: str = ""

    def link(self, parent: str, url: str) -> Trail:
        """Return the trail of a link from `parent` to `url`."""
        same = shape(parent) == shape(url)
        return Trail(depth=self.depth + 1, run=self.run + 1 if same else 0, path=self.path + "L")

    def redirect(self) -> Trail:
        """Return the trail of a redirect, which leads no deeper."""
        return Trail(depth=self.depth, run=self.run, path=self.path + "R")

    def requisite(self) -> Trail:
        """Return the trail of something a page needs, which is as deep as its page."""
        return Trail(depth=self.depth, run=self.run, path=self.path + "E")


class Scope:
    """The verdict on every URL found; it remembers only how many queries a path has had."""

    def __init__(self, options: CaptureOptions) -> None:
        site = options.site
        self._site: SiteProfile | None = site
        hosts = (*options.hosts, *(site.hosts if site else ()))
        self._hosts = {h.lower() for h in hosts} | {authority(u) for u in options.start_urls}
        self._include = _any_of(options.include)
        self._exclude = _any_of(options.exclude)
        self._max_depth = options.max_depth
        self._anywhere = options.requisites_anywhere
        self._variants = QueryVariants(options.max_query_variants)

    def verdict(self, url: str, trail: Trail) -> OutOfScope | Trap | None:
        """Return why `url` is left out; None where it is to be captured.

        What a page needs is held to the host and to the traps, not to the rules for links.
        """
        requisite = trail.path.rstrip("R").endswith("E")
        if reason := self._host_verdict(url, requisite):
            return reason
        if not requisite and (refused := self._link_verdict(url, trail)):
            return refused
        if trap := trap_in(url):
            return trap
        if trail.run > MAX_RUN:
            return Trap.ENDLESS_RUN
        return Trap.QUERY_VARIANTS if self._variants.refuses(url) else None

    def _host_verdict(self, url: str, requisite: bool) -> OutOfScope | None:
        if not url.startswith(("http://", "https://")):
            return OutOfScope.SCHEME
        if authority(url) in self._hosts or (requisite and self._anywhere):
            return None
        return OutOfScope.OTHER_HOST

    def _link_verdict(self, url: str, trail: Trail) -> OutOfScope | None:
        if self._max_depth is not None and trail.depth > self._max_depth:
            return OutOfScope.TOO_DEEP
        if self._exclude and self._exclude.search(url):
            return OutOfScope.EXCLUDED
        if self._include and not self._include.search(url) and trail.depth:
            return OutOfScope.NOT_INCLUDED
        if self._site and self._site.covers(url) and self._site.is_excluded(url):
            return OutOfScope.EXCLUDED
        return None


def authority(url: str) -> str:
    """Return the host of `url`, with its port where that is not the scheme's own."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    try:
        port = parts.port
    except ValueError:  # not a number: no host of ours
        return ""
    return host if port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f"{host}:{port}"


def _any_of(patterns: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{p})" for p in patterns)) if patterns else None
