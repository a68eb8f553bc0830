"""A small HTTP/1.1 server for many hosts on one port, able to misbehave at the byte level."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import Callable
from contextlib import suppress
from email.utils import formatdate

from replica.answer import Answer, Received, Then

Respond = Callable[[Received], Answer]

_HEAD_LIMIT = 1 << 16


class HttpServer:
    """Serves `respond` on a free loopback port; every request is appended to `log`."""

    def __init__(
        self,
        respond: Respond,
        log: list[Received],
        *,
        hang_seconds: float,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._respond = respond
        self._log = log
        self._hang_seconds = hang_seconds
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self, port: int = 0) -> int:
        """Listen on 127.0.0.1 and return the port."""
        self._server = await asyncio.start_server(
            self._connected, "127.0.0.1", port, ssl=self._tls, limit=_HEAD_LIMIT
        )
        bound: int = self._server.sockets[0].getsockname()[1]
        return bound

    async def stop(self) -> None:
        """Close the port and every connection, those that hang included."""
        if self._server is None:
            return
        self._server.close()
        for task in tuple(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a connection is served outside of a task")
        self._connections.add(task)
        try:
            await self._converse(reader, writer)
        except (OSError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self._connections.discard(task)
            writer.close()
            with suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer requests in turn until one of the sides ends the connection."""
        while (request := await self._read(reader)) is not None:
            self._log.append(request)
            answer = self._respond(request)
            await _send(writer, answer, with_body=request.method != "HEAD")
            if answer.then is not Then.KEEP:
                await self._end(writer, answer.then)
                return
            if (request.header("Connection") or "").lower() == "close":
                return

    async def _end(self, writer: asyncio.StreamWriter, then: Then) -> None:
        if then is Then.HANG:
            await asyncio.sleep(self._hang_seconds)
        elif then is Then.RESET:
            # SO_LINGER of zero makes close() send RST (POSIX leaves the details to the system).
            connection = writer.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

    async def _read(self, reader: asyncio.StreamReader) -> Received | None:
        """Return the next request, its body read and dropped; None at the end or for nonsense."""
        try:
            raw = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return None
        words = raw.partition(b"\r\n")[0].decode("latin-1").split(" ")
        if len(words) != 3:
            return None
        method, target, _ = words
        request = Received("", method, target, raw, "https" if self._tls else "http")
        host = (request.header("Host") or "").partition(":")[0].lower()
        length = request.header("Content-Length") or "0"
        if length.isdigit() and int(length):
            with suppress(asyncio.IncompleteReadError):
                await reader.readexactly(int(length))
        return request._replace(host=host)


async def _send(writer: asyncio.StreamWriter, answer: Answer, *, with_body: bool) -> None:
    if answer.delay:
        await asyncio.sleep(answer.delay)
    if answer.head:
        writer.write(_stamped(answer.head))
    if with_body and answer.drip:
        for at in range(len(answer.wire)):
            writer.write(answer.wire[at : at + 1])
            await writer.drain()
            await asyncio.sleep(answer.drip)
    elif with_body:
        writer.write(answer.wire)
    await writer.drain()


def _stamped(head: bytes) -> bytes:
    """Return the head with the fields every host here adds, after its status line."""
    status_line, _, rest = head.partition(b"\r\n")
    date = formatdate(usegmt=True).encode()
    return b"%s\r\nDate: %s\r\nServer: Apache\r\n%s" % (status_line, date, rest)
