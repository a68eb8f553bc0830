"""Statements of WARC files named on the command line, into one file or to standard output."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import click

from muniment.progress import in_megabytes, progress
from muniment.runs import UnwritableError
from muniment.status import ExitStatus
from muniment.unextracted import in_words
from pipelines.parquet import require_parquet, write_parquet
from pipelines.parts import PARQUET_SUFFIX, STATEMENT
from pipelines.workers import PartDone, PartJob, write_parts
from warc.damage import Damage
from warc.wacz import WaczError, is_wacz, unpacked

_STDOUT = "-"


def extract_files(files: Sequence[Path], output: str, workers: int) -> ExitStatus:
    """Write the statements of `files` to `output`, the summary to standard error.

    FAILED where a file cannot be read or holds nothing but damage; the others are written all the
    same. Raises UnwritableError for an output that cannot be made.
    """
    target = None if output == _STDOUT else Path(output)
    _refuse_own_input(files, target)
    if target is not None and target.suffix == PARQUET_SUFFIX:
        require_parquet()
    telling = _Telling()
    with ExitStack() as packages, _folder(target) as folder, progress("extract") as advance:
        jobs = [
            PartJob(file=file, part=folder / f"{number}.jsonl")
            for number, file in enumerate(telling.unpacked(files, packages))
        ]
        done = telling.heard(write_parts(jobs, workers, in_megabytes(advance)))
        parts = (one.job.part for one in done if one.tally is not None)
        if target is None:
            _join(parts, sys.stdout.buffer)
        else:
            _write(parts, folder / f"output{target.suffix}", target)
    return telling.end(output)


def _refuse_own_input(files: Sequence[Path], target: Path | None) -> None:
    if target is not None and target.exists() and any(target.samefile(file) for file in files):
        raise click.UsageError(f"{target} is one of the files to read; name another --output")


@contextmanager
def _folder(target: Path | None) -> Iterator[Path]:
    """Yield a folder for the parts, beside the output, so that a rename ends the work."""
    beside = None if target is None else target.absolute().parent
    name = "" if target is None else target.name
    try:
        folder = TemporaryDirectory(prefix=f".{name}.", dir=beside)
    except OSError as error:
        raise UnwritableError(f"{beside}: cannot be written: {error.strerror}") from error
    with folder as path:
        yield Path(path)


def _write(parts: Iterable[Path], temporary: Path, target: Path) -> None:
    if target.suffix == PARQUET_SUFFIX:
        write_parquet(parts, temporary)
    else:
        with temporary.open("wb") as out:
            _join(parts, out)
    try:
        temporary.replace(target)
    except OSError as error:
        raise UnwritableError(f"{target}: cannot be written: {error.strerror}") from error


def _join(parts: Iterable[Path], out: BinaryIO) -> None:
    """Append each part as soon as it is there, and delete it."""
    for part in parts:
        with part.open("rb") as lines:
            shutil.copyfileobj(lines, out, 1 << 20)
        part.unlink()
    out.flush()


class _Telling:
    """What there is to tell at the end."""

    def __init__(self) -> None:
        self._files = 0
        self._pages: Counter[str] = Counter()
        self._damages: list[Damage] = []
        self._failures: list[str] = []

    def unpacked(self, files: Sequence[Path], packages: ExitStack) -> Iterator[Path]:
        """Yield the files, those inside a WACZ in its stead; a package that is none is noted."""
        for file in files:
            if not is_wacz(file):
                yield file
                continue
            try:
                yield from packages.enter_context(unpacked(file))
            except WaczError as error:
                self._failures.append(str(error))

    def heard(self, done: Iterable[PartDone]) -> Iterator[PartDone]:
        """Yield the same, each noted."""
        for one in done:
            if one.tally is None:
                self._failures.append(f"{one.job.file}: {one.failure}")
            else:
                self._files += 1
                self._pages.update(one.tally.pages)
                self._damages += one.tally.damages
                if one.tally.nothing_read:
                    self._failures.append(f"{one.job.file}: holds no capture that can be read")
            yield one

    def end(self, output: str) -> ExitStatus:
        """Write the summary to standard error; return what the command ends with."""
        where = "" if output == _STDOUT else f" in {output}"
        files = "1 file" if self._files == 1 else f"{self._files} files"
        click.echo(f"{self._pages[STATEMENT]} statements of {files}{where}", err=True)
        for sentence in [*in_words(self._pages, self._damages), *self._failures]:
            click.echo(f"  ! {sentence}", err=True)
        return ExitStatus.FAILED if self._failures else ExitStatus.DONE
