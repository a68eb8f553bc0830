"""`muniment status`: what a collection holds and how its last runs ended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from muniment.options import collection_options, settings
from muniment.status import ExitStatus
from pipelines.store import STORE_NAME, Store
from warc.collection import Collection

_RUNS_SHOWN = 5


@click.command("status")
@collection_options
def command(**flags: Any) -> ExitStatus:
    """Show what the collection holds and how its last runs ended. Changes nothing."""
    config = settings(flags)
    collection = Collection(config.collection)
    if not collection.archive.is_dir():
        click.echo(f"{collection.root}: no collection here yet; `muniment run` makes one")
        return ExitStatus.DONE
    click.echo(f"collection {collection.name} in {collection.root}")
    files = collection.warc_files()
    size = sum(file.stat().st_size for file in files)
    click.echo(f"  archive     {len(files)} WARC files, {size / 1e6:.1f} MB")
    for unfinished in sorted(collection.archive.glob("*.open")):
        click.echo(f"  unfinished  {unfinished.name}: the next capture puts it right")
    _store(collection.root / STORE_NAME)
    _runs(collection.root / "runs")
    return ExitStatus.DONE


def _store(path: Path) -> None:
    if not path.exists():
        click.echo("  statements  none yet; `muniment extract` derives them")
        return
    with Store(path) as store:
        click.echo(f"  statements  {store.statement_count()}")
        outcomes = ", ".join(f"{n} {outcome}" for outcome, n in store.outcome_counts().items())
        click.echo(f"  links       {outcomes or 'none checked yet; `muniment check` asks them'}")


def _runs(folder: Path) -> None:
    runs = sorted(folder.glob("*/run.json"))[-_RUNS_SHOWN:]
    for file in reversed(runs):
        try:
            run = json.loads(file.read_text("utf-8"))
            line = f"{run['run']}  {run['command']:<8} {run['status_name']}"
        except (ValueError, KeyError, OSError) as error:
            line = f"{file}: not readable: {error}"
        click.echo(f"  run         {line}")
