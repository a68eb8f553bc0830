"""Runs of checks in the store: begun, gone on with after a kill, and settled, void or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.lifecycle import LifecycleRules
from pipelines.states import refresh_states
from pipelines.store import Store
from pipelines.verdicts.reasons import Outcome
from pipelines.void_runs import HostSeen, Soundness, VoidRules, soundness

RESUMED_WITHIN = timedelta(days=1)

# The outcome before this run, of the last run that proved something: one that was not void, or
# in which most hosts did answer, so that our network was there.
_SEEN = """
SELECT host, outcome, reason, (
    SELECT before.outcome FROM checks AS earlier JOIN verdicts AS before USING (check_id)
        JOIN check_runs USING (run_id)
        WHERE earlier.link_id = checks.link_id AND earlier.run_id != checks.run_id
        AND earlier.checked <= checks.checked AND (void = '' OR 2 * silent < hosts)
        ORDER BY earlier.checked DESC LIMIT 1)
FROM checks JOIN verdicts USING (check_id) JOIN links USING (link_id) WHERE run_id = ?
"""
_NOT_ASKED = frozenset({Outcome.UNSUPPORTED.value, Outcome.EXCLUDED.value})
_NO_SUCH_NAME = "dns-nxdomain"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRun:
    """A run of checks; `ended` is None where it was killed or stopped, `void` why it is void."""

    run_id: str
    began: datetime
    ended: datetime | None
    void: str


def check_runs(store: Store) -> list[CheckRun]:
    """Return all runs of checks, the oldest first."""
    rows = store.read("SELECT run_id, began, ended, void FROM check_runs ORDER BY began, run_id")
    return [
        CheckRun(
            run_id=run_id,
            began=datetime.fromisoformat(began),
            ended=datetime.fromisoformat(ended) if ended else None,
            void=void,
        )
        for run_id, began, ended, void in rows
    ]


def unfinished_run(store: Store, now: datetime) -> CheckRun | None:
    """Return the last run that did not end, where it began within the last day."""
    left = [run for run in check_runs(store) if run.ended is None]
    return left[-1] if left and abs(now - left[-1].began) <= RESUMED_WITHIN else None


def begin_run(store: Store, run_id: str, now: datetime) -> None:
    """Note that a run begins; one that is known goes on."""
    with store.transaction() as database:
        database.execute(
            "INSERT OR IGNORE INTO check_runs (run_id, began) VALUES (?, ?)",
            (run_id, now.isoformat()),
        )


def answered(store: Store, run_id: str) -> set[str]:
    """Return the URLs checked in a run."""
    rows = store.read(
        "SELECT url FROM checks JOIN links USING (link_id) WHERE run_id = ?", (run_id,)
    )
    return {url for (url,) in rows}


def settle_run(
    store: Store,
    run_id: str,
    rules: VoidRules,
    *,
    ended: datetime | None,
    failed_controls: Sequence[str] = (),
) -> Soundness:
    """Decide whether a run is void and keep that; `ended` is None where it is to go on later."""
    found = soundness(_hosts(store, run_id), failed_controls, rules)
    with store.transaction() as database:
        database.execute(
            "UPDATE check_runs SET ended = ?, void = ?, hosts = ?, silent = ? WHERE run_id = ?",
            (
                ended.isoformat() if ended else None,
                found.void,
                found.hosts,
                found.silent,
                run_id,
            ),
        )
    return found


def settle_left(
    store: Store, rules: VoidRules, lifecycle: LifecycleRules, *, now: datetime, but: str = ""
) -> None:
    """Settle the runs that were killed and are not gone on with, and bring the states up to date.

    `but` is the run that goes on.
    """
    for run in check_runs(store):
        if run.ended is None and run.run_id != but:
            settle_run(store, run.run_id, rules, ended=_last_check(store, run))
            refresh_states(store, lifecycle, now=now, run_id=run.run_id)
    refresh_states(store, lifecycle, now=now, run_id=but)


def _last_check(store: Store, run: CheckRun) -> datetime:
    ((last,),) = store.read("SELECT max(checked) FROM checks WHERE run_id = ?", (run.run_id,))
    return datetime.fromisoformat(last) if last else run.began


def _hosts(store: Store, run_id: str) -> list[HostSeen]:
    """Return the hosts that a run asked, silent where no link of theirs had an answer."""
    seen: dict[str, list[tuple[str, str, str | None]]] = {}
    for host, outcome, reason, before in store.read(_SEEN, (run_id,)):
        if outcome not in _NOT_ASKED:
            seen.setdefault(host, []).append((outcome, reason, before))
    return [_host(host, rows) for host, rows in seen.items()]


def _host(host: str, rows: Sequence[tuple[str, str, str | None]]) -> HostSeen:
    transient = Outcome.TRANSIENT.value
    before = {outcome for _, _, outcome in rows if outcome is not None}
    has_answered = bool(before - {transient, Outcome.GONE.value})
    return HostSeen(
        host=host,
        # A name that worked and now does not exist may be the fault of our own name server.
        silent=all(
            outcome == transient or (has_answered and reason == _NO_SUCH_NAME)
            for outcome, reason, _ in rows
        ),
        failed_before=before == {transient},
    )
