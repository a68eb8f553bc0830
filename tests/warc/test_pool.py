"""Connections kept: which is lent, how many, how long."""

from __future__ import annotations

import asyncio

from loopback import Served, run, served

from warc.http.connection import Connection
from warc.http.pool import Pool

A, B = ("http", "a", 80), ("http", "b", 80)


async def opened(pool: Pool, server: Served) -> Connection:
    connection = pool.create()
    loop = asyncio.get_running_loop()
    await loop.create_connection(lambda: connection, "127.0.0.1", server.port)
    return connection


def test_the_last_returned_is_lent_first_and_only_for_its_key() -> None:
    async def main() -> None:
        pool = Pool()
        async with served({}) as server:
            first, second = await opened(pool, server), await opened(pool, server)
            pool.put(A, first)
            pool.put(A, second)
            assert pool.take(B) is None
            assert pool.take(A) is second
            assert pool.take(A) is first
            assert pool.take(A) is None
            await pool.close()

    run(main())


def test_one_closed_meanwhile_is_not_lent() -> None:
    async def main() -> None:
        pool = Pool()
        async with served({}) as server:
            first, second = await opened(pool, server), await opened(pool, server)
            pool.put(A, first)
            pool.put(A, second)
            second.abort()
            assert pool.take(A) is first
            await pool.close()

    run(main())


def test_the_longest_idle_is_closed_where_there_are_too_many() -> None:
    async def main() -> None:
        pool = Pool(most_idle=2)
        async with served({}) as server:
            connections = [await opened(pool, server) for _ in range(3)]
            for connection in connections:
                pool.put(A, connection)
            await connections[0].lost
            assert [pool.take(A), pool.take(A)] == connections[:0:-1]
            assert pool.take(A) is None
            await pool.close()

    run(main())


def test_one_idle_for_too_long_is_closed() -> None:
    async def main() -> None:
        pool = Pool(idle_seconds=0.02)
        async with served({}) as server:
            connection = await opened(pool, server)
            pool.put(A, connection)
            await asyncio.sleep(0.03)
            assert pool.take(A) is None
            await connection.lost
            await pool.close()

    run(main())


def test_closing_closes_idle_and_lent_alike() -> None:
    async def main() -> None:
        pool = Pool()
        async with served({}) as server:
            idle, lent = await opened(pool, server), await opened(pool, server)
            pool.create()  # one that never got a transport
            pool.put(A, idle)
            await pool.close()
            assert idle.lost.done()
            assert lent.lost.done()
            assert pool.take(A) is None

    run(main())
