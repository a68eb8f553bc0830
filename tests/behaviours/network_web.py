"""The whole awkward web of the network, and one run of the probe over it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from behaviours import network_connect, network_dns, network_tls
from behaviours.case import Act, Answering, Case, Turn
from behaviours.certificates import Certificates
from behaviours.raw_server import RawServer
from behaviours.scripted_dns import ScriptedDns
from pipelines.checks.evidence import Evidence
from pipelines.checks.probe import Probe, ProbeOptions
from warc.http.addresses import AddressPolicy
from warc.http.resolver import DnsResolver
from warc.wire import Wire
from warc.writer import WarcWriter, WriterOptions

OPTIONS = ProbeOptions(
    delay=0, per_host=8, timeout=2.5, retries=1, retry_delay=0.4, retry_after_cap=0.4
)
_WAKES_AFTER = 0.25
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Web:
    """Servers and name server; `seen` is what a run has found, `heads` what it asked."""

    def __init__(self, folder: Path, cases: Iterable[Case]) -> None:
        self._folder = folder
        self._cases = tuple(cases)
        self._certificates = Certificates(folder)
        self._stack = contextlib.AsyncExitStack()
        self.ports: dict[str, int] = {}
        self.names = ScriptedDns(network_dns.ZONE)
        self.server = RawServer(_turns(self._cases), self.ports)
        self.trap = RawServer({}, {})

    async def __aenter__(self) -> Web:
        self.ports["dns"] = await self.names.start()
        self._stack.push_async_callback(self.names.stop)
        self._stack.push_async_callback(self.server.stop)
        self._stack.push_async_callback(self.trap.stop)
        self.ports["http"] = await self.server.listen()
        for host in ("127.66.0.1", "::1"):
            await self.trap.listen(host=host, port=self.ports["http"])
        self.ports["other"] = await self.server.listen()
        await self._listen_with_tls()
        await self._listen_oddly()
        self._hold_ports()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def url(self, case: Case) -> str:
        """Return the link of `case` with the ports of this web."""
        url = case.link
        for name, port in self.ports.items():
            url = url.replace(f"{{{name}}}", str(port))
        return url

    async def check(self, options: ProbeOptions = OPTIONS) -> dict[str, Evidence]:
        """Return the evidence by case, all asked in one run."""
        seen: dict[str, Evidence] = {}
        written = WriterOptions(
            archive=self._folder / "archive", indexes=self._folder / "indexes", prefix="check"
        )
        clock = lambda: datetime.now(UTC)  # noqa: E731 - a name for a parameter
        with WarcWriter(written, clock=clock) as writer:
            async with Wire(
                resolver=DnsResolver(("127.0.0.1", self.ports["dns"]), options.timeout),
                policy=AddressPolicy.allowing("127.0.0.0/16", "127.255.0.0/16"),
                ca_file=self._certificates.ca,
            ) as wire:
                probe = Probe(wire, writer, options, clock=clock)
                urls = [self.url(case) for case in self._cases]
                await probe.run(urls, lambda one: seen.update({one.url: one}))
        return {case.name: seen[self.url(case)] for case in self._cases}

    async def _listen_with_tls(self) -> None:
        made, version = self._certificates, ssl.TLSVersion
        contexts = {
            "https": made.for_hosts(),
            "tls10": made.good(version=version.TLSv1, ciphers="ALL:@SECLEVEL=0"),
            "tls11": made.good(version=version.TLSv1_1, ciphers="ALL:@SECLEVEL=0"),
            "tls12": made.good(version=version.TLSv1_2),
            "tls13": made.good(version=version.TLSv1_3),
            "nocipher": made.good(version=version.TLSv1_2, ciphers="AES128-SHA"),
            "asking": made.asking(ssl.CERT_OPTIONAL, version.TLSv1_3),
            "asking12": made.asking(ssl.CERT_OPTIONAL, version.TLSv1_2),
            "requiring": made.asking(ssl.CERT_REQUIRED, version.TLSv1_3),
            "requiring12": made.asking(ssl.CERT_REQUIRED, version.TLSv1_2),
        }
        for name, context in contexts.items():
            self.ports[name] = await self.server.listen(tls=context)
        await self.server.listen(host="127.0.0.2", port=self.ports["https"], tls=contexts["https"])

    async def _listen_oddly(self) -> None:
        """Listen on ports that never get as far as a request."""
        for name, steps in {
            "garbage": (b"\x00\x01garbage" * 20, Act.HANG),
            "plain": (0.05, b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", Act.CLOSE),
            "closing": (0.1, Act.CLOSE),
            "resetting": (Act.RESET,),
            "hanging": (Act.HANG,),
        }.items():
            self.ports[name] = await self._stack.enter_async_context(_unasked(steps))

    def _hold_ports(self) -> None:
        """Hold ports that refuse, that are full, that begin to listen only later."""
        held = {name: socket.socket() for name in ("closed", "full", "waking")}
        for name, one in held.items():
            self._stack.callback(one.close)
            one.bind(("127.0.0.1", 0))
            self.ports[name] = one.getsockname()[1]
        held["full"].listen(0)
        for _ in range(2):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(held["full"].getsockname())
            self._stack.callback(filler.close)
        silent = socket.socket()
        self._stack.callback(silent.close)
        silent.bind(("127.0.0.5", self.ports["http"]))
        silent.listen(0)
        for _ in range(2):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(silent.getsockname())
            self._stack.callback(filler.close)
        waking = held["waking"]

        async def wake() -> None:
            await asyncio.sleep(_WAKES_AFTER)
            port = waking.getsockname()[1]
            waking.close()
            await self.server.listen(port=port)

        task = asyncio.ensure_future(wake())
        self._stack.callback(task.cancel)


@contextlib.asynccontextmanager
async def _unasked(steps: Turn) -> AsyncIterator[int]:
    """Yield a port on which `steps` are played to whoever connects."""
    server = RawServer({"": (steps,)}, {})
    try:
        yield await server.listen_unasked()
    finally:
        await server.stop()


def _turns(cases: Iterable[Case]) -> dict[str, tuple[Turn | Answering, ...]]:
    turns: dict[str, tuple[Turn | Answering, ...]] = {
        **network_dns.PAGES,
        **network_connect.PAGES,
        **network_tls.PAGES,
    }
    for case in cases:
        if case.turns:
            turns["/" + case.link.rpartition("/")[2]] = case.turns
        for path, turn in case.others:
            turns[path] = (turn,)
    return turns
