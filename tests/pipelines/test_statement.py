"""A page becomes a statement, or a reason why it is none."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from pipelines.statements.outlinks import OutlinkKind
from pipelines.statements.statement import (
    NotAStatement,
    Provenance,
    Reason,
    Speaker,
    Statement,
    statement_from_html,
)
from warc.locator import Locator

URL = "https://2009-2017.state.gov/r/pa/prs/ps/2016/10/263705.htm"
PARAGRAPHS = "<p>Begin text:</p><p>The two governments met.</p><p>End text.</p>"
HEADER = (
    '<span class="document_type_-_press">Media Note<br></span>',
    '<span class="releasing_office_-_other">Office of the Spokesperson<br></span>',
    '<span class="city">Washington, D.C.<br></span>',
    '<span class="date_of_release">October 27, 2016<br></span>',
)


def responsive(
    *header: str, body: str = PARAGRAPHS, title: str = "Joint Statement", prn: str = ""
) -> bytes:
    """Return a page of the "state-responsive" template."""
    fields = "".join(f'<div id="templateFields">{line}</div>' for line in header)
    return f"""<!DOCTYPE html><html lang="en-US"><head><title>{title}</title>
<meta content="http://www.state.gov/r/pa/prs/ps/2016/10/263705.htm" property="og:url"></head><body>
<div class="archive-banner"><p>links may not function. NOT UPDATED</p><a href="http://www.state.gov/">now</a></div>
<!-- BEGIN BREADCRUMB --><ul class="breadcrumbs"><li><a href="/">Home</a></li><li>Bureau of Public
Affairs: Press</li></ul><!-- END BREADCRUMB --><h2 class="title left" id="page-title">{title}</h2>
<div id="top-meta"><!-- TOP-META START -->{fields}<!-- TOP-META END --></div><hr><p></p>
<!-- CENTERBLOCK START --><!-- CENTERBLOCK START --><div id="centerblock">{body}</div><p></p>
<!-- CENTERBLOCK END --><!-- PRN START -->{prn}<!-- PRN END --><aside class="x">
<a href="http://chrome.example/">menu</a></aside></body></html>""".encode()


def bush(header: str, body: str = "<p>Text of it.</p>", title: str = "<h1>On Peace</h1>") -> bytes:
    """Return a page of the 2001-2009 template."""
    return f"""<html><head><title>On Peace</title></head><body><a href="/home">Home</a><table><tr>
<td class="content-font-style">{title}<p><font size="2">{header}</font></p>{body}</td></tr></table>
<p>footer <a href="/misc/415.htm">Privacy</a></p></body></html>""".encode()


def provenance(
    url: str = URL, status: int | None = 200, content_type: str | None = "text/html; charset=utf-8"
) -> Provenance:
    return Provenance(
        url=url,
        status=status,
        content_type=content_type,
        captured=datetime(2024, 5, 1, 12, 0, 0, 5, tzinfo=UTC),
        locator=Locator(file="a.warc.gz", offset=10, length=20),
        payload_digest="sha1:AAAA",
    )


def read(html: bytes, **where: str) -> Statement:
    found = statement_from_html(html, provenance(**where))
    assert isinstance(found, Statement), found
    return found


def reason(html: bytes, **answer: str | int) -> Reason:
    found = statement_from_html(html, provenance(**answer))  # type: ignore[arg-type]
    assert isinstance(found, NotAStatement)
    return found.reason


def test_every_field_of_a_press_release() -> None:
    found = read(responsive(*HEADER, prn="<p>PRN: 2016/1944</p>"))
    assert found.title == "Joint Statement"
    assert found.document_type == "Media Note"
    assert found.office == "Office of the Spokesperson"
    assert (found.place, found.place_normalised) == ("Washington, D.C.", "Washington, DC")
    assert (found.date, found.date_precision, found.date_source) == ("2016-10-27", "day", "header")
    assert found.bureau == "Bureau of Public Affairs"
    assert found.original_url == "http://www.state.gov/r/pa/prs/ps/2016/10/263705.htm"
    assert (found.prn, found.language, found.era) == ("2016/1944", "en-US", "2009-2017")
    assert found.paragraphs == ("Begin text:", "The two governments met.", "End text.")
    assert (found.text_begins, found.text_ends) == (0, 2)
    assert found.outlinks == ()
    assert found.warnings == ()


@pytest.mark.parametrize("order", [(3, 0, 1, 2), (2, 3, 1, 0)])
def test_the_order_of_the_fields_does_not_matter(order: tuple[int, ...]) -> None:
    usual, other = read(responsive(*HEADER)), read(responsive(*(HEADER[i] for i in order)))
    assert other.as_json() == usual.as_json()


def test_fields_of_unknown_names_are_told_by_their_content() -> None:
    unnamed = [f'<span class="f{i}">{line.partition(">")[2]}' for i, line in enumerate(HEADER)]
    assert read(responsive(*unnamed)).as_json() == read(responsive(*HEADER)).as_json()


def test_speakers_are_paired_with_roles_across_elements() -> None:
    lines = [
        '<span class="officials-name">John Kerry<br></span>',
        '<span class="officials-title">Secretary of State<br></span>',
        '<span class="officials-name">Robert O. Blake, Jr.<br></span>'
        '<span class="officials-title">Assistant Secretary<br></span>',
        '<span class="document_type">Remarks</span>',
    ]
    assert read(responsive(*lines)).speakers == (
        Speaker(name="John Kerry", role="Secretary of State"),
        Speaker(name="Robert O. Blake, Jr.", role="Assistant Secretary"),
    )


def test_a_role_may_come_before_its_name() -> None:
    lines = [
        '<span class="officials-title">Secretary of State<br></span>',
        '<span class="officials-name">John Kerry<br></span>',
        '<div id="date_long">May 1, 2013</div>',
    ]
    assert read(responsive(*lines)).speakers == (
        Speaker(name="John Kerry", role="Secretary of State"),
    )


def test_a_stray_end_tag_in_the_body_loses_no_text() -> None:
    found = read(responsive(*HEADER, body="<p>One.</p></div></div><p>Two.</p>"))
    assert found.paragraphs == ("One.", "Two.")


def test_only_links_of_the_body_are_outlinks() -> None:
    body = '<p><a href="http://a.gov/">a</a> <a href="#n">1</a> <a href="mailto:a@b.gov">m</a></p>'
    found = read(responsive(*HEADER, body=body))
    assert [link.resolved for link in found.outlinks] == ["http://a.gov/"]
    assert [link.kind for link in found.links[1:]] == [OutlinkKind.FRAGMENT, OutlinkKind.MAIL]


def test_a_month_is_a_date_of_less_precision() -> None:
    found = read(responsive(HEADER[0], '<span class="date_of_release">July 2016<br></span>'))
    assert (found.date, found.date_precision) == ("2016-07", "month")


def test_a_date_missing_from_the_header_is_taken_from_the_address_and_warned_of() -> None:
    found = read(responsive(*HEADER[:3]))
    assert (found.date, found.date_precision, found.date_source) == ("2016-10", "month", "address")
    assert found.warnings == ("no date in the header: address",)


def test_a_day_without_a_year_is_of_the_year_of_the_address() -> None:
    found = read(responsive(*HEADER[:3], '<div id="date_long">October 27</div>'))
    assert (found.date, found.date_source) == ("2016-10-27", "header")


def test_an_id_out_of_range_for_the_date_is_warned_of() -> None:
    found = read(responsive(*HEADER), url=URL.replace("263705", "101214"))
    assert found.warnings == ("id 101214 is out of range for 2016-10-27",)


def test_a_transcript_has_turns() -> None:
    body = (
        "<p>2:32 p.m. EDT</p><p><b>MR KIRBY:</b> Good afternoon.</p><p>One thing.</p>"
        "<p>QUESTION: Why?</p><p>MS. PSAKI (via phone): So.</p>"
        "<p>FOREIGN MINISTER \u00c7AVU\u015eO\u011eLU: Yes.</p>"
    )
    turns = read(responsive(*HEADER, body=body)).turns
    assert [(turn.speaker, turn.start, turn.end) for turn in turns] == [
        ("MR KIRBY", 1, 3),
        ("QUESTION", 3, 4),
        ("MS. PSAKI", 4, 5),
        ("FOREIGN MINISTER \u00c7AVU\u015eO\u011eLU", 5, 6),
    ]


def test_changed_markup_leaves_the_digest_and_changed_text_does_not() -> None:
    one = read(responsive(*HEADER, body="<p>Peace now.</p>"))
    same = read(responsive(*HEADER, body="<div><P>Peace&nbsp; <em>now.</em></P></div>"))
    other = read(responsive(*HEADER, body="<p>Peace later.</p>"))
    assert one.text_digest == same.text_digest != other.text_digest


def test_statements_survive_json() -> None:
    body = '<p>MR A: x <a href="http://a.gov/">a</a></p><p>MR B: <a href="#1">1</a></p>'
    found = read(responsive(*HEADER, body=body))
    values = json.loads(json.dumps(found.as_json()))
    assert Statement.from_json(values) == found
    assert list(values) == list(found.as_json())


def test_2001_header_lines_are_told_by_content() -> None:
    header = (
        "<b>Sean McCormack</b>, Spokesman<br>Press Statement<br>Treaty Room<br>Washington, DC"
        "<br>May 2, 2006"
    )
    found = read(bush(header), url="http://2001-2009.state.gov/r/pa/prs/ps/2006/65700.htm")
    assert found.speakers == (Speaker(name="Sean McCormack", role="Spokesman"),)
    assert (found.document_type, found.venue, found.place) == (
        "Press Statement",
        "Treaty Room",
        "Washington, DC",
    )
    assert (found.title, found.date, found.paragraphs) == (
        "On Peace",
        "2006-05-02",
        ("Text of it.",),
    )


def test_without_a_heading_the_title_is_that_of_the_document() -> None:
    html = bush("Media Note<br>Washington, DC<br>May 2, 2006", title="")
    assert read(html, url="http://2001-2009.state.gov/r/1.htm").title == "On Peace"


def test_unlabelled_windows_bytes_are_read_as_such() -> None:
    html = bush("Media Note<br>Washington, DC<br>May 2, 2006", body="<p>It\u2019s \u2014 peace</p>")
    encoded = html.decode().encode("cp1252")
    found = read(encoded, url="http://2001-2009.state.gov/r/1.htm", content_type="text/html")
    assert found.paragraphs == ("It\u2019s \u2014 peace",)


def wordpress(lead: str = "") -> bytes:
    return f"""<html><head><meta property="og:url" content="https://www.state.gov/x/" />
<style>.entry-content{{}}</style></head><body><main><article>
<header class="module featured-content">
<p class="article-meta doctype-meta">Remarks</p><h1 class="featured-content__headline">On Peace</h1>
<div class="article-meta"><p
class="article-meta__author-bureau">Antony J. Blinken, Secretary of State</p>
<p class="article-meta__publish-date">June 21, 2022</p></div></header>
<div class="entry-content">{lead}<div class="entry-content"><p>Text of it.</p></div></div>
<div class="related-tags"><a href="/t/">Tag</a></div></article></main></body></html>""".encode()


def test_nested_contents_are_read_once() -> None:
    found = read(wordpress(), url="https://2021-2025.state.gov/x/")
    assert found.paragraphs == ("Text of it.",)
    assert (found.document_type, found.date) == ("Remarks", "2022-06-21")
    assert found.speakers == (Speaker(name="Antony J. Blinken", role="Secretary of State"),)


def test_venue_and_place_that_begin_a_body_are_header() -> None:
    lead = "<p>Treaty Room<br>Washington, D.C.</p>"
    found = read(wordpress(lead), url="https://2021-2025.state.gov/x/")
    assert (found.venue, found.place) == ("Treaty Room", "Washington, D.C.")
    assert found.paragraphs == ("Text of it.",)


def test_the_template_is_told_by_the_page_and_not_by_the_host_alone() -> None:
    """www.state.gov has carried pages of every era."""
    found = read(responsive(*HEADER), url="http://www.state.gov/r/pa/prs/ps/2016/10/263705.htm")
    assert (found.template, found.document_type) == ("state-responsive", "Media Note")


LIST = (
    '<p>05/06/10 <a href="/1.htm">One</a>; Media Note</p><p>05/07/10 <a href="/2.htm">Two</a></p>'
)
REFRESH = b"<meta http-equiv=Refresh content=\"0;url='https://www.whitehouse.gov/x'\">"


@pytest.mark.parametrize(
    ("html", "why"),
    [
        (responsive(body=LIST, title="Press Releases: May 2010"), Reason.INDEX),
        (responsive(body="<p>The bureau works for peace.</p>"), Reason.SECTION),
        (responsive('<span class="document_type">Report</span>', *HEADER[1:]), Reason.REPORT),
        (responsive(body="<p>It may have been moved.</p>", title="Page Not Found"), Reason.ERROR),
        (responsive(*HEADER, body="<p>&nbsp;</p>"), Reason.EMPTY),
        (b"<title>U.S. Department of State</title>" + REFRESH, Reason.META_REFRESH),
        (b"<title>Technical Difficulties</title><h1>Sorry</h1>", Reason.TECHNICAL_DIFFICULTIES),
        (b"<title>Attention Required! | Cloudflare</title>", Reason.BLOCKED),
        (b"<html><title>Something else</title><p>Text</p></html>", Reason.NO_TEMPLATE),
        (b"%PDF-1.4 ...", Reason.DOCUMENT),
        (b" \n ", Reason.EMPTY),
        (
            b"<!-- printable banner --><!-- CENTERBLOCK START --><p>Text</p>",
            Reason.PRINT_VIEW,
        ),
    ],
)
def test_pages_that_are_no_statement(html: bytes, why: Reason) -> None:
    assert reason(html) is why


@pytest.mark.parametrize(
    ("status", "content_type", "why"),
    [
        (301, "text/html", Reason.REDIRECT),
        (404, "text/html", Reason.ERROR),
        (503, None, Reason.ERROR),
        (200, "application/pdf", Reason.DOCUMENT),
        (200, "image/gif", Reason.NOT_HTML),
    ],
)
def test_answers_that_hold_no_page(status: int, content_type: str, why: Reason) -> None:
    assert reason(b"GIF89a", status=status, content_type=content_type) is why


def test_where_a_stub_leads_is_told() -> None:
    found = statement_from_html(REFRESH, provenance())
    assert isinstance(found, NotAStatement)
    assert found.detail == "https://www.whitehouse.gov/x"


def test_a_title_that_speaks_of_reports_makes_no_report_of_remarks() -> None:
    lines = ('<span class="document_type">Remarks</span>', HEADER[3])
    assert read(responsive(*lines, title="Release of the 2011 Human Rights Report")).title


def test_a_page_of_any_other_site_is_read_generically() -> None:
    html = b"""<html><head><meta property="og:title" content="On Peace"><script
type="application/ld+json">{"datePublished": "2016-02-03T10:00:00Z"}</script></head><body><nav><a
href="/">Home</a></nav><article><header><h1>On Peace</h1><p class="byline">Jane Doe, Ambassador</p>
<p class="doc-type">Remarks</p></header><p>Text <a href="/more">more</a>.</p></article></body>
</html>"""
    found = read(html, url="https://embassy.example/remarks/1")
    assert (found.title, found.date, found.date_source) == ("On Peace", "2016-02-03", "metadata")
    assert found.paragraphs == ("Text more.",)
    assert found.speakers == (Speaker(name="Jane Doe", role="Ambassador"),)


@pytest.mark.parametrize("cut", range(0, 1600, 100))
def test_a_page_cut_anywhere_is_read_or_refused(cut: int) -> None:
    found = statement_from_html(responsive(*HEADER)[:cut], provenance())
    assert isinstance(found, Statement | NotAStatement)
