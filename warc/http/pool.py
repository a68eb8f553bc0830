"""Open connections, kept while they may be used again."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from warc.http.connection import Connection

Key = tuple[str, str, int]
# Servers keep idle connections for 5 seconds (Apache) to 75 (nginx).
_IDLE_SECONDS = 15.0
_MOST_IDLE = 256
# uvloop never tells the end of a connection that was cancelled while it was being made.
_CLOSING_SECONDS = 1.0


class Pool:
    """Hold every open connection, so that none is lost to the garbage collector, and lend them.

    The last one returned is lent first. At most `most_idle` are kept idle, none lent that was
    idle for `idle_seconds` of the loop's time.
    """

    def __init__(self, *, idle_seconds: float = _IDLE_SECONDS, most_idle: int = _MOST_IDLE) -> None:
        self._idle_seconds = idle_seconds
        self._most_idle = most_idle
        self._open: set[Connection] = set()
        self._idle: dict[Key, list[Connection]] = {}
        self._by_age: OrderedDict[Connection, tuple[float, Key]] = OrderedDict()

    def create(self) -> Connection:
        """Return a connection without a transport, held until it is lost."""
        connection = Connection(self._forget)
        self._open.add(connection)
        return connection

    def take(self, key: Key) -> Connection | None:
        """Return an idle connection for `key` that is fit for a request; None where none is."""
        self._evict(asyncio.get_running_loop().time())
        while connections := self._idle.get(key):
            connection = connections[-1]
            self._drop_idle(connection)
            if connection.is_usable:
                return connection
            connection.abort()
        return None

    def put(self, key: Key, connection: Connection) -> None:
        """Keep `connection` for the next request to `key`."""
        now = asyncio.get_running_loop().time()
        self._idle.setdefault(key, []).append(connection)
        self._by_age[connection] = (now, key)
        self._evict(now)

    def discard(self, connection: Connection) -> None:
        """Close `connection`; one that never got a transport is forgotten."""
        connection.abort()
        if not connection.is_connected:
            self._forget(connection)

    def cut(self, words: str) -> None:
        """End every answer that is being received as cut by time."""
        for connection in tuple(self._open):
            connection.cut(words)

    async def close(self) -> None:
        """Close every connection, those in use too, and wait until they are, but not for ever."""
        lost = [connection.lost for connection in self._open if connection.is_connected]
        for connection in tuple(self._open):
            self.discard(connection)
        if lost:
            await asyncio.wait(lost, timeout=_CLOSING_SECONDS)

    def _evict(self, now: float) -> None:
        while self._by_age:
            connection, (since, _) = next(iter(self._by_age.items()))
            if len(self._by_age) <= self._most_idle and now - since < self._idle_seconds:
                return
            self._drop_idle(connection)
            connection.abort()

    def _drop_idle(self, connection: Connection) -> None:
        _, key = self._by_age.pop(connection)
        connections = self._idle[key]
        connections.remove(connection)
        if not connections:
            del self._idle[key]

    def _forget(self, connection: Connection) -> None:
        self._open.discard(connection)
        if connection in self._by_age:
            self._drop_idle(connection)
