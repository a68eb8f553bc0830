"""A page whose marks are damaged is read by its elements, and chrome stays out of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.statements.record import Provenance, Statement
from pipelines.statements.statement import statement_from_html
from warc.locator import Locator

PAGE = """<!-- BEGIN BREADCRUMB --><h2 id="page-title">On Trade</h2><div id="top-meta">
<!-- TOP-META START --><div id="templateFields"><span class="document_type">Media Note<br></span>
</div><div id="templateFields"><span class="speaker_name">John Kerry<br></span></div>
<div id="templateFields"><span class="speaker_title">Secretary of State<br></span></div>
<div id="date_long">October 27, 2016</div><!-- TOP-META END --></div>
<!-- CENTERBLOCK START --><div id="centerblock"><p>The text.</p></div><!-- CENTERBLOCK END -->
<!-- PRN START --><!-- PRN END --><aside><a href="http://chrome.example/">Interview</a></aside>"""
MARKS = ("BREADCRUMB", "TOP-META START", "TOP-META END", "CENTERBLOCK START", "CENTERBLOCK END")


def read(html: str) -> Statement:
    provenance = Provenance(
        url="https://2009-2017.state.gov/r/pa/prs/ps/2016/10/263705.htm",
        status=200,
        content_type="text/html; charset=utf-8",
        captured=datetime(2024, 5, 1, tzinfo=UTC),
        locator=Locator(file="a.warc.gz", offset=10, length=20),
    )
    found = statement_from_html(html.encode(), provenance)
    assert isinstance(found, Statement)
    return found


@pytest.mark.parametrize("mark", [*MARKS, "PRN START", "PRN END", "nothing"])
def test_any_one_mark_may_be_missing(mark: str) -> None:
    found = read(PAGE.replace(mark, "gone"))
    assert (found.title, found.document_type, found.date) == (
        "On Trade",
        "Media Note",
        "2016-10-27",
    )
    assert [(s.name, s.role) for s in found.speakers] == [("John Kerry", "Secretary of State")]
    assert found.paragraphs == ("The text.",)
    assert found.links == ()


def test_without_an_element_an_open_part_goes_to_the_end() -> None:
    html = PAGE.replace('id="centerblock"', "").partition("<!-- CENTERBLOCK END")[0]
    assert read(html).paragraphs == ("The text.",)
