"""Dates, places and speakers are read in the spellings that headers have."""

from __future__ import annotations

import pytest

from pipelines.statements.dates import date_in_path, find_date, parse_date
from pipelines.statements.item_ids import is_plausible, item_id
from pipelines.statements.places import is_place, normalise_place
from pipelines.statements.speakers import is_name, is_office, parse_speakers


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("May 14, 2010", "2010-05-14"),
        ("Sept. 5, 2007", "2007-09-05"),
        ("14 May 2010", "2010-05-14"),
        ("MONDAY, AUGUST 21, 2000, 12:45 P.M.", "2000-08-21"),
        ("Friday, October 30, 1998 1:20 p.m. EST", "1998-10-30"),
        ("June 5-7, 2012", "2012-06-05"),
        ("Updated: June 2008", "2008-06"),
        ("August 2007", "2007-08"),
        ("2007", "2007"),
        ("05/06/10", "2010-05-06"),
        ("2022-06-21T15:04:05+00:00", "2022-06-21"),
    ],
)
def test_reads_dates_as_far_as_they_go(line: str, iso: str) -> None:
    found = parse_date(line)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize(
    "line",
    [
        "Feb 30, 2011",
        "May",
        "Department Press Briefing - May 5, 2022",
        "13/40/2010",
        "2:32 p.m. EDT",
    ],
)
def test_what_is_more_or_less_than_a_date_is_none(line: str) -> None:
    assert parse_date(line) is None


def test_finds_a_date_in_text() -> None:
    found = find_date("Joint Report to Congress, March 1, 2000")
    assert found is not None
    assert found.iso == "2000-03-01"


@pytest.mark.parametrize(
    ("path", "iso"),
    [
        ("/ps/2016/10/1.htm", "2016-10"),
        ("/ps/2008/aug/1.htm", "2008-08"),
        ("/rpt/2007/1.htm", "2007"),
    ],
)
def test_addresses_tell_year_and_month(path: str, iso: str) -> None:
    found = date_in_path(path)
    assert found is not None
    assert found.iso == iso


def test_ids_rise_with_time() -> None:
    assert item_id("/r/pa/prs/ps/2016/10/263705.htm") == 263705
    assert is_plausible(263705, "2016-10-27")
    assert not is_plausible(263705, "2010-10-27")


@pytest.mark.parametrize(
    "line",
    [
        "Washington, DC",
        "WASHINGTON, D.C.",
        "Via Teleconference",
        "En Route, Ankara, Turkey",
        "New York City, New York",
        "Abidjan, C\u00f4te d\u2019Ivoire",
        "Press Briefing Room, Washington, D.C.",
        "Kyiv, Ukraine (Via Teleconference)",
        "Jerusalem",
    ],
)
def test_places(line: str) -> None:
    assert is_place(line)


@pytest.mark.parametrize(
    "line",
    [
        "Assistant Secretary Satterfield Travels to Rio de Janeiro, Brazil",
        "We stand with Ukraine, Moldova, and Georgia.",
        "Press Briefing Room",
        "Ned Price, Department Spokesperson",
        "",
    ],
)
def test_no_places(line: str) -> None:
    assert not is_place(line)


@pytest.mark.parametrize(
    "spelling", ["Washington, DC", "Washington, D.C.", "WASHINGTON, D.C.", "Washington DC"]
)
def test_one_place_has_one_spelling(spelling: str) -> None:
    assert normalise_place(spelling) == "Washington, DC"


@pytest.mark.parametrize(
    ("line", "speakers", "office"),
    [
        ("John Kerry, Secretary of State", [("John Kerry", "Secretary of State")], None),
        ("Secretary of State John Kerry", [("John Kerry", "Secretary of State")], None),
        (
            "John Kerry, Secretary of State, Sergei Lavrov, Russian Foreign Minister",
            [("John Kerry", "Secretary of State"), ("Sergei Lavrov", "Russian Foreign Minister")],
            None,
        ),
        (
            "Uzra Zeya, Under Secretary for Civilian Security, Democracy, and Human Rights",
            [("Uzra Zeya", "Under Secretary for Civilian Security, Democracy, and Human Rights")],
            None,
        ),
        (
            "Lisa Peterson, Acting Assistant SecretaryBureau of Democracy, Human Rights, and Labor",
            [("Lisa Peterson", "Acting Assistant Secretary")],
            "Bureau of Democracy, Human Rights, and Labor",
        ),
        (
            "John Kerry, Secretary of State and Ash Carter, Secretary of Defense",
            [("John Kerry", "Secretary of State"), ("Ash Carter", "Secretary of Defense")],
            None,
        ),
        (
            "Jane Doe, Minister for Foreign Trade and Development Cooperation",
            [("Jane Doe", "Minister for Foreign Trade and Development Cooperation")],
            None,
        ),
        (
            "Admiral James G. Foggo III, Commander, Jane Doe, Co-Chair, OSCE Minsk Group",
            [
                ("Admiral James G. Foggo III", "Commander"),
                ("Jane Doe", "Co-Chair, OSCE Minsk Group"),
            ],
            None,
        ),
        (
            "[Senior State Department Official]",
            [("Senior State Department Official", None)],
            None,
        ),
        ("John Kerry and Sergei Lavrov", [("John Kerry", None), ("Sergei Lavrov", None)], None),
        ("Office of the Spokesperson", [], "Office of the Spokesperson"),
    ],
)
def test_speakers(line: str, speakers: list[tuple[str, str | None]], office: str | None) -> None:
    found, its_office = parse_speakers(line)
    assert [(s.name, s.role) for s in found] == speakers
    assert its_office == office


def test_rooms_and_offices_are_no_names() -> None:
    assert is_name("Jos\u00e9 W. Fern\u00e1ndez")
    assert not is_name("Press Briefing Room")
    assert not is_name("Marriott Hotel")
    assert is_office("U.S. Mission to the United Nations")
