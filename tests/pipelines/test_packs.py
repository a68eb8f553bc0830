"""The definition packs, row by row of what each says of literal evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.checks.evidence import Evidence, Incident, IncidentKind
from pipelines.checks.hop import Hop
from pipelines.checks.targets import TargetFault
from pipelines.verdicts.packs import PACKS, PackName, Ruled, Ruling
from pipelines.verdicts.reasons import Outcome
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import Verdict, judge
from warc.exchange import Ending, FailureKind

DAY = datetime(2026, 3, 1, tzinfo=UTC)
URL = "http://a.example/report"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "verdicts.md"
DEAD, NOT_DEAD, EXCLUDED = Ruling.DEAD, Ruling.NOT_DEAD, Ruling.EXCLUDED


@dataclass
class Seen:
    """One check."""

    evidence: Evidence
    void: bool = False

    @property
    def checked(self) -> datetime:
        return self.evidence.checked

    @property
    def verdict(self) -> Verdict:
        return judge([self.evidence], Rules())


def hop(url: str = URL, **fields: object) -> Hop:
    given = {"status": 200, "ending": Ending.COMPLETE, "size": 9, "sniffed": "html"}
    return Hop(url=url, method="GET", began=DAY, **given | fields)


def answered(status: int, days: float = 0, final: str | None = None) -> Evidence:
    """Return a check that ended with a status, after a redirect where `final` names its end."""
    hops = (hop(status=status),)
    if final is not None:
        hops = (hop(status=302, next_url=final), hop(final, status=status))
    return Evidence(url=URL, checked=DAY + timedelta(days=days), hops=hops)


def failed(kind: FailureKind, days: float = 0) -> Evidence:
    one = hop(status=None, failure=kind, ending=Ending.NONE)
    return Evidence(url=URL, checked=DAY + timedelta(days=days), hops=(one,))


def not_asked(kind: IncidentKind, days: float = 0) -> Evidence:
    when = DAY + timedelta(days=days)
    incident = Incident(host="a.example", kind=kind, links=3, since=when, detail="silent")
    return Evidence(url=URL, checked=when, incident=incident)


def rule(pack: PackName, *evidence: Evidence) -> Ruled:
    return PACKS[pack].rule([Seen(one) for one in evidence])


# pew2024


@pytest.mark.parametrize("status", [204, 400, 404, 410, 500, 501, 502, 503, 523])
def test_pew_calls_its_nine_statuses_dead(status: int) -> None:
    assert rule(PackName.PEW2024, answered(status)).ruling is DEAD


@pytest.mark.parametrize("status", [200, 206, 304, 401, 403, 405, 408, 429, 451, 504, 520, 522])
def test_pew_calls_every_other_status_alive(status: int) -> None:
    assert rule(PackName.PEW2024, answered(status)).ruling is NOT_DEAD


@pytest.mark.parametrize(
    ("evidence", "ruling"),
    [
        (failed(FailureKind.DNS_NXDOMAIN), DEAD),
        (failed(FailureKind.DNS_SERVFAIL), DEAD),
        (failed(FailureKind.CONNECT_REFUSED), DEAD),
        (failed(FailureKind.TIMEOUT), DEAD),
        (failed(FailureKind.TLS_PROTOCOL), DEAD),
        (failed(FailureKind.TLS_EXPIRED), NOT_DEAD),
        (failed(FailureKind.ADDRESS_REFUSED), EXCLUDED),
        (failed(FailureKind.PROXY), EXCLUDED),
        (not_asked(IncidentKind.UNREACHABLE), DEAD),
        (not_asked(IncidentKind.THROTTLED), EXCLUDED),
        (Evidence(url="mailto:a@b.example", checked=DAY, fault=TargetFault.SCHEME), EXCLUDED),
        (answered(200, final="http://a.example/"), NOT_DEAD),
        (answered(404, final="http://a.example/new"), DEAD),
    ],
)
@pytest.mark.parametrize("times", [1, 3])
def test_pew_takes_no_connection_for_dead(evidence: Evidence, ruling: Ruling, times: int) -> None:
    assert rule(PackName.PEW2024, *[evidence] * times).ruling is ruling


def test_pew_looks_at_the_last_check_alone_and_counts_its_series() -> None:
    history = [answered(404, 0), answered(200, 1), answered(404, 2), failed(FailureKind.RESET, 3)]
    ruled = rule(PackName.PEW2024, *history)
    assert (ruled.ruling, ruled.failures) == (DEAD, 2)
    assert ruled.since == DAY + timedelta(days=2)
    assert ruled.reason == "there is no connection (reset)"
    assert rule(PackName.PEW2024, *history, answered(200, 9)).ruling is NOT_DEAD


# iabot


@pytest.mark.parametrize(
    ("days", "ruling"),
    [
        ((0,), NOT_DEAD),
        ((0, 4), NOT_DEAD),
        ((0, 4, 8), DEAD),
        ((0, 3, 6), NOT_DEAD),  # more than three days, not just three
        ((0, 3.01, 6.02), DEAD),
        ((0, 1, 2, 3, 4, 5, 6, 7), NOT_DEAD),
        ((0, 1, 2, 3, 4, 5, 6, 7, 8), DEAD),
    ],
)
def test_iabot_wants_three_failures_more_than_three_days_apart(
    days: tuple[float, ...], ruling: Ruling
) -> None:
    assert rule(PackName.IABOT, *[answered(404, day) for day in days]).ruling is ruling


def thrice(*evidence: Evidence) -> Ruling:
    """Return the ruling on three checks alike, four days apart."""
    (one,) = evidence
    checks = [
        Evidence(
            url=one.url, checked=DAY + timedelta(days=4 * number), hops=one.hops,
            fault=one.fault, incident=one.incident,
        )
        for number in range(3)
    ]  # fmt: skip
    return rule(PackName.IABOT, *checks).ruling


@pytest.mark.parametrize(
    ("evidence", "ruling"),
    [
        *((answered(status), DEAD) for status in (400, 404, 405, 410, 429, 451, 500, 503, 599)),
        *((answered(code), NOT_DEAD) for code in (200, 204, 401, 402, 403, 412, 428, 440, 449)),
        (failed(FailureKind.DNS_NXDOMAIN), DEAD),
        (failed(FailureKind.CONNECT_TIMEOUT), DEAD),
        (failed(FailureKind.TLS_WRONG_HOST), NOT_DEAD),
        (failed(FailureKind.ADDRESS_REFUSED), EXCLUDED),
        (not_asked(IncidentKind.UNREACHABLE), DEAD),
        (not_asked(IncidentKind.THROTTLED), EXCLUDED),
        (answered(200, final="http://a.example/"), DEAD),
        (answered(200, final="http://a.example/?from=old"), NOT_DEAD),
        (answered(200, final="http://a.example/404.html"), DEAD),
        (answered(200, final="http://a.example/PageNotFound.aspx"), DEAD),
        (answered(200, final="http://a.example/new"), NOT_DEAD),
    ],
)
def test_what_iabot_takes_for_a_failure(evidence: Evidence, ruling: Ruling) -> None:
    assert thrice(evidence) is ruling


def test_a_link_that_names_404_itself_is_no_failure_for_iabot() -> None:
    start, end = "http://a.example/404-days", "http://b.example/404-days"
    hops = (hop(start, status=301, next_url=end), hop(end))
    assert thrice(Evidence(url=start, checked=DAY, hops=hops)) is NOT_DEAD


def test_a_success_starts_iabots_series_anew_and_what_says_nothing_does_not() -> None:
    series = [answered(404, 0), answered(404, 4)]
    silent = not_asked(IncidentKind.THROTTLED, 6)
    assert rule(PackName.IABOT, *series, silent, answered(404, 8)).ruling is DEAD
    assert rule(PackName.IABOT, *series, answered(200, 6), answered(404, 8)).ruling is NOT_DEAD
    ruled = rule(PackName.IABOT, *series)
    assert ruled.reason == "it failed 2 of 3 times: the answer has status 404"
    assert (ruled.failures, ruled.since) == (2, DAY)


@pytest.mark.parametrize("pack", [PackName.PEW2024, PackName.IABOT])
def test_void_runs_say_nothing(pack: PackName) -> None:
    bad = [Seen(answered(404, 4 * number), void=True) for number in range(3)]
    assert PACKS[pack].rule(bad).ruling is EXCLUDED
    assert PACKS[pack].rule([Seen(answered(200)), *bad]).ruling is NOT_DEAD


# strict, and all


def test_strict_follows_the_verdict() -> None:
    assert rule(PackName.STRICT, answered(404)).ruling is DEAD
    assert rule(PackName.STRICT, answered(200)).ruling is NOT_DEAD
    assert rule(PackName.STRICT, answered(403)).ruling is EXCLUDED
    ruled = rule(PackName.STRICT, answered(404), answered(403, 1), answered(410, 2))
    assert (ruled.failures, ruled.since) == (2, DAY)


@pytest.mark.parametrize("pack", PackName)
def test_a_link_never_asked_is_excluded(pack: PackName) -> None:
    assert PACKS[pack].rule([]).ruling is EXCLUDED


@pytest.mark.parametrize("pack", PackName)
def test_each_definition_stands_in_the_documentation(pack: PackName) -> None:
    text = " ".join(DOCS.read_text("utf-8").split())
    version = "that of the rules" if pack is PackName.STRICT else PACKS[pack].version
    assert f"**`{pack}`**, version {version}" in text


def test_strict_says_what_reports_say_of_every_outcome() -> None:
    from reports.standing import Standing, standing

    expected = {
        Standing.BROKEN: DEAD, Standing.UNSEEN: EXCLUDED, Standing.NOT_ASKED: EXCLUDED,
        Standing.MOVED: NOT_DEAD, Standing.WORKS: NOT_DEAD,
    }  # fmt: skip

    @dataclass
    class Judged:
        verdict: Verdict
        checked: datetime = DAY
        void: bool = False

        @property
        def evidence(self) -> Evidence:
            return answered(200)

    for outcome in Outcome:
        verdict = Verdict(
            outcome=outcome, reason="x", sentence="", confidence="high", final_url=None,
            rules_version="1",
        )  # fmt: skip
        ruled = PACKS[PackName.STRICT].rule([Judged(verdict)])
        assert ruled.ruling is expected[standing(outcome.value)], outcome
