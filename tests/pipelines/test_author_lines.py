"""Who speaks, in lines that put roles first, join persons with "and", or leave a role out."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipelines.sites.template import FIELD_PARTS, Field
from pipelines.statements.header import read_header
from pipelines.statements.header_lines import Line, labelled_lines
from pipelines.statements.line_kinds import classify
from pipelines.statements.places import is_place
from pipelines.statements.speakers import parse_speakers

OCEANS = "Assistant Secretary for Oceans, and Special Envoy for Biodiversity and Water Resources"


def persons(line: str) -> list[tuple[str, str | None]]:
    return [(speaker.name, speaker.role) for speaker in parse_speakers(line)[0]]


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("Under Secretary for Political Affairs", "Victoria Nuland"),
        ("Under Secretary for Economic Growth, Energy, and the Environment", "Jose W. Fernandez"),
        ("Deputy Secretary of State for Management and Resources", "Brian P. McKeon"),
        ("Special Envoy for Holocaust Issues", "Ellen Germain"),
        ("Secretary-General of the OECD", "Mathias Cormann"),
        ("Director of Policy Planning", "Richard Haass"),
        ("Special Envoy for Yemen", "Tim Lenderking"),
    ],
)
def test_a_role_of_many_words_may_stand_first(role: str, name: str) -> None:
    assert persons(f"{role} {name}") == [(name, role)]
    assert persons(f"{name}, {role}") == [(name, role)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "John Kerry, Secretary of State, and Ashton Carter, Secretary of Defense",
            [("John Kerry", "Secretary of State"), ("Ashton Carter", "Secretary of Defense")],
        ),
        (
            "Secretary of State John Kerry and Foreign Minister Sergei Lavrov",
            [("John Kerry", "Secretary of State"), ("Sergei Lavrov", "Foreign Minister")],
        ),
        (
            "Secretary Colin L. Powell, Foreign Minister Igor Ivanov, and High Representative"
            " Javier Solana",
            [
                ("Colin L. Powell", "Secretary"),
                ("Igor Ivanov", "Foreign Minister"),
                ("Javier Solana", "High Representative"),
            ],
        ),
        (f"Monica Medina, {OCEANS}", [("Monica Medina", OCEANS)]),
    ],
)
def test_and_joins_persons_or_goes_on_with_a_role(
    line: str, found: list[tuple[str, str | None]]
) -> None:
    assert persons(line) == found


def test_the_role_in_an_element_is_of_the_last_name_there() -> None:
    lines = [
        Line(text="Ned Price", field=Field.NAME, group=1),
        Line(text="Jalina Porter", field=Field.NAME, group=1),
        Line(text="Principal Deputy Spokesperson", field=Field.ROLE, group=1),
    ]
    found = [(speaker.name, speaker.role) for speaker in read_header(lines).speakers]
    assert found == [("Ned Price", None), ("Jalina Porter", "Principal Deputy Spokesperson")]


def test_a_space_before_the_comma_of_a_place_counts_for_nothing() -> None:
    assert is_place("Washington , DC")


def test_an_intervention_is_a_type() -> None:
    assert classify("Intervention") is Field.TYPE


@pytest.mark.parametrize("field", [Field.ROLE, None])
def test_roles_in_a_row_are_of_the_names_in_their_order(field: Field | None) -> None:
    texts = ["John Kerry", "Ash Carter", "Secretary of State", "Secretary of Defense"]
    fields = [Field.NAME, Field.NAME, field, field]
    lines = [Line(text=text, field=kind) for text, kind in zip(texts, fields, strict=True)]
    found = [(speaker.name, speaker.role) for speaker in read_header(lines).speakers]
    assert found == [("John Kerry", "Secretary of State"), ("Ash Carter", "Secretary of Defense")]


def test_a_byline_without_a_role_takes_that_of_the_next_line() -> None:
    lines = [
        Line(text="John Kerry", field=Field.SPEAKERS),
        Line(text="Secretary of State", field=Field.ROLE),
    ]
    found = [(speaker.name, speaker.role) for speaker in read_header(lines).speakers]
    assert found == [("John Kerry", "Secretary of State")]


def labelled(html: str) -> list[Line]:
    body = LexborHTMLParser(html).body
    assert body is not None
    return labelled_lines(body, FIELD_PARTS)


@pytest.mark.parametrize(
    "inner",
    [
        "<span>John Kerry</span>, <span>Secretary of State</span>",
        "<a href='/k/'>John Kerry</a>, Secretary of State",
        "John Kerry<br>Secretary of State",
    ],
)
def test_markup_within_a_byline_does_not_part_it(inner: str) -> None:
    header = read_header(labelled(f'<p class="article-meta__author-bureau">{inner}</p>'))
    found = [(speaker.name, speaker.role) for speaker in header.speakers]
    assert (found, header.office) == ([("John Kerry", "Secretary of State")], None)


def test_emphasis_adds_no_space_to_a_line() -> None:
    html = "<span class='city'><b>Washington</b>, DC<br></span> <p class='venue'>8<sup>th</sup>"
    assert [line.text for line in labelled(f"{html} <i>Floor</i>")] == [
        "Washington, DC",
        "8th Floor",
    ]
