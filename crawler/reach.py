"""How far from its seeds a crawl goes: the page, its folder, its host, its domain, or anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_AUTHORITY_END = re.compile(r"[/\\?#]")


class ScopeType(StrEnum):
    """The scope types of Browsertrix, by the same names."""

    PAGE = "page"
    PREFIX = "prefix"
    HOST = "host"
    DOMAIN = "domain"
    ANY = "any"


class Reach:
    """Which links are near enough to the seeds; `hosts` are in reach as a whole.

    http and https are one site. `domain` is the seed's host and the hosts below it; "www." does
    not count as part of a domain's name.
    """

    def __init__(self, kind: ScopeType, seeds: Iterable[str], hosts: Iterable[str]) -> None:
        self._kind = kind
        self._hosts = {host.lower() for host in hosts}
        self._seeds = {authority(seed) for seed in seeds}
        self._prefixes = tuple({_folder(seed) for seed in seeds})
        self._domains = tuple({"." + host.removeprefix("www.") for host in self._seeds})
        self._test: dict[ScopeType, Callable[[str, str], bool]] = {
            ScopeType.PAGE: lambda host, url: False,
            ScopeType.PREFIX: lambda host, url: _plain(url).startswith(self._prefixes),
            ScopeType.HOST: lambda host, url: host in self._seeds,
            ScopeType.DOMAIN: lambda host, url: f".{host}".endswith(self._domains),
            ScopeType.ANY: lambda host, url: True,
        }

    @property
    def is_page(self) -> bool:
        """Return whether no link is followed at all."""
        return self._kind is ScopeType.PAGE

    def is_home(self, url: str) -> bool:
        """Return whether `url` is on a host of a seed, or on one that was named."""
        host = authority(url)
        return host in self._seeds or host in self._hosts

    def has(self, url: str) -> bool:
        """Return whether a link to `url` may be followed."""
        host = authority(url)
        return host in self._hosts or self._test[self._kind](host, url)

    def has_host(self, url: str) -> bool:
        """Return whether `url` is on a host that pages are captured from."""
        if self._kind in {ScopeType.DOMAIN, ScopeType.ANY}:
            return self.has(url)
        return self.is_home(url)

    def widen(self, host: str) -> None:
        """Take a host in, as one that a seed has moved to."""
        self._seeds.add(host)


def authority(url: str) -> str:
    """Return the host of `url`, with its port where that is not the scheme's own."""
    scheme, _, rest = url.partition("://")
    return _authority(scheme, _AUTHORITY_END.split(rest, maxsplit=1)[0])


@lru_cache(maxsize=4096)
def _authority(scheme: str, written: str) -> str:
    parts = urlsplit(f"{scheme}://{written}")
    host = (parts.hostname or "").lower()
    try:
        port = parts.port
    except ValueError:  # not a number: no host of ours
        return ""
    return host if port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f"{host}:{port}"


def _plain(url: str) -> str:
    """Return `url` without its scheme, which tells nothing apart."""
    rest = url.partition("://")[2]
    return authority(url) + rest[len(rest.partition("/")[0]) :]


def _folder(url: str) -> str:
    """Return the folder in which a seed lies."""
    path = _plain(url).partition("?")[0]
    return path.rpartition("/")[0] + "/" if "/" in path else f"{path}/"
