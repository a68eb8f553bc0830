"""Progress on standard error: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

Advance = Callable[[int, int | None, str], None]
_PLAIN_EVERY_SECONDS = 10.0
_MB = 1_000_000


@contextmanager
def progress(label: str) -> Iterator[Advance]:
    """Yield `advance(done, total, words)`; a total of None means that it is not known yet."""
    if sys.stderr.isatty():
        with _bar(label) as advance:
            yield advance
    else:
        yield _plain(label)


def in_megabytes(advance: Advance) -> Advance:
    """Return `advance` for bytes, told in megabytes, each begun one counted."""
    return lambda done, total, words: advance(
        -(-done // _MB), None if total is None else -(-total // _MB), f"MB  {words}"
    )


@contextmanager
def _bar(label: str) -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<8}"),
        BarColumn(bar_width=32),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[words]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(label, total=None, words="")
        yield lambda done, total, words: bar.update(task, completed=done, total=total, words=words)


def _plain(label: str) -> Advance:
    last = time.monotonic()

    def advance(done: int, total: int | None, words: str) -> None:
        nonlocal last
        if time.monotonic() - last >= _PLAIN_EVERY_SECONDS:
            last = time.monotonic()
            of = f" of {total}" if total is not None else ""
            click.echo(f"{label}: {done}{of} {words}".rstrip(), err=True)

    return advance
