"""When is a server down, and not only one of its addresses? Pure; the time is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

_MANY = 6


class Reception(Enum):
    """How a server took a request."""

    FINE = auto()
    SILENT = auto()  # connected, then a hang or a reset: perhaps of this address alone
    AWAY = auto()  # no connection: of no address alone
    THROTTLED = auto()  # "ask less often"


@dataclass(slots=True)
class Breaker:
    """Strikes of one server: `limit` in a row put it in doubt, a failed proof closes it.

    The proof is one request for an address that was answered before, or the server's root.
    Where addresses hang it is asked for at once, so that the faults of single addresses stop
    nobody; where there is no connection, or the server throttles, after `rest` seconds. The
    first proof to fail is repeated after the rest; without a `rest` (None) it closes at once.
    One whose root answers, but not one of many addresses that were cited, is closed too.
    `strikes` counts the proofs in vain as well.
    """

    limit: int
    rest: float | None
    strikes: int = 0
    bad: Reception = Reception.FINE
    is_doubted: bool = False
    is_proving: bool = False
    is_closed: bool = False
    due: float = 0.0  # of the proof
    _is_rested: bool = False
    _in_vain: int = 0
    _is_known: bool = False

    def answered(self) -> None:
        """Note that the server has answered what was asked of it."""
        self._is_known = True
        self._trust()

    def struck(self, reception: Reception, now: float) -> None:
        """Note a reception that was not fine."""
        is_same = _is_throttled(reception) == _is_throttled(self.bad)
        self.strikes = self.strikes + 1 if is_same else 1
        self.bad = reception
        self._in_vain += 1
        if not self._is_known and self._in_vain >= _MANY * self.limit:
            self.is_closed = True
        if self.strikes >= self.limit and not self.is_doubted:
            self.is_doubted = True
            self._is_rested = reception is not Reception.SILENT
            self.due = now + (self.rest or 0.0) if self._is_rested else now

    def proved(self, reception: Reception, now: float) -> None:
        """Note what the request for a proof came to."""
        self.is_proving = False
        if reception is Reception.FINE:
            self._trust()
        elif not self.is_doubted:  # another request was answered meanwhile
            self.struck(reception, now)
            return
        self.strikes += 1
        if self._is_rested or self.rest is None:
            self.bad, self.is_closed = reception, True
        else:
            self._is_rested, self.due = True, now + self.rest

    def may_ask(self, active: int = 0) -> float | None:
        """Return from when on there is something to ask; None where nothing is.

        `active` requests are under way. Of a server that has not answered yet, or not the last
        ones, no more are than it has strikes left: one that always hangs is asked `limit` times.
        """
        if self.is_closed or self.is_proving:
            return None
        if self.is_doubted:
            return self.due
        is_trusted = self._is_known and not self.strikes
        return 0.0 if is_trusted or active < self.limit - self.strikes else None

    def _trust(self) -> None:
        self.strikes = 0
        self.is_doubted = self._is_rested = False


def _is_throttled(reception: Reception) -> bool:
    return reception is Reception.THROTTLED
