"""`muniment check` goes on where its own code fails at a link, and says so at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from cited_web import Web, cite, cited_web
from click.testing import CliRunner, Result

from muniment.cli import cli
from muniment.status import ExitStatus
from pipelines.checks.page_facts import ReadPage, read_html
from pipelines.lifecycle import State
from pipelines.states import link_states
from pipelines.store import STORE_NAME, Store

GOOD, POISON = "http://good.test/a", "http://poison.test/b#poison"


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    def read_but_poison(data: bytes, content_type: str, fragment: str) -> ReadPage:
        if fragment == "poison":
            raise IndexError("nobody foresaw it")
        return read_html(data, content_type, fragment)

    monkeypatch.setattr("pipelines.checks.hop.read_html", read_but_poison)
    with cited_web() as served, chdir(tmp_path):
        Path("muniment.toml").write_text(served.settings(), "utf-8")
        yield served


def muniment(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert result.exception is None, result.exception
    return result


def test_a_collections_other_links_are_judged(web: Web) -> None:
    cite(Path("c"), GOOD, POISON)
    made = muniment("check")
    assert made.return_value is ExitStatus.FAILED
    assert f"{POISON}: A fault of Muniment's own" in " ".join(made.output.split())
    with Store(Path("c") / STORE_NAME) as store:
        assert {url: one.state for url, one in link_states(store).items()} == {
            GOOD: State.ALIVE, POISON: State.NEW,
        }  # fmt: skip
    assert muniment("verify", "--verdicts").return_value is ExitStatus.DONE


def test_judging_again_keeps_the_verdict_that_was(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise IndexError("nobody foresaw it")

    cite(Path("c"), GOOD)
    muniment("check")
    monkeypatch.setattr("pipelines.verdicts.verdict.judge_answer", fail)
    made = muniment("judge")
    assert made.return_value is ExitStatus.FAILED
    assert "no verdict changed" in made.output
    assert f"  ! {GOOD}: A fault of Muniment's own" in made.output


def test_a_lists_other_links_are_judged(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pipelines.checks.hop.read_html",
        lambda *_: (_ for _ in ()).throw(IndexError("nobody foresaw it")),
    )
    Path("l.txt").write_text("http://good.test/a\nmailto:a@b.test\n", "utf-8")
    made = muniment("check", "--input", "l.txt", "--output", "o.jsonl")
    assert made.return_value is ExitStatus.FAILED
    assert "http://good.test/a: A fault of Muniment's own" in made.output
    lines = [json.loads(line) for line in Path("o.jsonl").read_text("utf-8").splitlines()]
    assert [(one["verdict"], one["reason"]) for one in lines] == [
        ("uncertain", "not-judged"),
        ("skipped", "url-scheme"),
    ]
    assert lines[0]["evidence"]
    assert muniment("verify", "--verdicts", "o.jsonl").return_value is ExitStatus.DONE
