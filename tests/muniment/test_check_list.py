"""`muniment check --input` as a user meets it, against a web and a name server on loopback."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from checked_lists import LINES, OK, Command, checked, met, written
from scripted_web import ScriptedWeb, hang

from muniment.cli import main
from warc.check import check_collection
from warc.collection import Collection
from warc.locator import Locator
from warc.random_access import record_at


def test_every_line_gets_its_verdict_in_the_lists_order(tmp_path: Path) -> None:
    ended = checked(tmp_path, "\n".join(LINES))
    found = ended.verdicts()
    assert [(one["verdict"], one["reason"]) for one in found] == list(LINES.values())
    assert [one["id"] for one in found] == list(range(1, len(LINES) + 1))
    assert ended.status == 0
    assert ended.asked["/page"] == 1
    assert [one.get("warnings") for one in found[:3]] == [None, None, ["fragment-missing"]]
    assert found[4]["final_url"].endswith("/archive/page")
    assert "secret" not in ended.err + (tmp_path / "o.jsonl").read_text("utf-8")
    assert "19 links, 13 different to ask" in ended.err
    assert "7 alive, 5 broken, 2 uncertain, 2 invalid, 3 skipped" in ended.err
    _assert_proven(tmp_path / "o.jsonl.evidence", found)


def _assert_proven(folder: Path, found: list[dict[str, Any]]) -> None:
    """Every link that was asked names records that are there, and all of them are sound."""
    for one in found:
        is_asked = one["verdict"] != "invalid" and one["reason"] != "url-scheme"
        assert bool(one["evidence"]) is is_asked
        for at in one["evidence"]:
            folder_name, _, file = at["file"].partition("/")
            locator = Locator(file=file, offset=at["offset"], length=at["length"])
            assert record_at(folder / folder_name, locator).type in {
                "response",
                "revisit",
                "metadata",
            }
    assert check_collection(Collection(folder)).is_sound


def test_json_lines_give_back_their_ids_and_bad_lines_are_told(tmp_path: Path) -> None:
    lines = """{"id": "x", "href": "page#here", "base": "http://a.test:{port}/d"}
{"id": "y"}
{"id": null, "href": "/page?a&amp;b", "base": "http://a.test:{port}/d"}
{
"""
    ended = checked(tmp_path, lines, "--evidence", "e", name="l.jsonl")
    found = ended.verdicts()
    told = [(one["id"], one["verdict"], one["reason"]) for one in found]
    assert told == [
        ("x", "alive", "ok"),
        ("y", "invalid", "input-no-href"),
        (None, "alive", "ok"),
        (4, "invalid", "input-not-json"),
    ]
    assert found[2]["url"].endswith("/page?a&b")
    assert found[2]["warnings"] == ["ampersand-unescaped"]
    assert list((tmp_path / "e" / "archive").glob("*.warc.gz"))


def test_standard_output_keeps_no_evidence_and_fail_on_is_status_2(tmp_path: Path) -> None:
    page = "[a](http://a.test:{port}/page) [b](http://a.test:{port}/gone) [c](d)"
    flags = ("--output", "-", "--base", "http://c.test:{port}/", "--fail-on", "any")
    ended = checked(tmp_path, page, *flags, name="l.md")
    assert ended.status == 2
    found = [json.loads(line) for line in ended.out.splitlines()]
    assert [one["verdict"] for one in found] == ["alive", "broken", "broken"]
    assert not any(one["evidence"] for one in found)
    assert [file.name for file in tmp_path.iterdir()] == ["l.md"]


@pytest.mark.parametrize(
    ("text", "name", "flags", "words"),
    [
        ("{\n[\n", "l.jsonl", (), "l.jsonl: line 1: not JSON; no line of it holds a link"),
        ("x", "l.txt", ("--output", "l.txt"), "l.txt is the list itself"),
        ("x", "l.txt", ("--output", "none/o"), "none/o: cannot be written: there is no folder"),
        ("x", "l.txt", ("--input", "none"), "none: cannot be read: No such file"),
        ("x", "l.txt", ("--base", "x.test"), "--base: x.test is no web address"),
        ("x", "l.txt", ("--fail-on", "7"), "fail_on: '7' is none of"),
        ("x", "l.txt", ("--evidence", "/proc/none"), "/proc/none: the evidence cannot be written"),
    ],
)
def test_a_mistake_is_one_line_and_status_3(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str,
    name: str,
    flags: tuple[str, ...],
    words: str,
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    arguments = ("muniment", "check", "--input", name, "--output", "o.jsonl", *flags)
    monkeypatch.setattr(sys, "argv", list(arguments))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    told = capsys.readouterr().err
    assert told.startswith("muniment: ")
    assert words in told
    assert len(told.splitlines()) == 1
    assert not (tmp_path / "o.jsonl").exists()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_second_start_does_not_ask_what_was_answered(
    tmp_path: Path, number: signal.Signals
) -> None:
    answers = {"/page": OK, "/slow": [hang, OK]}
    urls = ("http://a.test:{port}/page", "http://b.test:{port}/slow")

    async def work(web: ScriptedWeb, command: Command) -> None:
        (tmp_path / "l.txt").write_text("\n".join(urls).format(port=web.port), "utf-8")
        flags = ("--input", "l.txt", "--output", "o.jsonl", "--timeout", "20")
        first = await command(*flags)
        await asyncio.wait_for(_answered(web, tmp_path), 60)
        first.send_signal(number)
        _, err = await asyncio.wait_for(first.communicate(), 60)
        if number is signal.SIGINT:
            assert first.returncode == 4
            assert b"stopped by a signal with 1 not asked" in err
            assert [one["reason"] for one in written(tmp_path)] == ["ok", "not-checked"]
        second = await command(*flags)
        _, err = await asyncio.wait_for(second.communicate(), 60)
        assert second.returncode == 0
        assert b"1 were answered by the check that was interrupted" in err

    asked = met(tmp_path, answers, work)
    assert asked == {"/page": 1, "/slow": 2}
    found = written(tmp_path)
    assert [one["verdict"] for one in found] == ["alive", "alive"]
    _assert_proven(tmp_path / "o.jsonl.evidence", found)


async def _answered(web: ScriptedWeb, folder: Path) -> None:
    """Wait until the first link's records are written and the second one was asked."""
    while set(web.paths()) != {"/page", "/slow"} or not _is_kept(folder):
        await asyncio.sleep(0.02)


def _is_kept(folder: Path) -> bool:
    wal = folder / "o.jsonl.evidence" / "answers.sqlite-wal"
    return wal.exists() and b"The page opens" in wal.read_bytes()


def test_a_check_that_ended_is_made_anew(tmp_path: Path) -> None:
    """The second one finds its page a revisit, and still the places on it."""
    answers = {"/page": OK}
    urls = "http://a.test:{port}/page#here\nhttp://a.test:{port}/page#nowhere"

    async def work(web: ScriptedWeb, command: Command) -> None:
        (tmp_path / "l.txt").write_text(urls.format(port=web.port), "utf-8")
        for _ in range(2):
            process = await command("--input", "l.txt", "--output", "o.jsonl")
            await asyncio.wait_for(process.communicate(), 60)
            found = [one.get("warnings") for one in written(tmp_path)]
            assert found == [None, ["fragment-missing"]]

    assert met(tmp_path, answers, work) == {"/page": 2}
    assert check_collection(Collection(tmp_path / "o.jsonl.evidence")).is_sound


def test_nobody_is_called_broken_where_the_network_is_down(tmp_path: Path) -> None:
    urls = [*(f"http://servfail.{n}.test/" for n in range(10)), "http://a.test:{port}/gone"]
    ended = checked(tmp_path, "\n".join(urls))
    found = ended.verdicts()
    assert {(one["verdict"], one["reason"]) for one in found[:10]} == {
        ("uncertain", "dns-servfail")
    }
    assert found[0]["warnings"] == ["own-network"]
    assert found[10]["verdict"] == "broken"
    assert "nothing was heard of 10 of 11 hosts" in ended.err


def test_who_waits_at_a_terminal_sees_how_far_it_is(tmp_path: Path) -> None:
    terminal, given = os.openpty()

    async def work(web: ScriptedWeb, command: Command) -> None:
        (tmp_path / "l.txt").write_text(f"http://a.test:{web.port}/page\n", "utf-8")
        process = await command("--input", "l.txt", "--output", "o.jsonl", stderr=given)
        await asyncio.wait_for(process.communicate(), 60)

    try:
        met(tmp_path, {"/page": OK}, work)
        told = os.read(terminal, 1 << 16).decode()
    finally:
        os.close(terminal)
        os.close(given)
    assert "check" in told
    assert "1/1" in told
    assert "1 link, 1 different to ask" in told
