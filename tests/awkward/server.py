"""A server of literal bytes on loopback that keeps what it was asked and what it sent."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import uvloop

from awkward.answer import Act, Answer, sized

HOST = "127.0.0.2"
_LINGER_NOT = struct.pack("ii", 1, 0)
_MISSING = Answer(
    steps=(sized(b"<title>No such page</title>", status="HTTP/1.1 404 Not Found"),), leads_on=False
)


@dataclass(slots=True, kw_only=True)
class Asked:
    """One request as received, and what was sent for it so far; `first` on its connection."""

    target: bytes
    request: bytes
    answer: Answer
    is_first: bool
    sent: list[bytes] = field(default_factory=list)

    @property
    def final(self) -> bytes:
        """Return the bytes of the answer proper: without interim and unasked ones."""
        sent = b"".join(self.sent)
        return sent[self.answer.interim : len(sent) - self.answer.unasked]


@dataclass(slots=True, kw_only=True)
class Site:
    """Answers by request target, what a crawl has to ask for, and what it must not."""

    answers: Mapping[bytes, Answer]
    due: frozenset[bytes]
    forbidden: frozenset[bytes] = frozenset()


@dataclass(slots=True)
class Served:
    """A running server: its address, its site, and every request in the order received.

    `latency` is waited before each answer; the two times are of the monotonic clock.
    """

    port: int
    latency: float = 0.0
    scheme: str = "http"
    first_asked: float = 0.0
    last_sent: float = 0.0
    site: Site = field(default_factory=lambda: Site(answers={}, due=frozenset()))
    log: list[Asked] = field(default_factory=list)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    faults: list[BaseException] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"{self.scheme}://{HOST}:{self.port}"


class _Talk(asyncio.Protocol):
    """One connection: answers one request after the other."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._buffer = b""
        self._is_busy = False
        self._is_first = True
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport) or hasattr(transport, "write")
        self._transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._is_busy:
            self._go_on()

    def _go_on(self) -> None:
        while not self._is_busy and (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            request, self._buffer = self._buffer[: end + 4], self._buffer[end + 4 :]
            self._meet(request)

    def _meet(self, request: bytes) -> None:
        target = request.split(b" ", 2)[1]
        answer = self._served.site.answers.get(target, _MISSING)
        asked = Asked(target=target, request=request, answer=answer, is_first=self._is_first)
        self._is_first = False
        self._served.first_asked = self._served.first_asked or time.monotonic()
        self._served.log.append(asked)
        whole = answer.whole
        if whole is not None and not self._served.latency:
            asked.sent.append(whole)
            self._transport.write(whole)
            return
        self._is_busy = True
        task = asyncio.get_running_loop().create_task(self._play(asked))
        self._served.tasks.add(task)
        task.add_done_callback(self._played)

    async def _play(self, asked: Asked) -> None:
        if self._served.latency:
            await asyncio.sleep(self._served.latency)
        for step in asked.answer.steps:
            if isinstance(step, Act):
                await self._end(step)
                return
            if isinstance(step, float):
                await asyncio.sleep(step)
            elif self._transport.is_closing():
                return
            else:
                asked.sent.append(step)
                self._transport.write(step)

    def _played(self, task: asyncio.Task[None]) -> None:
        self._served.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._served.faults.append(error)
        self._is_busy = False
        self._served.last_sent = time.monotonic()
        if not self._transport.is_closing():
            self._go_on()

    async def _end(self, act: Act) -> None:
        if act is Act.CLOSE:
            self._transport.close()
            return
        await asyncio.sleep(0.02)  # what was sent is to arrive first
        handle = self._transport.get_extra_info("socket")
        handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        self._transport.abort()


@contextlib.contextmanager
def serve(build: Callable[[str], Site], *, tls: ssl.SSLContext | None = None) -> Iterator[Served]:
    """Serve what `build` makes for the address `http://host:port`, in a thread of its own."""
    listener = socket.create_server((HOST, 0), backlog=512)
    served = Served(port=listener.getsockname()[1])
    served.scheme = "https" if tls else "http"
    served.site = build(served.url)
    loop = uvloop.new_event_loop()
    over = asyncio.Event()
    ready = threading.Event()

    async def main() -> None:
        server = await loop.create_server(lambda: _Talk(served), sock=listener, ssl=tls)
        ready.set()
        await over.wait()
        server.close()
        for task in tuple(served.tasks):
            task.cancel()
        await asyncio.sleep(0.01)

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(main())

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait()
    try:
        yield served
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
