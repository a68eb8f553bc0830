"""What waits to be asked: a line for each host, of which a bounded part is in memory."""

from __future__ import annotations

from bisect import insort
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scrapy import Request

from crawler.scope import Trail

AT_HAND = 512
_IN_MEMORY = 8192


@dataclass(slots=True, eq=False)
class Entry:
    """An address of the frontier; `number` tells which was met first.

    `extra` is JSON of what else its request needs, and `request` is that request for as long as
    it has not left memory.
    """

    number: int
    key: int
    url: str
    host: str
    priority: int
    trail: Trail
    via: str | None = None
    retries: int = 0
    extra: str | None = None
    request: Request | None = None


def _order(entry: Entry) -> tuple[int, int]:
    """Return what sorts entries, the next one last: by priority, then breadth first."""
    return entry.priority, -entry.number


@dataclass(slots=True)
class _Line:
    """One host's: the first of them at hand, the next one last; and how many are stored."""

    at_hand: list[Entry] = field(default_factory=list)
    stored: int = 0


class Waiting:
    """Hosts take turns; at each, the entry of highest priority that was met first is next.

    `fetch(host, count)` returns the first stored entries of a host, and `store(entries)` is told
    which have left memory again. The order is exact however much of it is stored.
    """

    def __init__(
        self,
        fetch: Callable[[str, int], list[Entry]],
        store: Callable[[list[Entry]], None],
    ) -> None:
        self._fetch = fetch
        self._store = store
        self._lines: dict[str, _Line] = {}
        self._turns: deque[str] = deque()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add_stored(self, host: str, count: int) -> None:
        """Note that `count` entries of a host are stored."""
        self._line(host).stored += count
        self._count += count

    def add(self, entry: Entry) -> bool:
        """Put an entry in line; return whether it is kept in memory, else it is to be stored."""
        line = self._line(entry.host)
        self._count += 1
        if line.stored and (not line.at_hand or _order(entry) < _order(line.at_hand[0])):
            line.stored += 1
            return False
        insort(line.at_hand, entry, key=_order)
        if len(line.at_hand) > self._most():
            half = (len(line.at_hand) + 1) // 2
            last = line.at_hand[:half]
            del line.at_hand[:half]
            line.stored += len(last)
            self._store(last)
            return entry not in last
        return True

    def drop(self, host: str) -> int:
        """Let go of a host; return how many entries of it waited."""
        line = self._lines.get(host)
        if line is None:
            return 0
        count = len(line.at_hand) + line.stored
        self._count -= count
        self._leave(host)
        return count

    def take(self, under_way: Mapping[str, int], most: int, in_all: int) -> Entry | None:
        """Return the next entry whose host has not its share under way; None for none.

        A host may have `most`, or its part of `in_all` where many hosts wait.
        """
        share = min(most, max(1, in_all // max(1, len(self._turns))))
        for _ in range(len(self._turns)):
            host = self._turns[0]
            line = self._lines[host]
            if under_way.get(host, 0) < share:
                self._load(host, line)
                if line.at_hand:
                    self._turns.rotate(-1)
                    self._count -= 1
                    return self._pop(host, line)
                self._leave(host)
            else:
                self._turns.rotate(-1)
        return None

    def _pop(self, host: str, line: _Line) -> Entry:
        entry = line.at_hand.pop()
        if not line.at_hand and not line.stored:
            self._leave(host)
        return entry

    def _load(self, host: str, line: _Line) -> None:
        if line.at_hand or not line.stored:
            return
        count = (self._most() + 1) // 2
        found = self._fetch(host, count)
        self._count += len(found) - line.stored if len(found) < count else 0
        line.stored = line.stored - len(found) if len(found) == count else 0
        line.at_hand = sorted(found, key=_order)

    def _most(self) -> int:
        """Return how many entries each line may have in memory, of which all have their share."""
        return min(AT_HAND, max(1, _IN_MEMORY // max(1, len(self._lines))))

    def _line(self, host: str) -> _Line:
        line = self._lines.get(host)
        if line is None:
            line = self._lines[host] = _Line()
            self._turns.append(host)
        return line

    def _leave(self, host: str) -> None:
        self._turns.remove(host)
        del self._lines[host]
