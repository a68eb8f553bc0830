"""`muniment extract`: statements and outlinks from the WARC files."""

from __future__ import annotations

from typing import Any

import click

from muniment.options import collection_options, settings
from muniment.progress import progress
from muniment.runs import Run, open_run
from muniment.status import ExitStatus, StageOutcome
from pipelines.extraction import extract
from pipelines.store import STORE_NAME, Store


@click.command("extract")
@collection_options
def command(**flags: Any) -> ExitStatus:
    """Derive statements and their outlinks from the WARC files.

    Only WARC files that are new or changed are read; statements/NAME.jsonl is written for each.
    Delete statements/ and run it again: the same bytes come back.
    """
    with open_run(settings(flags), "extract") as run:
        run.stage("extract", stage)
    return run.status


def stage(run: Run) -> StageOutcome:
    """Extract what is new; damage is named, and costs no more than the captures it hit."""
    with Store(run.collection.root / STORE_NAME) as store, progress("extract") as advance:
        done = extract(run.collection, store, advance)
    outcome = StageOutcome(stage="extract")
    outcome.figures = {
        "statements": done.statements,
        "WARC files read": done.files_new,
        "known before": done.files - done.files_new,
    }
    other = {kind: n for kind, n in done.pages.items() if kind != "statement"}
    if other:
        counts = ", ".join(f"{n} {kind}" for kind, n in sorted(other.items()))
        outcome.notes.append(f"captures without a statement: {counts}")
    outcome.notes += [
        f"{damage.file} at offset {damage.offset}: {damage.reason}; the rest of the file was read"
        for damage in done.damages
    ]
    return outcome
