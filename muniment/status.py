"""What a command ends with: one number for the scheduler, the same in `run.json`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit statuses; "the tool failed" and "links are broken" are never the same number."""

    DONE = 0
    FAILED = 1
    BROKEN_LINKS = 2
    USAGE = 3
    CUT_SHORT = 4
    NOTHING_CAPTURED = 5


# The first that occurred in any stage is the status of the whole run.
_GRAVEST_FIRST = (
    ExitStatus.USAGE,
    ExitStatus.FAILED,
    ExitStatus.NOTHING_CAPTURED,
    ExitStatus.CUT_SHORT,
    ExitStatus.BROKEN_LINKS,
)


@dataclass(slots=True, kw_only=True)
class StageOutcome:
    """What one stage did: figures for the summary, notes for people, its status, its seconds.

    `stopped` says that a signal ended it: what would come after it is not begun. `void` says why
    a run of checks proved nothing.
    """

    stage: str
    status: ExitStatus = ExitStatus.DONE
    stopped: bool = False
    figures: dict[str, int | str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0
    void: str = ""


def gravest(outcomes: list[StageOutcome]) -> ExitStatus:
    """Return the status of a run made of these stages."""
    seen = {outcome.status for outcome in outcomes}
    return next((status for status in _GRAVEST_FIRST if status in seen), ExitStatus.DONE)
