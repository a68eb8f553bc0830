"""The replica as a whole: HTTP, HTTPS and DNS on loopback, and what is to be found there."""

from __future__ import annotations

import asyncio
import json
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from replica.almanac import Almanac
from replica.answer import Answer, Received, reply
from replica.archive import Archive, technical_difficulties
from replica.authority import Authority
from replica.citations import expected_links
from replica.links import Expected
from replica.modern import Modern
from replica.nameserver import Lookup, NameServer
from replica.outside import REFUSING_HOST, Outside
from replica.server import HttpServer
from replica.sisters import Sisters
from replica.statement import Statement

LOOPBACK = "127.0.0.1"
_START_SECONDS = 30


class Replica:
    """A small web on loopback: the archives' hosts and the hosts their statements cite.

    `pages` is the number of statements on 2009-2017.state.gov, each made when it is asked for.
    `trap` adds a calendar without end, `difficulties` one page that answers "Technical
    Difficulties"; after `wall_after` requests the whole archive answers that. Requests are kept
    in `requests`. Seconds everywhere.
    """

    def __init__(
        self,
        pages: int = 30,
        seed: int = 1,
        *,
        hang_seconds: float = 60.0,
        slow_seconds: float = 1.5,
        trap: bool = True,
        difficulties: bool = True,
        wall_after: int | None = None,
    ) -> None:
        self.pages = pages
        self.requests: list[Received] = []
        self.http_port = self.https_port = self.dns_port = self.closed_port = 0
        self.ca_file = Path()
        self.wall_after = wall_after
        self._almanac = Almanac(pages=pages, seed=seed)
        self._archive = Archive(self._almanac, trap=trap, difficulties=difficulties)
        self._sisters = (Sisters(), Modern())
        self._outside = Outside(slow_seconds=slow_seconds)
        self._hang_seconds = hang_seconds
        self._archive_requests = 0
        self._servers: list[HttpServer | NameServer] = []
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._closed_socket: socket.socket | None = None

    async def start(self) -> None:
        """Listen on free ports of 127.0.0.1."""
        self._folder = tempfile.TemporaryDirectory(prefix="replica-")
        authority = Authority(Path(self._folder.name))
        self.ca_file = authority.file
        sisters = [host for sister in self._sisters for host in sister.hosts]
        hosts = [*self._archive.hosts, *sisters, *self._outside.hosts]
        tls = authority.server_context(hosts, self._outside.certificate)
        web = HttpServer(self.respond, self.requests, hang_seconds=self._hang_seconds)
        secure = HttpServer(self.respond, self.requests, hang_seconds=self._hang_seconds, tls=tls)
        names = NameServer(self.lookup)
        self.http_port = await web.start()
        self.https_port = await secure.start()
        self.dns_port = await names.start()
        self._servers = [web, secure, names]
        # A port that is taken but does not listen refuses every connection.
        self._closed_socket = socket.socket()
        self._closed_socket.bind((LOOPBACK, 0))
        self.closed_port = self._closed_socket.getsockname()[1]

    async def stop(self) -> None:
        """Close every port and connection and remove the certificates."""
        for server in self._servers:
            await server.stop()
        self._servers = []
        if self._closed_socket is not None:
            self._closed_socket.close()
        if self._folder is not None:
            self._folder.cleanup()

    def respond(self, request: Received) -> Answer:
        """Return the answer of the host that was asked."""
        if request.host in self._archive.hosts:
            self._archive_requests += 1
            if self.wall_after is not None and self._archive_requests > self.wall_after:
                return technical_difficulties()
            return self._archive.respond(request)
        for sister in self._sisters:
            if request.host in sister.hosts and (answer := sister.respond(request)) is not None:
                return answer
        if self._outside.lookup(request.host) is Lookup.LOOPBACK:
            return self._outside.respond(request)
        return reply(421, "No such host here.\n", content_type="text/plain")

    def lookup(self, host: str) -> Lookup:
        """Return what the DNS says of a host."""
        sisters = (host for sister in self._sisters for host in sister.hosts)
        if host in self._archive.hosts or host in sisters:
            return Lookup.LOOPBACK
        return self._outside.lookup(host)

    def network(self) -> dict[str, object]:
        """Return the keys of Muniment's `[network]` table that lead here."""
        return {
            "resolver": f"{LOOPBACK}:{self.dns_port}",
            "connect_to": [
                f"{REFUSING_HOST}:80:{LOOPBACK}:{self.closed_port}",
                f":80::{self.http_port}",
                f":443::{self.https_port}",
            ],
            "allow_ranges": ["127.0.0.0/8"],
            "ca_file": str(self.ca_file),
        }

    def settings(self) -> str:
        """Return the same as TOML."""
        # JSON strings and lists of strings are TOML as well.
        rows = [f"{key} = {json.dumps(value)}" for key, value in self.network().items()]
        return "\n".join(["[network]", *rows]) + "\n"

    def statement_urls(self) -> Iterator[str]:
        """Yield the address of each statement of 2009-2017.state.gov in the order of time."""
        for statement in self._almanac:
            yield statement.url

    def expected_statements(self) -> Iterator[Statement]:
        """Yield what is to be found on each statement page of 2009-2017.state.gov."""
        yield from self._almanac

    def expected_links(self) -> dict[str, Expected]:
        """Return each address the statements cite, unwrapped, with the outcome of one check."""
        return dict(expected_links(self.pages))


@contextmanager
def serve(
    pages: int = 30,
    seed: int = 1,
    *,
    hang_seconds: float = 60.0,
    slow_seconds: float = 1.5,
    trap: bool = True,
    difficulties: bool = True,
    wall_after: int | None = None,
) -> Iterator[Replica]:
    """Run a replica in a thread with a loop of its own while the block runs."""
    replica = Replica(
        pages,
        seed,
        hang_seconds=hang_seconds,
        slow_seconds=slow_seconds,
        trap=trap,
        difficulties=difficulties,
        wall_after=wall_after,
    )
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="replica", daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(replica.start(), loop).result(_START_SECONDS)
        yield replica
    finally:
        asyncio.run_coroutine_threadsafe(replica.stop(), loop).result(_START_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
