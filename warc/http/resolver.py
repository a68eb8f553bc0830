"""Names to addresses, with the ways in which that fails told apart."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from warc.exchange import FailureKind

if TYPE_CHECKING:
    from warc.http.name_server import NameServer, Reply
    from warc.http.zones import Zones

_CACHE_SIZE = 10_000
# With an IPv4 address at hand, the IPv6 answer is not waited for longer (RFC 8305 section 3).
_PATIENCE = 0.1
# With this said of IPv4, IPv6 will hardly say otherwise.
_CLEAR = (None, FailureKind.DNS_NXDOMAIN, FailureKind.DNS_NXDOMAIN_ALIAS)
_LOOPBACK = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The addresses of a name, IPv4 first; `failure` is set exactly where there are none."""

    addresses: tuple[str, ...] = ()
    failure: FailureKind | None = None
    detail: str = ""


class Resolver(Protocol):
    """Whoever knows the addresses of names."""

    async def resolve(self, host: str) -> Resolution:
        """Return the addresses of `host`; never raises for what the network does."""


@runtime_checkable
class ZoneResolver(Protocol):
    """Whoever knows who looks after a zone."""

    async def name_servers(self, zone: str) -> tuple[str, ...]:
        """Return the names of a zone's servers; never raises for what the network does."""


class DnsResolver:
    """Ask a name server for A and AAAA, remember answers for their time to live.

    `nameserver` is (address, port); None means those the system is configured with. Names are
    absolute: no search list is tried, the system's hosts file is not read. `timeout` bounds a
    whole resolution in seconds.
    """

    def __init__(
        self,
        nameserver: tuple[str, int] | None = None,
        timeout: float = 5.0,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._nameserver = nameserver
        self._timeout = timeout
        self._monotonic = monotonic
        self._server: NameServer | None = None
        self._zones: Zones | None = None
        self._cache: dict[str, tuple[float, Resolution]] = {}
        self._running: dict[str, asyncio.Task[Resolution]] = {}

    async def resolve(self, host: str) -> Resolution:
        """Return the addresses of `host`; IP literals and `localhost` never go to DNS."""
        name = host.strip("[]").removesuffix(".").lower()
        known = _literal(name) or self._cached(name)
        if known is not None:
            return known
        running = self._running.get(name)
        if running is None:
            running = asyncio.create_task(self._ask(name))
            self._running[name] = running
            running.add_done_callback(lambda _: self._running.pop(name, None))
        # One who gives up must not take the answer from the others who wait for it.
        return await asyncio.shield(running)

    async def name_servers(self, zone: str) -> tuple[str, ...]:
        """Return the names of a zone's servers; none where they are not told."""
        if self._zones is None:
            from warc.http.zones import Zones

            self._zones = Zones(self._nameserver)
        return await self._zones.servers(zone)

    def _cached(self, name: str) -> Resolution | None:
        expires, resolution = self._cache.get(name, (0.0, None))
        return resolution if self._monotonic() < expires else None

    async def _ask(self, name: str) -> Resolution:
        # The DNS library costs 30 ms to import, and many a run asks only addresses.
        from warc.http.name_server import Kind, NameServer, Reply

        server = self._server = self._server or NameServer(self._nameserver, self._timeout)
        ask6 = asyncio.create_task(server.ask(name, Kind.IPV6))
        try:
            reply4 = await server.ask(name, Kind.IPV4)
            if reply4.failure in _CLEAR:
                await asyncio.wait({ask6}, timeout=_PATIENCE)
            else:
                await asyncio.wait({ask6})
        finally:
            ask6.cancel()
            await asyncio.wait({ask6})
        reply6 = Reply() if ask6.cancelled() else ask6.result()
        return self._remember(name, reply4, reply6)

    def _remember(self, name: str, reply4: Reply, reply6: Reply) -> Resolution:
        resolution, ttl = _join(reply4, reply6)
        while len(self._cache) >= _CACHE_SIZE:
            del self._cache[next(iter(self._cache))]
        self._cache.pop(name, None)
        self._cache[name] = (self._monotonic() + ttl, resolution)
        return resolution


def _literal(name: str) -> Resolution | None:
    """Return what is known without asking: RFC 6761 section 6.3 for `localhost`."""
    if name == "localhost" or name.endswith(".localhost"):
        return Resolution(addresses=_LOOPBACK)
    try:
        return Resolution(addresses=(str(ip_address(name)),))
    except ValueError:
        return None


# What a name without addresses died of, where its two queries differ: the first that occurs.
_GRAVEST = (
    FailureKind.DNS_NXDOMAIN,
    FailureKind.DNS_NXDOMAIN_ALIAS,
    FailureKind.DNS_CNAME_LOOP,
    FailureKind.DNS_TIMEOUT,
    FailureKind.DNS_UNREACHABLE,
    FailureKind.DNS_MALFORMED,
    FailureKind.DNS_TRUNCATED,
    FailureKind.DNS_REFUSED,
    FailureKind.DNS_SERVFAIL,
    FailureKind.DNS_NO_ADDRESS,
)


def _join(reply4: Reply, reply6: Reply) -> tuple[Resolution, float]:
    """Return the resolution from both replies, and how long it may be believed."""
    addresses = reply4.addresses + reply6.addresses
    if addresses:
        ttl = min(reply.ttl for reply in (reply4, reply6) if reply.addresses)
        return Resolution(addresses=addresses), ttl
    failed = {reply.failure: reply for reply in (reply6, reply4) if reply.failure}
    gravest = failed[next(kind for kind in _GRAVEST if kind in failed)]
    return Resolution(failure=gravest.failure, detail=gravest.detail), gravest.ttl
