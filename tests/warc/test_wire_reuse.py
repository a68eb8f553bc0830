"""A connection is used again only where no answer can be taken for another's."""

from __future__ import annotations

import asyncio

import pytest
from loopback import LOOPS, Act, Script, run, served, wire

from warc.exchange import Ending, Exchange, FailureKind
from warc.wire import WireRequest

pytestmark = pytest.mark.parametrize("loop", list(LOOPS))


def answer(body: bytes, *fields: bytes) -> bytes:
    lines = [b"HTTP/1.1 200 OK", *fields, b"Content-Length: %d" % len(body), b"", body]
    return b"\r\n".join(lines)


def in_turn(
    scripts: dict[str, Script],
    paths: list[str],
    loop: str,
    *,
    pause: float = 0,
    method: str = "GET",
) -> tuple[list[tuple[Exchange, bytes]], list[int]]:
    """Return the exchanges of asking `paths` in turn, and the connection each came over."""

    async def main() -> tuple[list[tuple[Exchange, bytes]], list[int]]:
        exchanges = []
        async with served(scripts) as server, wire() as client:
            for path in paths:
                exchange = await client.fetch(WireRequest(url=server.url(path), method=method))
                exchanges.append((exchange, exchange.response.read()))
                exchange.response.close()
                await asyncio.sleep(pause)
            return exchanges, server.asked_on

    return run(main(), loop)


GOOD = answer(b"good")


def test_a_sound_connection_is_kept(loop: str) -> None:
    exchanges, asked_on = in_turn({"/": [GOOD]}, ["/"] * 5, loop)
    assert asked_on == [1] * 5
    assert [received for _, received in exchanges] == [GOOD] * 5
    assert exchanges[0][0].timings.connected is not None
    assert exchanges[1][0].timings.connected is None
    assert exchanges[1][0].address == "127.0.0.1"


POISON = answer(b"poison")
TAINTED_AT_ONCE: dict[str, Script] = {
    "another answer": [GOOD + POISON],
    "a body where none may be": [b"HTTP/1.1 304 Not Modified\r\n\r\n<p>not modified</p>"],
    "close stated": [answer(b"good", b"Connection: close"), Act.HANG],
    "closed without a word": [GOOD, Act.CLOSE],
    "rest of the body soon": [GOOD, 0.02, b"rest"],
}
TAINTED_LATER: dict[str, Script] = {
    "another answer": [GOOD, 0.02, POISON],
    "a body where none may be": [b"HTTP/1.1 304 Not Modified\r\n\r\n", 0.02, POISON],
    "closed without a word": [GOOD, 0.02, Act.CLOSE],
    "reset": [GOOD, Act.RESET],
}
SECOND = answer(b"second")


@pytest.mark.parametrize("script", TAINTED_AT_ONCE.values(), ids=TAINTED_AT_ONCE.keys())
def test_no_answer_is_taken_from_a_tainted_connection(script: Script, loop: str) -> None:
    scripts: dict[str, Script] = {"/1": script, "/2": [0.05, SECOND]}
    exchanges, asked_on = in_turn(scripts, ["/1", "/2"], loop)
    assert exchanges[1][1] == SECOND
    assert asked_on[-1] == 2


@pytest.mark.parametrize("script", TAINTED_LATER.values(), ids=TAINTED_LATER.keys())
def test_no_answer_is_taken_from_a_connection_tainted_while_idle(script: Script, loop: str) -> None:
    scripts: dict[str, Script] = {"/1": script, "/2": [0.05, SECOND]}
    exchanges, asked_on = in_turn(scripts, ["/1", "/2"], loop, pause=0.06)
    assert exchanges[1][1] == SECOND
    assert asked_on == [1, 2]


def test_a_connection_tainted_while_the_loop_was_busy_is_seen_by_asking_the_system(
    loop: str,
) -> None:
    async def main() -> tuple[bytes, list[int]]:
        scripts: dict[str, Script] = {"/1": [GOOD], "/2": [SECOND]}
        async with served(scripts) as server, wire() as client:
            first = await client.fetch(WireRequest(url=server.url("/1")))
            first.response.close()
            # Written by the server and asked again by the client within one step of the loop.
            server.writers[0].write(POISON)
            second = await client.fetch(WireRequest(url=server.url("/2")))
            received = second.response.read()
            second.response.close()
            return received, server.asked_on

    received, asked_on = run(main(), loop)
    assert received == SECOND
    assert asked_on == [1, 2]


def test_early_hints_do_not_shift_the_answers(loop: str) -> None:
    hinted = b"HTTP/1.1 103 Early Hints\r\n\r\n"
    scripts: dict[str, Script] = {
        "/1": [hinted, 0.02, answer(b"one")],
        "/2": [hinted + hinted + answer(b"two")],
    }
    exchanges, asked_on = in_turn(scripts, ["/1", "/2", "/1"], loop)
    assert [received[-3:] for _, received in exchanges] == [b"one", b"two", b"one"]
    assert asked_on == [1, 1, 1]


STALE: dict[str, Act] = {"closed": Act.CLOSE, "reset": Act.RESET}


@pytest.mark.parametrize("act", STALE.values(), ids=STALE.keys())
def test_a_stale_connection_is_replaced_once(act: Act, loop: str) -> None:
    """The server ends the kept connection on the second request, and then every one."""
    scripts: dict[str, Script] = {"/good": [GOOD], "/end": [act]}
    exchanges, asked_on = in_turn(scripts, ["/good", "/end"], loop)
    assert asked_on == [1, 1, 2]
    assert exchanges[1][0].ending is Ending.NONE


def test_rest_of_another_body_is_not_taken_for_an_old_answer(loop: str) -> None:
    """Bytes without a status line on a kept connection: asked again on a fresh one."""
    scripts: dict[str, Script] = {
        "/1": [GOOD],
        "/2": [b"<p>the rest of a body that was too long</p>"],
    }

    async def main() -> tuple[bytes, list[int]]:
        async with served(scripts) as server, wire() as client:
            for path in ("/1", "/2"):
                exchange = await client.fetch(WireRequest(url=server.url(path)))
                notes = exchange.notes
                exchange.response.close()
            return " ".join(notes).encode(), server.asked_on

    notes, asked_on = run(main(), loop)
    assert asked_on == [1, 1, 2]
    assert b"HTTP/0.9" in notes


def test_a_timeout_stated_for_the_idle_time_before_is_no_answer(loop: str) -> None:
    idle = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    exchanges, asked_on = in_turn({"/1": [GOOD], "/2": [idle, Act.CLOSE]}, ["/1", "/2"], loop)
    assert asked_on == [1, 1, 2]
    assert exchanges[1][1] == idle  # on a fresh connection it is the answer


def test_a_408_that_keeps_the_connection_is_an_answer_like_any_other(loop: str) -> None:
    slow = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n"
    exchanges, asked_on = in_turn({"/1": [GOOD], "/2": [slow]}, ["/1", "/2"], loop)
    assert asked_on == [1, 1]
    assert exchanges[1][1] == slow


def test_a_server_that_speaks_unasked_gets_one_request_only(loop: str) -> None:
    scripts: dict[str, Script] = {"": [answer(b"unasked")], "/": [0.01, SECOND]}
    exchanges, asked_on = in_turn(scripts, ["/", "/"], loop, pause=0.02)
    assert asked_on == [1, 2]
    for exchange, _ in exchanges:
        assert exchange.notes in ((), ("the server spoke before it was asked",))


def test_what_may_not_be_repeated_is_not(loop: str) -> None:
    scripts: dict[str, Script] = {"/good": [GOOD], "/end": [Act.CLOSE]}
    exchanges, asked_on = in_turn(scripts, ["/good", "/end"], loop, method="POST")
    assert asked_on == [1, 1]
    failure = exchanges[1][0].failure
    assert failure is not None
    assert failure.kind is FailureKind.EMPTY


def test_a_timeout_on_a_kept_connection_is_not_repeated(loop: str) -> None:
    scripts: dict[str, Script] = {"/good": [GOOD], "/hang": [Act.HANG]}
    exchanges, asked_on = in_turn(scripts, ["/good", "/hang"], loop)
    assert asked_on == [1, 1]
    failure = exchanges[1][0].failure
    assert failure is not None
    assert failure.kind is FailureKind.TIMEOUT


def test_a_request_to_close_is_obeyed(loop: str) -> None:
    async def main() -> list[int]:
        async with served({"/": [GOOD]}) as server, wire() as client:
            for _ in range(2):
                request = WireRequest(url=server.url("/"), headers=(("Connection", "close"),))
                (await client.fetch(request)).response.close()
            return server.asked_on

    assert run(main(), loop) == [1, 2]


def test_connections_are_kept_by_host_name(loop: str) -> None:
    """One address may serve many names; a TLS name must not leak to another."""

    async def main() -> list[int]:
        async with served({"/": [GOOD]}) as server, wire() as client:
            for host in ("127.0.0.1", "localhost", "127.0.0.1", "localhost"):
                (await client.fetch(WireRequest(url=server.url("/", host)))).response.close()
            return server.asked_on

    assert run(main(), loop) == [1, 2, 1, 2]
