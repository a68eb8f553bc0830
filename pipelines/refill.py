"""The checks of the store made again from the WARC files: those that the store does not have."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipelines.check_runs import answered, begin_run, check_runs, settle_run
from pipelines.checks.readback import ReadCheck, checks_of_runs
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


def go_on_with(collection: Collection, store: Store, run_id: str, rules: Rules) -> int:
    """Take what a killed run has in its WARC files but not in the store; return how many checks.

    Only checks with nothing left to do but to judge: the others are asked again.
    """
    since = store.read("SELECT began FROM check_runs WHERE run_id = ?", (run_id,))
    stamp = "".join(filter(str.isdigit, since[0][0][:19])) if since else ""
    files = [
        path
        for path in check_files(collection)
        if path.name.removeprefix(f"{CHECK_PREFIX}-")[: len(stamp)] >= stamp
    ]
    return sum(
        _put(store, run_id, [one for one in found if one.is_whole], rules)
        for found_id, found in checks_of_runs(collection, files)
        if found_id == run_id
    )


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

    Runs come back with their dates, and are void again where too many of their hosts failed; not
    those whose control URLs failed, for these are no part of the evidence, and no links that
    were not asked because their host had failed others. `refresh_states` then makes the states.
    """
    known = {run.run_id for run in check_runs(store)}
    count = 0
    for run_id, found in checks_of_runs(collection, check_files(collection)):
        count += _put(store, run_id, [one for one in found if not one.is_cut], rules)
        if run_id not in known and found:
            dates = [one.evidence.checked for one in found]
            begin_run(store, run_id, min(dates))
            settle_run(store, run_id, void, ended=max(dates))
    return count


def _put(store: Store, run_id: str, found: Iterable[ReadCheck], rules: Rules) -> int:
    """Keep the checks of URLs that the run has no check of."""
    have = answered(store, run_id)
    missing = [one.evidence for one in found if one.evidence.url not in have]
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        store.put_checks(run_id, [(one, judge([one], rules)) for one in batch])
    return len(missing)
