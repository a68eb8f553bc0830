"""Nothing a server does takes more bytes or more time than was allowed."""

from __future__ import annotations

import asyncio
import socket
import time

import pytest
from loopback import LOCAL, Act, Script, run, served, wire

from warc.exchange import Ending, Exchange, Failure, FailureKind
from warc.http.addresses import AddressPolicy
from warc.http.resolver import Resolution
from warc.wire import Limits, WireRequest

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"


def limited(script: Script, limits: Limits) -> tuple[Exchange, bytes, float]:
    """Return the exchange under `limits`, its bytes, and the seconds it took."""

    async def main() -> tuple[Exchange, bytes, float]:
        async with served({"/": script}) as server, wire() as client:
            started = time.monotonic()
            exchange = await client.fetch(WireRequest(url=server.url("/"), limits=limits))
            took = time.monotonic() - started
            received = exchange.response.read()
            exchange.response.close()
            return exchange, received, took

    return run(main())


def test_a_slow_drip_ends_with_the_total_time() -> None:
    drip: list[bytes | float] = [b"x", 0.02]
    exchange, received, took = limited([HEAD, *drip * 200], Limits(idle=0.2, total=0.4))
    assert exchange.ending is Ending.TIME
    assert received.startswith(HEAD + b"xxx")
    assert 0.35 < took < 0.8


def test_a_slow_drip_of_interim_answers_ends_with_the_total_time() -> None:
    drip: list[bytes | float] = [b"HTTP/1.1 102 Wait\r\n\r\n", 0.02]
    exchange, _, took = limited(drip * 200, Limits(idle=0.2, total=0.4))
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.TIMEOUT
    assert took < 0.8


def test_a_silence_shorter_than_idle_is_borne() -> None:
    script: Script = [0.15, HEAD[:10], 0.15, HEAD[10:], 0.15, b"x" * 1_000_000]
    exchange, _, _ = limited(script, Limits(idle=0.3, total=5))
    assert exchange.ending is Ending.COMPLETE


@pytest.mark.parametrize("most", [0, 1, len(HEAD), len(HEAD) + 1, 70_000])
def test_the_response_is_cut_at_its_limit_exactly(most: int) -> None:
    body = bytes(range(256)) * 1000
    exchange, received, _ = limited([HEAD + body, Act.HANG], Limits(response_bytes=most))
    assert exchange.ending is Ending.LENGTH
    assert received == (HEAD + body)[:most]
    assert exchange.head_size <= len(received)


def test_an_endless_answer_is_cut() -> None:
    endless = [b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 50_000] * 100]
    exchange, received, took = limited(endless, Limits(response_bytes=200_000))
    assert exchange.ending is Ending.LENGTH
    assert len(received) == 200_000
    assert took < 1


def test_a_head_beyond_its_limit_is_cut() -> None:
    endless = [b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n" * 1000] * 100]
    exchange, received, _ = limited(endless, Limits(head_bytes=10_000))
    assert exchange.ending is Ending.LENGTH
    assert len(received) == exchange.head_size == 10_000


def test_bytes_behind_the_end_do_not_hold_the_answer_up() -> None:
    script: Script = [b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", *[b"x", 0.02] * 200]
    exchange, _, took = limited(script, Limits())
    assert exchange.ending is Ending.COMPLETE
    assert took < 0.5


def test_a_server_that_promises_close_and_stays_is_not_waited_for() -> None:
    script: Script = [b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", Act.HANG]
    exchange, _, took = limited(script, Limits())
    assert exchange.ending is Ending.COMPLETE
    assert took < 0.5


def test_a_last_chunk_without_its_end_is_not_waited_for_long() -> None:
    script: Script = [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n",
        Act.HANG,
    ]
    exchange, _, took = limited(script, Limits())
    assert exchange.ending is Ending.COMPLETE
    assert took < 2


def test_an_address_that_does_not_answer_is_a_connect_timeout() -> None:
    """A listener whose backlog is full drops what knocks, as a firewall does."""

    async def main(port: int) -> Exchange:
        async with wire(limits=Limits(connect=0.2)) as client:
            return await client.fetch(WireRequest(url=f"http://127.0.0.1:{port}/"))

    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        address = listener.getsockname()
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(address)
        time.sleep(0.05)
        exchange = run(main(address[1]))
        for filler in fillers:
            filler.close()
    exchange.response.close()
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.CONNECT_TIMEOUT
    assert exchange.address == "127.0.0.1"
    assert exchange.request == b""


class Fixed:
    """A resolver that gives what it was made with."""

    def __init__(self, *addresses: str, delay: float = 0) -> None:
        self.resolution = Resolution(addresses=addresses)
        self.delay = delay

    async def resolve(self, _: str) -> Resolution:
        await asyncio.sleep(self.delay)
        return self.resolution


HI = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.9", "127.0.0.1"),
        ("10.0.0.1", "127.0.0.1"),
        ("::1", "fd00::1", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.9", "127.0.0.1"),
    ],
    ids=["one refuses", "one may not be asked", "only one may be asked", "the first answers"],
)
def test_the_first_address_that_may_be_asked_and_answers_is_used(
    addresses: tuple[str, ...],
) -> None:
    async def main() -> Exchange:
        async with (
            served({"/": [HI]}) as server,
            wire(resolver=Fixed(*addresses), policy=LOCAL) as client,
        ):
            return await client.fetch(WireRequest(url=server.url("/", "name.example")))

    exchange = run(main())
    exchange.response.close()
    assert exchange.ending is Ending.COMPLETE
    assert exchange.address == "127.0.0.1"


def test_an_address_that_hangs_holds_the_next_up_for_a_moment_only() -> None:
    async def main(port: int) -> Exchange:
        async with wire(resolver=Fixed("127.0.0.2", "127.0.0.1"), limits=Limits()) as client:
            return await client.fetch(WireRequest(url=f"http://name.example:{port}/"))

    async def both(port: int) -> Exchange:
        server = await asyncio.start_server(_say_hi, "127.0.0.1", port)
        exchange = await main(port)
        server.close()
        await server.wait_closed()
        return exchange

    with socket.create_server(("127.0.0.2", 0), backlog=0) as listener:
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        time.sleep(0.05)
        exchange = run(both(listener.getsockname()[1]))
        for filler in fillers:
            filler.close()
    exchange.response.close()
    assert exchange.address == "127.0.0.1"
    assert exchange.timings.ended < 1


async def _say_hi(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(HI)
    await writer.drain()
    writer.close()
    await writer.wait_closed()


def test_a_resolver_that_hangs_is_a_dns_timeout() -> None:
    async def main() -> Exchange:
        async with wire(resolver=Fixed(delay=5), limits=Limits(total=0.1)) as client:
            return await client.fetch(WireRequest(url="http://name.example/"))

    exchange = run(main())
    exchange.response.close()
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.DNS_TIMEOUT


def test_of_several_addresses_that_fail_the_most_telling_is_reported() -> None:
    async def main() -> Exchange:
        policy = AddressPolicy.allowing("127.0.0.0/8", "::1/128")
        async with served({}) as server:
            url = server.url("/", "name.example")
        async with wire(resolver=Fixed("::1", "127.0.0.1", "127.0.0.9"), policy=policy) as client:
            return await client.fetch(WireRequest(url=url))

    exchange = run(main())
    exchange.response.close()
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.CONNECT_REFUSED


def test_a_resolver_s_failure_is_the_exchange_s() -> None:
    class Failing:
        async def resolve(self, _: str) -> Resolution:
            return Resolution(failure=FailureKind.DNS_NXDOMAIN, detail="no such name")

    async def main() -> Exchange:
        async with wire(resolver=Failing()) as client:
            return await client.fetch(WireRequest(url="http://name.example/"))

    exchange = run(main())
    exchange.response.close()
    assert exchange.failure == Failure(kind=FailureKind.DNS_NXDOMAIN, detail="no such name")
    assert exchange.target_uri == "http://name.example/"
    assert exchange.timings.connected is None
