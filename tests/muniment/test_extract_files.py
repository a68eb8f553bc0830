"""`muniment extract --from FILE`: any file, no collection, the same bytes whoever reads."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from statement_pages import HOST, captured, page, revisited

from muniment.commands.extract import command
from muniment.status import ExitStatus

FIRST = "/r/pa/prs/ps/2016/10/263705.htm"
SECOND = "/r/pa/prs/ps/2016/10/263706.htm"


def extract(*arguments: str | Path) -> tuple[ExitStatus, str, str]:
    made = CliRunner().invoke(command, [*map(str, arguments)], standalone_mode=False)
    if made.exception is not None:
        raise made.exception
    return made.return_value, made.stdout, made.stderr


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(path: Path, *records: bytes) -> Path:
    path.write_bytes(b"".join(records))
    return path


def test_a_file_alone_gives_one_object_a_statement_on_standard_output(folder: Path) -> None:
    link = 'See <a href="http://un.example/a">the resolution</a>.'
    records = captured(page("On Trade", link), FIRST), captured(b"<p>No page</p>", SECOND)
    status, out, err = extract("--from", written(folder / "x.warc.gz", *records))
    (one,) = lines(out)
    assert status is ExitStatus.DONE
    assert (one["title"], one["document_type"], one["date"]) == (
        "On Trade", "Media Note", "2016-10-27",
    )  # fmt: skip
    assert one["body"] == "See the resolution."
    assert [(link["href"], link["text"]) for link in one["outlinks"]] == [
        ("http://un.example/a", "the resolution")
    ]
    assert err.splitlines() == [
        "1 statements of 1 file",
        "  ! 1 captures hold no statement: pages of no known template 1",
    ]
    assert sorted(p.name for p in folder.iterdir()) == ["x.warc.gz"]


def test_several_files_come_in_the_order_given_whatever_the_workers(folder: Path) -> None:
    files = [
        written(folder / f"{name}.warc.gz", captured(page(f"Title {name}"), f"/r/{n}/20{n}.htm"))
        for n, name in enumerate("dbca", 10)
    ]
    flags = [flag for file in files for flag in ("--from", file)]
    for workers in (1, 3):
        status, _, _ = extract(*flags, "--output", f"{workers}.jsonl", "--workers", str(workers))
        assert status is ExitStatus.DONE
    made = (folder / "1.jsonl").read_bytes()
    assert made == (folder / "3.jsonl").read_bytes()
    titles = [one["title"] for one in lines(made.decode())]
    assert titles == ["Title d", "Title b", "Title c", "Title a"]
    assert not [p for p in folder.iterdir() if p.name.startswith(".")]


def test_damage_is_told_with_file_and_offset_and_the_rest_is_read(folder: Path) -> None:
    first, second = captured(page(), FIRST), captured(page(), SECOND)
    broken = bytes(first[:40]) + b"\xff" * 40 + first[80:]
    file = written(folder / "x.warc.gz", first, broken, second)
    status, out, err = extract("--from", file)
    assert status is ExitStatus.DONE
    assert [one["url"] for one in lines(out)] == [HOST + FIRST, HOST + SECOND]
    assert f"x.warc.gz at offset {len(first)}: " in err


def test_a_file_that_holds_no_capture_is_a_failure_and_costs_no_other(folder: Path) -> None:
    other = written(folder / "other.warc", b"<html>no archive at all</html>" * 9)
    good = written(folder / "x.warc.gz", captured(page(), FIRST))
    status, out, err = extract("--from", other, "--from", good)
    assert status is ExitStatus.FAILED
    assert len(lines(out)) == 1
    assert f"{other}: holds no capture that can be read" in err


def test_a_revisit_of_another_url_is_a_statement_of_its_own(folder: Path) -> None:
    html = page("Told twice")
    file = written(
        folder / "x.warc.gz",
        captured(html, FIRST),
        revisited(html, SECOND, FIRST),
        revisited(html, SECOND, FIRST, number=3),
        revisited(html, FIRST, FIRST, number=4),
    )
    _, out, err = extract("--from", file)
    one, other = lines(out)
    assert (one["url"], other["url"]) == (HOST + FIRST, HOST + SECOND)
    assert other["title"] == "Told twice"
    assert other["captured"] == "2016-10-28T15:00:00+00:00"
    assert "repeats of an earlier capture 2" in err


def test_a_revisit_finds_its_payload_in_a_file_beside(folder: Path) -> None:
    html = page("Told elsewhere")
    written(folder / "a.warc.gz", captured(html, FIRST))
    file = written(folder / "b.warc.gz", revisited(html, SECOND, None))
    _, out, _ = extract("--from", file)
    assert [(one["url"], one["title"]) for one in lines(out)] == [(HOST + SECOND, "Told elsewhere")]


def test_a_revisit_of_what_is_nowhere_is_counted_as_such(folder: Path) -> None:
    file = written(folder / "b.warc.gz", revisited(page(), SECOND, FIRST))
    status, out, err = extract("--from", file)
    assert (status, out) == (ExitStatus.DONE, "")
    assert "repeats of a capture that is not here 1" in err


def test_the_input_is_never_written_over(folder: Path) -> None:
    file = written(folder / "x.warc.gz", captured(page(), FIRST))
    before = file.read_bytes()
    with pytest.raises(click.UsageError, match="is one of the files to read"):
        extract("--from", file, "--output", file)
    assert file.read_bytes() == before
    assert gzip.decompress(before).startswith(b"WARC/1.1")


def test_an_output_without_files_is_a_usage_error(folder: Path) -> None:
    with pytest.raises(click.UsageError, match="--output goes with --from"):
        extract("--output", folder / "x.jsonl")


def test_a_wacz_is_read_as_the_warcs_inside(folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.wacz", "w") as package:
        package.writestr("archive/data.warc.gz", captured(page("On Trade", "Text."), FIRST))
    status, out, _ = extract("--from", folder / "a.wacz")
    assert status is ExitStatus.DONE
    assert [one["title"] for one in lines(out)] == ["On Trade"]


def test_a_wacz_without_warcs_is_a_failure_with_its_name(folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.wacz", "w") as package:
        package.writestr("datapackage.json", "{}")
    status, out, err = extract("--from", folder / "a.wacz")
    assert (status, out) == (ExitStatus.FAILED, "")
    assert "a.wacz: no WARC file in archive/" in err
