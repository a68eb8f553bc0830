"""Charts are positions in per cent, made of counted links."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reports import charts
from reports.findings import Citation, Finding

Make = Callable[..., Finding]


def _cited(year: str | None) -> tuple[Citation, ...]:
    return (Citation(statement_url=f"http://s.example/{year}", statement_date=year),)


def test_years_stand_side_by_side_in_order(finding_of: Make) -> None:
    findings = [
        finding_of(citations=_cited("2014")),
        finding_of(outcome="ok", citations=_cited("2014")),
        finding_of(outcome="ok", citations=_cited("2011")),
        finding_of(citations=_cited(None)),
    ]
    drawing = charts.by_year(findings)
    assert [(c.label, c.middle, c.share.value) for c in drawing.columns] == [
        ("2011", 25.0, 0.0),
        ("2014", 75.0, 0.5),
    ]
    assert drawing.columns[1].fragment == "#year=2014"


def test_the_axis_holds_every_interval(finding_of: Make) -> None:
    findings = [finding_of(outcome="ok", citations=_cited("2012")) for _ in range(400)]
    drawing = charts.by_year([*findings, finding_of(citations=_cited("2012"))])
    assert drawing.columns[0].interval.high <= drawing.top == 0.05


def test_a_year_of_blocked_links_only_is_not_drawn(finding_of: Make) -> None:
    drawing = charts.by_year([finding_of(outcome="blocked", citations=_cited("2012"))])
    assert drawing.columns == ()
    assert drawing.width == 0


@pytest.mark.parametrize(("years", "short"), [(10, "2000"), (11, "\u201900")])
def test_many_years_are_written_short(finding_of: Make, years: int, short: str) -> None:
    findings = [finding_of(citations=_cited(f"{2000 + n}")) for n in range(years)]
    assert charts.by_year(findings).columns[0].short == short


def test_causes_are_ordered_and_measured_against_the_commonest(finding_of: Make) -> None:
    findings = [
        *[finding_of() for _ in range(4)],
        finding_of(outcome="transient", reason="timeout & more"),
        finding_of(outcome="ok", reason="http-200"),
    ]
    bars = charts.by_cause(findings)
    assert [(bar.reason, bar.count, bar.length) for bar in bars] == [
        ("http-404", 4, 100.0),
        ("timeout & more", 1, 25.0),
    ]
    assert bars[1].fragment == "#outcome=transient&reason=timeout+%26+more"


def test_no_broken_links_have_no_causes(finding_of: Make) -> None:
    assert charts.by_cause([finding_of(outcome="ok")]) == ()
