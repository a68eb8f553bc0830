"""What is not asked for in this run and stays queued for the next, and why."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.exceptions import IgnoreRequest

from crawler.pace import Reception, Taken
from crawler.stopping import StopReason

_REASONS = {
    Reception.WALL: StopReason.WALLED,
    Reception.REFUSED: StopReason.WALLED,
    Reception.THROTTLED: StopReason.THROTTLED,
    Reception.UNAVAILABLE: StopReason.THROTTLED,
    Reception.FAULT: StopReason.UNREACHABLE,
}
_WORDS = {
    Reception.WALL: 'walls us off: "Technical Difficulties" or a challenge',
    Reception.REFUSED: "refuses everything: 401 or 403",
    Reception.THROTTLED: "asks to be left alone: 429",
    Reception.UNAVAILABLE: "is not available: 503",
    Reception.FAULT: "gave no answer",
}


class Postponed(IgnoreRequest):
    """A request that is not made in this run, by a `StopReason`: it is not done."""


@dataclass(slots=True)
class LeftHost:
    """A host that is not asked any more in this run.

    `words` follow its name; `urls` counts what of it was not asked for and is kept.
    """

    reason: StopReason
    words: str
    urls: int = 0

    @classmethod
    def after(cls, taken: Taken, strikes: int) -> LeftHost:
        """Return why a host is left that last took a request so, `strikes` times in a row."""
        words = f"{_WORDS[taken.reception]}, {strikes} times in a row"
        if taken.asks:
            words += f", the last time for {taken.asks:.0f} s"
        return cls(_REASONS[taken.reception], words)

    def note(self, host: str) -> str:
        """Return the sentence for people."""
        kept = f"; URLs kept for the next run: {self.urls}" if self.urls else ""
        return f"{host} {self.words}{kept}"
