"""When may this host be asked again? Queues, delays and breakers; the time is passed in."""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from pipelines.checks.breaker import Breaker, Reception

__all__ = ["HostShare", "Pace", "Reception", "Schedule", "Turn", "host_of_origin"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a host is treated; times in seconds.

    `delay` lies between the starts of two requests to one host. `breaker` bad receptions of one
    kind in a row put a server in doubt, `rest` is what it then gets, see `Breaker`. A host is
    left alone for at most `longest_pause` in all because it asks for that.
    """

    per_host: int = 2
    delay: float = 0.5
    breaker: int = 3
    rest: float | None = 15.0
    longest_pause: float = 120.0


class Turn(NamedTuple, Generic[T]):
    """What to ask now: a task of the origin, or without one the proof that it is there."""

    origin: str
    task: T | None


class HostShare(NamedTuple):
    """How many hosts were asked, and of how many the last request got no answer."""

    asked: int
    failing: int


@dataclass(slots=True, eq=False)
class _Origin(Generic[T]):
    """A server: what waits for it, and its breaker."""

    name: str
    host: _Host[T]
    breaker: Breaker
    waiting: deque[T] = field(default_factory=deque)
    active: int = 0

    def due(self) -> float | None:
        """Return from when on it may be asked; None where it may not."""
        return self.breaker.may_ask(self.active)


@dataclass(slots=True, eq=False)
class _Host(Generic[T]):
    """A host's name, which several servers may share, and with it the turns."""

    origins: list[_Origin[T]] = field(default_factory=list)
    waiting: int = 0
    active: int = 0
    ready_at: float = 0.0
    paused: float = 0.0
    enlisted: float = math.inf  # when it is looked at next; what else the heap says is outdated
    is_asked: bool = False
    is_failing: bool = False


class Schedule(Generic[T]):
    """Tasks in the queues of their servers, given out so that the fullest host is never idle.

    A server is its origin (scheme, host, port): it has a queue and a breaker. A host is a name:
    it has the turns and the delays. Among the hosts that may be asked the one with the most
    waiting tasks comes first: the whole run then takes hardly longer than its fullest host alone
    would.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._hosts: dict[str, _Host[T]] = {}
        self._origins: dict[str, _Origin[T]] = {}
        self._ready: list[tuple[int, int, _Host[T]]] = []
        self._resting: list[tuple[float, int, _Host[T]]] = []
        self._later: list[tuple[float, int, _Origin[T], T]] = []
        self._serial = 0
        self._asked = self._failing = 0
        self.waiting = 0
        self.hosts_left = 0

    @property
    def share(self) -> HostShare:
        """Return how many hosts were asked and how many of them fail just now."""
        return HostShare(self._asked, self._failing)

    def fullest(self) -> tuple[int, str]:
        """Return how many tasks wait for the host with the most, and a server of that host."""
        host = max(self._hosts.values(), key=lambda host: host.waiting, default=None)
        return (host.waiting, host.origins[0].name) if host else (0, "")

    def add(self, origin: str, task: T, *, first: bool = False) -> None:
        """Put `task` at the end of its server's queue, or at the front."""
        self._put(self._origin(origin), task, first=first)
        self.waiting += 1

    def postpone(self, origin: str, task: T, until: float) -> None:
        """Keep `task` back until then; it joins its server's queue at the end."""
        self._serial += 1
        self.waiting += 1
        heapq.heappush(self._later, (until, self._serial, self._origin(origin), task))

    def is_closed(self, origin: str) -> bool:
        """Return whether the server is not asked any more in this run."""
        state = self._origins.get(origin)
        return state is not None and state.breaker.is_closed

    def strikes(self, origin: str) -> tuple[Reception, int]:
        """Return how the server has behaved last, and how many times in a row."""
        breaker = self._origins[origin].breaker
        return breaker.bad, breaker.strikes

    def take(self, now: float) -> Turn[T] | None:
        """Return what may be asked now, counted as active until `finish`."""
        self._wake(now)
        while self._ready:
            host = heapq.heappop(self._ready)[2]
            host.enlisted = math.inf
            origin = self._next_origin(host, now) if host.ready_at <= now else None
            if origin is not None and host.active < self._pace.per_host:
                return self._start(host, origin, now)
            self._enlist(host)
        return None

    def next_time(self) -> float | None:
        """Return when `take` has something again without a `finish`; None where never."""
        heaps = (self._resting, self._later)
        times = [heap[0][0] for heap in heaps if heap]
        return min(times, default=None)

    def finish(
        self,
        origin: str,
        now: float,
        reception: Reception,
        *,
        pause: float = 0.0,
        is_proof: bool = False,
    ) -> list[T]:
        """End a turn; return the tasks that will not be asked, where this closes the server.

        `pause` is what the host itself asks for, in seconds.
        """
        state = self._origins[origin]
        host, breaker = state.host, state.breaker
        host.active -= 1
        state.active -= 1
        self._pause(host, now, pause)
        self._count(host, is_failing=reception in (Reception.SILENT, Reception.AWAY))
        if is_proof:
            breaker.proved(reception, now)
        elif reception is Reception.FINE:
            breaker.answered()
        else:
            breaker.struck(reception, now)
            # Addresses that stand together in a list are often of one kind: look elsewhere.
            state.waiting.rotate(-(len(state.waiting) * 5 // 13))
        left = list(self._drain(state)) if breaker.is_closed else []
        self._enlist(host)
        return left

    def _origin(self, name: str) -> _Origin[T]:
        state = self._origins.get(name)
        if state is None:
            host = self._hosts.setdefault(host_of_origin(name), _Host())
            breaker = Breaker(self._pace.breaker, self._pace.rest)
            state = self._origins[name] = _Origin(name, host, breaker)
            host.origins.append(state)
        return state

    def _put(self, state: _Origin[T], task: T, *, first: bool) -> None:
        host = state.host
        if not host.waiting:
            self.hosts_left += 1
        host.waiting += 1
        if first:
            state.waiting.appendleft(task)
        else:
            state.waiting.append(task)
        self._enlist(host)

    def _pause(self, host: _Host[T], now: float, pause: float) -> None:
        """Leave `host` alone for `pause`; several of them at once are one."""
        most = self._pace.longest_pause - host.paused
        until = now + min(pause, max(most, 0.0))
        begins = max(host.ready_at, now)
        if until > begins:
            host.paused += until - begins
            host.ready_at = until

    def _count(self, host: _Host[T], *, is_failing: bool) -> None:
        self._asked += not host.is_asked
        self._failing += is_failing - host.is_failing
        host.is_asked, host.is_failing = True, is_failing

    def _next_origin(self, host: _Host[T], now: float) -> _Origin[T] | None:
        """Return the server of `host` for which most tasks wait, of those that may be asked."""
        best: _Origin[T] | None = None
        for state in host.origins:
            if state.waiting and (best is None or len(state.waiting) > len(best.waiting)):
                due = state.due()
                if due is not None and due <= now:
                    best = state
        return best

    def _start(self, host: _Host[T], origin: _Origin[T], now: float) -> Turn[T]:
        host.active += 1
        origin.active += 1
        host.ready_at = now + self._pace.delay
        task: T | None = None
        if origin.breaker.is_doubted:
            origin.breaker.is_proving = True
        else:
            task = origin.waiting.popleft()
            host.waiting -= 1
            self.waiting -= 1
            self.hosts_left -= not host.waiting
        self._enlist(host)
        return Turn(origin.name, task)

    def _enlist(self, host: _Host[T]) -> None:
        if not host.waiting or host.active >= self._pace.per_host:
            return
        due = [state.due() for state in host.origins if state.waiting]
        soonest = min((time for time in due if time is not None), default=math.inf)
        at = max(host.ready_at, soonest)
        if at < host.enlisted:
            host.enlisted = at
            self._serial += 1
            heapq.heappush(self._resting, (at, self._serial, host))

    def _wake(self, now: float) -> None:
        """Move what is due from the resting to the ready."""
        while self._later and self._later[0][0] <= now:
            _, _, state, task = heapq.heappop(self._later)
            self._put(state, task, first=False)
        while self._resting and self._resting[0][0] <= now:
            at, serial, host = heapq.heappop(self._resting)
            if at == host.enlisted:
                host.enlisted = -math.inf
                heapq.heappush(self._ready, (-host.waiting, serial, host))

    def _drain(self, state: _Origin[T]) -> Iterator[T]:
        late = [entry[3] for entry in self._later if entry[2] is state]
        if late:
            self._later = [entry for entry in self._later if entry[2] is not state]
            heapq.heapify(self._later)
        left = len(state.waiting)
        state.host.waiting -= left
        self.hosts_left -= bool(left) and not state.host.waiting
        self.waiting -= left + len(late)
        yield from state.waiting
        state.waiting.clear()
        yield from late


def host_of_origin(origin: str) -> str:
    """Return the host's name in `scheme://host:port`."""
    authority = origin.partition("://")[2] or origin
    name, colon, port = authority.rpartition(":")
    return name if colon and port.isdigit() else authority
