"""The Scrapy extension that gives every request its turn: each host is asked at its own pace."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.options import CaptureOptions
from crawler.pace import Manners, Pace, Reception, Taken
from warc.http.retry_after import retry_after

_MOST_HOSTS = 4096


@dataclass(slots=True)
class Turn:
    """A request's turn: begun when, of the loop's time; `taken` is to be told before it ends."""

    began: float
    finish: Callable[[Taken], None]
    taken: Taken | None = None
    is_over: bool = False

    def end(self) -> None:
        """Let in who waits for the host, as happens in any case when the turn is left."""
        if not self.is_over:
            self.is_over = True
            self.finish(self.taken or Taken(reception=Reception.SILENT, began=self.began))


class _Host:
    """The pace of a host and who waits for it, in order."""

    __slots__ = ("pace", "timer", "waiting")

    def __init__(self, manners: Manners) -> None:
        self.pace = Pace(manners)
        self.waiting: deque[asyncio.Future[None]] = deque()
        self.timer: asyncio.TimerHandle | None = None


class Turns:
    """Lets requests begin when their host, and their own address, may be asked.

    `on_last` is called with the host, how it took a request, and how many times in a row it did
    so, when it is to be left alone. `hurry` ends all waiting, for good: whoever is let in then
    has to ask whether to go on.
    """

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._hosts: dict[str, _Host] = {}
        self._due: dict[str, float] = {}
        self._sleeping: dict[asyncio.Future[None], str] = {}
        self._is_hurried = False
        self.on_last: Callable[[str, Taken, int], None] = _ignore

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension of this crawl."""
        options = crawler.settings.get("CAPTURE_OPTIONS")
        if not isinstance(options, CaptureOptions):
            raise NotConfigured("no CAPTURE_OPTIONS")
        turns = cls(manners_of(options))
        crawler.signals.connect(turns.hurry, signals.engine_stopped)
        return turns

    @asynccontextmanager
    async def turn(self, host: str, url: str) -> AsyncIterator[Turn]:
        """Wait until `url` may be asked of `host`, and yield the turn."""
        await self._come_due(host, url)
        state = self._host(host)
        await self._enter(state)
        turn = Turn(_now(), partial(self._finish, host, state))
        try:
            yield turn
        finally:
            turn.end()

    def postpone(self, url: str, times: int) -> None:
        """Have the next try of `url`, the `times`th second one, wait longer than the last did."""
        seconds = min(self._manners.backoff * 2.0**times, self._manners.max_pause)
        self._due[url] = _now() + seconds

    def is_overlong(self, field: bytes | None) -> bool:
        """Return whether a Retry-After field asks for more time than is given to any host."""
        seconds = retry_after(field.decode("latin-1"), datetime.now(UTC)) if field else None
        return seconds is not None and seconds > self._manners.max_pause

    def obey_delay(self, host: str, seconds: float) -> None:
        """Keep the delay that the robots.txt of `host` asks for."""
        self._host(host).pace.obey_delay(seconds)

    def release(self, host: str) -> None:
        """Let all in who wait for `host`: they will only be refused."""
        for waiting in (f for f, name in tuple(self._sleeping.items()) if name == host):
            _resolve(waiting)
        if state := self._hosts.get(host):
            _let_all_in(state)

    def hurry(self) -> None:
        """Let everybody in, now and from now on."""
        self._is_hurried = True
        for waiting in tuple(self._sleeping):
            _resolve(waiting)
        for state in self._hosts.values():
            _let_all_in(state)

    def _finish(self, host: str, state: _Host, taken: Taken) -> None:
        if state.pace.finish(_now(), taken):
            self.on_last(host, taken, state.pace.strikes)
        self._let_in(state)

    async def _come_due(self, host: str, url: str) -> None:
        """Wait until the address itself may be asked again."""
        due = self._due.pop(url, None) if self._due else None
        if due is None or self._is_hurried or (seconds := due - _now()) <= 0:
            return
        loop = asyncio.get_running_loop()
        sleep: asyncio.Future[None] = loop.create_future()
        self._sleeping[sleep] = host
        timer = loop.call_later(seconds, _resolve, sleep)
        try:
            await sleep
        finally:
            timer.cancel()
            del self._sleeping[sleep]

    async def _enter(self, state: _Host) -> None:
        """Wait for the turn, which is counted in the pace when this returns."""
        if not state.waiting and (self._is_hurried or state.pace.wait(_now()) == 0):
            state.pace.start(_now())
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        state.waiting.append(turn)
        self._let_in(state)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back(state)
            raise

    def _give_back(self, state: _Host) -> None:
        state.pace.finish(_now(), Taken(reception=Reception.SILENT, began=_now()))
        self._let_in(state)

    def _let_in(self, state: _Host) -> None:
        """Let in whoever may begin now, and come back when the next may."""
        if state.timer is not None:
            state.timer.cancel()
            state.timer = None
        while state.waiting:
            if state.waiting[0].done():
                state.waiting.popleft()
                continue
            wait = state.pace.wait(_now())
            if wait is None:
                return
            if wait > 0:
                loop = asyncio.get_running_loop()
                state.timer = loop.call_later(wait, self._let_in, state)
                return
            state.pace.start(_now())
            _resolve(state.waiting.popleft())

    def _host(self, host: str) -> _Host:
        state = self._hosts.get(host)
        if state is None:
            if len(self._hosts) >= _MOST_HOSTS:
                self._forget_idle()
            state = self._hosts[host] = _Host(self._manners)
        return state

    def _forget_idle(self) -> None:
        """Forget hosts of which nothing needs to be remembered."""
        now = _now()
        for name, state in tuple(self._hosts.items()):
            if not state.waiting and state.pace.is_forgettable(now):
                del self._hosts[name]


def manners_of(options: CaptureOptions) -> Manners:
    """Return how hosts are treated by the options."""
    return Manners(
        concurrency=options.concurrency,
        delay=options.delay,
        max_delay=max(options.max_delay, options.delay),
        backoff=options.backoff,
        max_pause=options.retry_after_cap,
    )


def _ignore(host: str, taken: Taken, strikes: int) -> None:
    """Leave it to nobody."""


def _let_all_in(state: _Host) -> None:
    if state.timer is not None:
        state.timer.cancel()
        state.timer = None
    while state.waiting:
        turn = state.waiting.popleft()
        if not turn.done():
            state.pace.start(_now())
            turn.set_result(None)


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _now() -> float:
    return asyncio.get_running_loop().time()
