"""A web of links to check: many hosts on loopback addresses, and the name server that knows them.

A plan is made from a seed alone, so that the process which serves it and the one which asks need
only the same numbers. `python benchmarks/link_web.py PLAN` serves until it is ended.
"""

from __future__ import annotations

import asyncio
import json
import math
import random
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import Enum, auto
from pathlib import Path

import uvloop

DOMAIN = "bench.test"
_MEDIAN, _SPREAD, _LONGEST = 0.15, 0.5, 2.0
_SKEW = 0.7
_PROSE = (
    "the secretary met minister talks held treaty region security partners remarks press "
    "statement embassy program assistance council report visit agreement policy public trade "
    "human rights election support joint dialogue review nations department officials"
)
_WORDS = _PROSE.split()


class Act(Enum):
    """What a link does."""

    PAGE = auto()
    DEAD = auto()  # 404
    HANG = auto()  # the connection is taken, nothing is said
    REFUSE = auto()  # nobody listens
    NO_NAME = auto()  # NXDOMAIN


@dataclass(frozen=True, slots=True)
class Link:
    """One link and what asking it takes, in seconds."""

    path: str
    act: Act
    latency: float


@dataclass(frozen=True, slots=True)
class Host:
    """A host and its links, in the order in which they are listed."""

    name: str
    address: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How many links on how many hosts; shares are of links, or `by_host` of hosts.

    `speed` divides all latencies; a page has about so many `kilobytes`.
    """

    links: int = 10_000
    hosts: int = 200
    hang: float = 0.03
    dead: float = 0.05
    no_name: float = 0.02
    by_host: bool = False
    speed: float = 1.0
    kilobytes: float = 4.0
    seed: int = 5

    def web(self) -> list[Host]:
        """Return the hosts, the fullest first."""
        chance = random.Random(self.seed)
        shares = [(number + 1) ** -_SKEW for number in range(self.hosts)]
        scale = self.links / sum(shares)
        sizes = [max(1, round(share * scale)) for share in shares]
        acts = self._acts_of_hosts(chance)
        return [self._host(n, size, acts[n], chance) for n, size in enumerate(sizes)]

    def _acts_of_hosts(self, chance: random.Random) -> list[Act]:
        acts = [Act.PAGE] * self.hosts
        shares = {Act.NO_NAME: self.no_name}
        if self.by_host:
            shares |= {Act.HANG: self.hang, Act.REFUSE: self.dead}
        others = chance.sample(range(1, self.hosts), self.hosts - 1)  # the fullest host lives
        for act, share in shares.items():
            for _ in range(round(share * self.hosts)):
                acts[others.pop()] = act
        return acts

    def _host(self, number: int, size: int, act: Act, chance: random.Random) -> Host:
        links = tuple(self._link(n, act, chance) for n in range(size))
        address = f"127.{1 + number // 62500}.{number // 250 % 250}.{1 + number % 250}"
        return Host(f"h{number}.{DOMAIN}", address, links)

    def _link(self, number: int, act: Act, chance: random.Random) -> Link:
        drawn, latency = chance.random(), chance.lognormvariate(math.log(_MEDIAN), _SPREAD)
        if act is Act.PAGE and not self.by_host and drawn < self.hang + self.dead:
            act = Act.HANG if drawn < self.hang else Act.DEAD
        return Link(f"/r/pa/prs/{number}.htm", act, min(latency, _LONGEST) / self.speed)


def bound(web: list[Host], *, timeout: float, per_host: int, breaker: int = 3) -> float:
    """Return the seconds that the fullest host takes by itself, each link asked once.

    A host where every link hangs is left alone after `breaker` of them.
    """
    return max(_seconds(host, timeout, breaker) for host in web) / per_host


def _seconds(host: Host, timeout: float, breaker: int) -> float:
    hangs = sum(link.act is Act.HANG for link in host.links)
    if hangs == len(host.links):
        return timeout * min(hangs, breaker)
    return hangs * timeout + sum(
        link.latency for link in host.links if link.act in (Act.PAGE, Act.DEAD)
    )


@contextmanager
def served(plan: Plan) -> Iterator[tuple[int, int]]:
    """Serve in a process of its own; yield the port of the hosts and that of the name server."""
    command = [sys.executable, __file__, json.dumps(asdict(plan))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            port, names = server.stdout.readline().split()
            yield int(port), int(names)
        finally:
            server.terminate()


class _Answering(asyncio.Protocol):
    """One connection to a host."""

    def __init__(self, host: Host, pages: Pages) -> None:
        self._links = {link.path.encode(): link for link in host.links}
        self._pages = pages
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, error: BaseException | None) -> None:
        del error
        self._transport = None

    def data_received(self, data: bytes) -> None:
        path = data.split(b" ", 2)[1]
        link = self._links.get(path)
        if link is None:
            self._say(path, Act.DEAD)
        elif link.act is not Act.HANG:
            asyncio.get_running_loop().call_later(link.latency, self._say, path, link.act)

    def _say(self, path: bytes, act: Act) -> None:
        if self._transport is not None:
            self._transport.write(self._pages.answer(path, is_page=act is Act.PAGE))


class Pages:
    """Pages of several kilobytes, each another."""

    def __init__(self, kilobytes: float) -> None:
        chance = random.Random(1)
        paragraphs = max(1, round(kilobytes / 0.65))  # with as much again of menus and marks
        self._texts = [self._text(chance, paragraphs) for _ in range(64)]
        self._count = 0

    @staticmethod
    def _text(chance: random.Random, paragraphs: int) -> bytes:
        menu = (
            f'<li><a href="/s/{n}">{chance.choice(_WORDS)}</a></li>' for n in range(4 * paragraphs)
        )
        frame = "".join(menu)
        prose = "".join(
            f"<p>{' '.join(chance.choices(_WORDS, k=50)).capitalize()}.</p>"
            for _ in range(paragraphs)
        )
        return (
            f'<link rel="stylesheet" href="/a.css"><script src="/a.js"></script></head><body>'
            f'<div id="header"><ul>{frame}</ul></div><div id="content"><h1>Remarks</h1>{prose}'
            f'</div><div id="footer"><ul>{frame}</ul></div></body></html>'
        ).encode()

    def answer(self, path: bytes, *, is_page: bool) -> bytes:
        """Return a whole answer to a request for `path`."""
        self._count += 1
        name = b"Page not found" if not is_page else b"Remarks %d" % self._count
        text = self._texts[self._count % len(self._texts)] if is_page else b"</head><h1>Not Found"
        body = b"<!DOCTYPE html><html><head><title>%s %s</title>%s" % (name, path, text)
        status = b"200 OK" if is_page else b"404 Not Found"
        return (
            b"HTTP/1.1 %s\r\nServer: Apache\r\nContent-Type: text/html; charset=utf-8\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (status, len(body), body)
        )


class _Naming(asyncio.DatagramProtocol):
    """A name server: A for the hosts of the plan, nothing for any other type."""

    def __init__(self, web: list[Host]) -> None:
        self._known = {
            host.name: socket.inet_aton(host.address)
            for host in web
            if not any(link.act is Act.NO_NAME for link in host.links)
        }
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        labels, at = [], 12
        while size := data[at]:
            labels.append(data[at + 1 : at + 1 + size].decode("ascii").lower())
            at += size + 1
        question, kind = data[12 : at + 5], data[at + 2]
        known = self._known.get(".".join(labels))
        is_answered = known is not None and kind == 1
        flags = 0x8580 if known is not None else 0x8583
        head = data[:2] + struct.pack(">HHHHH", flags, 1, int(is_answered), 0, 0)
        answer = struct.pack(">HHHIH", 0xC00C, 1, 1, 3600, 4) + known if is_answered else b""
        assert self._transport is not None
        self._transport.sendto(head + question + answer, address)


async def _serve(plan: Plan) -> None:
    loop = asyncio.get_running_loop()
    web, pages, port = plan.web(), Pages(plan.kilobytes), 0
    for host in web:
        if all(link.act in (Act.REFUSE, Act.NO_NAME) for link in host.links):
            continue
        server = await loop.create_server(
            lambda host=host: _Answering(host, pages), host.address, port, backlog=512
        )
        port = port or server.sockets[0].getsockname()[1]
    transport, _ = await loop.create_datagram_endpoint(
        lambda: _Naming(web), local_addr=("127.0.0.1", 0)
    )
    print(port, transport.get_extra_info("sockname")[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    uvloop.run(_serve(Plan(**json.loads(sys.argv[1]))))
