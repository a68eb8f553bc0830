"""`--control-url`: a list is not judged by what our own network could not hear."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import click
import pytest
from cited_web import Web, cited_web
from click.testing import CliRunner, Result

from muniment.cli import cli
from muniment.status import ExitStatus

CONTROLS = ("--control-url", "http://one.test/", "--control-url", "http://two.test/")
GOOD, SILENT = "http://good.test/a", "http://silent.test/b"


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    with cited_web() as served, chdir(tmp_path):
        settings = served.settings().replace("retries = 0", "retries = 1")
        Path("muniment.toml").write_text(settings, "utf-8")
        Path("l.txt").write_text(f"{GOOD}\n{SILENT}\n", "utf-8")
        served.statuses["silent.test"] = 0
        yield served


def checked() -> tuple[Result, list[tuple[str, str]]]:
    arguments = ("check", "--input", "l.txt", "--output", "o.jsonl", *CONTROLS)
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert result.exception is None, result.exception
    lines = map(json.loads, Path("o.jsonl").read_text("utf-8").splitlines())
    return result, [(one["verdict"], one["reason"]) for one in lines]


def test_control_urls_are_asked_before_the_links_and_after_them(web: Web) -> None:
    web.statuses["one.test"] = 404  # one of them opens: that is enough
    result, found = checked()
    assert result.return_value is ExitStatus.DONE
    assert found == [("alive", "ok"), ("broken", "empty")]
    assert (web.asked["http://one.test/"], web.asked["http://two.test/"]) == (2, 2)
    assert set(web.order[:2]) == set(web.order[-2:]) == {"one.test", "two.test"}


def test_where_none_opens_no_link_is_asked_and_the_next_check_goes_on(web: Web) -> None:
    web.statuses |= {"one.test": 404, "two.test": 0}
    result, found = checked()
    assert result.return_value is ExitStatus.CUT_SHORT
    assert "no link was asked: the control address http://one.test/" in result.output
    assert found == [("uncertain", "not-checked")] * 2
    assert web.asked[GOOD] == 0
    web.statuses["two.test"] = 200
    assert checked()[1] == [("alive", "ok"), ("broken", "empty")]


def test_where_none_opens_any_more_silence_breaks_no_link(web: Web) -> None:
    web.after["silent.test"] = {"one.test": 404, "two.test": 404}
    result, found = checked()
    assert result.return_value is ExitStatus.CUT_SHORT
    assert found == [("alive", "ok"), ("uncertain", "empty")]
    assert "what gave no answer is not called broken" in result.output


def test_a_control_url_that_is_none_is_a_mistake(web: Web) -> None:
    arguments = ("check", "--input", "l.txt", "--control-url", "one.test")
    with pytest.raises(click.UsageError, match=r"one\.test is no web address"):
        CliRunner().invoke(cli, arguments, standalone_mode=False, catch_exceptions=False)
