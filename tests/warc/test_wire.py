"""Exchanges over loopback, byte for byte, in both event loops."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme
from loopback import LOOPS, Act, Script, run, served, wire

from warc.exchange import Ending, Exchange, FailureKind
from warc.framing import decoded, entity
from warc.wire import ConnectTo, Limits, Wire, WireRequest

HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\nA: b\r\n\r\n"
EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"

pytestmark = pytest.mark.parametrize("loop", list(LOOPS))


def fetched(script: Script, loop: str, **request: object) -> tuple[Exchange, bytes]:
    """Return the exchange with a server that plays `script`, and the bytes received."""

    async def main() -> tuple[Exchange, bytes]:
        async with served({"/": script}) as server, wire() as client:
            exchange = await client.fetch(WireRequest(url=server.url("/"), **request))  # type: ignore[arg-type]
            with_bytes = exchange, exchange.response.read()
            exchange.response.close()
            return with_bytes

    return run(main(), loop)


@pytest.mark.parametrize("answer", [HELLO, CHUNKS], ids=["length", "chunks"])
def test_the_answer_is_kept_byte_for_byte(answer: bytes, loop: str) -> None:
    exchange, received = fetched([answer], loop)
    assert received == answer
    assert exchange.ending is Ending.COMPLETE
    assert exchange.failure is None
    assert exchange.address == "127.0.0.1"
    assert exchange.head_size == answer.index(b"\r\n\r\n") + 4


def test_an_answer_in_single_bytes_is_the_same(loop: str) -> None:
    pieces = [bytes([byte]) for byte in EARLY + CHUNKS]
    exchange, received = fetched(pieces, loop)
    assert received == CHUNKS
    assert exchange.interim == EARLY
    assert exchange.ending is Ending.COMPLETE


def test_entity_and_decoded_read_what_was_kept(loop: str) -> None:
    async def main() -> tuple[bytes, bytes]:
        async with served({"/": [CHUNKS]}) as server, wire() as client:
            exchange = await client.fetch(WireRequest(url=server.url("/")))
            with_bytes = b"".join(entity(exchange)), decoded(exchange, 3)
            exchange.response.close()
            return with_bytes

    assert run(main(), loop) == (b"hello", b"hel")


def test_the_request_is_kept_as_sent(loop: str) -> None:
    async def main() -> tuple[list[bytes], Exchange]:
        async with served({"/a%20b?q=%C3%A9": [HELLO]}) as server, wire() as client:
            url = server.url("/a b?q=é#fragment").replace("http://", "http://me:secret@")
            headers = (("User-Agent", "test"), ("Accept", "*/*"))
            exchange = await client.fetch(WireRequest(url=url, headers=headers))
            exchange.response.close()
            return server.requests, exchange

    requests, exchange = run(main(), loop)
    assert requests == [exchange.request]
    authority = f"127.0.0.1:{exchange.port}"
    assert exchange.request == (
        b"GET /a%20b?q=%C3%A9 HTTP/1.1\r\nHost: " + authority.encode() + b"\r\n"
        b"User-Agent: test\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n"
    )
    assert exchange.target_uri == f"http://{authority}/a%20b?q=%C3%A9"


def test_a_body_is_sent_with_its_length(loop: str) -> None:
    exchange, _ = fetched([HELLO], loop, method="POST", body=b"a=b")
    assert exchange.request.endswith(b"\r\nContent-Length: 3\r\nConnection: keep-alive\r\n\r\na=b")


ENDINGS: dict[str, tuple[Script, Ending]] = {
    "cut body": ([HELLO[:-2], Act.CLOSE], Ending.DISCONNECT),
    "cut head": ([HELLO[:20], Act.CLOSE], Ending.DISCONNECT),
    "reset after the head": ([HELLO[:-5], Act.RESET], Ending.DISCONNECT),
    "reset in an endless body": ([b"HTTP/1.1 200 OK\r\n\r\nhel", Act.RESET], Ending.DISCONNECT),
    "until close": ([b"HTTP/1.1 200 OK\r\n\r\nhello", Act.CLOSE], Ending.CLOSED),
    "HTTP/0.9": ([b"<html>simple answer</html>", Act.CLOSE], Ending.CLOSED),
    "bad chunks": ([CHUNKS[:48], b"zzz\r\nrest", Act.CLOSE], Ending.MALFORMED),
    "silence in the head": ([HELLO[:20], Act.HANG], Ending.TIME),
    "silence in the body": ([HELLO[:-2], Act.HANG], Ending.TIME),
    "slow": ([HELLO[:-5], *[0.2, b"x"] * 3, 0.2, b"yy"], Ending.COMPLETE),
    "too long, in two pieces": (
        [b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nh", 0.02, b"ello", Act.CLOSE],
        Ending.COMPLETE,
    ),
}


@pytest.mark.parametrize(("script", "ending"), ENDINGS.values(), ids=ENDINGS.keys())
def test_every_byte_is_kept_however_it_ended(script: Script, ending: Ending, loop: str) -> None:
    exchange, received = fetched(script, loop)
    sent = b"".join(step for step in script if isinstance(step, bytes))
    assert exchange.ending is ending
    assert exchange.failure is None
    assert received == sent


FAILURES: dict[str, tuple[Script, FailureKind]] = {
    "reset": ([Act.RESET], FailureKind.RESET),
    "closed": ([Act.CLOSE], FailureKind.EMPTY),
    "silent": ([Act.HANG], FailureKind.TIMEOUT),
    "interim and silent": ([EARLY, Act.HANG], FailureKind.TIMEOUT),
    "interim and closed": ([EARLY, Act.CLOSE], FailureKind.EMPTY),
}


@pytest.mark.parametrize(("script", "kind"), FAILURES.values(), ids=FAILURES.keys())
def test_no_answer_is_told_apart(script: Script, kind: FailureKind, loop: str) -> None:
    exchange, received = fetched(script, loop)
    assert exchange.failure is not None
    assert exchange.failure.kind is kind
    assert exchange.ending is Ending.NONE
    assert received == b""
    assert exchange.request.startswith(b"GET / ")
    assert exchange.address == "127.0.0.1"


def test_what_a_server_says_unasked_starts_its_answer(loop: str) -> None:
    async def main() -> bytes:
        scripts: dict[str, Script] = {"": [b"SSH-2.0-OpenSSH_9.9\r\n"], "/": [Act.CLOSE]}
        async with served(scripts) as server, wire() as client:
            exchange = await client.fetch(WireRequest(url=server.url("/")))
            received = exchange.response.read()
            exchange.response.close()
            assert "HTTP/0.9: no status line" in exchange.notes
            return received

    assert run(main(), loop) == b"SSH-2.0-OpenSSH_9.9\r\n"


@pytest.mark.parametrize(
    "url", ["ftp://h/", "http://", "nothing", "http://a b/", "http://h:99999/"]
)
def test_what_cannot_be_asked_is_an_exchange_too(url: str, loop: str) -> None:
    async def main() -> Exchange:
        async with wire() as client:
            return await client.fetch(WireRequest(url=url))

    exchange = run(main(), loop)
    exchange.response.close()
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.URL_INVALID
    assert exchange.request == b""
    assert exchange.target_uri == url


def test_nobody_listens(loop: str) -> None:
    async def main() -> Exchange:
        async with wire() as client:
            async with served({}) as server:
                url = server.url("/")
            return await client.fetch(WireRequest(url=url))

    exchange = run(main(), loop)
    exchange.response.close()
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.CONNECT_REFUSED


def test_a_refused_address_gets_no_packet(loop: str) -> None:
    async def main() -> tuple[Exchange, int]:
        async with served({"/": [HELLO]}, host="127.0.0.1") as server, wire() as client:
            exchange = await client.fetch(WireRequest(url=server.url("/", "[::ffff:10.0.0.1]")))
            refused = await client.fetch(WireRequest(url="http://0x0a000001/"))
            refused.response.close()
            assert refused.failure is not None
            assert refused.failure.detail == "10.0.0.1 is private"
            return exchange, server.connections

    exchange, connections = run(main(), loop)
    exchange.response.close()
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.ADDRESS_REFUSED
    assert connections == 0


def test_connect_to_leads_elsewhere_and_keeps_the_name(loop: str) -> None:
    async def main() -> tuple[list[bytes], Exchange]:
        async with served({"/": [HELLO]}) as server:
            rule = ConnectTo.parse(f"old.example::127.0.0.1:{server.port}")
            async with wire(connect_to=(rule,)) as client:
                exchange = await client.fetch(WireRequest(url="http://old.example/"))
                exchange.response.close()
                return server.requests, exchange

    requests, exchange = run(main(), loop)
    assert b"\r\nHost: old.example\r\n" in requests[0]
    assert exchange.target_uri == "http://old.example/"
    assert exchange.address == "127.0.0.1"


def test_the_clock_and_the_timings_are_those_given(loop: str) -> None:
    moment = datetime(2026, 1, 2, tzinfo=UTC)

    async def main() -> Exchange:
        async with (
            served({"/": [0.05, HELLO]}) as server,
            wire(clock=lambda: moment) as client,
        ):
            exchange = await client.fetch(WireRequest(url=server.url("/")))
            exchange.response.close()
            return exchange

    exchange = run(main(), loop)
    timings = exchange.timings
    assert exchange.began == moment
    assert timings.resolved is not None
    assert timings.connected is not None
    assert timings.first_byte is not None
    assert 0 <= timings.resolved <= timings.connected <= timings.first_byte <= timings.ended
    assert timings.first_byte > 0.04
    assert timings.secured is None


def test_a_cancelled_fetch_leaves_no_connection(loop: str) -> None:
    async def main() -> None:
        async with served({"/": [Act.HANG]}) as server, wire(limits=Limits()) as client:
            asking = asyncio.create_task(client.fetch(WireRequest(url=server.url("/"))))
            while not server.requests:
                await asyncio.sleep(0.01)
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            await asyncio.sleep(0.01)
            assert not client._pool._open

    run(main(), loop)


def test_closing_the_wire_ends_what_is_under_way(loop: str) -> None:
    async def main() -> Exchange:
        async with served({"/": [HELLO[:-1], Act.HANG]}) as server:
            client = wire(limits=Limits())
            asking = asyncio.create_task(client.fetch(WireRequest(url=server.url("/"))))
            while not server.requests:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.02)
            await client.close()
            return await asking

    exchange = run(main(), loop)
    assert exchange.response.read() == HELLO[:-1]
    assert exchange.ending is Ending.DISCONNECT
    exchange.response.close()


def test_many_at_once_get_their_own_answers(loop: str) -> None:
    def answer(number: int) -> bytes:
        body = f"this is {number}".encode()
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)

    async def ask(client: Wire, url: str) -> bytes:
        exchange = await client.fetch(WireRequest(url=url))
        received = exchange.response.read()
        exchange.response.close()
        return received

    async def main() -> None:
        scripts = {f"/{number}": [answer(number)] for number in range(60)}
        async with served(scripts) as server, wire(limits=Limits()) as client:
            urls = [server.url(path) for path in scripts]
            received = await asyncio.gather(*(ask(client, url) for url in urls))
            assert received == [answer(number) for number in range(60)]

    run(main(), loop)


def test_30_mb_over_tls_arrive_whole(loop: str, tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    piece = bytes(range(256)) * 4096
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (30 * len(piece))

    async def main() -> Exchange:
        async with (
            served({"/": [head, *[piece] * 30]}, tls=context) as server,
            wire(ca_file=ca_file, limits=Limits()) as client,
        ):
            return await client.fetch(WireRequest(url=server.url("/", scheme="https")))

    exchange = run(main(), loop)
    assert exchange.ending is Ending.COMPLETE
    assert exchange.response.size == len(head) + 30 * len(piece)
    assert exchange.response.read(len(head) + 29 * len(piece)) == piece
    exchange.response.close()
