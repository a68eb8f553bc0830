"""A name server on loopback, over UDP and TCP, that answers each name by a script."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is said of a name.

    `cname` is followed within the zone, as a recursive server does. `drops` questions are not
    answered at first; `first` is said to the first questions of each type instead, `times` times.
    `delay6` delays the answer for IPv6. `is_long` answers over TCP only, with `is_cut` not even
    there. `is_other` answers another question than the one asked; not `is_followed` tells a
    `cname` and no more.
    """

    a: tuple[str, ...] = ()
    aaaa: tuple[str, ...] = ()
    cname: str = ""
    rcode: dns.rcode.Rcode = dns.rcode.NOERROR
    rcode6: dns.rcode.Rcode | None = None
    delay: float = 0.0
    delay6: float = 0.0
    drops: int = 0
    first: Entry | None = None
    times: int = 1
    ttl: int = 60
    is_long: bool = False
    is_cut: bool = False
    is_other: bool = False
    is_followed: bool = True
    garbage: bytes = b""


class ScriptedDns:
    """Names below `site.test` lead to 127.0.0.1; one that is not in `zone` does not exist."""

    def __init__(self, zone: Mapping[str, Entry]) -> None:
        self._zone = zone
        self._asked: Counter[tuple[str, int]] = Counter()
        self._transport: asyncio.DatagramTransport | None = None
        self._server: asyncio.Server | None = None
        self._later: set[asyncio.TimerHandle] = set()

    async def start(self) -> int:
        """Listen and return the port."""
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self), local_addr=("127.0.0.1", port)
        )
        return port

    async def stop(self) -> None:
        """Close the port."""
        assert self._server
        assert self._transport
        for handle in self._later:
            handle.cancel()
        self._server.close()
        await self._server.wait_closed()
        self._transport.close()
        await asyncio.sleep(0)

    def asked(self, name: str) -> int:
        """Return how many times the addresses of `name` were asked for."""
        return self._asked[name, dns.rdatatype.A]

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        size = int.from_bytes(await reader.readexactly(2))
        reply = self._reply(await reader.readexactly(size), is_tcp=True)
        if reply is not None:
            writer.write(len(reply[1]).to_bytes(2) + reply[1])
            await writer.drain()
        writer.close()

    def receive(self, data: bytes, whom: tuple[str, int]) -> None:
        """Answer one datagram."""
        reply = self._reply(data, is_tcp=False)
        if reply is None:
            return
        delay, answer = reply
        assert self._transport
        send = self._transport.sendto
        self._later.add(asyncio.get_running_loop().call_later(delay, send, answer, whom))

    def _entry(self, name: str) -> Entry:
        if name == "site.test" or name.endswith(".site.test"):
            return Entry(a=("127.0.0.1",))
        return self._zone.get(name, Entry(rcode=dns.rcode.NXDOMAIN))

    def _reply(self, data: bytes, *, is_tcp: bool) -> tuple[float, bytes] | None:
        """Return after how long to answer, and what; None for silence."""
        query = dns.message.from_wire(data)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        is6 = question.rdtype == dns.rdatatype.AAAA
        self._asked[name, question.rdtype] += 1
        count = self._asked[name, question.rdtype]
        entry = self._entry(name)
        if entry.first is not None and count <= entry.times:
            entry = entry.first
        if count <= entry.drops:
            return None
        if entry.garbage:
            return 0.0, data[:2] + entry.garbage
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if entry.is_other:
            answer.id ^= 1
        if entry.is_long and (entry.is_cut or not is_tcp):
            answer.flags |= dns.flags.TC
        else:
            self._fill(answer, question.name.to_text(), entry, is6=is6)
        return (entry.delay6 if is6 else entry.delay), answer.to_wire()

    def _fill(self, answer: dns.message.Message, name: str, entry: Entry, *, is6: bool) -> None:
        for _ in range(20):
            if not entry.cname:
                break
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "CNAME", entry.cname + "."))
            if not entry.is_followed:
                return
            name, entry = entry.cname + ".", self._entry(entry.cname)
        rcode = entry.rcode6 if is6 and entry.rcode6 is not None else entry.rcode
        answer.set_rcode(rcode)
        addresses = entry.aaaa if is6 else entry.a
        kind = "AAAA" if is6 else "A"
        if addresses:
            answer.answer.append(dns.rrset.from_text(name, entry.ttl, "IN", kind, *addresses))


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, server: ScriptedDns) -> None:
        self._server = server

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._server.receive(data, addr)
