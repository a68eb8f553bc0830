"""Every format is written, agrees with the others on the figures and is harmless."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from reports import formats
from reports.findings import Citation, Finding, PreviousRun, Replacement, Report
from reports.junit import render as junit
from reports.markdown import address, plain
from reports.markdown import render as markdown
from reports.overview import broken_links
from reports.parquet import METADATA_KEY
from reports.table import render as table
from reports.xlsx import LONGEST_CELL

MakeReport = Callable[..., Report]
Make = Callable[..., Finding]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _written(report: Report, name: str, folder: Path) -> Path:
    path = folder / formats.file_name(name)
    formats.write(report, name, path)
    return path


def _book(report: Report, folder: Path) -> Any:
    pytest.importorskip("xlsxwriter")
    return pytest.importorskip("openpyxl").load_workbook(_written(report, "xlsx", folder))


@pytest.mark.parametrize("name", sorted(set(formats.FORMATS) - {"xlsx"}))
def test_every_format_takes_hostile_and_empty_reports(
    name: str, report_of: MakeReport, report_with: MakeReport, tmp_path: Path
) -> None:
    formats.require([name])
    for report in (report_of(40, hostile=True), report_with()):
        written = _written(report, name, tmp_path).read_bytes()
        assert written or name == "jsonl"
        if not formats.FORMATS[name].binary:
            written.decode("utf-8")
    assert set(formats.DEFAULT) <= set(formats.FORMATS)


# JSON


def test_json_has_the_figures_and_each_finding_as_its_line(
    report_of: MakeReport, tmp_path: Path
) -> None:
    report = report_of(200, hostile=True)
    document = json.loads(_written(report, "json", tmp_path).read_text("utf-8"))
    lines = _written(report, "jsonl", tmp_path).read_text("utf-8").split("\n")[:-1]
    assert document["schema"] == "muniment/report/1"
    assert document["findings"] == [json.loads(line) for line in lines]
    assert sum(document["standings"].values()) == document["links"] == len(report.findings)
    assert sum(document["changes"].values()) == document["links"]
    share = document["shares"]["broken_links"]
    assert share["numerator"] == document["standings"]["broken"]
    assert (share["pack"], share["pack_version"]) == ("strict", report.definition.version)
    assert share["wilson"]["low"] < share["value"] < share["wilson"]["high"]
    left_out = share["blocked"] + share["not_asked"]
    assert share["denominator"] + left_out == document["links"]


# XLSX


def test_the_workbook_has_filters_a_frozen_header_and_the_figures(
    report_of: MakeReport, tmp_path: Path
) -> None:
    report = report_of(60)
    book = _book(report, tmp_path)
    assert book.sheetnames == ["Figures", "Links", "Citations"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
    assert book["Links"].max_row == 61
    figures = {row[0]: row for row in book["Figures"].iter_rows(values_only=True)}
    share = broken_links(report).share
    told = figures["links that are broken"]
    assert told[2:6] == (share.numerator, share.denominator, share.blocked, share.excluded)
    assert told[6] == pytest.approx(share.value)
    assert told[12:14] == ("strict", report.definition.version)
    assert book["Links"]["A2"].hyperlink.target.startswith("http")


def test_no_cell_is_a_formula_and_no_link_leads_elsewhere(
    report_of: MakeReport, tmp_path: Path
) -> None:
    for sheet in _book(report_of(0, hostile=True), tmp_path):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n", "d", "inlineStr"}
                assert not str(cell.value).startswith(_FORMULA)
                assert len(str(cell.value)) <= LONGEST_CELL
                if cell.hyperlink:
                    assert cell.hyperlink.target.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "text", [" x", "x ", "a<b>&c", "_xyz", "x\ny", "plain", "ü€", "\U0001f4dc", "x\u2028"]
)
def test_every_text_comes_back_from_the_workbook(
    finding_of: Make, report_with: MakeReport, tmp_path: Path, text: str
) -> None:
    found = _book(report_with(finding_of(sentence=text)), tmp_path)["Links"]
    column = [cell.value for cell in found[1]].index("explanation")
    assert found[2][column].value == text


def test_dates_in_the_workbook_are_dates(
    finding_of: Make, report_with: MakeReport, tmp_path: Path
) -> None:
    one = finding_of()
    found = _book(report_with(one), tmp_path)["Links"]
    column = [cell.value for cell in found[1]].index("checked")
    assert abs(found[2][column].value - one.checked.replace(tzinfo=None)) < timedelta(seconds=1)


def test_what_the_library_takes_for_markup_stays_text(
    finding_of: Make, report_with: MakeReport, tmp_path: Path
) -> None:
    book = _book(report_with(finding_of(sentence="<r><f>1+1</f> & </r>")), tmp_path)
    texts = [cell.value for cell in book["Links"][2]]
    assert " <r><f>1+1</f> & </r>" in texts


# Parquet


def test_parquet_has_a_row_a_link_and_the_figures(report_of: MakeReport, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    report = report_of(30, hostile=True)
    read = parquet.read_table(_written(report, "parquet", tmp_path))
    lines = _written(report, "jsonl", tmp_path).read_text("utf-8").split("\n")[:-1]
    keys = list(json.loads(lines[0]))
    assert read.column_names == keys
    assert read["url"].to_pylist() == [json.loads(line)["url"] for line in lines]
    assert read["citations"].to_pylist() == [json.loads(line)["citations"] for line in lines]
    figures = json.loads(read.schema.metadata[METADATA_KEY.encode()])
    assert figures["links"] == len(lines)


# Markdown


def test_markdown_shows_text_as_it_is(report_of: MakeReport) -> None:
    made = report_of(0, hostile=True)
    nothing = PreviousRun(run_id="1", ended=made.generated)
    text = "".join(markdown(replace(made, previous=nothing)))
    page = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(text)
    assert "<script" not in page
    assert "<img" not in page
    leads = re.findall(r'href="([^"]*)"', page)
    assert leads
    assert all(link.startswith(("http://", "https://")) for link in leads)
    assert "HYPERLINK" in page


@pytest.mark.parametrize("text", ["a|b", "*a*", "[x](javascript:y)", "<b>", "`a`", "&lt;", "~~a~~"])
def test_plain_text_comes_back_from_markdown(text: str) -> None:
    shown = MarkdownIt("gfm-like", {"linkify": False}).renderInline(plain(text))
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert shown == escaped


def test_only_web_addresses_become_links() -> None:
    assert address("http://a.example/x y>") == "<http://a.example/x%20y%3E>"
    assert not address("javascript:alert(1)").startswith("<")


def test_markdown_names_what_is_new_and_every_share_has_its_parts(
    finding_of: Make, report_of: MakeReport
) -> None:
    report = report_of(200)
    text = "".join(markdown(report))
    share = broken_links(report).share
    assert f"{share.numerator} of {share.denominator} (" in text
    assert "95 % intervals: Wilson " in text
    assert f"left out: {share.blocked} that could not be looked at" in text
    assert "by the definition strict " in text
    assert "\n## Newly broken (" in text


# JUnit


def test_junit_fails_what_is_broken_and_skips_what_was_not_seen(
    finding_of: Make, report_with: MakeReport
) -> None:
    report = report_with(
        finding_of(citations=(Citation(statement_url="http://s.example/"),)),
        finding_of(url="http://b.example/", outcome="blocked"),
        finding_of(url="mailto:a@b.example", outcome="unsupported"),
        finding_of(url="http://c.example/", outcome="ok"),
    )
    suite = ElementTree.fromstring("".join(junit(report)).encode()).find("testsuite")  # noqa: S314 - our own
    assert suite is not None
    counts = [suite.get(name) for name in ("tests", "failures", "skipped", "errors")]
    assert counts == ["4", "1", "2", "0"]
    told = {case.get("name"): [child.tag for child in case] for case in suite.iter("testcase")}
    assert told == {
        "http://a.example/x": ["failure"],
        "http://b.example/": ["skipped"],
        "mailto:a@b.example": ["skipped"],
        "http://c.example/": [],
    }
    assert "cited by http://s.example/" in str(suite.findtext("testcase/failure"))
    properties = {one.get("name"): one.get("value") for one in suite.iter("property")}
    assert str(properties["broken"]).startswith("1 of 2 (50.0 %; 95 % intervals: Wilson ")


def test_junit_and_atom_hold_hostile_text_as_text(report_of: MakeReport, tmp_path: Path) -> None:
    report = report_of(0, hostile=True)
    for name in ("junit", "atom"):
        root = ElementTree.parse(_written(report, name, tmp_path)).getroot()  # noqa: S314 - our own
        assert not [one for one in root.iter() if one.tag in {"script", "img"}]
        if name == "junit":
            classes = [case.get("classname", "") for case in root.iter("testcase")]
            assert any("<script>document.title" in one for one in classes)


# the terminal


def test_the_table_keeps_its_width_and_lets_nothing_steer_the_terminal(
    report_of: MakeReport,
) -> None:
    text = "".join(table(report_of(300, hostile=True), width=90))
    assert max(map(len, text.splitlines())) <= 90
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "[red]" not in text


def test_the_table_says_when_nothing_is_broken_and_what_it_leaves_out(
    finding_of: Make, report_with: MakeReport
) -> None:
    fine = report_with(finding_of(outcome="ok"))
    nothing = f"No broken links by the definition {fine.definition}.\n"
    assert list(table(fine, width=80)) == [nothing]
    copy = Replacement(
        url="http://localhost:8090/1/http://a.example/x",
        date=finding_of().checked,
        days=3,
        source="own-check",
    )
    many = [finding_of(url=f"http://a.example/{n}", replacement=copy) for n in range(203)]
    text = "".join(table(report_with(*many), width=80))
    assert text.startswith(f"203 broken links by the definition {fine.definition}\n")
    assert text.endswith("... and 3 more: see the report's files.\n")
    assert "Copy of 2026-11-23" in text
