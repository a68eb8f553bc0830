"""`muniment extract`: statements and outlinks from the WARC files."""

from __future__ import annotations

from typing import Any

import click

from muniment.indexing import index_missing
from muniment.options import collection_options, existing, settings
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
    Delete statements/ or indexes/ and run it again: the same bytes come back.
    """
    with open_run(existing(settings(flags)), "extract") as run:
        run.stage("extract", stage)
    return run.status


def stage(run: Run) -> StageOutcome:
    """Extract what is new; damage is named, and costs no more than the captures it hit."""
    outcome = StageOutcome(stage="extract")
    outcome.notes += index_missing(run.collection)
    with Store(run.collection.root / STORE_NAME) as store, progress("extract") as advance:
        done = extract(run.collection, store, advance)
    outcome.figures = {
        "statements": done.statements,
        "WARC files read": done.files_new,
        "known before": done.files - done.files_new,
    }
    if not done.files:
        outcome.notes.append("nothing has been captured yet: `muniment capture` does that")
    other = {kind: n for kind, n in done.pages.most_common() if kind != "statement"}
    if other:
        counts = ", ".join(f"{_WORDS.get(kind, kind)} {n}" for kind, n in other.items())
        outcome.notes.append(f"{sum(other.values())} captures hold no statement: {counts}")
    outcome.notes += [
        f"{damage.file} at offset {damage.offset}: {damage.reason}; the rest of the file was read"
        for damage in done.damages
    ]
    return outcome


# Why a capture is no statement, in words; the codes are `pipelines.statements.record.Reason`.
_WORDS = {
    "blocked": "refusals",
    "document": "PDF and other documents",
    "empty": "empty answers",
    "error": "error pages",
    "index": "indexes",
    "meta-refresh": "forwarding pages",
    "no-template": "pages of no known template",
    "not-html": "images, style sheets and the like",
    "print-stub": "print views",
    "redirect": "redirects",
    "report": "reports",
    "revisit": "repeats of an earlier capture",
    "section": "section pages",
    "technical-difficulties": "“Technical Difficulties” pages",
}
