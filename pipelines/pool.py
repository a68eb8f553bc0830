"""The processes that write parts; after one has died, the others go on."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from multiprocessing.sharedctypes import RawArray
from typing import Any

from pipelines.parts import STATEMENT
from pipelines.workers import Advance, Board, PartDone, PartJob, figures_of, size, write

_AHEAD = 2  # jobs handed out for each worker, so that none waits while the parent loads a part
_LOOK_EVERY_SECONDS = 0.2
_DIED = "the process that read it died; run it again, alone with --workers 1"

_Outcomes = Generator[tuple[int, PartDone], None, list[int]]


def pooled(
    jobs: Sequence[PartJob], workers: int, advance: Advance
) -> Iterator[tuple[int, PartDone]]:
    """Write the part of every job by so many processes; yield each job's number as it ends."""
    board = Board(jobs, advance, RawArray("q", figures_of(jobs)))
    return _Pool(jobs, workers, board).run()


class _Pool:
    """Worker processes; after one has died, the jobs it may have had are tried one by one."""

    def __init__(self, jobs: Sequence[PartJob], workers: int, board: Board) -> None:
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
    """Return how processes are started: by forking this one only where it has no other threads.

    A fork has everything imported; another way takes as long as some hundred pages.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    if threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


_FIGURES: list[Any] = []  # of this worker's pool


def _begin(figures: Any) -> None:
    """Make a worker ready: Ctrl-C is its parent's to answer, whose end is its own."""
    _FIGURES[:] = [figures]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a fork has what the parent answers with
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

    done = write(job, tell)
    if done.tally is not None:
        tell(size(job.file), done.tally.pages[STATEMENT])
    return done
