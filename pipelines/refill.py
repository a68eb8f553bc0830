"""The checks of the store made again from the WARC files: those that the store does not have."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipelines.check_runs import answered, begin_run, check_runs, put_settled, settle_run
from pipelines.checks.ledger import Ledger
from pipelines.checks.readback import ReadCheck, ReadRun, read_runs
from pipelines.extraction import CHECK_PREFIX
from pipelines.store import Store
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge
from pipelines.void_runs import VoidRules
from warc.collection import Collection

_BATCH = 500


def check_files(collection: Collection) -> list[Path]:
    """Return the WARC files that hold link checks, in the order in which they were written."""
    return [one for one in collection.warc_files() if one.name.startswith(f"{CHECK_PREFIX}-")]


def go_on_with(
    collection: Collection, store: Store, run_id: str, rules: Rules, ledger: Ledger | None = None
) -> int:
    """Take what a killed run has in its WARC files but not in the store; return how many checks.

    Of what its `ledger` does not have yet, and is told now, only the checks of known links with
    nothing left to do but to judge: the others are asked again.
    """
    since = store.read("SELECT began FROM check_runs WHERE run_id = ?", (run_id,))
    stamp = "".join(filter(str.isdigit, since[0][0][:19])) if since else ""
    files = [
        path
        for path in check_files(collection)
        if path.name.removeprefix(f"{CHECK_PREFIX}-")[: len(stamp)] >= stamp
    ]
    return sum(
        _go_on(store, run, rules, ledger)
        for run in read_runs(collection, files)
        if run.run_id == run_id
    )


def _go_on(store: Store, run: ReadRun, rules: Rules, ledger: Ledger | None) -> int:
    count = _put(store, run.run_id, [one for one in run.checks if one.is_noted], rules)
    have = answered(store, run.run_id)
    found = [
        one
        for one in run.checks
        if one.is_whole and one.evidence.url not in have and _is_known(store, one.evidence.url)
    ]
    if ledger is not None:
        ledger.add(one.evidence for one in found)
    return count + _put(store, run.run_id, found, rules)


def _is_known(store: Store, url: str) -> bool:
    return bool(store.read("SELECT 1 FROM links WHERE url = ?", (url,)))


def refill_lost(collection: Collection, store: Store, rules: Rules, void: VoidRules) -> list[str]:
    """Read the checks back where the store knows of no run at all; return what was done.

    So the history outlives the store's file.
    """
    if check_runs(store) or not check_files(collection):
        return []
    count = refill_checks(collection, store, rules, void)
    return [f"the store had no checks: {count} were read back from the WARC files"]


def refill_checks(collection: Collection, store: Store, rules: Rules, void: VoidRules) -> int:
    """Put every check of the WARC files that the store does not have into it; return how many.

    Each run's ledger says which they are, with the links that were not asked, and what the run
    was worth. A run of an earlier version, without a ledger, is judged by `void` again.
    `refresh_states` then makes the states.
    """
    known = {run.run_id for run in check_runs(store)}
    return sum(
        _refill(store, run, rules, void, is_known=run.run_id in known)
        for run in read_runs(collection, check_files(collection))
    )


def _refill(store: Store, run: ReadRun, rules: Rules, void: VoidRules, *, is_known: bool) -> int:
    found = [one for one in run.checks if one.is_whole or not (run.has_ledger or one.is_cut)]
    count = _put(store, run.run_id, found, rules)
    dates = [one.evidence.checked for one in found]
    began = run.began or min(dates, default=None)
    if is_known or began is None:
        return count
    begin_run(store, run.run_id, began)
    if run.settled is not None:
        put_settled(store, run.run_id, run.settled)
    elif not run.has_ledger:
        settle_run(store, run.run_id, void, ended=max(dates))
    return count


def _put(store: Store, run_id: str, found: Iterable[ReadCheck], rules: Rules) -> int:
    """Keep the checks of URLs that the run has no check of, one for each."""
    missing = {one.evidence.url: one.evidence for one in found}
    for url in answered(store, run_id):
        missing.pop(url, None)
    evidence = list(missing.values())
    for start in range(0, len(evidence), _BATCH):
        batch = evidence[start : start + _BATCH]
        store.put_checks(run_id, [(one, judge([one], rules)) for one in batch])
    return len(evidence)
