"""`muniment verify`: whether WARC files and indexes hold what they say."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from muniment.config import Config, ConfigError
from muniment.options import collection_options, existing, settings
from muniment.problems import Told, ToldAsJson
from muniment.progress import progress
from muniment.status import ExitStatus
from warc.check import check_collection, check_files
from warc.collection import Collection

_MB = 1_000_000
_LOST = (
    "the store has no checks, but the WARC files do: there is no verdict to prove; "
    "run `muniment extract` or `muniment check`, which read them back"
)


@click.command("verify")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@collection_options
@click.option("--verdicts", is_flag=True, help="Prove every verdict from its records instead.")
@click.option(
    "--evidence",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="Of a list's verdicts  [FILE.evidence]",
)
@click.option("--notes", is_flag=True, help="Also tell what is sound but another tool may doubt.")
@click.option("--json", "as_json", is_flag=True, help="Write every finding as one JSON object.")
def command(
    files: tuple[Path, ...],
    evidence: Path | None,
    *,
    verdicts: bool,
    notes: bool,
    as_json: bool,
    **flags: Any,
) -> ExitStatus:
    """Check WARC files and indexes against themselves: digests, lengths, links, look-ups.

    Without FILES, the whole collection, with each capture searched for in its indexes. With
    FILES, those alone, from any tool: WARC or ARC, plain, gzip or Zstandard.

    Of findings of one kind the first five are told, and how many more there are. An error is
    bytes lost or wrong, or a search that fails; a warning is against the standard and readable
    all the same; a note is sound, but another tool may doubt it.

    Payload digests are those of the entity body (WARC 1.1 section 5.9); `warcio check` digests
    chunked bodies with their chunks and calls these wrong: that is a note here.

    With --verdicts, the evidence of every check is made again from its WARC records, found by
    where they lie, and judged again: whatever is missing, altered or leads to another verdict is
    named. No network is asked. With --verdicts FILE, those that `muniment check --output FILE`
    wrote, by the records of its evidence folder.

    Exit status 1 where an error was found.
    """
    if verdicts:
        return _verdicts(files, evidence, settings(flags), as_json=as_json)
    told = ToldAsJson(click.echo) if as_json else Told(click.echo, notes=notes)
    collection = None if files else Collection(existing(settings(flags)).collection)
    with progress("verify") as advance:

        def on_progress(done: int, total: int, name: str) -> None:
            advance(done // _MB, total // _MB, f"MB  {name}")

        if collection is None:
            report = check_files(files, told.problem, on_progress)
        else:
            report = check_collection(collection, told.problem, on_progress)
    told.end(report)
    return ExitStatus.DONE if report.is_sound else ExitStatus.FAILED


def _verdicts(
    files: tuple[Path, ...], evidence: Path | None, config: Config, *, as_json: bool
) -> ExitStatus:
    from muniment import verdict_proofs

    if len(files) > 1 or (evidence and not files):
        raise click.UsageError("--verdicts proves a collection's checks, or those of one FILE.")
    if files:
        folder = Collection(evidence or Path(f"{files[0]}.evidence"))
        if not folder.archive.is_dir():
            raise ConfigError(f"{folder.root}: no evidence here; --evidence names the folder")
        prove = partial(verdict_proofs.prove_list, files[0], folder)
    else:
        collection = _checked(config)
        if verdict_proofs.is_store_lost(collection):
            click.echo(f"error: {collection.root}: {_LOST}", err=True)
            return ExitStatus.FAILED
        prove = partial(verdict_proofs.prove_collection, collection)
    told = (verdict_proofs.ToldAsJson if as_json else verdict_proofs.Told)(click.echo)
    with progress("verify") as advance:
        proved = prove(told, advance)
    return ExitStatus.DONE if proved else ExitStatus.FAILED


def _checked(config: Config) -> Collection:
    from pipelines.refill import check_files
    from pipelines.store import STORE_NAME

    collection = Collection(existing(config).collection)
    if not (collection.root / STORE_NAME).exists() and not check_files(collection):
        raise ConfigError(f"{collection.root}: no checks to prove; `muniment check` makes them")
    return collection
