"""A fault of our own code costs the verdict on one link, never those on the others."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from probing import PAGE, QUICK, probed, verdict
from scripted_web import ScriptedWeb, answer

from pipelines.checks.evidence import Evidence
from pipelines.checks.ledger import Entry
from pipelines.checks.mishap import told
from pipelines.checks.page_facts import ReadPage, read_html
from pipelines.unjudged import Unjudged
from pipelines.verdicts.plain import Plain, plain
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge
from warc.exchange import Exchange
from warc.wire import Wire, WireRequest

POISON = PAGE + b"poison"
PATHS = ["/a", "/poison", "/b"]


def read_but_poison(data: bytes, content_type: str, fragment: str) -> ReadPage:
    if b"poison" in data:
        raise IndexError("a page\nthat nobody foresaw")
    return read_html(data, content_type, fragment)


def asked(folder: Path) -> list[Evidence]:
    async def scenario() -> list[Evidence]:
        page = answer("200 OK", PAGE)
        answers = {"/a": page, "/poison": answer("200 OK", POISON), "/b": page}
        async with ScriptedWeb(answers) as web:
            return await probed(folder, [web.url(path) for path in PATHS], QUICK)

    return asyncio.run(scenario())


def test_a_page_that_cannot_be_read_keeps_its_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.checks.hop.read_html", read_but_poison)
    found = asked(tmp_path)
    assert [verdict(one).reason for one in found] == ["ok", "not-judged", "ok"]
    poisoned = found[1]
    assert poisoned.hops[0].response is not None
    assert Evidence.from_json(poisoned.as_json()) == poisoned
    judged = verdict(poisoned)
    assert "IndexError: a page that nobody foresaw" in judged.sentence
    assert plain(judged, poisoned) is Plain.UNCERTAIN


def test_a_request_that_fails_in_our_own_code_ends_one_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = Wire.fetch

    async def fetch_but_poison(wire: Wire, request: WireRequest) -> Exchange:
        if "poison" in request.url:
            raise KeyError("nobody foresaw")
        return await fetch(wire, request)

    monkeypatch.setattr(Wire, "fetch", fetch_but_poison)
    found = asked(tmp_path)
    assert [verdict(one).reason for one in found] == ["ok", "not-judged", "ok"]
    assert found[1].mishap == "KeyError: 'nobody foresaw'"
    assert Entry.from_json(Entry.of(found[1]).as_json()).mishap == found[1].mishap
    assert Evidence.from_json(found[1].as_json()) == found[1]


def test_a_fault_of_the_rules_is_told_of_that_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = asked(tmp_path)
    broken = replace(found[1], hops=(replace(found[1].hops[0], headers=None),))  # type: ignore[arg-type]
    unjudged = Unjudged()
    for one in (found[0], *([broken] * 7)):
        unjudged.add(one.url, judge([one], Rules()))
    notes = list(unjudged.notes())
    assert unjudged.count == 7
    assert notes[0].startswith(f"{broken.url}: A fault of Muniment's own")
    assert notes[5:] == ["and 2 more links that were not judged"]


def test_a_full_disk_still_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(wire: Wire, request: WireRequest) -> Exchange:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Wire, "fetch", full)
    with pytest.raises(OSError, match="No space"):
        asked(tmp_path)


def test_a_fault_is_told_on_one_short_line() -> None:
    assert told(ValueError()) == "ValueError"
    assert len(told(ValueError("x" * 999))) == 160


def test_no_link_is_not_judged_for_want_of_evidence() -> None:
    nothing = Evidence(url="http://x.test/", checked=datetime(2026, 1, 1, tzinfo=UTC))
    assert judge([nothing], Rules()).reason == "not-checked"
