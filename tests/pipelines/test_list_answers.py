"""Answers on disk: written together, visible to every look, lost to nobody who asks again."""

from __future__ import annotations

import errno
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines.list_answers import Answer, ListAnswers
from pipelines.verdicts.plain import Plain

URL = "http://a.test/{}"


def _answer(words: str = "The page opens.") -> Answer:
    return Answer(
        verdict=Plain.ALIVE,
        reason="ok",
        sentence=words,
        confidence="high",
        final_url=None,
        http_status=200,
        evidence=(),
    )


def _on_disk(file: Path) -> int:
    with sqlite3.connect(file) as base:
        (count,) = base.execute("SELECT count(*) FROM answers").fetchone()
    base.close()
    return int(count)


def test_what_was_put_is_on_disk_once_it_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "answers.sqlite"
    with ListAnswers(file) as answers:
        answers.put(URL.format(1), _answer(), is_settled=True)
        answers.put(URL.format(2), _answer(), is_settled=True)
        assert _on_disk(file) == 0
        answers.keep()
        assert _on_disk(file) == 2
        answers.put(URL.format(3), _answer(), is_settled=True)
    assert _on_disk(file) == 3


def test_many_answers_do_not_wait_to_be_kept(tmp_path: Path) -> None:
    file = tmp_path / "answers.sqlite"
    with ListAnswers(file) as answers:
        for number in range(1000):
            answers.put(URL.format(number), _answer(), is_settled=True)
        assert _on_disk(file) >= 800


def test_a_full_disk_is_told_and_what_was_kept_stays(tmp_path: Path) -> None:
    file = tmp_path / "answers.sqlite"
    with ListAnswers(file) as answers:
        answers.put(URL.format(1), _answer(), is_settled=True)
        answers.keep()
        with _no_more_than(1 << 16):
            answers.put(URL.format(2), _answer("x" * (1 << 20)), is_settled=True)
            with pytest.raises(OSError, match=r"answers\.sqlite") as fault:
                answers.keep()
        assert fault.value.errno == errno.ENOSPC
        with pytest.raises(OSError, match=r"answers\.sqlite"):
            answers.put(URL.format(3), _answer(), is_settled=True)
        assert answers.counts() == (0, 0, 0)
        assert list(answers.in_order()) == []
    assert _on_disk(file) == 1


@contextmanager
def _no_more_than(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size`."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
