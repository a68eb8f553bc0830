"""Reports, and pages that only look like statements, give no record."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.statements.record import NotAStatement, Provenance, Reason, Statement
from pipelines.statements.statement import statement_from_html
from warc.locator import Locator

RESPONSIVE = "https://2009-2017.state.gov/j/drl/rls/2010/154410.htm"
BUSH = "https://2001-2009.state.gov/g/drl/2005/61632.htm"


def read(html: str, url: str) -> Statement | NotAStatement:
    provenance = Provenance(
        url=url,
        status=200,
        content_type="text/html; charset=utf-8",
        captured=datetime(2024, 5, 1, tzinfo=UTC),
        locator=Locator(file="a.warc.gz", offset=10, length=20),
    )
    return statement_from_html(html.encode(), provenance)


def responsive(fields: dict[str, str], title: str = "Albania") -> str:
    spans = "".join(f'<span class="{name}">{text}<br></span>' for name, text in fields.items())
    return f"""<!-- BEGIN BREADCRUMB --><h2 id="page-title">{title}</h2><!-- TOP-META START -->
<div id="templateFields">{spans}</div><!-- TOP-META END --><!-- CENTERBLOCK START --><div
id="centerblock"><p>Text of it.</p></div><!-- CENTERBLOCK END -->"""


def bush(cell: str, title: str = "Albania") -> str:
    return f"""<body><table><tr><td class="content-font-style"><h1>{title}</h1>{cell}
<p>Text of it.</p></td></tr></table></body>"""


@pytest.mark.parametrize(
    "name",
    [
        "Report",
        "Semi-Annual Report",
        "Trafficking in Persons Report",
        "Country Reports on Terrorism",
    ],
)
def test_types_of_reports(name: str) -> None:
    found = read(responsive({"document_type": name, "date_of_release": "May 1, 2010"}), RESPONSIVE)
    assert isinstance(found, NotAStatement)
    assert found.reason is Reason.REPORT


@pytest.mark.parametrize("name", ["Remarks on the 2010 Report", "Briefing on the Annual Report"])
def test_what_is_said_of_a_report_is_none(name: str) -> None:
    found = read(responsive({"document_type": name}, title="Report on Terrorism"), RESPONSIVE)
    assert isinstance(found, Statement)


def test_a_report_told_by_its_header_lines() -> None:
    cell = "<p>Country Reports on Human Rights Practices<br>Released by the Bureau of Democracy"
    found = read(bush(f"{cell}<br>March 8, 2006</p>"), BUSH)
    assert isinstance(found, NotAStatement)
    assert found.reason is Reason.REPORT


@pytest.mark.parametrize(
    "fields",
    [{"document_type": "Press Statement"}, {"document_type": "Remarks to the Press"}],
)
def test_a_type_in_its_element_is_header_enough(fields: dict[str, str]) -> None:
    assert isinstance(read(responsive(fields), RESPONSIVE), Statement)


def test_words_like_a_type_in_a_text_are_not() -> None:
    assert isinstance(read(bush("<p>Press Statement</p>"), BUSH), NotAStatement)


@pytest.mark.parametrize(
    "title",
    ["Access Denied: Journalists Under Threat", "Technical Difficulties in the Talks", "Not Found"],
)
def test_a_title_makes_no_error_page_of_a_statement(title: str) -> None:
    fields = {"document_type": "Remarks", "date_of_release": "May 1, 2010"}
    assert isinstance(read(responsive(fields, title=title), RESPONSIVE), Statement)


PRESS = "https://2009-2017.state.gov/r/pa/prs/ps/2010/05/142410.htm"


def test_a_release_about_a_report_needs_no_type() -> None:
    fields = {"releasing_office": "Office of the Spokesperson", "date_of_release": "May 1, 2010"}
    title = "Release of the 2010 Country Reports on Human Rights"
    assert isinstance(read(responsive(fields, title), PRESS), Statement)
    assert isinstance(read(responsive(fields, title), RESPONSIVE), NotAStatement)


def test_a_date_is_header_enough_where_only_releases_are() -> None:
    page = responsive({"date_of_release": "May 1, 2010"})
    assert isinstance(read(page, PRESS), Statement)
    assert isinstance(read(page, RESPONSIVE), NotAStatement)
    assert isinstance(read(page, PRESS.replace("142410", "index")), NotAStatement)


@pytest.mark.parametrize(
    ("lead", "place", "first"),
    [
        ("<p>Syria</p><p>Russia</p>", None, "Syria"),
        ("<p>Index for Today</p><p>SYRIA</p><p>CHINA</p>", None, "Index for Today"),
        ("<p>Camp David</p><p>Syria</p>", "Camp David", "Syria"),
        ("<p>Singapore</p>", "Singapore", "Text of it."),
    ],
)
def test_a_list_of_topics_is_no_place(lead: str, place: str | None, first: str) -> None:
    html = f"""<main><header class="featured-content"><p class="doctype-meta">Remarks</p>
<h1 class="featured-content__headline">On Peace</h1><p class="article-meta__publish-date">May 1,
2022</p></header><div class="entry-content">{lead}<p>Text of it.</p></div></main>"""
    found = read(html, "https://2021-2025.state.gov/on-peace/")
    assert isinstance(found, Statement)
    assert (found.place, found.paragraphs[0]) == (place, first)
