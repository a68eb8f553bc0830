"""A statement's line of JSON is what the standard library writes, to the byte."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipelines.statements.json_lines import json_line
from pipelines.statements.record import Provenance, Statement
from pipelines.statements.statement import statement_from_html
from warc.locator import Locator

PAGE = b"""<div id="top-meta"><!-- TOP-META START --><div id="templateFields"><span class="type">
Media Note<br></span><span class="date">May 1, 2013<br></span></div><!-- TOP-META END --></div>
<h2 id="page-title">A "title"</h2><!-- CENTERBLOCK START --><div id="centerblock">
<p>See <a href="http://a.gov/">a.gov</a>.</p></div><!-- CENTERBLOCK END -->"""


@pytest.fixture(scope="module")
def statement() -> Statement:
    found = statement_from_html(
        PAGE,
        Provenance(
            url="http://2009-2017.state.gov/r/pa/prs/ps/2013/05/209065.htm",
            status=200,
            content_type="text/html",
            captured=datetime(2024, 1, 1, tzinfo=UTC),
            locator=Locator(file="a.warc.gz", offset=0, length=1),
        ),
    )
    assert isinstance(found, Statement)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        'a "quoted" word, a back\\slash',
        "two\n\nparagraphs",
        "caf\u00e9 \u201cq\u201d \U0001f600",
        "".join(map(chr, range(0x20))),
        "\x7f\x80\u2028",
        '"body": "", "markdown": ""',
    ],
)
def test_every_character_is_written_as_json_does(statement: Statement, text: str) -> None:
    page = replace(statement, title=text, paragraphs=(text,), markdown=f"{text}*")
    assert json_line(page) == json.dumps(page.as_json(), ensure_ascii=False).encode()
