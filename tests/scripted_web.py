"""A loopback web of written-out answers, for tests that must see real sockets.

`ScriptedWeb` answers each path with the bytes or the coroutine that a test gives it; every host
name leads to it.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Self

from warc.http.resolver import Resolution

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Answer = bytes | Script


def answer(status: str, body: bytes = b"", *headers: str) -> bytes:
    """Return a whole HTTP/1.1 answer; HTML unless a header says otherwise."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    if not any(line.lower().startswith("content-type:") for line in lines):
        lines.append("Content-Type: text/html; charset=utf-8")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def moved(status: str, location: str, *headers: str) -> bytes:
    """Return a redirect."""
    return answer(status, b"", f"Location: {location}", *headers)


async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say nothing until the client gives up."""
    del writer
    await reader.read()


async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Break the connection off with a reset."""
    del reader
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


class ScriptedWeb:
    """A server on a free port; `requests` holds every (host, path, headers) it was asked."""

    def __init__(self, answers: Mapping[str, Answer | list[Answer]]) -> None:
        self._answers = {path: self._as_list(given) for path, given in answers.items()}
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server
        self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        await self._server.wait_closed()
        await asyncio.sleep(0)

    def url(self, path: str, host: str = "site.test") -> str:
        return f"http://{host}:{self.port}{path}"

    def answer(self, path: str, given: Answer) -> None:
        """Answer `path` so from now on."""
        self._answers[path] = [given]

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.requests]

    @staticmethod
    def _as_list(given: Answer | list[Answer]) -> list[Answer]:
        return list(given) if isinstance(given, list) else [given]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                while await self._answer(reader, writer):
                    pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = head[0].split(" ")[1]
        headers = {
            name.lower(): value.strip() for name, _, value in (h.partition(":") for h in head[1:])
        }
        self.requests.append((headers["host"].partition(":")[0], path, headers))
        scripted = self._answers.get(path.partition("?")[0], [answer("404 Not Found")])
        given = scripted.pop(0) if len(scripted) > 1 else scripted[0]
        if not isinstance(given, bytes):
            await given(reader, writer)
            return False
        writer.write(given.replace(b"{port}", str(self.port).encode()))
        await writer.drain()
        return b"connection: close" not in given.lower()


class EverywhereHere:
    """A resolver for which every name is this machine, but for those given and for addresses."""

    def __init__(self, **failures: Resolution) -> None:
        self.failures = failures
        self.asked: list[str] = []

    async def resolve(self, host: str) -> Resolution:
        self.asked.append(host)
        if host.replace(".", "").isdigit():
            return Resolution(addresses=(host,))
        failure = self.failures.get(host.partition(".")[0])
        return failure or Resolution(addresses=("127.0.0.1",))
