"""Capture through an HTTP proxy: what it gets, what the archive gets."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme
from loopback import LOOPS, Act, Script, run, served, wire

from warc.exchange import Ending, Exchange, FailureKind
from warc.http.addresses import AddressPolicy
from warc.http.proxy import Proxy
from warc.http.target import parse_target
from warc.wire import WireRequest

HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
# Names are the proxy's to resolve, and its address is the operator's to choose.
NOBODY = AddressPolicy()

in_both_loops = pytest.mark.parametrize("loop", list(LOOPS))


@in_both_loops
def test_http_goes_in_absolute_form_with_credentials_for_the_proxy_alone(loop: str) -> None:
    async def main() -> tuple[bytes, Exchange, bytes]:
        async with served({"http://site.example:8080/a?b": [HELLO]}) as server:
            proxy = f"http://me:p%40ss@127.0.0.1:{server.port}"
            async with wire(proxy=proxy, policy=NOBODY) as client:
                request = WireRequest(url="http://site.example:8080/a?b#c")
                exchange = await client.fetch(request)
                received = exchange.response.read()
                exchange.response.close()
                return server.requests[0], exchange, received

    asked, exchange, received = run(main(), loop)
    credentials = base64.b64encode(b"me:p@ss")
    assert asked.startswith(
        b"GET http://site.example:8080/a?b HTTP/1.1\r\n"
        b"Proxy-Authorization: Basic " + credentials + b"\r\n"
        b"Host: site.example:8080\r\n"
    )
    assert received == HELLO
    assert exchange.request.startswith(b"GET /a?b HTTP/1.1\r\nHost: site.example:8080\r\n")
    assert credentials not in exchange.request
    assert exchange.address is None
    assert "through the proxy 127.0.0.1" in exchange.notes[-1]
    assert "p@ss" not in str(exchange)


@contextlib.asynccontextmanager
async def tunnelling(port: int, asked: list[bytes]) -> AsyncIterator[int]:
    """Yield the port of a proxy whose every tunnel leads to `port` of this machine."""
    tasks: set[asyncio.Task[None]] = set()

    async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            while data := await reader.read(65536):
                writer.write(data)
        writer.transport.abort()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        there, back = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        tasks.add(asyncio.create_task(copy(reader, back)))
        tasks.add(asyncio.create_task(copy(there, writer)))

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()
        await asyncio.sleep(0.01)


@in_both_loops
def test_https_goes_through_a_tunnel(loop: str, tmp_path: Path) -> None:
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("site.example").configure_cert(tls)
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    tunnels: list[bytes] = []

    async def main() -> tuple[list[bytes], list[Exchange]]:
        async with (
            served({"/a": [HELLO]}, tls=tls) as server,
            tunnelling(server.port, tunnels) as port,
            wire(proxy=f"http://me:x@127.0.0.1:{port}", policy=NOBODY, ca_file=ca_file) as client,
        ):
            exchanges = []
            for _ in range(2):
                exchange = await client.fetch(WireRequest(url="https://site.example/a"))
                assert exchange.response.read() == HELLO
                exchange.response.close()
                exchanges.append(exchange)
            return server.requests, exchanges

    requests, exchanges = run(main(), loop)
    assert tunnels == [
        b"CONNECT site.example:443 HTTP/1.1\r\nHost: site.example:443\r\n"
        b"Proxy-Authorization: Basic bWU6eA==\r\n\r\n"
    ]
    assert requests == [exchange.request for exchange in exchanges]
    assert requests[0].startswith(b"GET /a HTTP/1.1\r\nHost: site.example\r\n")
    assert b"Proxy" not in requests[0]
    assert exchanges[0].tls is not None


REFUSALS: dict[str, tuple[str, Script]] = {
    "a tunnel refused": ("https://site.example/", [b"HTTP/1.1 403 Not you\r\n\r\n", Act.CLOSE]),
    "a tunnel closed": ("https://site.example/", [Act.CLOSE]),
    "a tunnel hangs": ("https://site.example/", [Act.HANG]),
    "credentials wanted": (
        "http://site.example/",
        [b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 2\r\n\r\nno"],
    ),
}


@in_both_loops
@pytest.mark.parametrize(("url", "script"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_the_proxy_itself_says_is_not_the_site_s_answer(
    url: str, script: Script, loop: str
) -> None:
    async def main() -> Exchange:
        scripts = {"site.example:443": script, "http://site.example/": script}
        async with (
            served(scripts) as server,
            wire(proxy=f"http://127.0.0.1:{server.port}", policy=NOBODY) as client,
        ):
            return await client.fetch(WireRequest(url=url))

    exchange = run(main(), loop)
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.PROXY
    assert exchange.ending is Ending.NONE
    assert exchange.response.read() == b""
    exchange.response.close()


@in_both_loops
def test_a_proxy_that_is_not_there(loop: str) -> None:
    async def main() -> Exchange:
        async with served({}) as server:
            proxy = f"http://127.0.0.1:{server.port}"
        async with wire(proxy=proxy) as client:
            return await client.fetch(WireRequest(url="http://site.example/"))

    exchange = run(main(), loop)
    exchange.response.close()
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.PROXY


@pytest.mark.parametrize("url", ["https://p:1/", "socks5://p:1", "p:3128", "http://"])
def test_only_http_proxies_are_taken(url: str) -> None:
    with pytest.raises(ValueError, match="a proxy is written"):
        Proxy.parse(url)


def test_a_proxy_never_shows_its_password() -> None:
    assert "secret" not in repr(Proxy.parse("http://me:secret@proxy:3128"))


def test_a_tunnel_to_an_ipv6_address_is_asked_for_in_brackets() -> None:
    asked = Proxy.parse("http://proxy").connect(parse_target("https://[2606:4700::1]/"))
    assert asked.startswith(b"CONNECT [2606:4700::1]:443 HTTP/1.1\r\n")
