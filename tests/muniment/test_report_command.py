"""`muniment report`: its formats, its table and the run it is compared with."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from cited_web import age, cite, cited_web
from click.testing import CliRunner, Result

from muniment.cli import cli
from muniment.config import ConfigError

GOOD, BAD, BACK = "http://good.test/a", "http://bad.test/b", "http://back.test/c"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield a collection checked five times: one link goes, one dies and comes back."""
    folder = tmp_path_factory.mktemp("reported")
    with cited_web() as web, chdir(folder):
        Path("muniment.toml").write_text(web.settings(), "utf-8")
        cite(Path("c"), GOOD, BAD, BACK)
        for statuses in ({}, *({"back.test": 404},) * 3, {"bad.test": 410}):
            web.statuses = dict(statuses)
            muniment("check", "--all")
            age(Path("c"), 4)
        yield folder


@pytest.fixture(autouse=True)
def _there(folder: Path) -> Iterator[None]:
    with chdir(folder):
        yield


def muniment(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    if isinstance(result.exception, ConfigError):
        raise result.exception
    assert result.exception is None, result.exception
    return result


def last_run() -> dict[str, Any]:
    file = max(Path("c/runs").glob("*/run.json"), key=lambda one: one.stat().st_mtime_ns)
    return json.loads(file.read_text("utf-8"))


def report() -> dict[str, Any]:
    return json.loads(Path(last_run()["reports"]["json"]).read_text("utf-8"))


def test_changes_are_told_in_the_summary_in_run_json_and_in_the_report() -> None:
    told = muniment("report", "--format", "json,md")
    assert "1 newly broken" in told.stdout
    assert "1 back from the dead" in told.stdout
    figures = last_run()["stages"][0]["figures"]
    assert (figures["newly broken"], figures["back from the dead"]) == (1, 1)
    changes = {one["url"]: one["change"] for one in report()["findings"]}
    assert changes == {GOOD: "none", BAD: "new", BACK: "resurrected"}
    assert set(last_run()["reports"]) == {"json", "md"}
    assert "## Back from the dead (1)" in Path(last_run()["reports"]["md"]).read_text("utf-8")


def test_any_earlier_run_can_be_compared_with() -> None:
    muniment("report", "--format", "json")
    first = min(path.parent.name for path in Path("c/runs").glob("*/run.json"))
    muniment("report", "--format", "json", "--since", first)
    compared = report()
    assert compared["compared_with"]["run"] == first
    assert compared["changes"]["resurrected"] == 0
    assert compared["changes"]["new"] == 1
    with pytest.raises(ConfigError, match=f"--since 1999: no earlier run .* known: {first}, "):
        muniment("report", "--since", "1999")


def test_a_link_that_we_saw_alive_has_its_copy() -> None:
    muniment("report", "--format", "json,csv")
    found = {one["url"]: one for one in report()["findings"]}
    copy = found[BAD]["replacement"]
    assert copy["source"] == "own-check"
    assert copy["url"].startswith("http://localhost:8090/2")
    assert copy["url"].endswith(f"/{BAD}")
    assert found[GOOD]["replacement"] is None
    with Path(last_run()["reports"]["csv"]).open(encoding="utf-8-sig", newline="") as file:
        rows = {row["url"]: row for row in csv.DictReader(file)}
    assert rows[BAD]["replacement"] == copy["url"]


def test_the_table_shows_the_broken_links() -> None:
    told = muniment("report", "--table", "--format", "md").stdout
    row, copy = (line for line in told.splitlines() if BAD in line)
    assert row.split()[0] == "Gone"
    assert "Newly broken" in row
    assert "Copy of " in copy
    assert GOOD not in told


def test_an_unknown_format_is_told_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="formats: 'docx' is none of: html, csv, jsonl, json, "):
        muniment("report", "--format", "csv,docx")


def test_formats_are_a_setting() -> None:
    settings = Path("muniment.toml").read_text("utf-8")
    Path("other.toml").write_text(f'{settings}\n[report]\nformats = ["junit", "atom"]\n', "utf-8")
    muniment("report", "--config", "other.toml")
    assert {Path(one).name for one in last_run()["reports"].values()} == {
        "report.junit.xml",
        "report.atom.xml",
    }
