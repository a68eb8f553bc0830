"""Names against a name server of our own on loopback."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest
from loopback import LOOPS, run

from warc.exchange import FailureKind
from warc.http.resolver import DnsResolver, Resolution

Answer = Callable[[dns.message.Message], dns.message.Message | None]
pytestmark = pytest.mark.parametrize("loop", list(LOOPS))


class NameServer(asyncio.DatagramProtocol):
    """Answer from `zone`: (name, type) to records, an rcode, bytes, or a word for what is odd."""

    def __init__(self, zone: dict[tuple[str, str], Any]) -> None:
        self.zone = zone
        self.asked: list[tuple[str, str]] = []
        self.transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def datagram_received(self, data: bytes, source: tuple[str, int]) -> None:
        query = dns.message.from_wire(data)
        reply = self.reply(query)
        if reply is not None and self.transport is not None:
            wire = reply if isinstance(reply, bytes) else reply.to_wire()
            self.transport.sendto(wire, source)

    def reply(self, query: dns.message.Message) -> dns.message.Message | bytes | None:
        question = query.question[0]
        key = (question.name.to_text(), dns.rdatatype.to_text(question.rdtype))
        self.asked.append(key)
        found = self.zone.get(key, [])
        reply = dns.message.make_response(query)
        if found == "hang":
            return None
        if isinstance(found, bytes):
            return query.to_wire()[:2] + found
        if isinstance(found, str):
            return self.odd(found, reply)
        if isinstance(found, dns.rcode.Rcode):
            reply.set_rcode(found)
            return reply
        for name, kind, *values in found:
            section = reply.authority if kind == "SOA" else reply.answer
            section.append(dns.rrset.from_text(name, 30, "IN", kind, *values))
        return reply

    @staticmethod
    def odd(how: str, reply: dns.message.Message) -> dns.message.Message:
        if how == "cut":
            reply.flags |= dns.flags.TC
        elif how == "other id":
            reply.id ^= 1
        else:
            reply.question[0].name = dns.name.from_text("other.example.")
        return reply


@contextlib.asynccontextmanager
async def serving(zone: dict[tuple[str, str], Any]) -> AsyncIterator[tuple[NameServer, int]]:
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(
        lambda: NameServer(zone), local_addr=("127.0.0.1", 0)
    )
    try:
        yield server, transport.get_extra_info("sockname")[1]
    finally:
        transport.close()
        await asyncio.sleep(0.01)


def a(*addresses: str, name: str = "h.example.") -> list[tuple[str, ...]]:
    return [(name, "A", *addresses)]


def aaaa(*addresses: str) -> list[tuple[str, ...]]:
    return [("h.example.", "AAAA", *addresses)]


def resolved(zone: dict[str, Any], loop: str, host: str = "h.example") -> Resolution:
    """Return what `host` resolves to where h.example has `zone`, a map from A and AAAA."""

    async def main() -> Resolution:
        full = {("h.example.", kind): found for kind, found in zone.items()}
        async with serving(full) as (_, port):
            return await DnsResolver(("127.0.0.1", port), timeout=1.5).resolve(host)

    return run(main(), loop)


NXDOMAIN, SERVFAIL, REFUSED = dns.rcode.NXDOMAIN, dns.rcode.SERVFAIL, dns.rcode.REFUSED


@pytest.mark.parametrize(
    ("zone", "addresses"),
    [
        ({"A": a("1.2.3.4")}, ("1.2.3.4",)),
        ({"A": a("1.2.3.4", "1.2.3.5")}, ("1.2.3.4", "1.2.3.5")),
        ({"AAAA": aaaa("2606::1")}, ("2606::1",)),
        ({"A": a("1.2.3.4"), "AAAA": aaaa("2606::1")}, ("1.2.3.4", "2606::1")),
        ({"A": a("1.2.3.4"), "AAAA": SERVFAIL}, ("1.2.3.4",)),
        ({"A": a("1.2.3.4"), "AAAA": "hang"}, ("1.2.3.4",)),
        ({"A": SERVFAIL, "AAAA": aaaa("2606::1")}, ("2606::1",)),
        (
            {"A": [("h.example.", "CNAME", "g.example."), ("g.example.", "A", "1.2.3.4")]},
            ("1.2.3.4",),
        ),
    ],
)
def test_addresses(zone: dict[str, Any], addresses: tuple[str, ...], loop: str) -> None:
    resolution = resolved(zone, loop)
    assert set(resolution.addresses) == set(addresses)
    assert resolution.addresses == tuple(sorted(resolution.addresses, key=lambda x: ":" in x))
    assert resolution.failure is None


@pytest.mark.parametrize(
    ("zone", "kind"),
    [
        ({"A": NXDOMAIN, "AAAA": NXDOMAIN}, FailureKind.DNS_NXDOMAIN),
        ({"A": NXDOMAIN, "AAAA": "hang"}, FailureKind.DNS_NXDOMAIN),
        ({"A": SERVFAIL, "AAAA": SERVFAIL}, FailureKind.DNS_SERVFAIL),
        ({"A": REFUSED, "AAAA": REFUSED}, FailureKind.DNS_REFUSED),
        ({"A": "hang", "AAAA": "hang"}, FailureKind.DNS_TIMEOUT),
        ({"A": "hang"}, FailureKind.DNS_TIMEOUT),
        ({}, FailureKind.DNS_NO_ADDRESS),
        ({"A": [], "AAAA": SERVFAIL}, FailureKind.DNS_SERVFAIL),
        ({"A": [("h.example.", "CNAME", "h.example.")]}, FailureKind.DNS_CNAME_LOOP),
        ({"A": [("h.example.", "CNAME", "g.example.")]}, FailureKind.DNS_NO_ADDRESS),
        ({"A": "cut", "AAAA": "cut"}, FailureKind.DNS_TRUNCATED),
        ({"A": dns.rcode.FORMERR, "AAAA": dns.rcode.NOTIMP}, FailureKind.DNS_SERVFAIL),
    ],
)
def test_failures_are_told_apart(zone: dict[str, Any], kind: FailureKind, loop: str) -> None:
    resolution = resolved(zone, loop)
    assert resolution.addresses == ()
    assert resolution.failure is kind
    assert resolution.detail


@pytest.mark.parametrize(
    ("host", "addresses"),
    [
        ("127.0.0.1", ("127.0.0.1",)),
        ("::1", ("::1",)),
        ("[::1]", ("::1",)),
        ("localhost", ("127.0.0.1", "::1")),
        ("LOCALHOST.", ("127.0.0.1", "::1")),
        ("a.localhost", ("127.0.0.1", "::1")),
    ],
)
def test_what_is_known_is_not_asked(host: str, addresses: tuple[str, ...], loop: str) -> None:
    assert resolved({}, loop, host).addresses == addresses


@pytest.mark.parametrize(
    ("zone", "failure"),
    [
        ({"h": "g", "g": NXDOMAIN}, FailureKind.DNS_NXDOMAIN_ALIAS),
        ({"h": "g", "g": "h"}, FailureKind.DNS_CNAME_LOOP),
        ({"h": "g", "g": "hang"}, FailureKind.DNS_TIMEOUT),
        ({"h": "g", "g": "i", "i": "1.2.3.4"}, None),
    ],
)
def test_an_alias_is_followed_where_the_server_does_not(
    zone: dict[str, Any], failure: FailureKind | None, loop: str
) -> None:
    full = {
        (f"{name}.example.", kind): _said(f"{name}.example.", found)
        for name, found in zone.items()
        for kind in ("A", "AAAA")
    }

    async def main() -> Resolution:
        async with serving(full) as (_, port):
            return await DnsResolver(("127.0.0.1", port), timeout=1.5).resolve("h.example")

    resolution = run(main(), loop)
    assert resolution.failure is failure
    assert failure or resolution.addresses == ("1.2.3.4",)


def _said(name: str, found: Any) -> Any:
    if not isinstance(found, str) or found == "hang":
        return found
    if found[0].isdigit():
        return [(name, "A", found)]
    return [(name, "CNAME", f"{found}.example.")]


def test_an_alias_is_not_followed_where_the_server_knows_of_no_address(loop: str) -> None:
    soa = "ns.example. me.example. 1 2 3 4 5"
    records = [("h.example.", "CNAME", "g.example."), ("example.", "SOA", soa)]

    async def use(resolver: DnsResolver, clock: list[float]) -> None:
        del clock
        assert (await resolver.resolve("h.example")).failure is FailureKind.DNS_NO_ADDRESS

    assert {name for name, _ in asked({"A": records, "AAAA": records}, loop, use)} == {"h.example."}


def test_answers_to_other_questions_are_passed_over_and_told(loop: str) -> None:
    said = {"a.": b"\xff" * 9, "b.": "other id", "c.": "other name"}
    zone = {(name, kind): found for name, found in said.items() for kind in ("A", "AAAA")}

    async def main() -> list[Resolution]:
        async with serving(zone) as (_, port):
            resolver = DnsResolver(("127.0.0.1", port), timeout=1.5)
            return await asyncio.gather(*(resolver.resolve(name) for name in said))

    found = run(main(), loop)
    assert {one.failure for one in found} == {FailureKind.DNS_MALFORMED}
    assert [("read" in one.detail, "another" in one.detail) for one in found] == [
        (True, False),
        (False, True),
        (False, True),
    ]


def test_a_name_too_long_does_not_exist(loop: str) -> None:
    assert resolved({}, loop, "a" * 64 + ".example").failure is FailureKind.DNS_NXDOMAIN


def test_nobody_there_to_ask_is_a_failure_of_the_server(loop: str) -> None:
    async def main() -> Resolution:
        async with serving({}) as (_, port):
            pass
        return await DnsResolver(("127.0.0.1", port), timeout=1.5).resolve("h.example")

    assert run(main(), loop).failure in (FailureKind.DNS_UNREACHABLE, FailureKind.DNS_TIMEOUT)


def asked(
    zone: dict[str, Any],
    loop: str,
    use: Callable[[DnsResolver, list[float]], Coroutine[Any, Any, None]],
) -> list[tuple[str, str]]:
    """Return what the name server was asked while `use` used a resolver and its clock."""

    async def main() -> list[tuple[str, str]]:
        full = {("h.example.", kind): found for kind, found in zone.items()}
        clock = [0.0]
        async with serving(full) as (server, port):
            resolver = DnsResolver(("127.0.0.1", port), timeout=0.3, monotonic=lambda: clock[0])
            await use(resolver, clock)
            return server.asked

    return run(main(), loop)


def test_an_answer_is_remembered_for_its_time_to_live(loop: str) -> None:
    async def use(resolver: DnsResolver, clock: list[float]) -> None:
        for moment in (0.0, 29.0, 31.0):
            clock[0] = moment
            assert (await resolver.resolve("H.Example.")).addresses == ("1.2.3.4",)

    assert len(asked({"A": a("1.2.3.4")}, loop, use)) == 4


def test_a_failure_is_believed_for_a_shorter_time(loop: str) -> None:
    async def use(resolver: DnsResolver, clock: list[float]) -> None:
        for moment in (0.0, 0.2, 0.3):
            clock[0] = moment
            assert (await resolver.resolve("h.example")).failure is FailureKind.DNS_SERVFAIL

    assert len(asked({"A": SERVFAIL, "AAAA": SERVFAIL}, loop, use)) == 4


def test_many_who_ask_at_once_are_one_question(loop: str) -> None:
    async def use(resolver: DnsResolver, _: list[float]) -> None:
        asking = [asyncio.create_task(resolver.resolve("h.example")) for _ in range(20)]
        await asyncio.sleep(0)
        asking[0].cancel()
        resolutions = await asyncio.gather(*asking[1:])
        assert {resolution.addresses for resolution in resolutions} == {("1.2.3.4",)}

    assert len(asked({"A": a("1.2.3.4")}, loop, use)) == 2
