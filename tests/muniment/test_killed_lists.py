"""A check of a list that was killed before its answers were kept asks none of them again."""

from __future__ import annotations

import json
import sqlite3
from contextlib import chdir, closing
from pathlib import Path

from cited_web import cited_web
from click.testing import CliRunner

from muniment.cli import cli
from muniment.status import ExitStatus
from pipelines.list_answers import ANSWERS_NAME

LINES = ["http://good.test/a", "http://gone.test/b", "http://silent.test/c"]


def check() -> list[tuple[str, str]]:
    arguments = ["check", "--input", "l.txt", "--output", "o.jsonl"]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert result.exception is None, result.exception
    assert result.return_value is ExitStatus.DONE
    lines = map(json.loads, Path("o.jsonl").read_text("utf-8").splitlines())
    return [(one["verdict"], one["reason"]) for one in lines]


def test_what_is_in_the_warc_files_is_not_asked_again(tmp_path: Path) -> None:
    with cited_web() as web, chdir(tmp_path):
        Path("muniment.toml").write_text(web.settings(), "utf-8")
        Path("l.txt").write_text("\n".join(LINES), "utf-8")
        web.statuses |= {"gone.test": 410, "silent.test": 0}
        first = check()
        with closing(sqlite3.connect(f"o.jsonl.evidence/{ANSWERS_NAME}")) as answers, answers:
            answers.execute("DELETE FROM answers")
            answers.execute("UPDATE run SET is_done = 0")
        before = Path("o.jsonl").read_text("utf-8")
        assert check() == first
        assert [web.asked[url] for url in LINES] == [1, 1, 2], "silence may have passed"
        assert Path("o.jsonl").read_text("utf-8").splitlines()[:2] == before.splitlines()[:2]
        assert check() == first
        assert [web.asked[url] for url in LINES] == [2, 2, 3], "what is done is asked anew"
