"""What is in a crawl and what is left out, each with its reason; no network and no disk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase
from mimetypes import guess_type

from crawler.options import CaptureOptions
from crawler.reach import Reach, authority
from crawler.traps import QueryVariants, Trap, endless, is_calendar, shape, trap_in
from pipelines.sites import SiteProfile
from pipelines.urls import canonical

__all__ = ["OutOfScope", "Scope", "Trail", "authority"]

_SITEMAP = "M"
_HOPS_TOLD = 50
_MAX_EMBEDDED = 10


class OutOfScope(StrEnum):
    """Why an address is left out although nothing is wrong with it."""

    SCHEME = "scheme"
    OTHER_HOST = "other-host"
    BEYOND = "beyond-the-seed"
    EXCLUDED = "excluded"
    NOT_INCLUDED = "not-included"
    TYPE = "type"
    REQUISITE = "requisite"
    TOO_DEEP = "too-deep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """How a URL was come to.

    `depth` counts links from a seed, `run` how many links in a row led from one address to
    another of the same shape and to nothing else that was new, and `path` has a letter a hop as
    Heritrix writes them: L a link, R a redirect, E a page requisite, M a sitemap; of a long one
    the last, after the number of those left out and a plus.
    """

    depth: int = 0
    run: int = 0
    path: str = ""

    @property
    def is_requisite(self) -> bool:
        """Return whether a page needs what was come to."""
        return self.path.rstrip("R").endswith("E")

    @property
    def is_nested(self) -> bool:
        """Return whether one frame holds another holds another, and so on."""
        hops = self.path.replace("R", "")
        return hops.endswith("E" * (_MAX_EMBEDDED + 1))

    @property
    def sitemaps(self) -> int:
        """Return how many sitemaps in a row led here, this one included; 0 for what is none."""
        hops = self.path.replace("R", "")
        return len(hops) - len(hops.rstrip(_SITEMAP))

    def link(self, parent: str, url: str, *, fertile: bool = False) -> Trail:
        """Return the trail of a link from `parent` to `url`.

        A `fertile` parent leads to more that is new than its like; that is no endless run, unless
        of a calendar, which leads to days without end.
        """
        run = 0
        if shape(parent) == shape(url):
            run = 1 if fertile and not is_calendar(url) else self.run + 1
        return Trail(depth=self.depth + 1, run=run, path=_longer(self.path, "L"))

    def redirect(self) -> Trail:
        """Return the trail of a redirect, which leads no deeper."""
        return replace(self, path=_longer(self.path, "R"))

    def requisite(self) -> Trail:
        """Return the trail of something a page needs, which is as deep as its page."""
        return replace(self, path=_longer(self.path, "E"))

    def sitemap(self) -> Trail:
        """Return the trail of a sitemap, which is as deep as what names it."""
        return replace(self, path=_longer(self.path, _SITEMAP))


class Scope:
    """The verdict on every URL found; it remembers only how many queries a path has had."""

    def __init__(self, options: CaptureOptions) -> None:
        site = options.site
        self._site: SiteProfile | None = site
        seeds = tuple(canonical(seed) for seed in options.start_urls)
        hosts = (*options.hosts, *(site.hosts if site else ()))
        self.reach = Reach(options.scope, seeds, hosts)
        self._include = _any_of(options.include)
        self._exclude = _any_of(options.exclude)
        self._skip_types = options.skip_types
        self._max_depth = options.max_depth
        self._requisites, self._anywhere = options.requisites, options.requisites_anywhere
        self._variants = QueryVariants(options.max_query_variants)

    def verdict(self, url: str, trail: Trail) -> OutOfScope | Trap | None:
        """Return why `url` is left out; None where it is to be captured.

        What a page needs is held to the host, to `exclude` and to the traps, not to the rules for
        links; a sitemap likewise.
        """
        if reason := self._host_verdict(url, trail) or self._link_verdict(url, trail):
            return reason
        if self._exclude and self._exclude.search(url):
            return OutOfScope.EXCLUDED
        if trap := trap_in(url) or endless(url, trail.run):
            return trap
        if trail.is_nested:
            return Trap.NESTED
        return Trap.QUERY_VARIANTS if self._variants.refuses(url) else None

    def moved(self, seed: str, target: str) -> None:
        """Take in the host that a seed redirects to, where only its "www." is another."""
        here, there = authority(seed), authority(target)
        if here != there and here.removeprefix("www.") == there.removeprefix("www."):
            self.reach.widen(there)

    def _host_verdict(self, url: str, trail: Trail) -> OutOfScope | None:
        if not url.startswith(("http://", "https://")):
            return OutOfScope.SCHEME
        if trail.is_requisite and not self._requisites:
            return OutOfScope.REQUISITE
        if trail.path.endswith("L") and not self.reach.has(url):
            return OutOfScope.BEYOND if self.reach.is_home(url) else OutOfScope.OTHER_HOST
        is_near = self.reach.has_host(url) or (trail.is_requisite and self._anywhere)
        return None if is_near else OutOfScope.OTHER_HOST

    def _link_verdict(self, url: str, trail: Trail) -> OutOfScope | None:
        if trail.is_requisite or trail.sitemaps:
            return None
        if self._max_depth is not None and trail.depth > self._max_depth:
            return OutOfScope.TOO_DEEP
        if self._include and not self._include.search(url) and trail.depth:
            return OutOfScope.NOT_INCLUDED
        if self._site and self._site.covers(url) and self._site.is_excluded(url):
            return OutOfScope.EXCLUDED
        return self._type_verdict(url) if self._skip_types else None

    def _type_verdict(self, url: str) -> OutOfScope | None:
        """Return TYPE where the address ends as one of a type does that is not wanted."""
        media_type, _ = guess_type(url.partition("?")[0])
        unwanted = media_type and any(fnmatchcase(media_type, t) for t in self._skip_types)
        return OutOfScope.TYPE if unwanted else None


def _longer(path: str, hop: str) -> str:
    left_out, plus, told = path.rpartition("+")
    told += hop
    if len(told) > _HOPS_TOLD:
        return f"{int(left_out or 0) + 1}+{told[1:]}"
    return f"{left_out}{plus}{told}"


def _any_of(patterns: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{p})" for p in patterns)) if patterns else None
