"""Runs of checks in the store: begun, gone on with after a kill, and settled, void or not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.checks.evidence import Evidence
from pipelines.checks.ledger import Ledger, Settled
from pipelines.lifecycle import LifecycleRules
from pipelines.own_clock import UNTIMELY, OwnClock
from pipelines.states import refresh_states
from pipelines.store import Store
from pipelines.verdicts.reasons import Outcome
from pipelines.verdicts.rules import RULES_VERSION
from pipelines.void_runs import HostSeen, VoidRules, soundness

RESUMED_WITHIN = timedelta(days=1)

# The outcome before this run, of the last run that proved something: one that was not void, or
# in which most hosts or a control URL did answer, so that our network was there. What proves
# nothing of a link but may be the fault of our network counts as the failures that it does prove.
_SEEN = """
SELECT host, iif(reason IN ('proxy', 'dns-unreachable', 'dns-nxdomain-once', 'body-slow'),
        'transient', outcome), reason, (
    SELECT iif(
        before.reason IN ('proxy', 'dns-unreachable', 'dns-nxdomain-once', 'body-slow'),
        'transient', before.outcome) FROM checks AS earlier JOIN verdicts AS before USING (check_id)
        JOIN check_runs USING (run_id)
        WHERE earlier.link_id = checks.link_id AND earlier.run_id != checks.run_id
        AND earlier.checked <= checks.checked AND (void = '' OR controlled OR 2 * silent < hosts)
        ORDER BY earlier.checked DESC LIMIT 1)
FROM checks JOIN verdicts USING (check_id) JOIN links USING (link_id) WHERE run_id = ?
"""
_UNTIMELY = """
SELECT host, evidence FROM checks JOIN verdicts USING (check_id) JOIN links USING (link_id)
WHERE run_id = ? AND EXISTS (SELECT 1 FROM checks AS c JOIN verdicts AS v USING (check_id)
    WHERE c.run_id = checks.run_id AND v.reason IN (?, ?))
"""
_KNOWN_UNTIMELY = """
SELECT DISTINCT host FROM checks JOIN verdicts USING (check_id) JOIN links USING (link_id)
    JOIN check_runs USING (run_id)
WHERE run_id != ? AND void = '' AND doubted = '' AND reason IN (?, ?)
"""
_NOT_ASKED = frozenset({Outcome.UNSUPPORTED.value, Outcome.EXCLUDED.value})
_NO_SUCH_NAME = frozenset({"dns-nxdomain", "dns-nxdomain-alias"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRun:
    """A run of checks; `ended` is None where it was killed or stopped, `void` why it is void.

    `doubted` are the reasons that are not believed of it, since our own clock was wrong.
    """

    run_id: str
    began: datetime
    ended: datetime | None
    void: str
    doubted: tuple[str, ...] = ()


def check_runs(store: Store) -> list[CheckRun]:
    """Return all runs of checks, the oldest first."""
    rows = store.read(
        "SELECT run_id, began, ended, void, doubted FROM check_runs ORDER BY began, run_id"
    )
    return [
        CheckRun(
            run_id=run_id,
            began=datetime.fromisoformat(began),
            ended=datetime.fromisoformat(ended) if ended else None,
            void=void,
            doubted=tuple(doubted.split()),
        )
        for run_id, began, ended, void, doubted in rows
    ]


def unfinished_run(store: Store, now: datetime) -> CheckRun | None:
    """Return the last run that did not end, where it began within the last day."""
    left = [run for run in check_runs(store) if run.ended is None]
    return left[-1] if left and abs(now - left[-1].began) <= RESUMED_WITHIN else None


def is_run(store: Store, run_id: str) -> bool:
    """Return whether a run of this id has begun."""
    return bool(store.read("SELECT 1 FROM check_runs WHERE run_id = ?", (run_id,)))


def begin_run(store: Store, run_id: str, now: datetime, ledger: Ledger | None = None) -> None:
    """Note that a run begins, in its `ledger` too; one that is known goes on."""
    if ledger is not None and not is_run(store, run_id):
        ledger.begin(now, RULES_VERSION)
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
    is_controlled: bool = False,
    ledger: Ledger | None = None,
) -> Settled:
    """Decide what a run is worth and keep that; `ended` is None where it is to go on later.

    `is_controlled` says that a control URL opened before the links and after them. The `ledger`
    is told first, so that the WARC files never know less than the store.
    """
    found = soundness(_hosts(store, run_id), failed_controls, rules)
    settled = Settled(
        ended=ended,
        void=found.void,
        hosts=found.hosts,
        silent=found.silent,
        is_controlled=is_controlled,
        doubted=_doubted(store, run_id),
    )
    if ledger is not None:
        ledger.settle(settled)
    put_settled(store, run_id, settled)
    return settled


def put_settled(store: Store, run_id: str, settled: Settled) -> None:
    """Keep what a run was worth."""
    row = (
        settled.ended.isoformat() if settled.ended else None,
        settled.void,
        settled.hosts,
        settled.silent,
        settled.is_controlled,
        f" {' '.join(settled.doubted)} " if settled.doubted else "",
        run_id,
    )
    with store.transaction() as database:
        database.execute(
            "UPDATE check_runs SET ended = ?, void = ?, hosts = ?, silent = ?, controlled = ?,"
            " doubted = ? WHERE run_id = ?",
            row,
        )


def left_runs(store: Store, *, but: str = "") -> list[CheckRun]:
    """Return the runs that were killed or stopped, without `but`, the one that goes on."""
    return [run for run in check_runs(store) if run.ended is None and run.run_id != but]


def settle_left(
    store: Store,
    run: CheckRun,
    rules: VoidRules,
    lifecycle: LifecycleRules,
    *,
    now: datetime,
    ledger: Ledger | None = None,
) -> None:
    """Settle a run that was killed and is not gone on with; its last check is its end."""
    settle_run(store, run.run_id, rules, ended=_last_check(store, run), ledger=ledger)
    refresh_states(store, lifecycle, now=now, run_id=run.run_id)


def _last_check(store: Store, run: CheckRun) -> datetime:
    ((last,),) = store.read("SELECT max(checked) FROM checks WHERE run_id = ?", (run.run_id,))
    return datetime.fromisoformat(last) if last else run.began


def _doubted(store: Store, run_id: str) -> tuple[str, ...]:
    """Return the reasons that a wrong clock of ours would explain, where it seems to be wrong."""
    reasons = sorted(UNTIMELY)
    rows = store.read(_UNTIMELY, (run_id, *reasons))
    if not rows:
        return ()
    known = {host for (host,) in store.read(_KNOWN_UNTIMELY, (run_id, *reasons))}
    clock = OwnClock(known)
    for _, evidence in rows:
        clock.add(Evidence.from_json(json.loads(evidence)))
    return tuple(reasons) if clock.is_doubtful else ()


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
            outcome == transient or (has_answered and reason in _NO_SUCH_NAME)
            for outcome, reason, _ in rows
        ),
        failed_before=before == {transient},
    )
