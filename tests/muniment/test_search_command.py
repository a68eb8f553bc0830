"""`muniment search` and `muniment versions` as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from statement_pages import HOST, captured, page

from muniment.commands import search, versions
from muniment.config import ConfigError
from muniment.status import ExitStatus
from pipelines.extraction import extract
from pipelines.store import Store
from warc.collection import Collection

PATH = "/r/pa/prs/ps/2016/10/263705.htm"


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    made = Collection(tmp_path)
    made.create()
    old = captured(page("On Trade", "The tariff is low."), PATH)
    new = captured(
        page("On Trade", "The tariff is &#155;31mhigh."), PATH, date="2016-11-01T15:00:00Z"
    )
    (made.archive / "a.warc.gz").write_bytes(old + new)
    with Store(tmp_path / "store.sqlite") as store:
        extract(made, store, lambda *_: None)
    return tmp_path


def run(command: click.Command, *arguments: str | Path) -> tuple[ExitStatus, str]:
    made = CliRunner().invoke(command, [*map(str, arguments)], standalone_mode=False)
    if made.exception is not None:
        raise made.exception
    return made.return_value, made.stdout


def test_a_hit_is_three_lines_with_the_words_marked(collection: Path) -> None:
    _, out = run(search.command, "tariff", "--collection", collection)
    head, url, snippet = out.rstrip("\n").splitlines()
    assert head == "2016-10-27  Media Note  On Trade"
    assert url == f"  {HOST}{PATH}"
    assert "The [tariff] is" in snippet
    assert not any(sign in out for sign in "\x1b\x9b")


def test_json_has_what_the_list_has(collection: Path) -> None:
    _, out = run(search.command, "tariff", "--json", "--collection", collection)
    one = json.loads(out)
    assert (one["url"], one["title"]) == (HOST + PATH, "On Trade")
    assert one["snippet"].startswith("The **tariff** is")


def test_a_date_that_is_none_and_a_missing_store_are_told(tmp_path: Path) -> None:
    with pytest.raises(click.BadParameter, match="'2014-13' is no date"):
        run(search.command, "x", "--since", "2014-13")
    (tmp_path / "archive").mkdir()
    with pytest.raises(ConfigError, match="nothing to search"):
        run(search.command, "x", "--collection", tmp_path)


def test_versions_are_listed_and_compared(collection: Path) -> None:
    status, out = run(versions.command, HOST + PATH, "--diff", "--collection", collection)
    lines = out.splitlines()
    assert status is ExitStatus.DONE
    assert "first capture  a.warc.gz at offset 0" in lines[0]
    assert "text changed" in lines[1]
    assert "-The tariff is low." in lines
    status, out = run(versions.command, HOST + "/none.htm", "--collection", collection)
    assert (status, out) == (ExitStatus.FAILED, "")
