"""A loopback server that plays the turns of cases, on a port or with TLS."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import Coroutine, Mapping

from behaviours.case import Act, Answering, Turn, said

_NOT_THERE = (said("404 Not Found", body=b"<title>404 Not Found</title>"),)


class RawServer:
    """Plays, for each path, one turn a request; `heads` are the requests as received.

    `ports` maps the `{name}` that stands in scripted bytes to a port.
    """

    def __init__(
        self, turns: Mapping[str, tuple[Turn | Answering, ...]], ports: Mapping[str, int]
    ) -> None:
        self._turns = turns
        self._ports = ports
        self._played: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._servers: list[asyncio.Server] = []
        self.heads: list[bytes] = []

    async def listen(
        self, *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
    ) -> int:
        """Listen on one more port and return it."""
        server = await asyncio.start_server(self._meet, host, port, ssl=tls, limit=1 << 20)
        self._servers.append(server)
        bound: int = server.sockets[0].getsockname()[1]
        return bound

    async def listen_unasked(self) -> int:
        """Listen on one more port, where the turn of "" is played before anything is asked."""

        async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            del reader
            await self._serve(self._play(writer, self._turn(b"GET ")), writer)

        server = await asyncio.start_server(meet, "127.0.0.1", 0)
        self._servers.append(server)
        bound: int = server.sockets[0].getsockname()[1]
        return bound

    async def stop(self) -> None:
        """Close all."""
        for server in self._servers:
            server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for server in self._servers:
            await server.wait_closed()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._serve(self._converse(reader, writer), writer)

    async def _serve(self, work: Coroutine[None, None, None], writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        # A handler that ends cancelled would be reported by asyncio.streams.
        with contextlib.suppress(
            asyncio.CancelledError, asyncio.IncompleteReadError, OSError, ssl.SSLError
        ):
            await work
        writer.transport.abort()
        self._tasks.discard(task)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            self.heads.append(head)
            await self._play(writer, self._turn(head))

    def _turn(self, head: bytes) -> Turn:
        path = head[4:].partition(b" ")[0].decode("latin-1").partition("?")[0]
        turns = self._turns.get(path, (_NOT_THERE,))
        number = self._played.get(path, 0)
        self._played[path] = number + 1
        turn = turns[min(number, len(turns) - 1)]
        return turn(head) if callable(turn) else turn

    async def _play(self, writer: asyncio.StreamWriter, turn: Turn) -> None:
        for step in turn:
            if isinstance(step, bytes):
                writer.write(self._with_ports(step))
                await writer.drain()
            elif isinstance(step, float):
                await asyncio.sleep(step)
            else:
                await _end(writer, step)

    def _with_ports(self, data: bytes) -> bytes:
        if b"{" not in data:
            return data
        for name, port in self._ports.items():
            data = data.replace(b"{%s}" % name.encode(), b"%d" % port)
        return data


async def _end(writer: asyncio.StreamWriter, act: Act) -> None:
    if act is Act.HANG:
        await asyncio.sleep(3600)
    if act is Act.RESET:
        await asyncio.sleep(0.02)
        handle = writer.get_extra_info("socket")
        handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
    elif act is Act.CUT:
        writer.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
    else:
        writer.close()
    raise ConnectionAbortedError
