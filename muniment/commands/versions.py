"""`muniment versions`: the captures of one statement and their differences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from muniment.config import ConfigError
from muniment.options import collection_options, existing, settings
from muniment.printable import printable
from muniment.status import ExitStatus
from pipelines.extraction import part_path
from pipelines.store import STORE_NAME, Store
from pipelines.versions import Change, Version, difference, statement_in, versions
from warc.collection import Collection

_WORDS = {
    Change.FIRST: "first capture",
    Change.SAME: "unchanged",
    Change.MARKUP: "only markup changed",
    Change.TEXT: "text changed",
}


@click.command("versions")
@click.argument("url")
@collection_options
@click.option("--diff", is_flag=True, help="Show what changed in the text, a paragraph a line.")
def command(url: str, *, diff: bool, **flags: Any) -> ExitStatus:
    """List the captures of the statement at URL: date, WARC file and offset, what changed.

    A changed text is told from changed markup by the digest over title and paragraphs. Exit
    status 1 where no capture of URL gives a statement.
    """
    collection = Collection(existing(settings(flags)).collection)
    if not (collection.root / STORE_NAME).exists():
        raise ConfigError(f"{collection.root}: nothing extracted yet; `muniment extract` first")
    with Store(collection.root / STORE_NAME) as store:
        found = versions(store, url)
    if not found:
        click.echo(f"no capture of {printable(url)} gives a statement", err=True)
        return ExitStatus.FAILED
    for one in found:
        place = f"{one.warc} at offset {one.offset}"
        click.echo(f"{one.captured}  {_WORDS[one.change]}  {place}  {printable(one.title)}")
    for before, after in pairwise(found) if diff else ():
        if after.change is Change.TEXT:
            for line in _difference(collection, before, after):
                click.echo(printable(line))
    return ExitStatus.DONE


def _difference(collection: Collection, before: Version, after: Version) -> Iterator[str]:
    parts: list[Path] = [part_path(collection, one.warc) for one in (before, after)]
    try:
        old, new = statement_in(parts[0], before), statement_in(parts[1], after)
    except FileNotFoundError as error:
        raise ConfigError(f"{error.filename} is missing; `muniment extract` makes it") from error
    if old is not None and new is not None:
        yield ""
        yield from difference(old, new)
