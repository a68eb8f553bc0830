"""How far the check of a list is, on a terminal."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from muniment.progress import progress
from pipelines.checks.probe import Probe

_WINDOW_SECONDS = 15.0
_TELL_SECONDS = 0.2
_MINUTE, _HOUR = 60, 3600


@contextmanager
def list_progress(links: int) -> Iterator[Callable[[Probe], None]]:
    """Yield what to call for each link that is done; tells nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    pace = Pace(links)
    told = 0.0
    with progress("check") as advance:

        def on_link(probe: Probe) -> None:
            nonlocal told
            pace.add(time.monotonic())
            if pace.seen - told >= _TELL_SECONDS or pace.done == links:
                told = pace.seen
                advance(
                    pace.done, links, pace.words(probe.progress.hosts_left, probe.seconds_left())
                )

        yield on_link


class Pace:
    """Links done over the last seconds, and what that means for the rest."""

    def __init__(self, links: int) -> None:
        self._links = links
        self._marks: deque[tuple[float, int]] = deque()
        self.done = 0
        self.seen = 0.0

    def add(self, now: float) -> None:
        """Note one more link done at `now`, in seconds."""
        self.done += 1
        self.seen = now
        if not self._marks or now - self._marks[-1][0] >= _TELL_SECONDS:
            self._marks.append((now, self.done))
        while now - self._marks[0][0] > _WINDOW_SECONDS and len(self._marks) > 1:
            self._marks.popleft()

    def words(self, hosts_left: int, at_least: float = 0.0) -> str:
        """Return the rate, the hosts that have links left, and the time left.

        `at_least` are the seconds that the slowest host alone will take.
        """
        began, before = self._marks[0]
        rate = (self.done - before) / (self.seen - began) if self.seen > began else 0.0
        words = [f"{rate:.0f}/s"] if rate else []
        if hosts_left:
            words.append("1 host left" if hosts_left == 1 else f"{hosts_left:,} hosts left")
        if rate and self.done < self._links:
            seconds = max((self._links - self.done) / rate, at_least)
            words.append(f"about {_duration(seconds)}")
        return ", ".join(words)


def _duration(seconds: float) -> str:
    whole = int(seconds) + 1
    if whole >= _HOUR:
        return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
    return f"{whole // _MINUTE} min" if whole >= 2 * _MINUTE else f"{whole} s"
