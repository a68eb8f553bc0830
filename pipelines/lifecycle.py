"""What the checks of a link mean over time: a pure fold, so that new rules fit old evidence.

The states and their rules are those of `docs/verdicts.md`, "States over time".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from pipelines.course import Course
from pipelines.lifecycle_rules import LifecycleRules
from pipelines.link_state import (
    DEAD,
    Event,
    LinkState,
    Observation,
    State,
    in_order,
    next_check,
)

__all__ = [
    "DEAD",
    "Event",
    "LifecycleRules",
    "LinkState",
    "Observation",
    "State",
    "fold",
    "next_check",
    "trace",
]


def fold(
    observations: Iterable[Observation], rules: LifecycleRules, *, now: datetime | None = None
) -> LinkState:
    """Return the state that all checks of a link come to; their order does not matter.

    Checks dated after `now`, by a clock that was wrong then, are left out.
    """
    course = Course(rules)
    for seen in _until(observations, now):
        course.add(seen)
    return course.state()


def trace(
    observations: Iterable[Observation], rules: LifecycleRules, *, now: datetime | None = None
) -> Iterator[tuple[Observation, LinkState]]:
    """Yield each check in the order of their dates with the state it led to: the history."""
    course = Course(rules)
    for seen in _until(observations, now):
        course.add(seen)
        yield seen, course.state()


def _until(observations: Iterable[Observation], now: datetime | None) -> Iterator[Observation]:
    for seen in sorted(observations, key=in_order):
        if now is not None and seen.date > now:
            return
        yield seen
