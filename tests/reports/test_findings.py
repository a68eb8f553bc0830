"""The order people read findings in, and what counts as confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from reports.findings import Citation, Finding, Period, Report, reading_order
from reports.standing import Standing

Make = Callable[..., Finding]


def test_broken_links_come_first_then_the_surest_then_the_most_cited(finding_of: Make) -> None:
    cited = Citation(statement_url="http://s.example/1")
    wanted = [
        finding_of(url="http://d.example/", citations=(cited, cited)),
        finding_of(url="http://c.example/", citations=(cited,)),
        finding_of(url="http://e.example/", citations=(cited,)),
        finding_of(url="http://b.example/", confidence="low", citations=(cited,) * 3),
        finding_of(url="http://f.example/", outcome="blocked"),
        finding_of(url="http://a.example/", outcome="ok"),
    ]
    assert reading_order(wanted[::-1]) == wanted


def test_an_odd_confidence_comes_after_low(finding_of: Make) -> None:
    odd, low = finding_of(confidence="odd"), finding_of(confidence="low")
    assert reading_order([odd, low]) == [low, odd]


@pytest.mark.parametrize(
    ("state", "confirmed"),
    [("dead, gone", True), ("usurped", True), ("suspect", False), ("new", False)],
)
def test_only_dead_and_usurped_are_confirmed(finding_of: Make, state: str, confirmed: bool) -> None:
    assert finding_of(state=state).is_confirmed is confirmed


def test_a_link_that_works_again_is_not_confirmed_dead(finding_of: Make) -> None:
    assert not finding_of(outcome="ok", state="dead, gone").is_confirmed


def test_the_period_covers_all_checks(finding_of: Make) -> None:
    first = finding_of()
    last = finding_of(checked=first.checked + timedelta(hours=2))
    period = Period.covering([last, first])
    assert period == Period(began=first.checked, ended=last.checked)


def test_no_checks_have_no_period() -> None:
    assert Period.covering([]) is None


def test_a_citation_knows_its_year() -> None:
    assert Citation(statement_url="http://s.example/", statement_date="2013-05").year == "2013"
    assert Citation(statement_url="http://s.example/").year is None


def test_a_report_counts_its_links(finding_of: Make, report_with: Callable[..., Report]) -> None:
    report = report_with(finding_of(), finding_of(outcome="tls"), finding_of(outcome="blocked"))
    assert report.outcomes == {"gone": 1, "tls": 1, "blocked": 1}
    assert report.standings == {Standing.BROKEN: 2, Standing.UNSEEN: 1}
