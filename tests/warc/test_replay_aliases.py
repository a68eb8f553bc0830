from __future__ import annotations

from pathlib import Path

import pytest
from replayed import DAY, Replayed, answer, html

ARCHIVE = "http://2009-2017.state.gov/r/pa/1.htm"
SISTER = "http://2001-2009.state.gov/r/pa/1.htm"


@pytest.fixture
def replayed(tmp_path: Path) -> Replayed:
    made = Replayed(tmp_path / "c")
    made.aliases = (
        ("www.state.gov", "2001-2009.state.gov"),
        ("www.state.gov", "2009-2017.state.gov"),
    )
    return made


@pytest.mark.parametrize(
    "url",
    ["http://www.state.gov/r/pa/1.htm", "https://state.gov/r/pa/1.htm", "http://STATE.GOV:80/r/pa/1.htm"],
)  # fmt: skip
def test_a_page_is_found_under_the_host_it_was_captured_from(replayed: Replayed, url: str) -> None:
    replayed.write("a", (ARCHIVE, html(b"page")))
    got = replayed.page(url)
    assert got.status == 302
    assert got.headers["location"] == f"/{DAY}mp_/{ARCHIVE}"


def test_two_archives_are_not_taken_for_each_other(replayed: Replayed) -> None:
    replayed.write("a", (ARCHIVE, html(b"page")))
    assert replayed.page(SISTER).status == 404
    assert replayed.page("http://www.state.gov:8080/r/pa/1.htm").status == 404


def test_what_was_captured_under_its_own_name_goes_before(replayed: Replayed) -> None:
    present = "http://www.state.gov/r/pa/1.htm"
    replayed.write("a", (ARCHIVE, html(b"archived")), (present, html(b"present")))
    assert "present" in replayed.page(present).text


def test_a_redirect_to_an_alias_is_followed(replayed: Replayed) -> None:
    moved = answer(b"", "Location: http://www.state.gov/r/pa/1.htm", status="301 Moved")
    replayed.write("a", (ARCHIVE, html(b"page")), ("http://a.example/", moved))
    assert "was not captured" not in replayed.get(f"/{DAY}/http://a.example/").text
    assert replayed.page("http://a.example/").status == 302


def test_without_aliases_hosts_are_what_they_are(replayed: Replayed) -> None:
    replayed.aliases = ()
    replayed.write("a", (ARCHIVE, html(b"page")))
    assert replayed.page("http://www.state.gov/r/pa/1.htm").status == 404
