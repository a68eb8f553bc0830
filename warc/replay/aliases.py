"""Hosts under which the same pages were served, such as a site and the archive it became."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from warc.cdxj import CdxjEntry, CdxjIndex
from warc.replay.choice import closest, nearest

Aliases = Sequence[tuple[str, ...]]
_WWW = "www."
_PORTS = frozenset({None, 80, 443})


def closest_alias(index: CdxjIndex, aliases: Aliases, url: str, date: datetime) -> CdxjEntry | None:
    """Return the capture nearest to `date` of the same page under another of its site's hosts.

    Each of `aliases` are the hosts of one site. For a URL that was not captured itself: what was
    answered under its own name goes before.
    """
    found = (closest(index, other, date) for other in _others(aliases, url))
    return nearest([entry for entry in found if entry is not None], date)


def _others(aliases: Aliases, url: str) -> Iterator[str]:
    try:
        parts = urlsplit(url)
        host, port = _bare(parts.hostname or ""), parts.port
    except ValueError:  # http://[
        return
    if port not in _PORTS:
        return
    hosts = {name: None for names in aliases for name in names if host in map(_bare, names)}
    for name in hosts:
        if _bare(name) != host:
            yield parts._replace(netloc=name).geturl()


def _bare(host: str) -> str:
    return host.removeprefix(_WWW)
