"""Who looks after a zone: one question to the resolver in use, and nothing that it does raises."""

from __future__ import annotations

import asyncio

import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from warc.http.resolver import DnsResolver


class Names(asyncio.DatagramProtocol):
    """Says of every zone that two servers look after it, or whatever `rcode` says."""

    def __init__(self, rcode: dns.rcode.Rcode = dns.rcode.NOERROR) -> None:
        self.asked: list[str] = []
        self._rcode = rcode

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        self.asked.append(f"{dns.rdatatype.to_text(question.rdtype)} {question.name}")
        reply = dns.message.make_response(query)
        reply.set_rcode(self._rcode)
        if self._rcode == dns.rcode.NOERROR:
            servers = ("NS2.Parked.test.", "ns1.parked.test.")
            reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", "NS", *servers))
        self._transport.sendto(reply.to_wire(), addr)


def told(names: Names, times: int = 1) -> list[tuple[str, ...]]:
    async def scenario() -> list[tuple[str, ...]]:
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(
            lambda: names, local_addr=("127.0.0.1", 0)
        )
        try:
            resolver = DnsResolver(transport.get_extra_info("sockname"))
            asked = (resolver.name_servers("site.test") for _ in range(times))
            return list(await asyncio.gather(*asked))
        finally:
            transport.close()
            await asyncio.sleep(0)

    return asyncio.run(scenario())


def test_the_servers_come_in_order_and_in_lower_case() -> None:
    assert told(Names()) == [("ns1.parked.test", "ns2.parked.test")]


def test_a_zone_is_asked_for_once() -> None:
    names = Names()
    assert len(set(told(names, times=5))) == 1
    assert names.asked == ["NS site.test."]


def test_an_error_tells_nothing() -> None:
    assert told(Names(dns.rcode.SERVFAIL)) == [()]
    assert told(Names(dns.rcode.NXDOMAIN)) == [()]
