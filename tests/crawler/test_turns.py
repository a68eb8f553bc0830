"""Waiting for a turn, in a loop of its own and with delays of a few milliseconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest

from crawler.pace import Manners, Reception, Taken
from crawler.turns import Turns

T = TypeVar("T")
URL = "http://h.example/a"


def run(main: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(asyncio.wait_for(main, 5))


def turns(**values: Any) -> Turns:
    return Turns(Manners(**{"concurrency": 2, "delay": 0.0, "backoff": 0.02, **values}))


async def ask(
    turns: Turns,
    log: list[str],
    *,
    name: str = "",
    host: str = "h.example",
    seconds: float = 0.01,
    reception: Reception = Reception.FINE,
) -> None:
    async with turns.turn(host, f"http://{host}/{name}") as turn:
        log.append(name)
        await asyncio.sleep(seconds)
        turn.taken = Taken(reception=reception, began=turn.began, seconds=seconds)


def test_no_more_are_let_in_than_may_be_and_in_order() -> None:
    async def main() -> list[int]:
        polite, log, counts = turns(), list[str](), list[int]()
        tasks = [asyncio.create_task(ask(polite, log, name=str(n))) for n in range(6)]
        while not all(task.done() for task in tasks):
            counts.append(len(log) - sum(task.done() for task in tasks))
            await asyncio.sleep(0.001)
        assert log == [str(n) for n in range(6)]
        return counts

    assert max(run(main())) == 2


def test_hosts_do_not_wait_for_each_other() -> None:
    async def main() -> None:
        polite, log = turns(delay=10.0), list[str]()
        await asyncio.gather(*(ask(polite, log, host=f"{n}.example") for n in range(20)))

    began = time.monotonic()
    run(main())
    assert time.monotonic() - began < 1


def test_whoever_gives_up_waiting_takes_no_turn() -> None:
    async def main() -> list[str]:
        polite, log = turns(concurrency=1), list[str]()
        first = asyncio.create_task(ask(polite, log, name="first", seconds=0.05))
        await asyncio.sleep(0.01)
        second = asyncio.create_task(ask(polite, log, name="second"))
        third = asyncio.create_task(ask(polite, log, name="third"))
        await asyncio.sleep(0.01)
        second.cancel()
        await asyncio.gather(first, second, third, return_exceptions=True)
        await ask(polite, log, name="fourth")
        return log

    assert run(main()) == ["first", "third", "fourth"]


def test_a_turn_that_is_given_up_as_it_comes_goes_to_the_next() -> None:
    async def main() -> list[str]:
        polite, log = turns(concurrency=1), list[str]()
        first = asyncio.create_task(ask(polite, log, name="first", seconds=0.01))
        await asyncio.sleep(0)
        second = asyncio.create_task(ask(polite, log, name="second"))
        third = asyncio.create_task(ask(polite, log, name="third"))
        await asyncio.sleep(0)
        first.add_done_callback(lambda _: second.cancel())
        await asyncio.gather(first, second, third, return_exceptions=True)
        return log

    assert run(main())[-1] == "third"


def test_a_turn_that_is_ended_lets_the_next_in_and_counts_once() -> None:
    async def main() -> list[str]:
        polite, log = turns(concurrency=1), list[str]()
        async with polite.turn("h.example", URL) as turn:
            waiting = [asyncio.create_task(ask(polite, log, name=name)) for name in ("b", "c")]
            await asyncio.sleep(0)
            turn.taken = Taken(reception=Reception.FINE, began=turn.began)
            turn.end()
            await asyncio.sleep(0.001)
            log.append("a is recorded")
        assert log == ["b", "a is recorded"]
        await asyncio.gather(*waiting)
        return log

    assert run(main()) == ["b", "a is recorded", "c"]


def test_a_turn_ends_also_where_what_it_was_for_fails() -> None:
    async def main() -> list[str]:
        polite, log = turns(concurrency=1), list[str]()
        for _ in range(3):
            with pytest.raises(RuntimeError):
                async with polite.turn("h.example", URL):
                    raise RuntimeError
        await ask(polite, log, name="after")
        return log

    assert run(main()) == ["after"]


def test_an_address_that_failed_comes_due_later_each_time() -> None:
    async def main() -> list[float]:
        polite, waits = turns(), list[float]()
        for times in (1, 2, 3):
            polite.postpone("http://h.example/", times)
            began = time.monotonic()
            await ask(polite, [], seconds=0)
            waits.append(time.monotonic() - began)
        return waits

    first, second, third = run(main())
    assert 0.03 < first < second < third
    assert third > 0.15


@pytest.mark.parametrize("how", ["hurry", "release"])
def test_nobody_waits_any_longer_when_it_is_of_no_use(how: str) -> None:
    async def main() -> float:
        polite, log = turns(delay=60.0), list[str]()
        await ask(polite, log)
        polite.postpone("http://h.example/late", 12)
        waiting = [asyncio.create_task(ask(polite, log, name=name)) for name in ("late", "x", "y")]
        await asyncio.sleep(0.02)
        began = time.monotonic()
        polite.hurry() if how == "hurry" else polite.release("h.example")
        if how == "release":
            await asyncio.sleep(0.05)
            polite.release("h.example")  # whoever slept is in line now
        await asyncio.gather(*waiting)
        return time.monotonic() - began

    assert run(main()) < 1


def test_who_is_to_be_left_alone_is_told() -> None:
    async def main() -> list[tuple[str, Reception, int]]:
        polite = turns(backoff=0.0)
        told: list[tuple[str, Reception, int]] = []
        polite.on_last = lambda host, taken, n: told.append((host, taken.reception, n))
        for _ in range(3):
            await ask(polite, [], reception=Reception.WALL)
        return told

    assert run(main()) == [("h.example", Reception.WALL, 3)]
