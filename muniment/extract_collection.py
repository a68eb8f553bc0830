"""Statements of a collection's WARC files: what is new is read, and told in words."""

from __future__ import annotations

from muniment.check_settings import void_rules
from muniment.indexing import index_missing
from muniment.progress import in_megabytes, progress
from muniment.runs import Run, utcnow
from muniment.status import ExitStatus, StageOutcome
from muniment.unextracted import in_words
from pipelines.extraction import extract
from pipelines.refill import refill_lost
from pipelines.states import refresh_states
from pipelines.store import STORE_NAME, Store
from pipelines.verdicts.rules import Rules


def extract_collection(run: Run, workers: int) -> StageOutcome:
    """Extract what is new; damage is named, and costs no more than the captures it hit."""
    outcome = StageOutcome(stage="extract")
    outcome.notes += index_missing(run.collection)
    parquet = run.config.extract.parquet
    with Store(run.collection.root / STORE_NAME) as store, progress("extract") as advance:
        done = extract(
            run.collection, store, in_megabytes(advance), workers=workers, parquet=parquet
        )
        read_back = refill_lost(run.collection, store, Rules(), void_rules(run.config))
        if read_back:
            refresh_states(store, run.config.lifecycle, now=utcnow())
            outcome.notes += read_back
    outcome.figures = {
        "statements": done.statements,
        "WARC files read": done.files_new,
        "known before": done.files - done.files_new - len(done.failures),
    }
    if done.failures:
        outcome.status = ExitStatus.FAILED
        outcome.notes += done.failures
    if not done.files:
        outcome.notes.append("nothing has been captured yet: `muniment capture` does that")
    outcome.notes += in_words(done.pages, done.damages)
    return outcome
