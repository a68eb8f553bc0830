"""When may this host be asked again? Queues, delays and breakers; the time is passed in."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Generic, TypeVar

T = TypeVar("T")


class Reception(Enum):
    """How a host took a request."""

    FINE = auto()
    FAULT = auto()  # a hang, a refusal, a reset
    THROTTLED = auto()  # "ask less often"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a host is treated; times in seconds.

    `delay` lies between the starts of two requests to one host, `breaker` receptions of one bad
    kind in a row open its breaker. After `rest` it is tried with one request; where that fails
    too it is closed for the rest of the run. Without a `rest` it is closed at once.
    """

    per_host: int = 2
    delay: float = 0.5
    breaker: int = 3
    rest: float | None = 15.0


@dataclass(slots=True)
class _Host(Generic[T]):
    waiting: deque[T] = field(default_factory=deque)
    active: int = 0
    ready_at: float = 0.0
    enlisted: bool = False  # in one of the two heaps, so not in both
    bad: Reception = Reception.FINE
    strikes: int = 0
    is_open: bool = False  # the breaker: resting, then tried
    is_tried: bool = False
    is_closed: bool = False


class Schedule(Generic[T]):
    """Tasks in the queues of their hosts, given out so that the fullest host is never idle.

    Among the hosts that may be asked the one with the most waiting tasks comes first: the whole
    run then takes hardly longer than its fullest host alone would.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._hosts: dict[str, _Host[T]] = {}
        self._ready: list[tuple[int, int, str]] = []
        self._resting: list[tuple[float, int, str]] = []
        self._later: list[tuple[float, int, str, T]] = []
        self._serial = 0
        self.waiting = 0
        self.hosts_left = 0

    def add(self, host: str, task: T, *, first: bool = False) -> None:
        """Put `task` at the end of its host's queue, or at the front."""
        state = self._hosts.get(host)
        if state is None:
            state = self._hosts[host] = _Host()
        if not state.waiting:
            self.hosts_left += 1
        if first:
            state.waiting.appendleft(task)
        else:
            state.waiting.append(task)
        self.waiting += 1
        self._enlist(host, state)

    def postpone(self, host: str, task: T, until: float) -> None:
        """Keep `task` back until then; it joins its host's queue at the end."""
        self._serial += 1
        self.waiting += 1
        heapq.heappush(self._later, (until, self._serial, host, task))

    def is_closed(self, host: str) -> bool:
        """Return whether the host is not asked any more in this run."""
        state = self._hosts.get(host)
        return state is not None and state.is_closed

    def strikes(self, host: str) -> tuple[Reception, int]:
        """Return how the host has behaved last, and how many times in a row."""
        state = self._hosts[host]
        return state.bad, state.strikes

    def take(self, now: float) -> tuple[str, T] | None:
        """Return a task whose host may be asked now, counted as active until `finish`."""
        self._wake(now)
        while self._ready:
            host = heapq.heappop(self._ready)[2]
            state = self._hosts[host]
            state.enlisted = False
            if state.ready_at > now or not self._may_start(state):
                self._enlist(host, state)
                continue
            return host, self._start(host, state, now)
        return None

    def next_time(self) -> float | None:
        """Return when `take` has something again without a `finish`; None where never."""
        heaps = (self._resting, self._later)
        times = [heap[0][0] for heap in heaps if heap]
        return min(times, default=None)

    def finish(self, host: str, now: float, reception: Reception, *, pause: float = 0.0) -> list[T]:
        """End a task; return the tasks that will not be asked, where this closes the host.

        `pause` is what the host itself asks for, in seconds.
        """
        state = self._hosts[host]
        state.active -= 1
        state.ready_at = max(state.ready_at, now + pause)
        if reception is Reception.FINE:
            state.strikes, state.is_open, state.is_tried = 0, False, False
        else:
            self._strike(state, now, reception)
        if state.is_closed:
            return list(self._drain(host, state))
        self._enlist(host, state)
        return []

    def _start(self, host: str, state: _Host[T], now: float) -> T:
        task = state.waiting.popleft()
        self.waiting -= 1
        if not state.waiting:
            self.hosts_left -= 1
        state.active += 1
        state.is_tried = state.is_open
        state.ready_at = now + self._pace.delay
        self._enlist(host, state)
        return task

    def _strike(self, state: _Host[T], now: float, reception: Reception) -> None:
        state.strikes = state.strikes + 1 if state.bad is reception else 1
        state.bad = reception
        if state.is_tried:
            state.is_closed = True
        elif state.strikes >= self._pace.breaker and not state.is_open:
            state.is_open = True
            state.is_closed = self._pace.rest is None
            state.ready_at = max(state.ready_at, now + (self._pace.rest or 0.0))

    def _may_start(self, state: _Host[T]) -> bool:
        most = 1 if state.is_open else self._pace.per_host
        return bool(state.waiting) and state.active < most and not state.is_closed

    def _enlist(self, host: str, state: _Host[T]) -> None:
        if state.enlisted or not self._may_start(state):
            return
        state.enlisted = True
        self._serial += 1
        heapq.heappush(self._resting, (state.ready_at, self._serial, host))

    def _wake(self, now: float) -> None:
        """Move what is due from the resting to the ready."""
        while self._later and self._later[0][0] <= now:
            _, _, host, task = heapq.heappop(self._later)
            self.waiting -= 1
            self.add(host, task)
        while self._resting and self._resting[0][0] <= now:
            _, serial, host = heapq.heappop(self._resting)
            heapq.heappush(self._ready, (-len(self._hosts[host].waiting), serial, host))

    def _drain(self, host: str, state: _Host[T]) -> Iterator[T]:
        if state.waiting:
            self.hosts_left -= 1
        self.waiting -= len(state.waiting)
        yield from state.waiting
        state.waiting.clear()
        kept = [entry for entry in self._later if entry[2] != host]
        late = [entry[3] for entry in self._later if entry[2] == host]
        if late:
            heapq.heapify(kept)
            self._later = kept
            self.waiting -= len(late)
            yield from late
