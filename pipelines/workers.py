"""Parts made by several processes, files as units; what comes out does not depend on how many."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from multiprocessing.sharedctypes import RawArray
from pathlib import Path
from typing import Any

from pipelines.parts import STATEMENT, Tally, write_part

_AHEAD = 2  # jobs handed out for each worker, so that none waits while the parent loads a part
_LOOK_EVERY_SECONDS = 0.2
_DIED = "the process that read it died; run it again, alone with --workers 1"

Advance = Callable[[int, int | None, str], None]
_Outcomes = Generator[tuple[int, "PartDone"], None, list[int]]


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
    board = _Board(jobs, advance)
    if min(len(jobs), workers) <= 1:
        for number, job in enumerate(jobs):
            done = _write(job, board.under_way(number))
            board.end(number)
            yield done
        return
    kept: dict[int, PartDone] = {}
    due = 0
    for number, done in _Pool(jobs, min(len(jobs), workers), board).run():
        kept[number] = done
        while due in kept:
            yield kept.pop(due)
            due += 1


def _write(job: PartJob, under_way: Callable[[int, int], None]) -> PartDone:
    try:
        tally = write_part(job.file, job.part, under_way, indexes=job.indexes)
    except OSError as error:
        return PartDone(job=job, failure=f"cannot be read: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001 - named with its file; the other files go on
        return PartDone(job=job, failure=f"{type(error).__name__}: {error}")
    return PartDone(job=job, tally=tally)


class _Board:
    """How far each job is: two numbers a job in memory that the workers share, without locks.

    A worker that dies can leave no lock behind that others would wait for.
    """

    def __init__(self, jobs: Sequence[PartJob], advance: Advance) -> None:
        self._names = [job.file.name for job in jobs]
        self._sizes = [_size(job.file) for job in jobs]
        self._total = sum(self._sizes)
        self._advance = advance
        self._ended: set[int] = set()
        self.figures: Any = RawArray("q", 2 * len(jobs))

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


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0  # told where it is opened


class _Pool:
    """Worker processes; after one has died, the jobs it may have had are tried one by one."""

    def __init__(self, jobs: Sequence[PartJob], workers: int, board: _Board) -> None:
        self._jobs = jobs
        self._workers = workers
        self._board = board

    def run(self) -> Iterator[tuple[int, PartDone]]:
        """Yield the end of each job with its number, as they end."""
        waiting = deque(range(len(self._jobs)))
        while waiting:
            for number in (yield from self._until_one_dies(waiting, self._workers)):
                suspects = yield from self._until_one_dies(deque([number]), 1)
                for guilty in suspects:
                    yield guilty, PartDone(job=self._jobs[guilty], failure=_DIED)

    def _until_one_dies(self, waiting: deque[int], workers: int) -> _Outcomes:
        """Do the waiting jobs; return those under way when a worker died."""
        running: dict[Any, int] = {}
        try:
            with self._processes(workers) as pool:
                while waiting or running:
                    while waiting and len(running) < workers * _AHEAD:
                        job = self._jobs[waiting[0]]
                        running[pool.submit(_work, waiting[0], job)] = waiting[0]
                        waiting.popleft()
                    ended, _ = wait(running, _LOOK_EVERY_SECONDS, FIRST_COMPLETED)
                    self._board.look(list(running.values()))
                    for future in ended:
                        done = future.result()
                        number = running.pop(future)
                        self._board.end(number)
                        yield number, done
        except BrokenProcessPool:
            return sorted(running.values())
        return []

    @contextmanager
    def _processes(self, workers: int) -> Iterator[ProcessPoolExecutor]:
        others = set(multiprocessing.active_children())
        pool = ProcessPoolExecutor(
            workers, _context(), initializer=_begin, initargs=(self._board.figures,)
        )
        try:
            yield pool
        except BaseException:
            for child in set(multiprocessing.active_children()) - others:
                child.terminate()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _context() -> BaseContext:
    """Return how processes are started: never by forking this one, which may have threads."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


_FIGURES: list[Any] = []  # of this worker's pool


def _begin(figures: Any) -> None:
    """Make a worker ready: Ctrl-C is its parent's to answer, whose end is its own."""
    _FIGURES[:] = [figures]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _work(number: int, job: PartJob) -> PartDone:
    figures = _FIGURES[0]

    def tell(offset: int, statements: int) -> None:
        figures[2 * number], figures[2 * number + 1] = offset, statements

    done = _write(job, tell)
    if done.tally is not None:
        tell(_size(job.file), done.tally.pages[STATEMENT])
    return done
