"""The join from cited links to checks: probe, judge, keep in the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from pipelines.checks.evidence import Evidence
from pipelines.checks.ledger import Ledger
from pipelines.checks.probe import Probe
from pipelines.store import Store
from pipelines.unjudged import Unjudged
from pipelines.verdicts.verdict import Outcome, Rules, Verdict, judge
from warc.writer import WarcWriter

_BATCH = 50

Advance = Callable[[int, int | None, str], None]


class CheckLog:
    """Judges evidence as it comes and commits it in batches, the WARC first.

    What the store names is on disk: the run's ledger is written and the writer synced before
    each commit. What a kill takes of a batch is read back from its records.
    """

    def __init__(self, store: Store, writer: WarcWriter, rules: Rules, run_id: str) -> None:
        self._store = store
        self._writer = writer
        self._rules = rules
        self._run_id = run_id
        self.ledger = Ledger(writer, run_id)
        self._batch: list[tuple[Evidence, Verdict]] = []
        self.outcomes: Counter[Outcome] = Counter()
        self.unjudged = Unjudged()

    def add(self, evidence: Evidence) -> None:
        """Judge one link's evidence and keep it."""
        verdict = judge([evidence], self._rules)
        self.outcomes[verdict.outcome] += 1
        self.unjudged.add(evidence.url, verdict)
        self._batch.append((evidence, verdict))
        if len(self._batch) >= _BATCH:
            self.commit()

    def commit(self) -> None:
        """Write what is pending."""
        if self._batch:
            self.ledger.add(evidence for evidence, _ in self._batch)
            self._writer.sync()
            self._store.put_checks(self._run_id, self._batch)
            self._batch = []


async def check(urls: Sequence[str], probe: Probe, log: CheckLog, advance: Advance) -> None:
    """Ask every URL once and keep the evidence with its verdict."""
    done = 0

    def on_evidence(evidence: Evidence) -> None:
        nonlocal done
        done += 1
        log.add(evidence)
        advance(done, len(urls), "")

    try:
        await probe.run(urls, on_evidence)
    finally:
        log.commit()
