"""A connection where what comes shares a segment with the handshake, or cannot be read."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from pathlib import Path
from typing import cast

import pytest
import trustme
from loopback import LOOPS, run, wire

from warc.exchange import Ending, Exchange, FailureKind
from warc.wire import WireRequest

pytestmark = pytest.mark.parametrize("loop", list(LOOPS))

HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
AUTHORITY = trustme.CA()


@pytest.fixture(scope="module")
def ca_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    AUTHORITY.cert_pem.write_to_path(str(path))
    return path


class Talker(asyncio.Protocol):
    """A TLS server by hand, so that what it sends can share a segment with its handshake."""

    def __init__(self, tls: ssl.SSLContext, words: list[bytes], *, is_garbled: bool) -> None:
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = tls.wrap_bio(self.incoming, self.outgoing, server_side=True)
        self.words = words
        self.is_garbled = is_garbled
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        assert self.transport is not None
        self.incoming.write(data)
        with contextlib.suppress(ssl.SSLWantReadError):
            self.tls.do_handshake()
            while self.words:
                self.tls.write(self.words.pop(0))
            if self.is_garbled:
                self.outgoing.write(b"\x17\x03\x03\x00\x20" + bytes(32))
        self.transport.write(self.outgoing.read())


def told(
    ca_file: Path, loop: str, words: list[bytes], *, is_garbled: bool
) -> tuple[Exchange, bytes]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("localhost").configure_cert(tls)
    tls.maximum_version = ssl.TLSVersion.TLSv1_2  # the server's Finished comes last

    async def main() -> tuple[Exchange, bytes]:
        server = await asyncio.get_running_loop().create_server(
            lambda: Talker(tls, words, is_garbled=is_garbled), "127.0.0.1", 0
        )
        port = server.sockets[0].getsockname()[1]
        async with wire(ca_file=ca_file) as client:
            exchange = await client.fetch(WireRequest(url=f"https://localhost:{port}/"))
            received = exchange.response.read()
            exchange.response.close()
        server.close()
        await server.wait_closed()
        await asyncio.sleep(0.01)
        return exchange, received

    return run(main(), loop)


def test_words_in_the_segment_that_ends_the_handshake_are_heard(ca_file: Path, loop: str) -> None:
    exchange, received = told(ca_file, loop, [HELLO], is_garbled=False)
    assert received == HELLO
    assert exchange.ending is Ending.COMPLETE


def test_a_record_that_cannot_be_read_cuts_the_answer(ca_file: Path, loop: str) -> None:
    exchange, received = told(ca_file, loop, [HELLO[:-2]], is_garbled=True)
    assert received == HELLO[:-2]
    assert exchange.ending is Ending.DISCONNECT


def test_a_record_that_cannot_be_read_instead_of_an_answer(ca_file: Path, loop: str) -> None:
    exchange, received = told(ca_file, loop, [], is_garbled=True)
    assert received == b""
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.TLS_PROTOCOL
