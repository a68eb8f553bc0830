"""The embedded data: small, whole, and no character of markup."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from reports import embedded
from reports.embedded import MOST_QUOTED, encode, pack
from reports.findings import Citation, Finding, Hop, Replacement, Report
from reports.quotation import OPEN
from warc.locator import Locator

AT = Locator(file="c.warc.gz", offset=7, length=2)
MORE = Locator(file="c.warc.gz", offset=9, length=2)


def _columns(report: Report) -> dict[str, Any]:
    data: Any = pack(report)
    columns = data["findings"]
    assert isinstance(columns, dict)
    return columns


def _all(report: Report, name: str) -> dict[str, Any]:
    data: Any = pack(report)
    columns = data[name]
    assert isinstance(columns, dict)
    return columns


def test_it_is_base64_of_deflated_json(report_of: Callable[..., Report]) -> None:
    encoded = encode(report_of(20, hostile=True))
    assert re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", encoded)
    data = json.loads(zlib.decompress(base64.b64decode(encoded)))
    assert len(data["findings"]["urlRest"]) == 27


def test_every_column_has_an_entry_for_every_link(report_of: Callable[..., Report]) -> None:
    columns = _columns(report_of(60, hostile=True))
    assert {len(column) for column in columns.values()} == {67}


def test_a_report_of_nothing_has_empty_columns(report_with: Callable[..., Report]) -> None:
    assert set(map(len, _columns(report_with()).values())) == {0}


def test_what_follows_from_the_link_is_left_out(
    finding_of: Callable[..., Finding], report_with: Callable[..., Report]
) -> None:
    url, final = "http://a.example/x", "http://a.example/y"
    hops = (Hop(url=url, status=302, locator=AT), Hop(url=final, status=404))
    moved = finding_of(url=url, final_url=final, hops=hops, replay=f"20261123201500/{final}")
    report = report_with(moved, finding_of(url="http://b.example/", final_url=None))
    columns = _columns(report)
    assert columns["final"] == [final, None]
    assert columns["replay"] == ["20261123201500", None]
    assert columns["hops"] == [2, 0]
    assert _all(report, "hops")["url"] == [0, 1]
    assert columns["urlShared"] == [0, len("http://")]
    assert columns["urlRest"] == [url, "b.example/"]


def test_a_replay_path_of_another_url_is_kept_whole(
    finding_of: Callable[..., Finding], report_with: Callable[..., Report]
) -> None:
    path = "20261123201500/http://elsewhere.example/"
    assert _columns(report_with(finding_of(replay=path)))["replay"] == [path]


def test_records_of_the_hops_are_not_told_twice(
    finding_of: Callable[..., Finding], report_with: Callable[..., Report]
) -> None:
    hops = (Hop(url="http://a.example/x", status=404, locator=AT),)
    report = report_with(finding_of(hops=hops, evidence=(AT, MORE)))
    assert _columns(report)["records"] == [1]
    assert _all(report, "records")["offset"] == [MORE.offset - AT.offset]


def test_only_what_people_look_up_carries_its_words(
    finding_of: Callable[..., Finding], report_with: Callable[..., Report]
) -> None:
    cited = tuple(Citation(statement_url=f"http://s.example/{n}", text="x") for n in range(30))
    outcomes = ("gone", "blocked", "ok")
    report = report_with(*(finding_of(outcome=o, citations=cited) for o in outcomes))
    columns = _columns(report)
    assert [text.count(OPEN) for text in columns["quoted"]] == [MOST_QUOTED, 1, 0]
    assert columns["citations"] == [30, 30, 30]


def test_two_thousand_links_take_less_than_180_kilobytes(report_of: Callable[..., Report]) -> None:
    assert len(encode(report_of(2000))) < 180_000


def test_a_url_shares_no_half_of_a_character_with_the_one_before(
    finding_of: Callable[..., Finding], report_with: Callable[..., Report]
) -> None:
    urls = ("http://a.example/\U0001f600x", "http://a.example/\U0001f600y")
    columns = _columns(report_with(*(finding_of(url=url) for url in urls)))
    assert columns["urlShared"] == [0, len("http://a.example/")]


def test_the_words_end_where_there_are_too_many(
    finding_of: Callable[..., Finding],
    report_with: Callable[..., Report],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(embedded, "MOST_QUOTED_CHARACTERS", 10)
    cited = (Citation(statement_url="http://s.example/", text="x" * 20),)
    urls = ("http://a.example/", "http://b.example/")
    report = report_with(*(finding_of(url=url, citations=cited) for url in urls))
    assert [bool(text) for text in _columns(report)["quoted"]] == [True, False]


def test_a_copy_of_the_link_itself_is_told_by_its_beginning(
    finding_of: Callable[..., Finding], report_with: Callable[..., Report]
) -> None:
    base = "http://localhost:8090/20250101000000/"
    urls = (f"{base}http://a.example/x", f"{base}http://elsewhere.example/")
    copies = [
        Replacement(url=url, date=datetime(2025, 1, 1, tzinfo=UTC), days=3, source="own-check")
        for url in urls
    ]
    report = report_with(*(finding_of(replacement=copy) for copy in copies))
    packed = _columns(report)["replacement"]
    assert [parts[:2] for parts in packed] == [[base, 0], [urls[1], ""]]
    assert packed[0][3:] == [3, "own-check"]
