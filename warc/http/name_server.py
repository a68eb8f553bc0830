"""One question to a name server, and which failure its answer is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import dns.asyncresolver
import dns.exception
import dns.name
import dns.nameserver
import dns.resolver

from warc.exchange import FailureKind

_TTL_LEAST, _TTL_MOST = 5.0, 3600.0
# How long an answer that there is no such name is believed, and one that says nothing of it.
_TTL_NEGATIVE, _TTL_FAULT = 0.25, 0.25  # so short that asking again later asks again


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
        try:
            absolute = dns.name.from_text(name)
            answer = await self._asker().resolve(absolute, kind.value, lifetime=self._timeout)
        except dns.exception.DNSException as error:
            return _failed(error)
        except OSError as error:
            return Reply(failure=FailureKind.DNS_SERVFAIL, detail=str(error))
        addresses = tuple(record.to_text() for record in answer)
        ttl = 0 if answer.rrset is None else answer.rrset.ttl
        return Reply(addresses=addresses, ttl=min(max(ttl, _TTL_LEAST), _TTL_MOST))

    def _asker(self) -> dns.asyncresolver.Resolver:
        """Return the resolver; raise DNSException where the system is configured with none."""
        if self._resolver is None:
            self._resolver = dns.asyncresolver.Resolver(configure=self._address is None)
            if self._address is not None:
                self._resolver.nameservers = [dns.nameserver.Do53Nameserver(*self._address)]
            # A question or its answer may be lost: there is time to ask twice.
            self._resolver.timeout = min(self._resolver.timeout, self._timeout / 2)
        return self._resolver


def _failed(error: dns.exception.DNSException) -> Reply:
    """Return which failure `error` is; whatever is no clear answer counts as the server's."""
    kind, ttl = FailureKind.DNS_SERVFAIL, _TTL_FAULT
    if isinstance(error, dns.resolver.NXDOMAIN | dns.name.LabelTooLong | dns.name.NameTooLong):
        kind, ttl = FailureKind.DNS_NXDOMAIN, _TTL_NEGATIVE
    elif isinstance(error, dns.resolver.NoAnswer):
        kind, ttl = FailureKind.DNS_NO_ADDRESS, _TTL_NEGATIVE
    elif isinstance(error, dns.exception.Timeout):
        kind = FailureKind.DNS_TIMEOUT
    return Reply(failure=kind, detail=str(error), ttl=ttl)
