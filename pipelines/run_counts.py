"""What the links of one run of checks came to, as the report and the states have it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pipelines.link_state import DEAD, WORKING, State
from pipelines.store import Store
from pipelines.verdicts.reasons import Outcome

_CONFIRMED = DEAD | {State.USURPED}
_NO_FAILURE = WORKING | {
    Outcome.BLOCKED,
    Outcome.UNSURE,
    Outcome.UNSUPPORTED,
    Outcome.EXCLUDED,
}
_COUNTS = """
SELECT state, outcome, count(*) FROM checks JOIN verdicts USING (check_id)
    LEFT JOIN link_states USING (link_id) WHERE run_id = ? AND check_id > ?
GROUP BY state, outcome
"""


@dataclass(slots=True)
class RunCounts:
    """Links by outcome; `confirmed` of those that failed are dead or usurped, all checks seen."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    confirmed: int = 0


def last_check(store: Store) -> int:
    """Return the id of the last check, 0 where there is none: later ones have higher ids."""
    ((last,),) = store.read("SELECT coalesce(max(check_id), 0) FROM checks")
    return int(last)


def count_run(store: Store, run_id: str, *, after: int = 0) -> RunCounts:
    """Return the counts of a run, its checks after `after` alone; its states are up to date.

    A failure where a wall was seen before is no proof: it counts as blocked, as in the report.
    """
    counts = RunCounts()
    for state, name, count in store.read(_COUNTS, (run_id, after)):
        outcome = Outcome(name)
        is_failure = outcome not in _NO_FAILURE
        is_walled = is_failure and state == State.BLOCKED
        counts.outcomes[Outcome.BLOCKED if is_walled else outcome] += count
        counts.confirmed += count * (is_failure and state in _CONFIRMED)
    return counts
