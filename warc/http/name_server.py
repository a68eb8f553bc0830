"""One question to a name server, and which failure its answer is."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum

import dns.asyncresolver
import dns.exception
import dns.message
import dns.name
import dns.rdatatype
import dns.resolver

from warc.exchange import FailureKind
from warc.http.name_faults import CnameLoopError, Datagrams, kind_of

_TTL_LEAST, _TTL_MOST = 5.0, 3600.0
# How long an answer that there is no such name is believed, and one that says nothing of it.
_TTL_NEGATIVE, _TTL_FAULT = 0.25, 0.25  # so short that asking again later asks again
_MOST_ALIASES = 16  # as the DNS library takes within one answer


class Kind(StrEnum):
    """What is asked for."""

    IPV4 = "A"
    IPV6 = "AAAA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one question came to; `ttl` is how many seconds it may be believed."""

    addresses: tuple[str, ...] = ()
    failure: FailureKind | None = None
    detail: str = ""
    ttl: float = _TTL_FAULT


class NameServer:
    """Whom to ask: an (address, port), or None for those the system is configured with."""

    def __init__(self, address: tuple[str, int] | None, timeout: float) -> None:
        self._address = address
        self._timeout = timeout
        self._resolver: dns.asyncresolver.Resolver | None = None

    async def ask(self, name: str, kind: Kind) -> Reply:
        """Return the addresses of an absolute name; never raise for what the network does."""
        aliases: list[dns.name.Name] = []
        try:
            answer = await self._follow(dns.name.from_text(name), kind, aliases)
        except (dns.exception.DNSException, CnameLoopError, OSError) as error:
            return _failed(error, is_alias=len(aliases) > 1)
        addresses = tuple(record.to_text() for record in answer)
        ttl = 0 if answer.rrset is None else answer.rrset.ttl
        return Reply(addresses=addresses, ttl=min(max(ttl, _TTL_LEAST), _TTL_MOST))

    async def _follow(
        self, name: dns.name.Name, kind: Kind, aliases: list[dns.name.Name]
    ) -> dns.resolver.Answer:
        """Return the answer, asking on where a server names only an alias; `aliases` grows."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + self._timeout
        while True:
            if name in aliases or len(aliases) > _MOST_ALIASES:
                raise CnameLoopError(f"{name} is an alias of itself, or of too many")
            aliases.append(name)
            left = max(ends - loop.time(), 0.001)
            try:
                return await self._asker().resolve(name, kind.value, lifetime=left)
            except dns.resolver.NoAnswer as error:
                end = _end_of_alias(error)
                if end is None:
                    raise
                name = end

    def _asker(self) -> dns.asyncresolver.Resolver:
        """Return the resolver; raise DNSException where the system is configured with none."""
        if self._resolver is None:
            self._resolver = dns.asyncresolver.Resolver(configure=self._address is None)
            if self._address is not None:
                self._resolver.nameservers = [Datagrams(*self._address)]
            else:
                self._resolver.nameservers = [
                    Datagrams(one, self._resolver.port) if isinstance(one, str) else one
                    for one in self._resolver.nameservers
                ]
            # A question or its answer may be lost: there is time to ask twice.
            self._resolver.timeout = min(self._resolver.timeout, self._timeout / 2)
        return self._resolver


def _end_of_alias(error: dns.resolver.NoAnswer) -> dns.name.Name | None:
    """Return the name that aliases end at, where the server did not say whether it has addresses.

    One that knows there are none says so with an SOA (RFC 2308 section 2.2).
    """
    response: dns.message.QueryMessage = error.kwargs["response"]
    if any(found.rdtype == dns.rdatatype.SOA for found in response.authority):
        return None
    chain = response.resolve_chaining()
    return chain.canonical_name if chain.cnames else None


def _failed(error: Exception, *, is_alias: bool) -> Reply:
    """Return which failure `error` is."""
    kind = kind_of(error)
    negative = kind in (FailureKind.DNS_NXDOMAIN, FailureKind.DNS_NO_ADDRESS)
    if isinstance(error, dns.resolver.NXDOMAIN) and (is_alias or _has_alias(error)):
        kind = FailureKind.DNS_NXDOMAIN_ALIAS
    return Reply(failure=kind, detail=str(error), ttl=_TTL_NEGATIVE if negative else _TTL_FAULT)


def _has_alias(error: dns.resolver.NXDOMAIN) -> bool:
    return error.canonical_name not in error.kwargs["qnames"]
