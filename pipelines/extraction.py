"""The join from WARC files to statements: read, derive, write the parts, fill the store."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pipelines.parquet import write_parquet
from pipelines.parts import PARQUET_SUFFIX, Tally, read_part
from pipelines.statements.statement import EXTRACTOR_VERSION
from pipelines.store import ExtractedWarc, Store
from pipelines.workers import Advance, PartJob, write_parts
from warc.collection import WARC_SUFFIXES, Collection
from warc.damage import Damage

STATEMENTS = "statements"
CHECK_PREFIX = "check"  # WARC files of link checks: evidence, never a source of statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What `extract` did; `pages` counts captures by kind or by the reason there is no record.

    `failures` are sentences, one for each file that could not be read.
    """

    files: int
    files_new: int
    statements: int
    pages: Counter[str]
    damages: tuple[Damage, ...]
    failures: tuple[str, ...]


def extract(
    collection: Collection,
    store: Store,
    advance: Advance,
    *,
    workers: int = 1,
    parquet: bool = False,
) -> Extraction:
    """Derive the statements of every WARC file that is new or changed since the last time.

    One `statements/NAME.jsonl` per WARC file, written under a temporary name and renamed, by as
    many processes as `workers` says; the store is filled by this one in the order of the files.
    WARC files that are gone are forgotten, and their parts removed. Damage in a file costs no
    other capture of it, a file that cannot be read no other file. With `parquet`, a Parquet file
    lies beside each part.
    """
    known = store.extracted()
    files = source_files(collection)
    store.forget_warcs(known.keys() - {f.name for f in files})
    _remove_parts_but_of(files, collection)
    pages: Counter[str] = Counter()
    damages: list[Damage] = []
    failures: list[str] = []
    new = [f for f in files if not _is_current(f, known.get(f.name), collection)]
    jobs = [
        PartJob(file=f, part=part_path(collection, f.name), indexes=collection.indexes) for f in new
    ]
    for done in write_parts(jobs, workers, advance):
        if done.tally is None:
            failures.append(f"{done.job.file.name}: {done.failure}")
            continue
        store.put_statements(_extracted(done.job.file, done.tally), read_part(done.job.part))
        pages.update(done.tally.pages)
        damages += done.tally.damages
    if parquet:
        _write_parquet([part_path(collection, f.name) for f in files])
    return Extraction(
        files=len(files),
        files_new=len(new) - len(failures),
        statements=store.statement_count(),
        pages=pages,
        damages=tuple(damages),
        failures=tuple(failures),
    )


def source_files(collection: Collection) -> list[Path]:
    """Return the WARC files that statements come from, in name order."""
    return [f for f in collection.warc_files() if not f.name.startswith(f"{CHECK_PREFIX}-")]


def part_path(collection: Collection, warc_name: str) -> Path:
    """Return where the statements of one WARC file lie."""
    return collection.root / STATEMENTS / f"{warc_name}.jsonl"


def _remove_parts_but_of(files: list[Path], collection: Collection) -> None:
    """Remove the parts of WARC files that are gone; other files in the folder stay."""
    known = {f.name for f in files}
    for suffix in (".jsonl", PARQUET_SUFFIX):
        for part in (collection.root / STATEMENTS).glob(f"*{suffix}"):
            warc_name = part.name.removesuffix(suffix)
            if warc_name.endswith(WARC_SUFFIXES) and warc_name not in known:
                part.unlink()


def _write_parquet(parts: list[Path]) -> None:
    """Write the Parquet files that are missing or older than their parts."""
    for part in parts:
        target = part.with_suffix(PARQUET_SUFFIX)
        if part.exists() and not _is_newer(target, part):
            write_parquet([part], target)


def _is_newer(target: Path, part: Path) -> bool:
    return target.exists() and target.stat().st_mtime_ns >= part.stat().st_mtime_ns


def _extracted(file: Path, tally: Tally) -> ExtractedWarc:
    return ExtractedWarc(
        name=file.name,
        size=file.stat().st_size,
        extractor=EXTRACTOR_VERSION,
        pages=tally.pages,
        damage=len(tally.damages),
    )


def _is_current(file: Path, known: ExtractedWarc | None, collection: Collection) -> bool:
    return (
        known is not None
        and known.size == file.stat().st_size
        and known.extractor == EXTRACTOR_VERSION
        and part_path(collection, file.name).exists()
    )
