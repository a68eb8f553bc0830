"""URLs written out without an anchor are cited, and are no outlinks."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from statement_pages import page

from pipelines.statements.record import Provenance, Statement
from pipelines.statements.statement import statement_from_html
from warc.locator import Locator

WRITTEN = "https://www.dhs.gov/uflpa"


def statement() -> Statement:
    provenance = Provenance(
        url="http://2009-2017.state.gov/r/pa/prs/ps/2016/10/263705.htm",
        status=200,
        content_type="text/html; charset=utf-8",
        captured=datetime(2024, 1, 1, tzinfo=UTC),
        locator=Locator(file="a.warc.gz", offset=0, length=1),
    )
    html = page("On Trade", f'See {WRITTEN}, <a href="http://b.gov/">b</a>, <a href="#n">note</a>.')
    found = statement_from_html(html, provenance)
    assert isinstance(found, Statement)
    return found


def test_a_bare_url_is_cited_beside_the_outlinks() -> None:
    found = statement()
    assert [link.target for link in found.cited] == [WRITTEN, "http://b.gov/"]
    assert [link.target for link in found.outlinks] == ["http://b.gov/"]
    others = [link["href"] for link in found.as_json()["other_links"]]
    assert others == [WRITTEN, "#n"]


def test_what_is_bare_survives_json() -> None:
    found = statement()
    assert Statement.from_json(json.loads(json.dumps(found.as_json()))) == found
