"""Awkward pages as cases, and the loopback web that serves each of them under a host of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

LINK = "/press/2014/annual-report.html"  # what most of the links ask for


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; `{port}` becomes the server's port, `{name}` the last name of the path asked."""

    body: bytes | str = ""
    status: str = "200 OK"
    headers: tuple[str, ...] = ()

    def at(self, port: int, path: str = "/") -> bytes:
        """Return the bytes to send; HTML unless a header says otherwise."""
        body = self.body.encode() if isinstance(self.body, str) else self.body
        name = path.rstrip("/").rpartition("/")[2]
        body = body.replace(b"{port}", str(port).encode()).replace(b"{name}", name.encode())
        lines = [f"HTTP/1.1 {self.status}", f"Content-Length: {len(body)}"]
        lines += [header.replace("{port}", str(port)) for header in self.headers]
        if not any(header.lower().startswith("content-type:") for header in self.headers):
            lines.append("Content-Type: text/html; charset=utf-8")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


MISSING = Answer("<title>404 Not Found</title><h1>Not Found</h1>", "404 Not Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One behaviour: the answers of its host by path, and what a check of `path` must say.

    A path of another host begins with `//host`. `other` answers every path not given.
    """

    name: str
    plain: str
    reason: str
    answers: Mapping[str, Answer]
    path: str = LINK
    other: Answer = MISSING
    host: str = field(default="")

    def url(self, port: int) -> str:
        """Return the link."""
        return f"http://{self.host or self.name + '.test'}:{port}{self.path}"


def page(name: str, plain: str, reason: str, body: str | bytes, *headers: str, **more: str) -> Case:
    """Return the case of one page; `more` may hold `status`, `path` and `host`."""
    path = more.pop("path", LINK)
    given = Answer(body, more.pop("status", "200 OK"), headers)
    asked = path.partition("#")[0]
    return Case(name=name, plain=plain, reason=reason, answers={asked: given}, path=path, **more)


def every(name: str, plain: str, reason: str, body: str, **more: str) -> Case:
    """Return the case of a host that answers everything with one page."""
    return Case(name=name, plain=plain, reason=reason, answers={}, other=Answer(body), **more)


def way(name: str, plain: str, reason: str, *hops: tuple[str, Answer], other: Answer = MISSING,
        host: str = "") -> Case:  # fmt: skip
    """Return the case of a chain: the first of `hops` is the link, by its path."""
    return Case(name=name, plain=plain, reason=reason, answers=dict(hops), path=hops[0][0],
                other=other, host=host)  # fmt: skip


def to(location: str, status: str = "302 Found") -> Answer:
    """Return a redirect."""
    return Answer("", status, (f"Location: {location}",))


class PageWeb:
    """A server for many hosts; `asked` holds every (host, path)."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self._answers: dict[tuple[str, str], Answer] = {}
        self._others: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self.port = 0
        for case in cases:
            own = case.host or f"{case.name}.test"
            self._others[own] = case.other
            for written, answer in case.answers.items():
                host, path = own, written
                if written.startswith("//"):
                    host, _, rest = written[2:].partition("/")
                    path = f"/{rest}"
                self._answers[host, path] = answer

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

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                while True:
                    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                    writer.write(self._answer(head).at(self.port, head[0].split(" ")[1]))
                    await writer.drain()
        finally:
            self._writers.discard(writer)
            writer.close()

    def _answer(self, head: list[str]) -> Answer:
        path = head[0].split(" ")[1]
        fields = (line.partition(":") for line in head[1:])
        host = next(value for name, _, value in fields if name.lower() == "host")
        host = host.strip().partition(":")[0]
        self.asked.append((host, path))
        bare = self._answers.get((host, path.partition("?")[0]))
        return self._answers.get((host, path)) or bare or self._others.get(host, MISSING)
