"""The course over runs is counted from each link's checks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from pipelines.check_runs import CheckRun
from pipelines.checks.evidence import Evidence
from pipelines.store import Check, LinkHistory
from pipelines.verdicts.verdict import Outcome, Verdict
from reports.standing import Standing
from reports.trend import trend

BROKEN, WORKS = Standing.BROKEN, Standing.WORKS


def _check(day: int, outcome: Outcome, *, void: bool = False) -> Check:
    checked = datetime(2026, 1, day, tzinfo=UTC)
    return Check(
        checked=checked,
        run_id=f"run-{day:02}",
        evidence=Evidence(url="http://a.example/", checked=checked, hops=()),
        verdict=Verdict(
            outcome=outcome,
            reason="x",
            sentence="x",
            confidence="high",
            final_url=None,
            rules_version="1",
        ),
        void=void,
    )


def _link(url: str, checks: Iterable[Check]) -> LinkHistory:
    return LinkHistory(url=url, host="a.example", citations=(), checks=tuple(checks))


def _counts(*histories: LinkHistory) -> list[tuple[str, int, int]]:
    return [
        (run.run_id, run.standings.get(BROKEN, 0), run.standings.get(WORKS, 0))
        for run in trend(histories)
    ]


def test_a_link_that_a_run_left_out_stands_as_before() -> None:
    first = _link("http://a.example/", [_check(1, Outcome.OK), _check(2, Outcome.GONE)])
    second = _link("http://b.example/", [_check(1, Outcome.GONE), _check(3, Outcome.OK)])
    assert _counts(first, second) == [("run-01", 1, 1), ("run-02", 2, 0), ("run-03", 1, 1)]


def test_void_runs_change_nothing_and_say_why() -> None:
    link = _link(
        "http://a.example/",
        [
            _check(1, Outcome.OK),
            _check(2, Outcome.TRANSIENT, void=True),
            _check(3, Outcome.GONE),
        ],
    )
    assert _counts(link) == [("run-01", 0, 1), ("run-03", 1, 0)]
    began = datetime(2026, 1, 2, tzinfo=UTC)
    runs = [
        CheckRun(run_id="run-02", began=began, ended=None, void="the network was down"),
        CheckRun(run_id="run-03", began=began, ended=None, void=""),
    ]
    told = trend([link], runs=runs)
    assert [(run.run_id, run.void) for run in told] == [
        ("run-01", ""),
        ("run-02", "the network was down"),
        ("run-03", ""),
    ]
    assert (told[1].ended, told[1].standings) == (began, told[0].standings)


def test_the_end_of_a_run_is_its_last_check() -> None:
    (run,) = trend([_link("http://a.example/", [_check(5, Outcome.OK)])])
    assert run.ended == datetime(2026, 1, 5, tzinfo=UTC)


def test_nothing_checked_has_no_course() -> None:
    assert trend([]) == ()
