"""Who looks after a zone: the names of its name servers, asked for once."""

from __future__ import annotations

import asyncio

import dns.asyncresolver
import dns.exception
import dns.name
import dns.nameserver

_LIFETIME = 1.0  # seconds: who asks can do without the answer
_MOST = 10_000
_MOST_NAMES = 8


class Zones:
    """Asks `nameserver`, an (address, port), or those the system is configured with."""

    def __init__(self, nameserver: tuple[str, int] | None) -> None:
        self._nameserver = nameserver
        self._asked: dict[str, asyncio.Task[tuple[str, ...]]] = {}

    async def servers(self, zone: str) -> tuple[str, ...]:
        """Return the names in order, lower case, without the last dot; none where not told.

        A zone is asked for by one question; what the network does raises nothing.
        """
        asked = self._asked.get(zone)
        if asked is None:
            while len(self._asked) >= _MOST:
                del self._asked[next(iter(self._asked))]
            asked = self._asked[zone] = asyncio.create_task(self._ask(zone))
        return await asyncio.shield(asked)

    async def _ask(self, zone: str) -> tuple[str, ...]:
        try:
            resolver = dns.asyncresolver.Resolver(configure=self._nameserver is None)
            if self._nameserver is not None:
                resolver.nameservers = [dns.nameserver.Do53Nameserver(*self._nameserver)]
            resolver.timeout = _LIFETIME
            name = dns.name.from_text(zone)
            answer = await resolver.resolve(name, "NS", lifetime=_LIFETIME, search=False)
        except (dns.exception.DNSException, OSError):
            return ()
        names = sorted(record.to_text().rstrip(".").lower() for record in answer)
        return tuple(names[:_MOST_NAMES])
