"""The CSV opens in a spreadsheet and computes nothing there."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.csv import BYTE_ORDER_MARK, COLUMNS, harmless
from reports.csv import render as pieces_of
from reports.findings import Citation, Finding, Hop, Report
from warc.locator import Locator

Make = Callable[..., Finding]
MakeReport = Callable[..., Report]


def render(report: Report) -> str:
    return "".join(pieces_of(report))


def _rows(report: Report) -> list[dict[str, str]]:
    text = render(report).removeprefix(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_it_begins_with_a_mark_and_a_header_and_ends_lines_as_rfc_4180_says(
    report_with: MakeReport,
) -> None:
    assert render(report_with()) == BYTE_ORDER_MARK + ",".join(COLUMNS) + "\r\n"


def test_each_citation_of_a_link_has_a_row_with_the_whole_verdict(
    finding_of: Make, report_with: MakeReport
) -> None:
    cited = tuple(
        Citation(
            statement_url=f"http://s.example/{n}",
            statement_title="Visit, “official”",
            statement_date="2013-04-05",
            document_type="Media Note",
            bureau="Office of the Spokesperson",
            text="their report",
            sentence='They said "read\ntheir report".',
            href="../x",
        )
        for n in (1, 2)
    )
    record = Locator(file="checks.warc.gz", offset=1200, length=80)
    finding = finding_of(
        citations=cited,
        final_url="http://a.example/y",
        hops=(
            Hop(url="http://a.example/x", status=301),
            Hop(url="http://a.example/y", status=404, locator=record),
        ),
        replay="20261123201500/http://a.example/y",
    )
    first, second = _rows(report_with(finding))
    assert (first["citation"], second["citation"], second["citations"]) == ("1", "2", "2")
    assert second["statement_url"] == "http://s.example/2"
    assert second["sentence"] == 'They said "read\ntheir report".'
    assert second["outcome"] == "gone"
    assert second["standing"] == "broken"
    assert second["hops"] == "301 http://a.example/x → 404 http://a.example/y"
    assert second["captured_answer"] == "http://localhost:8090/20261123201500/http://a.example/y"
    assert (second["warc_file"], second["warc_offset"]) == ("checks.warc.gz", "1200")
    assert second["checked"] == "2026-11-23T20:15:00+00:00"


def test_a_link_cited_nowhere_has_one_row(finding_of: Make, report_with: MakeReport) -> None:
    (row,) = _rows(report_with(finding_of()))
    assert (row["citations"], row["citation"], row["statement_url"]) == ("0", "0", "")


def test_a_failure_stands_where_there_was_no_status(
    finding_of: Make, report_with: MakeReport
) -> None:
    hop = Hop(url="http://a.example/x", failure="dns-nxdomain")
    (row,) = _rows(report_with(finding_of(hops=(hop,))))
    assert row["hops"] == "dns-nxdomain http://a.example/x"
    assert row["captured_answer"] == ""


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff20"])
def test_a_cell_that_looks_like_a_formula_is_made_text(first: str) -> None:
    assert harmless(f"{first}1+1") == f"'{first}1+1"


@pytest.mark.parametrize("cell", ["http://a.example/=1", "a-b", ""])
def test_other_cells_are_left_alone(cell: str) -> None:
    assert harmless(cell) == cell


@given(st.text())
def test_no_text_can_begin_a_formula(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_hostile_findings_come_back_as_they_are_and_harmless(
    report_of: Callable[..., Report],
) -> None:
    report = report_of(0, hostile=True)
    rows = _rows(report)
    assert len(rows) == len(report.findings)
    assert not [cell for row in rows for cell in row.values() if cell.startswith("=")]
    assert any(row["explanation"].startswith("'=HYPERLINK") for row in rows)
    assert any(len(row["url"]) > 10_000 for row in rows)
