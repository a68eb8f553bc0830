"""The earlier run of checks that a report is compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipelines.lifecycle import DEAD, LifecycleRules, Observation, State, fold, trace
from pipelines.store import Check, LinkHistory
from reports.findings import PreviousRun
from reports.standing import Standing, standing

_MOST_NAMED = 10
_WORKING = (Standing.MOVED, Standing.WORKS)
Stand = Callable[[LinkHistory, Sequence[Check]], Standing]


class UnknownRunError(Exception):
    """No earlier run has that name; the message lists those there are."""


def counting(checks: Sequence[Check]) -> Sequence[Check]:
    """Return the checks of runs that are not void; all of them where there are no others."""
    return [check for check in checks if not check.void] or checks


def earlier_run(
    histories: Sequence[LinkHistory],
    rules: LifecycleRules,
    since: str | None = None,
    stand: Stand | None = None,
) -> PreviousRun | None:
    """Return the outcomes as they stood after the run before the last one.

    Or after the run `since`, named by its id or the beginning of it; raise UnknownRunError where
    there is none such. None where there is but one run and no other was asked for. `stand` tells
    where these checks leave a link; by default the outcome of the last one does.
    """
    runs = sorted({check.run_id for one in histories for check in counting(one.checks)})
    if since is not None:
        run_id = _named(since, runs[:-1])
    elif len(runs) > 1:
        run_id = runs[-2]
    else:
        return None
    before = [
        (one, then)
        for one in histories
        if (then := [check for check in counting(one.checks) if check.run_id <= run_id])
    ]
    return PreviousRun(
        run_id=run_id,
        ended=max(then[-1].checked for _, then in before),
        outcomes={one.url: then[-1].verdict.outcome.value for one, then in before},
        standings={one.url: stand(one, then) for one, then in before} if stand else {},
        confirmed=frozenset(
            one.url
            for one, then in before
            if not _works(then[-1]) and _works(counting(one.checks)[-1]) and _dead(then, rules)
        ),
    )


def _named(name: str, runs: Sequence[str]) -> str:
    if name in runs:
        return name
    found = [run for run in runs if name and run.startswith(name)]
    if len(found) == 1:
        return found[0]
    if not runs:
        raise UnknownRunError(f"{name}: links were checked in one run at most: none is earlier")
    problem = "several earlier runs begin so" if found else "no earlier run of link checks"
    known = found or runs
    older = len(known) - _MOST_NAMED
    more = f" and {older} older ones" if older > 0 else ""
    raise UnknownRunError(f"{name}: {problem}; known: {', '.join(known[-_MOST_NAMED:])}{more}")


def strict_course(checks: Sequence[Check]) -> list[Standing]:
    """Return where a link stood after each of its checks, as their verdicts say.

    But for what failed once a wall stood before the link: that is no proof.
    """
    stood = [standing(check.verdict.outcome.value) for check in checks]
    if Standing.UNSEEN not in stood or Standing.BROKEN not in stood:
        return stood
    states = [state.state for _, state in trace(map(_observation, checks), LifecycleRules())]
    return [
        Standing.UNSEEN if state is State.BLOCKED and one is Standing.BROKEN else one
        for one, state in zip(stood, states, strict=True)
    ]


def _works(check: Check) -> bool:
    return standing(check.verdict.outcome.value) in _WORKING


def _dead(checks: Sequence[Check], rules: LifecycleRules) -> bool:
    """Return whether these checks had led to a state that says dead or usurped."""
    state = fold(map(_observation, checks), rules).state
    return state in DEAD or state is State.USURPED


def _observation(check: Check) -> Observation:
    last = check.evidence.last
    return Observation(
        date=check.checked,
        outcome=check.verdict.outcome,
        reason=check.verdict.reason,
        final_url=check.verdict.final_url,
        void=check.void,
        title=last.page.title if last and last.page else "",
    )
