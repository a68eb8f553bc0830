"""A link on its way through its checks: what the table of states says, one check at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pipelines.course_words import WORKS_AGAIN, why
from pipelines.lifecycle_rules import LifecycleRules, spans
from pipelines.link_state import (
    DEAD,
    UNANSWERED,
    WORKING,
    Event,
    LinkState,
    Observation,
    State,
    next_check,
)
from pipelines.verdicts.reasons import Outcome

_UNSEEN = frozenset({Outcome.BLOCKED, Outcome.UNSURE})
_NO_DATE = datetime.min.replace(tzinfo=UTC)
# About the link: it was not asked, or something of our own failed.
_SAYS_NOTHING = frozenset({"not-checked", "not-judged", "dns-unreachable", "proxy"})
_REMOVED = frozenset({"http-410", "redirect-to-http-410"})
# The name servers say so, not the host that turns us away.
_NO_SUCH_NAME = frozenset({"dns-nxdomain", "dns-nxdomain-alias", "redirect-to-nxdomain"})
_FROM_GOOD = {
    State.NEW: Event.FOUND,
    State.UNSUPPORTED: Event.FOUND,
    State.EXCLUDED: Event.FOUND,
    State.SUSPECT: Event.RECOVERED,
    State.BLOCKED: Event.UNBLOCKED,
    State.MOVED: Event.MOVED_BACK,
}


class _Series:
    """Checks of one kind in a row, each counted only where it comes long enough after the last."""

    __slots__ = ("count", "first", "last")

    def __init__(self) -> None:
        self.count = 0
        self.first = self.last = _NO_DATE

    def add(self, date: datetime, apart: timedelta) -> None:
        if not self.count:
            self.first = self.last = date
            self.count = 1
        elif date - self.last >= apart:
            self.last = date
            self.count += 1

    @property
    def span(self) -> timedelta:
        return self.last - self.first


class Course:
    """The state of a link while its checks are added, to be done in the order of their dates.

    A check that is void, or that did not ask, changes nothing.
    """

    __slots__ = (
        "_anchor", "_checked", "_entry", "_event", "_failures", "_fast", "_first_failed", "_good",
        "_good_key", "_kind", "_moves", "_parked", "_proof", "_removed", "_rules", "_seen",
        "_since", "_slow", "_spans", "_state", "_step", "_target", "_title", "_unanswered",
    )  # fmt: skip

    def __init__(self, rules: LifecycleRules) -> None:
        self._rules = rules
        self._spans = spans(rules)
        self._state = State.NEW
        self._event = Event.NONE
        self._since: datetime | None = None
        self._checked: datetime | None = None
        self._seen: Observation | None = None  # the last check, and the one that led here
        self._entry: Observation | None = None
        self._proof = _Series()  # what the present state was entered by
        self._step = 0
        self._anchor = _NO_DATE
        self._title = ""
        self._good_key: tuple[Outcome, str | None] | None = None
        self._target: str | None = None
        self._moves = _Series()
        self._forget_failures()

    def _forget_failures(self) -> None:
        self._failures = 0
        self._first_failed: datetime | None = None
        self._kind = ""
        self._fast, self._removed, self._slow = _Series(), _Series(), _Series()
        self._parked, self._good = _Series(), _Series()
        self._unanswered = False

    def add(self, seen: Observation) -> None:
        """Take the next check into account."""
        if seen.void or seen.reason in _SAYS_NOTHING:
            return
        self._checked = seen.date
        self._seen = seen
        if seen.outcome in WORKING:
            self._works(seen)
        elif seen.outcome in _UNSEEN:
            self._unseen(seen)
        elif seen.outcome in (Outcome.UNSUPPORTED, Outcome.EXCLUDED):
            self._left_out(seen)
        else:
            self._fails(seen)

    def state(self) -> LinkState:
        """Return where the link stands after the checks so far."""
        checked = self._checked
        if checked is None or self._seen is None:
            return LinkState()
        is_suspect = self._state is State.SUSPECT
        series, needed = self._towards() if is_suspect else (self._proof, 0)
        return LinkState(
            state=self._state,
            since=self._since,
            failures=self._failures,
            first_failed=self._first_failed,
            next_due=self._next(checked),
            event=self._event,
            checked=checked,
            why=why(
                self._state,
                self._event,
                seen=self._seen if is_suspect else self._entry or self._seen,
                failures=self._failures,
                counted=series.count,
                days=series.span.days,
                apart=self._rules.apart_days,
                needed=needed,
            )
            + (WORKS_AGAIN if self._state in DEAD and self._good.count else ""),
        )

    def _next(self, checked: datetime) -> datetime | None:
        waits_for_second_look = self._state in DEAD and self._good.count
        state = State.SUSPECT if waits_for_second_look else self._state
        return next_check(state, checked, self._rules, step=self._step)

    def _enter(
        self, state: State, event: Event, seen: Observation, proof: _Series | None = None
    ) -> None:
        self._state, self._event, self._since = state, event, seen.date
        self._proof, self._entry = proof or _Series(), seen
        self._step, self._anchor = 0, seen.date

    def _lengthen(self, seen: Observation) -> None:
        """Ask less often where the last wait was kept and nothing changed."""
        due = next_check(self._state, self._anchor, self._rules, step=self._step)
        if due is not None and seen.date >= due - _TOLERANCE:
            self._step += 1
            self._anchor = seen.date

    # it works

    def _works(self, seen: Observation) -> None:
        if self._state in DEAD:
            self._good.add(seen.date, self._spans.apart)
            if self._good.count < self._rules.revived_checks:
                return
            self._back(Event.RESURRECTED, seen, self._good)
        elif self._state is State.USURPED:
            if not self._title or seen.title != self._title:
                return
            self._back(Event.RESTORED, seen)
        else:
            self._good_again(seen)
        self._title = seen.title or self._title
        self._redirected(seen)

    def _back(self, event: Event, seen: Observation, proof: _Series | None = None) -> None:
        self._forget_failures()
        self._enter(State.ALIVE, event, seen, proof)
        self._good_key = (seen.outcome, seen.final_url)

    def _good_again(self, seen: Observation) -> None:
        key = (seen.outcome, seen.final_url)
        is_as_before = key == self._good_key
        self._good_key = key
        if self._state is State.ALIVE:
            if is_as_before:
                self._lengthen(seen)
            else:
                self._step, self._anchor = 0, seen.date
        elif self._state is not State.MOVED or not is_as_before:
            self._forget_failures()
            self._enter(State.ALIVE, _FROM_GOOD[self._state], seen)

    def _redirected(self, seen: Observation) -> None:
        """Count the same permanent redirect; any other answer ends the series."""
        if seen.outcome is not Outcome.MOVED:
            self._moves, self._target = _Series(), None
            return
        if seen.final_url != self._target:
            self._moves, self._target = _Series(), seen.final_url
        self._moves.add(seen.date, timedelta())
        rules = self._rules
        often = self._moves.count >= rules.moved_checks and self._moves.span >= self._spans.moved
        if often and self._state is State.ALIVE:
            self._enter(State.MOVED, Event.MOVED, seen, self._moves)

    # it cannot be seen, or is not asked

    def _unseen(self, seen: Observation) -> None:
        """Neither count nor forget failures; a wall outweighs what only looked gone."""
        if self._state in DEAD or self._state is State.USURPED:
            return
        is_wall_new = seen.outcome is Outcome.BLOCKED and not self._is_walled()
        if self._state is not State.BLOCKED or is_wall_new:
            self._enter(State.BLOCKED, Event.BLOCKED, seen)

    def _is_walled(self) -> bool:
        """Return whether the site itself keeps the page from us: then failures prove little."""
        entry = self._entry
        return (
            self._state is State.BLOCKED and entry is not None and entry.outcome is Outcome.BLOCKED
        )

    def _left_out(self, seen: Observation) -> None:
        state = State(seen.outcome.value)
        self._forget_failures()
        self._moves, self._target, self._good_key = _Series(), None, None
        if self._state is not state:
            self._enter(state, Event.LEFT_OUT, seen)

    # it fails

    def _fails(self, seen: Observation) -> None:
        if self._is_walled() and not _is_proof(seen):
            return
        self._moves, self._target, self._good_key = _Series(), None, None
        self._count(seen)
        confirmed = self._confirmed()
        if self._state is State.USURPED:
            return
        if confirmed and confirmed[0] is State.USURPED:
            self._enter(State.USURPED, Event.USURPED, seen, confirmed[1])
        elif self._state in DEAD:
            self._lengthen(seen)
        elif confirmed:
            self._enter(confirmed[0], Event.DIED, seen, confirmed[1])
        elif self._state is not State.SUSPECT:
            self._enter(State.SUSPECT, Event.FAILED, seen)

    def _count(self, seen: Observation) -> None:
        """Put the failing check into the series it belongs to."""
        apart = self._spans.apart
        self._good = _Series()
        self._failures += 1
        self._first_failed = self._first_failed or seen.date
        kind = _kind(seen)
        if kind != self._kind:
            self._kind, self._fast = kind, _Series()
        self._fast.add(seen.date, apart)
        self._slow.add(seen.date, apart)
        self._unanswered |= seen.outcome in UNANSWERED
        if seen.outcome is Outcome.PARKED:
            self._parked.add(seen.date, apart)
        if seen.reason in _REMOVED:
            self._removed.add(seen.date, apart)
        else:
            self._removed = _Series()

    def _confirmed(self) -> tuple[State, _Series] | None:
        """Return the state that the failures so far prove, and the series that proves it."""
        rules = self._rules
        if self._parked.count >= rules.parked_checks:
            return State.USURPED, self._parked
        if self._removed.count >= rules.removed_checks:
            return State.DEAD_GONE, self._removed
        if self._kind == _GONE and self._fast.count >= rules.gone_checks:
            return State.DEAD_GONE, self._fast
        if self._kind.startswith(_SOFT) and self._fast.count >= rules.soft_checks:
            return State.DEAD_SOFT, self._fast
        return self._slowly_confirmed()

    def _towards(self) -> tuple[_Series, int]:
        """Return the series of failures that the last one belongs to, and how many it takes."""
        rules = self._rules
        if self._removed.count:
            return self._removed, rules.removed_checks
        if self._kind == Outcome.PARKED:
            return self._parked, rules.parked_checks
        if self._kind == _GONE:
            return self._fast, rules.gone_checks
        if self._kind.startswith(_SOFT):
            return self._fast, rules.soft_checks
        return self._slow, rules.unreachable_checks

    def _slowly_confirmed(self) -> tuple[State, _Series] | None:
        """Return what failures of all kinds prove together."""
        slow = self._slow
        if slow.count < self._rules.unreachable_checks or slow.span < self._spans.unreachable:
            return None
        if self._unanswered:
            return State.DEAD_UNREACHABLE, slow
        return (State.DEAD_GONE if self._kind == _GONE else State.DEAD_SOFT), slow


_GONE, _SOFT = "gone", "soft"
_TOLERANCE = timedelta(hours=6)  # as `LinkState.is_due` has it


def _kind(seen: Observation) -> str:
    if seen.outcome is Outcome.GONE:
        return _GONE
    return f"{_SOFT} {seen.reason}" if seen.outcome is Outcome.SOFT_GONE else seen.outcome.value


def _is_proof(seen: Observation) -> bool:
    """Return whether a failure counts though the host turned us away before."""
    if seen.outcome is not Outcome.GONE:
        return False
    return seen.host_answers or seen.reason in _NO_SUCH_NAME
