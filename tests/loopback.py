"""A loopback server that sends scripted bytes, and the event loops to meet it in."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, TypeVar

import uvloop

from warc.http.addresses import AddressPolicy
from warc.http.resolver import DnsResolver
from warc.wire import Limits, Wire

T = TypeVar("T")
LOOPS: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {
    "asyncio": asyncio.new_event_loop,
    "uvloop": uvloop.new_event_loop,
}
LOCAL = AddressPolicy.allowing("127.0.0.0/8")
QUICK = Limits(connect=3, idle=1.5, total=4)


class Act(Enum):
    """What a server does besides sending: these end the connection."""

    RESET = auto()
    CLOSE = auto()
    HANG = auto()


Step = bytes | float | Act
Script = Sequence[Step]


@dataclass
class Served:
    """A running server: its port, the request heads it got, and on which connection each."""

    port: int = 0
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    asked_on: list[int] = field(default_factory=list)
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


@contextlib.asynccontextmanager
async def served(
    scripts: Mapping[str, Script], *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[Served]:
    """Yield a server that plays `scripts[path]` for each request; "" is played unasked."""
    state = Served()
    tasks: set[asyncio.Task[None]] = set()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        state.connections += 1
        state.writers.append(writer)
        number = state.connections
        # A handler that ends cancelled would be reported by asyncio.streams.
        with contextlib.suppress(
            asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError, ssl.SSLError
        ):
            await _play(writer, scripts.get("", ()))
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                state.requests.append(head)
                state.asked_on.append(number)
                await _play(writer, scripts[head.split()[1].decode()])
        writer.transport.abort()
        tasks.discard(task)

    server = await asyncio.start_server(meet, host, 0, ssl=tls)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()
        await asyncio.sleep(0.01)


async def _play(writer: asyncio.StreamWriter, script: Script) -> None:
    for step in script:
        if isinstance(step, bytes):
            writer.write(step)
            await writer.drain()
        elif isinstance(step, Act):
            await _end(writer, step)
        else:
            await asyncio.sleep(step)


async def _end(writer: asyncio.StreamWriter, act: Act) -> None:
    if act is Act.HANG:
        await asyncio.sleep(3600)
    if act is Act.RESET:
        await asyncio.sleep(0.02)
        handle = writer.get_extra_info("socket")
        handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
    else:
        writer.close()
    raise asyncio.IncompleteReadError(b"", None)


def wire(**options: Any) -> Wire:
    """Return a wire that may ask 127.0.0.0/8, impatient unless told otherwise."""
    return Wire(
        **{"resolver": DnsResolver(), "policy": LOCAL, "limits": QUICK, **options}  # type: ignore[arg-type]
    )


def run(main: Coroutine[Any, Any, T], loop: str = "asyncio") -> T:
    """Return what `main` gives when run in a loop of that name."""
    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        return runner.run(main)
