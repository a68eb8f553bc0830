"""`muniment decisions`, and what it does to reports, their exit status and other commands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from cited_web import cite, cited_web
from click.testing import CliRunner, Result

from muniment.cli import cli
from muniment.config import ConfigError
from muniment.status import ExitStatus
from pipelines.store import STORE_NAME

GOOD, BAD = "http://good.test/a", "http://bad.test/b"
LINES = Path("c/decisions.jsonl")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Yield the folder of a collection in which one of two links is gone, and be in it."""
    with cited_web() as web, chdir(tmp_path):
        Path("muniment.toml").write_text(web.settings(), "utf-8")
        cite(Path("c"), GOOD, BAD)
        web.statuses = {"bad.test": 410}
        muniment("check")
        yield tmp_path


def muniment(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    if isinstance(result.exception, ConfigError):
        raise result.exception
    assert result.exception is None, result.exception
    return result


def add(*arguments: str) -> str:
    """Return the id of a decision of Ada's."""
    return muniment("decisions", "add", *arguments, "--author", "Ada").stdout.split()[0]


def any_broken() -> bool:
    told = muniment("report", "--format", "md", "--fail-on", "any")
    return told.return_value is ExitStatus.BROKEN_LINKS


@pytest.mark.usefixtures("folder")
def test_a_decision_changes_the_exit_status_until_it_is_undone() -> None:
    assert any_broken()
    made = add("bad.test/b", "dismissed", "--note", "they told us")
    told = muniment("report", "--format", "md", "--fail-on", "any")
    assert told.return_value is ExitStatus.DONE
    assert "1 set aside by reviewers" in " ".join(told.stdout.split())
    muniment("decisions", "undo", made[:8], "--author", "Bob")
    assert any_broken()
    listed = muniment("decisions", "list").stdout.splitlines()
    assert re.match(rf"{made[:12]}  undone +Dismissed until it changes by Ada on .*", listed[0])
    assert listed[0].endswith(f": they told us  {BAD}")
    assert muniment("decisions", "list", "--in-force").stdout == ""


@pytest.mark.usefixtures("folder")
def test_no_decision_is_lost_with_the_store() -> None:
    add(BAD, "not-broken")
    before = muniment("decisions", "export").stdout
    for file in Path("c").glob(f"{STORE_NAME}*"):
        file.unlink()
    cite(Path("c"), GOOD, BAD)
    assert not any_broken()
    assert muniment("decisions", "export").stdout == before


@pytest.mark.usefixtures("folder")
def test_an_export_is_imported_once_and_makes_the_same_bytes(tmp_path: Path) -> None:
    add(
        "*://bad.test/?",
        "ignored",
        "--scope",
        "pattern",
        "--note",
        "test",
        "--expires",
        "2099-12-31",
    )
    add(BAD, "replaced", "--replacement", "https://new.example/b")
    muniment("decisions", "export", "all.jsonl")
    text = Path("all.jsonl").read_bytes()
    assert [json.loads(line)["kind"] for line in text.splitlines()] == ["ignored", "replaced"]
    Path("other/archive").mkdir(parents=True)
    for count in (2, 0):
        told = muniment("decisions", "import", "all.jsonl", "--collection", "other")
        assert told.stdout == f"{count} new of 2 decisions\n"
    assert muniment("decisions", "export", "--collection", "other").stdout.encode() == text
    assert LINES.read_bytes() == text


@pytest.mark.usefixtures("folder")
def test_a_bad_line_is_named_and_nothing_is_imported() -> None:
    add(BAD, "confirmed")
    good = LINES.read_text("ascii")
    Path("bad.jsonl").write_text(good + good.replace('"confirmed"', '"doubted"'), "ascii")
    with pytest.raises(ConfigError, match=r"bad\.jsonl, line 2: kind: 'doubted' .* nothing was im"):
        muniment("decisions", "import", "bad.jsonl", "--collection", "c")
    assert LINES.read_text("ascii") == good
    with pytest.raises(ConfigError, match=r"none\.jsonl: cannot be read"):
        muniment("decisions", "import", "none.jsonl")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("http://never.test/", "confirmed"), "no statement cites it"),
        ((BAD, "ignored"), "note: ignored needs one"),
        ((BAD, "dismissed", "--scope", "host"), "scope: only what is ignored"),
        ((BAD, "replaced"), "replacement: missing"),
        ((BAD, "confirmed", "--expires", "soon"), "expires: 'soon' is no date"),
    ],
)
def test_what_cannot_be_decided_is_told(arguments: tuple[str, ...], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        add(*arguments)
    assert not LINES.exists()
    assert muniment("decisions", "list").stderr == "nothing was decided yet\n"


@pytest.mark.usefixtures("folder")
def test_an_unknown_id_cannot_be_undone() -> None:
    add(BAD, "confirmed")
    for name, told in (("0123456789", "no decision or batch"), ("", "6 digits or more")):
        with pytest.raises(ConfigError, match=told):
            muniment("decisions", "undo", name)


@pytest.mark.usefixtures("folder")
def test_a_recheck_asks_the_link_at_the_next_run() -> None:
    assert "due         0 links now" in muniment("status").stdout
    add(BAD, "recheck")
    assert "due         1 links now" in muniment("status").stdout
    muniment("check")
    assert "due         0 links now" in muniment("status").stdout


@pytest.mark.usefixtures("folder")
def test_why_and_status_tell_decisions() -> None:
    add(BAD, "confirmed", "--note", "a\x1b[2J look")
    told = muniment("why", BAD).stdout
    assert "What reviewers decided\n  Confirmed as broken by Ada on " in told
    assert "\x1b" not in told
    (one,) = json.loads(muniment("why", BAD, "--json").stdout)["decisions"]
    assert (one["kind"], one["author"]) == ("confirmed", "Ada")
    assert "decisions   1 of reviewers in force" in muniment("status").stdout
