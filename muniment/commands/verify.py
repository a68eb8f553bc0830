"""`muniment verify`: whether WARC files and indexes hold what they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from muniment.options import collection_options, existing, settings
from muniment.status import ExitStatus
from warc.check import CheckReport, Problem, Severity, check_collection, check_file
from warc.collection import Collection

_COUNTED = ("files", "records", "block digests", "payload digests", "index lines")


@click.command("verify")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@collection_options
@click.option("--notes", is_flag=True, help="Also tell what is sound but another tool may doubt.")
def command(files: tuple[Path, ...], *, notes: bool, **flags: Any) -> ExitStatus:
    """Check WARC files and indexes against themselves: digests, lengths, links, look-ups.

    Without FILES, the whole collection with its indexes. Payload digests are those of the entity
    body (WARC 1.1 section 5.9); `warcio check` digests chunked bodies with their chunks and calls
    these wrong. Exit status 1 where an error was found.
    """
    shown = {Severity.ERROR, Severity.WARNING} | ({Severity.NOTE} if notes else set())

    def tell(problem: Problem) -> None:
        if problem.severity in shown:
            click.echo(str(problem))

    if files:
        return _verify_files(files, tell)
    report = check_collection(Collection(existing(settings(flags)).collection), tell)
    click.echo(_sentence(report))
    return ExitStatus.DONE if report.is_sound else ExitStatus.FAILED


def _verify_files(files: tuple[Path, ...], tell: Callable[[Problem], None]) -> ExitStatus:
    errors = 0
    for file in files:
        for problem in check_file(file):
            tell(problem)
            errors += problem.severity is Severity.ERROR
    click.echo(f"{len(files)} files checked, {errors} errors")
    return ExitStatus.FAILED if errors else ExitStatus.DONE


def _sentence(report: CheckReport) -> str:
    counted = ", ".join(f"{report.counts[name]} {name}" for name in _COUNTED)
    return f"checked {counted}: {report.found[Severity.ERROR]} errors, " + (
        f"{report.found[Severity.WARNING]} warnings"
    )
