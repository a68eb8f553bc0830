"""The course over runs: how the links stood at the end of each run of checks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from pipelines.store import Check, LinkHistory
from reports.earlier_run import Stand, counting
from reports.findings import RunFigures
from reports.standing import Standing, standing


def trend(histories: Sequence[LinkHistory], stand: Stand | None = None) -> tuple[RunFigures, ...]:
    """Return how the links known then stood after each run that was not void, oldest first.

    A link that a run did not ask stands as its last check before left it; links that no current
    statement cites any more are in none of the figures. `stand` tells where the checks up to one
    leave a link; by default the last of them does.
    """
    ends: dict[str, datetime] = {}
    asked: defaultdict[str, dict[str, Standing]] = defaultdict(dict)
    for history in histories:
        counted = counting(history.checks)
        for place, check in enumerate(counted, 1):
            left = stand(counted[:place]) if stand else _standing(check)
            asked[check.run_id][history.url] = left
            ends[check.run_id] = max(check.checked, ends.get(check.run_id, check.checked))
    now: dict[str, Standing] = {}
    counts: Counter[Standing] = Counter()
    figures: list[RunFigures] = []
    for run_id in sorted(asked):
        counts.subtract(now[url] for url in asked[run_id] if url in now)
        counts.update(asked[run_id].values())
        now.update(asked[run_id])
        figures.append(RunFigures(run_id=run_id, ended=ends[run_id], standings=dict(counts)))
    return tuple(figures)


def _standing(check: Check) -> Standing:
    return standing(check.verdict.outcome.value)
