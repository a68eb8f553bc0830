"""`muniment extract`: statements and outlinks from the WARC files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from muniment.config import Config, override
from muniment.options import PlainOption, collection_options, existing, settings
from muniment.parquet_setting import check_parquet
from muniment.runs import Run, open_run
from muniment.status import ExitStatus, StageOutcome


@click.command("extract")
@collection_options
@click.option(
    "--from",
    "files",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Read this WARC or ARC file, of any tool; needs no collection. May be repeated.",
)
@click.option(
    "--output",
    metavar="FILE",
    help="With --from: where the statements go, FILE.jsonl, FILE.parquet or -  [-]",
)
@click.option(
    "--workers",
    cls=PlainOption,
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that read, a file each  [all cores]",
)
def command(
    files: tuple[Path, ...], output: str | None, workers: int | None, **flags: Any
) -> ExitStatus:
    """Derive statements and their outlinks from the WARC files.

    Only WARC files that are new or changed are read; statements/NAME.jsonl is written for each.
    Delete statements/ or indexes/ and run it again: the same bytes come back.

    With --from, the statements of those files alone go to --output, one JSON object a line in the
    order of the files, whatever the number of workers. Exit status 1 where a file cannot be read.
    """
    config = settings(flags)
    config = override(config, extract=override(config.extract, workers=workers))
    if files:
        from muniment.extract_files import extract_files

        return extract_files(files, output or "-", worker_count(config))
    if output is not None:
        raise click.UsageError("--output goes with --from FILE; a collection has statements/")
    check_parquet(config.extract)
    with open_run(existing(config), "extract") as run:
        run.stage("extract", stage)
    return run.status


def worker_count(config: Config) -> int:
    """Return how many processes read: as set, or one for each core this process may use."""
    if config.extract.workers > 0:
        return config.extract.workers
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def stage(run: Run) -> StageOutcome:
    """Extract what is new; see `muniment.extract_collection`."""
    from muniment.extract_collection import extract_collection

    return extract_collection(run, worker_count(run.config))
