"""When a link is called dead and how often it is asked: the durations and counts as one value."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cached_property, lru_cache


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleRules:
    """The durations, in days, and the counts of checks that states rest on.

    Checks count only `apart_days` after the last one that counted: three requests in one minute
    are one observation. The names say the rest; `docs/verdicts.md` has the table.
    """

    apart_days: float = 3.0
    gone_checks: int = 3
    removed_checks: int = 2  # of answers "410, removed for good"
    soft_checks: int = 3
    unreachable_checks: int = 5
    unreachable_days: float = 21.0
    parked_checks: int = 2
    moved_checks: int = 3
    moved_days: float = 6.0
    revived_checks: int = 2
    alive_first_days: float = 7.0  # then twice as long each time while nothing changes
    alive_longest_days: float = 90.0
    suspect_days: float = 3.0
    moved_again_days: float = 30.0
    blocked_days: float = 30.0
    usurped_days: float = 90.0
    dead_first_days: float = 30.0
    dead_second_days: float = 90.0
    dead_longest_days: float = 180.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not value >= 0 or value > _MOST_DAYS:
                raise ValueError(f"{field.name} must be from 0 to {_MOST_DAYS}, not {value}")
            if field.name.endswith("_checks") and value < 1:
                raise ValueError(f"{field.name} must be at least 1, not {value}")


_MOST_DAYS = 36_500


class Spans:
    """The same durations as time spans, computed once for all links."""

    def __init__(self, rules: LifecycleRules) -> None:
        self.apart = timedelta(days=rules.apart_days)
        self.unreachable = timedelta(days=rules.unreachable_days)
        self.moved = timedelta(days=rules.moved_days)
        self.suspect = timedelta(days=rules.suspect_days)
        self.moved_again = timedelta(days=rules.moved_again_days)
        self.blocked = timedelta(days=rules.blocked_days)
        self.usurped = timedelta(days=rules.usurped_days)
        self._rules = rules

    @cached_property
    def alive(self) -> tuple[timedelta, ...]:
        """Return the waits of a link that works, each twice the one before, the longest last."""
        first, longest = self._rules.alive_first_days, self._rules.alive_longest_days
        days = [min(first, longest)]
        while 0 < days[-1] < longest:
            days.append(min(2 * days[-1], longest))
        return tuple(timedelta(days=each) for each in days)

    @cached_property
    def dead(self) -> tuple[timedelta, ...]:
        """Return the waits of a dead link."""
        rules = self._rules
        days = (rules.dead_first_days, rules.dead_second_days, rules.dead_longest_days)
        return tuple(timedelta(days=each) for each in days)


@lru_cache(maxsize=8)
def spans(rules: LifecycleRules) -> Spans:
    """Return the durations of `rules` as time spans."""
    return Spans(rules)
