"""The course over runs: how the links stood at the end of each run of checks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from pipelines.check_runs import CheckRun
from pipelines.store import Check, LinkHistory
from pipelines.verdicts.packs import PACKS, PackName
from reports.definitions import course
from reports.earlier_run import counting
from reports.findings import RunFigures
from reports.standing import Standing

Revise = Callable[[LinkHistory, Check, Standing], Standing]


def trend(
    histories: Sequence[LinkHistory],
    pack: PackName = PackName.STRICT,
    revise: Revise | None = None,
    runs: Sequence[CheckRun] = (),
) -> tuple[RunFigures, ...]:
    """Return how the links known then stood after each run, oldest first.

    Of `runs`, those that are void change nothing and stand with the reason.

    A link that a run did not ask stands as its last check before left it; links that no current
    statement cites any more are in none of the figures. Where a link stands
    follows the definition `pack`, and then `revise`.
    """
    ends: dict[str, datetime] = {}
    asked: defaultdict[str, dict[str, Standing]] = defaultdict(dict)
    for history in histories:
        counted = counting(history.checks)
        for check, stood in zip(counted, course(counted, PACKS[pack]), strict=True):
            known = revise(history, check, stood) if revise else stood
            asked[check.run_id][history.url] = known
            ends[check.run_id] = max(check.checked, ends.get(check.run_id, check.checked))
    now: dict[str, Standing] = {}
    counts: Counter[Standing] = Counter()
    figures: list[RunFigures] = []
    void = {run.run_id: run for run in runs if run.void}
    for run_id in sorted(asked.keys() | void.keys()):
        counts.subtract(now[url] for url in asked[run_id] if url in now)
        counts.update(asked[run_id].values())
        now.update(asked[run_id])
        run = void.get(run_id)
        figures.append(
            RunFigures(
                run_id=run_id,
                ended=(run.ended or run.began) if run else ends[run_id],
                standings=dict(counts),
                void=run.void if run else "",
            )
        )
    return tuple(figures)
