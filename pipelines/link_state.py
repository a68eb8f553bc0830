"""What is known of a link over time, as values: what was seen, and the state that it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from pipelines.lifecycle_rules import LifecycleRules, Spans, spans
from pipelines.verdicts.reasons import Outcome


class State(StrEnum):
    """What is known of a link, all its checks considered."""

    NEW = "new"
    ALIVE = "alive"
    MOVED = "moved"
    SUSPECT = "suspect"
    DEAD_GONE = "dead-gone"
    DEAD_SOFT = "dead-soft"
    DEAD_UNREACHABLE = "dead-unreachable"
    USURPED = "usurped"
    BLOCKED = "blocked"
    UNSUPPORTED = "unsupported"
    EXCLUDED = "excluded"


class Event(StrEnum):
    """What brought a link into its state."""

    NONE = ""
    FOUND = "found"  # it worked, or could be asked, for the first time
    FAILED = "failed"
    RECOVERED = "recovered"  # it worked again before it was called dead
    DIED = "died"
    RESURRECTED = "resurrected"
    MOVED = "moved"
    MOVED_BACK = "moved-back"
    USURPED = "usurped"
    RESTORED = "restored"  # after it was usurped
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    LEFT_OUT = "left-out"


DEAD = frozenset({State.DEAD_GONE, State.DEAD_SOFT, State.DEAD_UNREACHABLE})
NEVER_ASKED = frozenset({State.UNSUPPORTED, State.EXCLUDED})
WORKING = frozenset({Outcome.OK, Outcome.MOVED})
UNANSWERED = frozenset({Outcome.TRANSIENT, Outcome.TLS})
# Of checks at the same moment the good ones come last: in doubt a link works.
_ORDER = {
    outcome: place
    for place, outcome in enumerate(
        (
            Outcome.UNSUPPORTED,
            Outcome.EXCLUDED,
            Outcome.PARKED,
            Outcome.GONE,
            Outcome.SOFT_GONE,
            Outcome.TRANSIENT,
            Outcome.TLS,
            Outcome.UNSURE,
            Outcome.BLOCKED,
            Outcome.MOVED,
            Outcome.OK,
        )
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One check of a link as the fold sees it; `date` is aware UTC.

    `void` says that its run proved nothing, `host_answers` that another link of the same host
    worked in that run. `title` is the page's; only a usurped link is judged by it.
    """

    date: datetime
    outcome: Outcome
    reason: str = ""
    final_url: str | None = None
    void: bool = False
    host_answers: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """Where a link stands: since when, by what event, and why in plain words.

    `failures` and `first_failed` tell the present unbroken series of failing checks; `checked`
    is the last check that counts. `next_due` is None where the link is never asked again, and
    for a new link, which is asked at once.
    """

    state: State = State.NEW
    since: datetime | None = None
    failures: int = 0
    first_failed: datetime | None = None
    next_due: datetime | None = None
    event: Event = Event.NONE
    why: str = "It was not checked yet."
    checked: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Return whether the link is to be asked at `now`.

        Waits of a week and more may end some hours early, so that a weekly run, which never
        begins at quite the same minute, does not leave out every second one. A check that lies
        in the future was dated by a wrong clock: the link is due.
        """
        if self.state is State.NEW:
            return True
        if self.next_due is None or self.checked is None:
            return False
        early = _EARLY if self.next_due - self.checked >= _WEEK else timedelta()
        return self.next_due - early <= now or self.checked > now + _EARLY


_EARLY = timedelta(hours=6)
_WEEK = timedelta(days=7)


def in_order(seen: Observation) -> tuple[datetime, int, str, str, bool, str]:
    """Return the key that puts the checks of a link into one order, whoever hands them over."""
    return (
        seen.date,
        _ORDER[seen.outcome],
        seen.reason,
        seen.final_url or "",
        seen.host_answers,
        seen.title,
    )


def next_check(
    state: State, checked: datetime, rules: LifecycleRules, *, step: int = 0
) -> datetime | None:
    """Return when a link checked at `checked` is due again; None where it never is.

    `step` counts how often the wait has been lengthened: a link that goes on working, or goes
    on being dead, is asked less and less often.
    """
    if state in NEVER_ASKED:
        return None
    wait = _wait(state, spans(rules), step)
    return _LATEST if _LATEST - wait < checked else checked + wait


_LATEST = datetime.max.replace(tzinfo=UTC)


def _wait(state: State, waits: Spans, step: int) -> timedelta:
    if state is State.ALIVE:
        return waits.alive[min(step, len(waits.alive) - 1)]
    if state in DEAD:
        return waits.dead[min(step, len(waits.dead) - 1)]
    return {
        State.NEW: timedelta(),
        State.MOVED: waits.moved_again,
        State.SUSPECT: waits.suspect,
        State.USURPED: waits.usurped,
        State.BLOCKED: waits.blocked,
    }[state]
