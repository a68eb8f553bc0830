"""A DNS server on loopback for the replica's hosts: nobody is asked beyond this machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import StrEnum

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


class Lookup(StrEnum):
    """What the DNS does with a name."""

    LOOPBACK = "loopback"  # A 127.0.0.1
    PRIVATE = "private"  # A 10.0.0.1: an address nobody may ask
    METADATA = "metadata"  # A 169.254.169.254
    EMPTY = "empty"  # the name exists and has no address
    NXDOMAIN = "nxdomain"
    SERVFAIL = "servfail"
    SILENCE = "silence"


_ADDRESSES = {
    Lookup.LOOPBACK: "127.0.0.1",
    Lookup.PRIVATE: "10.0.0.1",
    Lookup.METADATA: "169.254.169.254",
}
_CODES = {Lookup.NXDOMAIN: dns.rcode.NXDOMAIN, Lookup.SERVFAIL: dns.rcode.SERVFAIL}


class NameServer(asyncio.DatagramProtocol):
    """Answers A and AAAA queries over UDP as `lookup` says; names asked are kept in `asked`."""

    def __init__(self, lookup: Callable[[str], Lookup]) -> None:
        self._lookup = lookup
        self._transport: asyncio.DatagramTransport | None = None
        self._closed: asyncio.Future[None] | None = None
        self.asked: list[str] = []

    async def start(self, port: int = 0) -> int:
        """Listen on 127.0.0.1 and return the port."""
        loop = asyncio.get_running_loop()
        self._closed = loop.create_future()
        transport, _ = await loop.create_datagram_endpoint(
            lambda: self, local_addr=("127.0.0.1", port)
        )
        self._transport = transport
        bound: int = transport.get_extra_info("sockname")[1]
        return bound

    async def stop(self) -> None:
        """Close the port."""
        if self._transport is None or self._closed is None:
            return
        self._transport.close()
        await self._closed
        self._transport = None

    def connection_lost(self, exc: Exception | None) -> None:
        if self._closed is not None and not self._closed.done():
            self._closed.set_result(None)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        try:
            query = dns.message.from_wire(data)
        except dns.exception.DNSException:
            return
        answer = self._answer(query)
        if answer is not None and self._transport is not None:
            self._transport.sendto(answer.to_wire(), addr)

    def _answer(self, query: dns.message.Message) -> dns.message.Message | None:
        question = query.question[0]
        host = question.name.to_text(omit_final_dot=True).lower()
        self.asked.append(host)
        lookup = self._lookup(host)
        if lookup is Lookup.SILENCE:
            return None
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        answer.set_rcode(_CODES.get(lookup, dns.rcode.NOERROR))
        if lookup in _ADDRESSES and question.rdtype == dns.rdatatype.A:
            address = _ADDRESSES[lookup]
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", "A", address))
        return answer
