"""Parts made by several processes: order, deaths, files that cannot be read."""

from __future__ import annotations

import multiprocessing
import os
import threading
from pathlib import Path

import pytest
from statement_pages import captured, page

from pipelines.workers import PartJob, write_parts


def job(folder: Path, name: str) -> PartJob:
    file = folder / name
    if not file.exists():
        file.write_bytes(captured(page(f"Title of {name}"), f"/r/{name}.htm"))
    return PartJob(file=file, part=folder / "parts" / f"{name}.jsonl")


def silent(*_: object) -> None:
    """Want no progress."""


@pytest.mark.parametrize("workers", [1, 2])
def test_every_job_ends_in_its_place(tmp_path: Path, workers: int) -> None:
    told: list[tuple[int, int | None, str]] = []
    jobs = [job(tmp_path, f"{n}.warc.gz") for n in range(5)]
    ended = list(write_parts(jobs, workers, lambda *words: told.append(words)))
    assert [one.job for one in ended] == jobs
    assert [one.tally and one.tally.pages["statement"] for one in ended] == [1] * 5
    size = sum(one.file.stat().st_size for one in jobs)
    assert told[-1][:2] == (size, size)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_is_not_there_stops_no_other(tmp_path: Path, workers: int) -> None:
    jobs = [job(tmp_path, "a.warc.gz"), job(tmp_path, "b.warc.gz"), job(tmp_path, "c.warc.gz")]
    jobs[1].file.unlink()
    ended = list(write_parts(jobs, workers, silent))
    assert [one.failure for one in ended] == [
        None, "cannot be read: No such file or directory", None,
    ]  # fmt: skip


def test_a_worker_that_dies_costs_its_own_file_alone(tmp_path: Path) -> None:
    jobs = [job(tmp_path, name) for name in ("a.warc.gz", "b.warc.gz", "c.warc.gz")]
    long = page("Long", *["Word upon word."] * 9000)
    jobs[1].file.write_bytes(captured(long, "/r/b.htm"))
    pipe = jobs[1].part.with_name(f"{jobs[1].part.name}.tmp")
    pipe.parent.mkdir()
    os.mkfifo(pipe)  # who writes more than a pipe holds waits for a reader, and is killed at that

    def kill_twice() -> None:
        for _ in range(2):  # among others, and then alone
            descriptor = os.open(pipe, os.O_RDONLY)
            for child in multiprocessing.active_children():
                child.kill()
                child.join(5)
            os.close(descriptor)

    killer = threading.Thread(target=kill_twice, daemon=True)
    killer.start()
    ended = list(write_parts(jobs, 2, silent))
    killer.join(5)
    assert [one.job for one in ended] == jobs
    assert [one.tally is not None for one in ended] == [True, False, True]
    assert ended[1].failure is not None
    assert "died" in ended[1].failure
