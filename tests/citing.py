"""A statement that cites links, put into a store."""

from __future__ import annotations

from datetime import UTC, datetime

from statement_pages import HOST, page

from pipelines.statements.record import NotAStatement, Provenance
from pipelines.statements.statement import statement_from_html
from pipelines.store import ExtractedWarc, Store
from warc.locator import Locator

FIRST = datetime(2026, 2, 1, tzinfo=UTC)


def cite(
    store: Store, *links: str, warc_name: str = "a.warc.gz", captured: datetime = FIRST
) -> None:
    """Let the one statement of the store cite `links`, as captured in a file."""
    paragraphs = (f'See <a href="{link}">the report</a> on trade.' for link in links)
    made = statement_from_html(
        page("On Trade", *paragraphs),
        Provenance(
            url=f"{HOST}/r/pa/prs/ps/2016/10/263705.htm",
            status=200,
            content_type="text/html",
            captured=captured,
            locator=Locator(file=warc_name, offset=0, length=1),
            payload_digest=None,
            truncated=None,
        ),
    )
    assert not isinstance(made, NotAStatement), made
    warc = ExtractedWarc(name=warc_name, size=1, extractor="1", pages={"statement": 1}, damage=0)
    store.put_statements(warc, [made])
