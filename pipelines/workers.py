"""Parts made by several processes, files as units; what comes out does not depend on how many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.parts import Tally, write_part

Advance = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartJob:
    """One WARC file to read, the part to write, where the CDXJ files lie if there are any."""

    file: Path
    part: Path
    indexes: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDone:
    """A job's end: its tally, or in words why there is none; one of the two is set."""

    job: PartJob
    tally: Tally | None = None
    failure: str | None = None


def write_parts(jobs: Sequence[PartJob], workers: int, advance: Advance) -> Iterator[PartDone]:
    """Write the part of every job; yield how each ended, in the order of the jobs.

    One job, or one worker, stays in this process. `advance` is told bytes read, bytes in all and
    the file under way with its statements. A file that cannot be read, or kills the process that
    reads it, stops no other.
    """
    if min(len(jobs), workers) <= 1:
        board = Board(jobs, advance, [0] * figures_of(jobs))
        for number, job in enumerate(jobs):
            done = write(job, board.under_way(number))
            board.end(number)
            yield done
        return
    from pipelines.pool import pooled  # what makes processes takes a while to import

    kept: dict[int, PartDone] = {}
    due = 0
    for number, done in pooled(jobs, min(len(jobs), workers), advance):
        kept[number] = done
        while due in kept:
            yield kept.pop(due)
            due += 1


def write(job: PartJob, under_way: Callable[[int, int], None]) -> PartDone:
    """Write one part; return how it ended, whatever happened."""
    try:
        tally = write_part(job.file, job.part, under_way, indexes=job.indexes)
    except OSError as error:
        return PartDone(job=job, failure=f"cannot be read: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001 - named with its file; the other files go on
        return PartDone(job=job, failure=f"{type(error).__name__}: {error}")
    return PartDone(job=job, tally=tally)


def figures_of(jobs: Sequence[PartJob]) -> int:
    """Return how many numbers a board has: two a job."""
    return 2 * len(jobs)


class Board:
    """How far each job is: in `figures` the offset and the statements of each, one after another.

    Workers share them, without locks: one that dies can leave none behind that others would wait
    for.
    """

    def __init__(self, jobs: Sequence[PartJob], advance: Advance, figures: Any) -> None:
        self._names = [job.file.name for job in jobs]
        self._sizes = [size(job.file) for job in jobs]
        self._total = sum(self._sizes)
        self._advance = advance
        self._ended: set[int] = set()
        self.figures = figures

    def under_way(self, number: int) -> Callable[[int, int], None]:
        """Return what a job in this process tells of itself with."""

        def tell(offset: int, statements: int) -> None:
            self.figures[2 * number], self.figures[2 * number + 1] = offset, statements
            self._tell(number)

        return tell

    def look(self, running: Sequence[int]) -> None:
        """Tell what the workers' figures show; of the jobs under way the furthest is named."""
        if running:
            self._tell(max(running, key=lambda number: int(self.figures[2 * number])))

    def end(self, number: int) -> None:
        """Note the end of a job."""
        self._ended.add(number)
        self._tell(number)

    def _tell(self, number: int) -> None:
        done = sum(self._sizes[ended] for ended in self._ended)
        done += sum(
            min(int(self.figures[2 * n]), size)
            for n, size in enumerate(self._sizes)
            if n not in self._ended
        )
        words = f"{self._names[number]}: {int(self.figures[2 * number + 1])} statements"
        self._advance(done, self._total, words)


def size(file: Path) -> int:
    """Return a file's size, 0 where it cannot be told."""
    try:
        return file.stat().st_size
    except OSError:
        return 0  # told where it is opened
