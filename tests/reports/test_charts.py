"""Charts are positions in per cent, made of counted links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reports import charts
from reports.findings import Citation, Finding, RunFigures
from reports.standing import Standing

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
    assert [(c.label, c.middle, c.share.value) for c in drawing.marks] == [
        ("2011", 25.0, 0.0),
        ("2014", 75.0, 0.5),
    ]
    assert drawing.marks[1].fragment == "#year=2014"


def test_the_axis_holds_every_interval(finding_of: Make) -> None:
    findings = [finding_of(outcome="ok", citations=_cited("2012")) for _ in range(400)]
    drawing = charts.by_year([*findings, finding_of(citations=_cited("2012"))])
    assert drawing.marks[0].interval.high <= drawing.top == 0.05


def test_a_year_of_blocked_links_only_is_not_drawn(finding_of: Make) -> None:
    drawing = charts.by_year([finding_of(outcome="blocked", citations=_cited("2012"))])
    assert drawing.marks == ()
    assert drawing.step == 0


def test_a_year_has_a_short_name_too(finding_of: Make) -> None:
    assert charts.by_year([finding_of(citations=_cited("2012"))]).marks[0].short == "\u201912"


def test_hosts_are_ordered_by_broken_links_and_lead_to_all_of_theirs(finding_of: Make) -> None:
    findings = [
        finding_of(host="b.example"),
        finding_of(host="a.example"),
        finding_of(host="a.example", reason="x"),
        finding_of(host="a.example", outcome="ok"),
        finding_of(host="fine.example", outcome="ok"),
    ]
    drawing = charts.by_host(findings)
    assert [(m.label, m.share.numerator, m.share.denominator) for m in drawing.marks] == [
        ("a.example", 2, 3),
        ("b.example", 1, 1),
    ]
    assert drawing.marks[0].fragment == "#show=all&host=a.example"
    assert drawing.reach(0.5) == 50


def test_only_the_worst_hosts_are_drawn_and_the_others_counted(finding_of: Make) -> None:
    drawing = charts.by_host([finding_of(host=f"h{n}.example") for n in range(13)])
    assert len(drawing.marks) == charts.MOST_BARS
    assert drawing.others == 13 - charts.MOST_BARS


def test_domains_types_and_bureaus_have_charts_of_their_own(finding_of: Make) -> None:
    cited = Citation(statement_url="http://s.example/", document_type="Remarks", bureau="Ours")
    findings = [finding_of(host="www.a.gov", citations=(cited, cited))]
    assert [m.label for m in charts.by_domain(findings).marks] == [".gov"]
    assert [(m.label, m.share.numerator) for m in charts.by_type(findings).marks] == [
        ("Remarks", 1)
    ]
    assert [m.fragment for m in charts.by_bureau(findings).marks] == ["#show=all&bureau=Ours"]


@pytest.mark.parametrize(
    ("host", "name"),
    [("www.a.GOV", "gov"), ("a.org.", "org"), ("localhost", ""), ("10.0.0.1", ""), ("[::1]", "")],
)
def test_a_top_level_domain_is_the_last_label_of_a_name(host: str, name: str) -> None:
    assert charts.top_level(host) == name


def _run(week: int, **standings: int) -> RunFigures:
    return RunFigures(
        run_id=f"run-{week}",
        ended=datetime(2026, 1, 7 * week, tzinfo=UTC),
        standings={Standing(name): count for name, count in standings.items()},
    )


def test_runs_stand_along_time() -> None:
    runs = [_run(1, broken=1, works=9), _run(2, broken=2, works=8), _run(4, broken=4, works=6)]
    drawing = charts.over_runs(runs)
    assert [(m.label, m.middle, m.share.value) for m in drawing.marks] == [
        ("2026-01-07", 3.0, 0.1),
        ("2026-01-14", pytest.approx(3 + 94 / 3), 0.2),
        ("2026-01-28", 97.0, 0.4),
    ]


def test_runs_of_one_day_are_told_apart_by_the_hour() -> None:
    first = _run(1, broken=1)
    second = replace(first, run_id="later", ended=first.ended + timedelta(hours=3))
    labels = [mark.label for mark in charts.over_runs([first, second]).marks]
    assert labels == ["2026-01-07 00:00", "2026-01-07 03:00"]


def test_a_run_that_judged_nothing_is_not_drawn() -> None:
    runs = [_run(1, broken=1), _run(2), _run(3, broken=1)]
    assert len(charts.over_runs(runs).marks) == len(runs) - 1


def test_a_single_run_has_no_course() -> None:
    assert charts.over_runs([_run(1, broken=1)]).marks == ()


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


def test_a_void_run_has_a_place_and_no_share() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    works = {Standing.WORKS: 3, Standing.BROKEN: 1}
    runs = [
        RunFigures(run_id=str(day), ended=start + timedelta(days=day), standings=works, void=void)
        for day, void in ((0, ""), (5, "down"), (10, ""))
    ]
    drawing = charts.over_runs(runs)
    assert [mark.label for mark in drawing.marks] == ["2026-01-01", "2026-01-11"]
    assert [(mark.reason, mark.middle) for mark in drawing.voids] == [("down", 50.0)]
    assert [mark.label for mark in drawing.rows] == ["2026-01-01", "2026-01-06", "2026-01-11"]
    assert not charts.over_runs(runs[1:2]).rows


def test_a_statement_counts_once_in_its_year_whatever_it_cites(finding_of: Make) -> None:
    findings = [
        finding_of(citations=_cited("2014")),
        finding_of(outcome="gone", citations=_cited("2014")),
        finding_of(outcome="ok", citations=_cited("2011")),
        finding_of(outcome="blocked", citations=_cited("2009")),
    ]
    drawing = charts.statements_by_year(findings)
    assert [(m.label, m.share.numerator, m.share.denominator) for m in drawing.marks] == [
        ("2011", 0, 1),
        ("2014", 1, 1),
    ]
    assert drawing.marks[1].fragment == "#view=pages&year=2014"
