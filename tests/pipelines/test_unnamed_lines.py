"""Header lines without names are told from the text below them, and from one another."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.sites.template import Field
from pipelines.statements.line_kinds import classify
from pipelines.statements.record import Provenance, Statement
from pipelines.statements.speakers import Speaker
from pipelines.statements.statement import statement_from_html
from warc.locator import Locator


def read(cell: str) -> Statement:
    """Return the statement of a 2001-2009 page whose `td.content-font-style` holds `cell`."""
    html = f"""<html><head><title>On Peace</title></head><body><table><tr><td
class="content-font-style">{cell}</td></tr></table></body></html>"""
    provenance = Provenance(
        url="http://2001-2009.state.gov/r/pa/prs/ps/2006/65700.htm",
        status=200,
        content_type="text/html; charset=utf-8",
        captured=datetime(2024, 5, 1, tzinfo=UTC),
        locator=Locator(file="a.warc.gz", offset=10, length=20),
    )
    found = statement_from_html(html.encode(), provenance)
    assert isinstance(found, Statement), found
    return found


def header(*lines: str, body: str = "<p>Text of it.</p>") -> Statement:
    return read(f'<h1>On Peace</h1><p><font size="2">{"<br>".join(lines)}</font></p>{body}')


def apart(*lines: str, body: str = "<p>Text of it.</p>") -> Statement:
    """Return the statement with each line of its header in a paragraph of its own."""
    return read("<h1>On Peace</h1>" + "".join(f"<p>{line}</p>" for line in lines) + body)


@pytest.mark.parametrize(
    "first",
    [
        "The talks in Geneva,<br>which began today, go on.",
        "<b>QUESTION:</b> Is there a plan<br>for Washington, DC<br>in May?",
        "This is a fight we<br>cannot afford to lose, Secretary<br>Rice said.",
        "Office of the Spokesperson staff will be available.",
        "Participants included: Austria, Belgium,<br>the Czech Republic, and Italy",
        "Press Statement",
        "Washington, DC",
    ],
)
def test_what_follows_a_whole_header_is_text(first: str) -> None:
    found = header(
        "<b>Sean McCormack</b>, Spokesman", "Washington, DC", "May 2, 2006", body=f"<p>{first}</p>"
    )
    assert len(found.paragraphs) == 1
    assert found.speakers == (Speaker(name="Sean McCormack", role="Spokesman"),)
    assert (found.place, found.venue, found.office) == ("Washington, DC", None, None)


def test_lines_may_have_a_paragraph_each() -> None:
    found = apart(
        "<b>R. Nicholas Burns</b>",
        "Under Secretary for Political Affairs",
        "<b>C.S. Eliot Kang</b>",
        "Assistant Secretary",
        "Remarks",
        "Villa Madama",
        "Rome, Italy",
        "May 2, 2006",
    )
    assert found.speakers == (
        Speaker(name="R. Nicholas Burns", role="Under Secretary for Political Affairs"),
        Speaker(name="C.S. Eliot Kang", role="Assistant Secretary"),
    )
    assert (found.document_type, found.venue, found.place) == (
        "Remarks",
        "Villa Madama",
        "Rome, Italy",
    )
    assert found.paragraphs == ("Text of it.",)


def test_a_title_repeated_below_the_header_is_text() -> None:
    found = header("Media Note", "Washington, DC", "May 2, 2006", body="<p>On Peace</p><p>Text</p>")
    assert found.paragraphs == ("On Peace", "Text")


def test_the_line_before_the_date_is_the_place() -> None:
    found = header("Sean McCormack, Spokesman", "Press Statement", "Gdansk", "May 2, 2006")
    assert (found.place, found.document_type) == ("Gdansk", "Press Statement")


@pytest.mark.parametrize(
    "venue",
    [
        "Rashtrapati Bhavan",
        "U.S. Embassy London",
        "Department of State",
        "Camp David",
        "Dean Acheson Auditorium",
        "Chief of Mission Residence",
        "Prime Minister\u2019s Office",
        "Secretary\u2019s Plane",
        "Rayburn House Office Building, Room 2172",
    ],
)
def test_the_line_above_the_place_is_the_venue(venue: str) -> None:
    found = header("<b>John Kerry</b>, Secretary", "Remarks", venue, "Nassau, The Bahamas", "2006")
    assert (found.venue, found.place) == (venue, "Nassau, The Bahamas")
    assert (found.office, len(found.speakers)) == (None, 1)


def test_of_two_free_lines_above_the_place_the_first_is_the_type() -> None:
    found = header("<b>John Kerry</b>, Secretary", "LiveAtState", "Blue House", "Seoul", "2006")
    assert (found.document_type, found.venue) == ("LiveAtState", "Blue House")


def test_an_embassy_that_nobody_else_signs_for_is_the_office() -> None:
    found = header("U.S. Embassy London", "Media Note", "London", "May 2, 2006")
    assert (found.office, found.venue) == ("U.S. Embassy London", None)


def test_a_role_without_a_person_is_the_office() -> None:
    found = header("Under Secretary for Political Affairs", "Media Note", "May 2, 2006")
    assert (found.office, found.speakers) == ("Under Secretary for Political Affairs", ())


def test_a_line_of_no_known_kind_is_the_type_where_there_is_none() -> None:
    found = header("<b>John Kerry</b>, Secretary", "Musings", "Paris, France", "May 2, 2006")
    assert found.venue == "Musings"  # above the place it is the venue, as elsewhere
    found = header("Musings", "<b>John Kerry</b>, Secretary", "Paris, France", "May 2, 2006")
    assert found.document_type == "Musings"


@pytest.mark.parametrize(
    "line",
    [
        "Travel Advisory",
        "Telephonic Press Briefing",
        "Chairman\u2019s Statement",
        "Remarks to the Press",
    ],
)
def test_types_are_known_by_how_they_end_or_begin(line: str) -> None:
    assert classify(line) is Field.TYPE


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Via Teleconference", Field.PLACE),
        ("Sharm el-Sheikh, Egypt", Field.PLACE),
        ("Majuro, Republic of the Marshall Islands", Field.PLACE),
        ("Old City, Jerusalem", Field.PLACE),
        ("Commencement Address", Field.TYPE),
        ("Conference Call with Senior Officials", Field.TYPE),
        ("Ramzi bin al-Shibh", Field.NAME),
        ("Dean Thompson", Field.NAME),
        ("Member of Congress", Field.ROLE),
        ("Global Engagement Center", Field.OFFICE),
        ("Executive Office of the President", Field.OFFICE),
        ("Bureau of International Narcotics and Law Enforcement Affairs", Field.OFFICE),
        ("Ambassador-at-Large Rashad Hussain", Field.NAME),
        ("Counselor of the Department", Field.ROLE),
        ("Press Briefing Room", None),
        ("PUBLIC SCHEDULE FOR MONDAY, JUNE 4, 2012", None),
    ],
)
def test_lines_are_told_by_their_words(line: str, field: Field | None) -> None:
    assert classify(line) is field


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Hyatt Regency Hotel, Washington, DC, May 2, 2006", "Hyatt Regency Hotel, Washington, DC"),
        ("Columbus, Ohio, Tuesday, May 2, 2006", "Columbus, Ohio"),
        ("May 2, 2006, New York, New York", "New York, New York"),
    ],
)
def test_one_line_may_say_where_and_when(line: str, place: str) -> None:
    found = header("<b>Secretary Colin L. Powell</b>", "Remarks", line)
    assert (found.place, found.date) == (place, "2006-05-02")


def test_the_header_of_a_page_of_1998() -> None:
    found = read(
        "<p><table><tr><td><img alt='Great Seal'></td><td><b>Secretary of State Madeleine K."
        " Albright and<br>Richard Boucher, Department of State Spokesman<br>On Peace</b><br>"
        "January 9, 1998, Washington, DC<br>As released by the Office of the Spokesman,"
        " January 10, 1998<br>U.S. Department of State</td></tr></table><p>Text of it."
    )
    assert found.title == "On Peace"
    assert found.speakers == (
        Speaker(name="Madeleine K. Albright", role="Secretary of State"),
        Speaker(name="Richard Boucher", role="Department of State Spokesman"),
    )
    assert (found.office, found.place, found.date) == (
        "Office of the Spokesman",
        "Washington, DC",
        "1998-01-09",
    )
    assert (found.document_type, found.venue) == (None, None)
    assert found.paragraphs == ("Text of it.",)


def test_a_release_number_is_no_venue() -> None:
    found = header("Notice to the Press", "Washington, DC", "May 2, 2006", "2006/23")
    assert (found.prn, found.venue) == ("2006/23", None)


def test_a_line_like_the_title_may_be_the_type() -> None:
    found = read(
        "<h1>Op-Ed</h1><p>Op-Ed<br><b>John Kerry</b>, Secretary<br>May 2, 2006</p><p>Text</p>"
    )
    assert (found.title, found.document_type) == ("Op-Ed", "Op-Ed")


def test_a_heading_below_the_header_is_no_text() -> None:
    found = read("<p>Media Note<br>May 2, 2006</p><h1>On Peace</h1><p>Text of it.</p>")
    assert (found.title, found.paragraphs) == ("On Peace", ("Text of it.",))


def test_a_table_below_the_header_is_text() -> None:
    table = "<table><tr><td>Country</td><td>2006</td></tr></table>"
    found = apart("Fact Sheet", "Office of the Spokesman", "Washington, DC", body=table)
    assert found.paragraphs == ("Country", "2006")


def test_a_room_without_a_town_is_the_venue() -> None:
    found = header("<b>John Kerry</b>, Secretary", "Remarks", "Treaty Room", "May 2, 2006")
    assert (found.venue, found.place) == ("Treaty Room", None)


@pytest.mark.parametrize("between", ["<br><br>", "</font><br>&nbsp;<br>", "<br>"])
def test_header_and_text_may_share_a_block(between: str) -> None:
    found = read(
        "<h1>On Peace</h1><font>Media Note<br>Office of the Spokesman<br>Washington, DC<br>"
        f'May 2, 2006{between}The <b>two</b> met <a href="http://a.gov/">here</a>.<br><br>More.'
    )
    assert (found.document_type, found.place, found.date) == (
        "Media Note",
        "Washington, DC",
        "2006-05-02",
    )
    assert found.paragraphs == ("The two met here. More.",)
    assert [(link.target, link.text) for link in found.outlinks] == [("http://a.gov/", "here")]
    assert found.markdown.startswith("The **two** met [here](http://a.gov/).")


def test_a_shared_block_without_a_date_is_parted_at_its_empty_line() -> None:
    found = read(
        "<h1>On Peace</h1>Media Note<br>Office of the Spokesman<br><br>"
        '<a href="http://a.gov/"></a>The two met<br>in Washington, DC today.'
    )
    assert (found.document_type, found.office) == ("Media Note", "Office of the Spokesman")
    assert found.paragraphs == ("The two met in Washington, DC today.",)
    assert [link.target for link in found.outlinks] == ["http://a.gov/"]


def test_a_type_that_is_a_place_as_well_is_the_place_below_another_type() -> None:
    found = header("John Kerry, Secretary", "Special Briefing", "Teleconference", "May 2, 2006")
    assert (found.document_type, found.place) == ("Special Briefing", "Teleconference")


def test_a_type_of_the_title_s_words_may_stand_below_the_date() -> None:
    found = read("<h1>Readout</h1><p>May 2, 2006</p><p>Readout</p><p>Gdansk</p><p>Text of it.</p>")
    assert (found.document_type, found.paragraphs[-1]) == ("Readout", "Text of it.")


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["Press Statement by James P. Rubin, Spokesman"], "Press Statement"),
        (["Daily Press Briefing", "Briefer: James P. Rubin, Spokesman"], "Daily Press Briefing"),
        (["Statement by the Press Secretary"], "Statement by the Press Secretary"),
    ],
)
def test_a_line_may_say_what_it_is_and_who_speaks(lines: list[str], kind: str) -> None:
    found = header(*lines, "Washington, DC", "December 10, 1999")
    persons = (Speaker(name="James P. Rubin", role="Spokesman"),)
    assert found.document_type == kind
    assert found.speakers == (persons if "Rubin" in lines[-1] else ())
