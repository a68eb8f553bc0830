"""When one host may be asked again; pure, the time is passed in. Seconds throughout."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

# A first byte that comes within a second is not slow, one that takes five is, whatever is usual.
_QUICK = 1.0
_SLOW = 5.0
_TIMES_SLOWER = 3.0
_WEIGHT = 0.25
_NEGLIGIBLE = 0.01


class Reception(Enum):
    """How a host took a request."""

    FINE = auto()
    SILENT = auto()  # says nothing of the host: an error of one page, an exchange given up
    FAULT = auto()  # no answer, or a gateway's word that there is none
    UNAVAILABLE = auto()  # 503
    THROTTLED = auto()  # 429
    REFUSED = auto()  # 401 and 403
    WALL = auto()  # a page that stands in for every page

    @property
    def is_ordinary(self) -> bool:
        """Return whether nothing follows from it for the host."""
        return self in {Reception.FINE, Reception.SILENT}


# How often in a row before a host is left.
_MOST = {
    Reception.FAULT: 10,
    Reception.UNAVAILABLE: 8,
    Reception.THROTTLED: 8,
    Reception.REFUSED: 5,
    Reception.WALL: 5,
}
_MOST_WALLS_AT_FIRST = 3
# A host that has answered well may have many bad pages in a row: it is given longer, and pauses
# that it did not ask for begin to grow only when it could have been left.
_MORE_ONCE_FINE = 8
_GENTLE_PAUSE = 1.0
_MOST_OVERLONG = 3
_UNPAUSED = {Reception.FAULT, Reception.REFUSED}
_MAY_ASK_FOR_TIME = {Reception.UNAVAILABLE, Reception.THROTTLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How hosts are treated.

    `delay` lies between the starts of two requests and is never undercut; it grows up to
    `max_delay` where a host gets slow. `backoff` is the unit of pauses that the host did not name
    itself, `max_pause` bounds them all.
    """

    concurrency: int = 2
    delay: float = 1.0
    max_delay: float = 60.0
    backoff: float = 0.5
    max_pause: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How one request ended: begun when, first byte after how long, how long a pause is asked."""

    reception: Reception
    began: float
    seconds: float = 0.0
    asks: float | None = None
    is_retry: bool = False


class Pace:
    """The pace of one host.

    Requests that were under way together tell of one event, so only one that began after the
    last bad answer makes the next pause longer. A second try that fails like the first tells of
    its address and not of the host, unless the host says 429 or has not yet given a good answer.
    A host that has given one may refuse some pages. While a host is in trouble it is asked one
    thing at a time.
    """

    __slots__ = (
        "_active",
        "_asked_delay",
        "_best",
        "_grown",
        "_last",
        "_manners",
        "_overlong",
        "_paused_until",
        "_struck_at",
        "_usual",
        "_was_fine",
        "strikes",
    )

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._active = 0
        self._last = float("-inf")
        self._paused_until = float("-inf")
        self._struck_at = float("-inf")
        self._asked_delay = 0.0
        self._grown = 0.0
        self._usual: float | None = None
        self._best = float("inf")
        self._overlong = 0
        self._was_fine = False
        self.strikes = 0

    @property
    def delay(self) -> float:
        """Return how far apart requests begin now."""
        return max(self._manners.delay, self._asked_delay, self._grown)

    @property
    def room(self) -> int:
        """Return how many requests may be under way at once now."""
        return 1 if self.strikes or self._asked_delay else self._manners.concurrency

    def is_forgettable(self, now: float) -> bool:
        """Return whether nothing is lost by forgetting this pace and beginning anew."""
        in_use = self._active or self.strikes or self._asked_delay or self._grown
        return not in_use and self.wait(now) == 0

    def obey_delay(self, seconds: float) -> None:
        """Keep the delay that the host's robots.txt asks for."""
        self._asked_delay = seconds

    def wait(self, now: float) -> float | None:
        """Return in how long a request may start, 0 for now; None: when another has ended."""
        if self._active >= self.room:
            return None
        return max(0.0, self._last + self.delay - now, self._paused_until - now)

    def start(self, now: float) -> None:
        """Count a request that starts."""
        self._active += 1
        self._last = now

    def finish(self, now: float, taken: Taken) -> bool:
        """Count a request that ended; return whether the host is to be left alone for this run."""
        self._active -= 1
        self._learn(taken)
        is_news = taken.began >= self._struck_at
        if taken.reception is Reception.FINE:
            self._was_fine = True
            if is_news:
                self.strikes = self._overlong = 0
        elif taken.reception is not Reception.SILENT and not self._may_refuse(taken):
            return self._strike(now, taken, is_news=is_news)
        return False

    def _may_refuse(self, taken: Taken) -> bool:
        return taken.reception is Reception.REFUSED and self._was_fine

    def _strike(self, now: float, taken: Taken, *, is_news: bool) -> bool:
        """Pause for what went wrong; return whether it has gone wrong too often."""
        counts = is_news and self._tells_of_host(taken)
        self.strikes += counts
        asked = self._asked(taken)
        if asked or is_news:
            pause = asked or self._pause(taken.reception, self.strikes if counts else 1)
            until = now + min(pause, self._manners.max_pause)
            self._paused_until = max(self._paused_until, until)
        if not is_news:
            return False
        self._struck_at = now
        is_overlong = taken.asks is not None and taken.asks > self._manners.max_pause
        self._overlong = self._overlong + 1 if is_overlong else 0
        most = _MOST_OVERLONG if self._was_fine else _MOST_OVERLONG - 1
        return self._overlong >= most or (counts and self._is_hopeless(taken))

    def _asked(self, taken: Taken) -> float | None:
        """Return the pause that the host asks for; None where it asks for none, or for too much.

        A host that answers well elsewhere and names hours speaks of one page.
        """
        if taken.reception not in _MAY_ASK_FOR_TIME or taken.asks is None:
            return None
        is_overlong = taken.asks > self._manners.max_pause
        return None if is_overlong and self._was_fine else taken.asks

    def _tells_of_host(self, taken: Taken) -> bool:
        is_first = not taken.is_retry or not self._was_fine
        return is_first or taken.reception is Reception.THROTTLED

    def _is_hopeless(self, taken: Taken) -> bool:
        return self.strikes >= self._most(taken.reception)

    def _most(self, reception: Reception) -> int:
        if reception is Reception.WALL:
            return _MOST[reception] if self._was_fine else _MOST_WALLS_AT_FIRST
        is_given_longer = self._was_fine and reception is not Reception.REFUSED
        return _MOST[reception] + (_MORE_ONCE_FINE if is_given_longer else 0)

    def _pause(self, reception: Reception, strikes: int) -> float:
        """Return how long a pause is due that nobody asked for: twice as long every time."""
        doublings = strikes - 2 if reception in _UNPAUSED else strikes
        if doublings < 0:
            return 0.0
        if self._was_fine and reception is not Reception.WALL:
            over = strikes - _MOST[reception]
            if over <= 0:
                return min(_GENTLE_PAUSE, self._manners.backoff * 2.0**doublings)
            doublings = over
        return self._manners.backoff * 2.0**doublings

    def _learn(self, taken: Taken) -> None:
        """Let the delay follow the time to the first byte, up and down, half the way each time.

        What is quicker than three times the host's best is no reason to wait, and one outlier
        counts no more than twice what is usual.
        """
        if taken.reception is Reception.SILENT or not taken.seconds:
            return
        usual = taken.seconds if self._usual is None else self._usual
        sample = min(taken.seconds, 2 * usual + _QUICK)
        self._usual = usual + _WEIGHT * (sample - usual)
        self._best = min(self._best, self._usual)
        comfort = min(_SLOW, max(_QUICK, _TIMES_SLOWER * self._best))
        target = min(self._manners.max_delay, max(0.0, self._usual - comfort))
        self._grown += (target - self._grown) / 2
        if not target and self._grown < _NEGLIGIBLE:
            self._grown = 0.0
