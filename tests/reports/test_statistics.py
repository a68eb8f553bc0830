"""Shares with their parts, and intervals that agree with published figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.findings import Citation, Finding
from reports.statistics import Share, share_broken, shares_by, wilson


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe, Statistics in Medicine 17 (1998), table I
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_newcombes_examples(
    numerator: int, denominator: int, low: float, high: float
) -> None:
    interval = wilson(numerator, denominator)
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_between_0_and_1(parts: tuple[int, int]) -> None:
    numerator, denominator = parts
    interval = wilson(numerator, denominator)
    assert interval is not None
    assert 0 <= interval.low <= numerator / denominator + 1e-12
    assert numerator / denominator - 1e-12 <= interval.high <= 1


@pytest.mark.parametrize("count", [1, 7, 30, 1000, 123_457])
def test_an_interval_ends_at_nought_for_none_and_at_one_for_all(count: int) -> None:
    none, everything = wilson(0, count), wilson(count, count)
    assert none is not None
    assert everything is not None
    assert none.low == 0.0 < none.high
    assert everything.high == 1.0 > everything.low


def test_nothing_judged_has_no_share_and_no_interval() -> None:
    share = Share(numerator=0, denominator=0, blocked=4)
    assert share.value is None
    assert share.interval is None


def test_blocked_and_not_asked_are_in_no_rate(finding_of: Callable[..., Finding]) -> None:
    outcomes = ("gone", "tls", "ok", "moved", "ok", "blocked", "excluded", "unsupported")
    share = share_broken(finding_of(outcome=outcome) for outcome in outcomes)
    assert share == Share(numerator=2, denominator=5, blocked=1, excluded=2)
    assert share.value == 0.4


def test_a_link_counts_once_in_each_of_its_groups(finding_of: Callable[..., Finding]) -> None:
    years = ("2012", "2013", "2013")
    cited = tuple(Citation(statement_url=f"http://s.example/{y}", statement_date=y) for y in years)
    shares = shares_by(
        [finding_of(citations=cited), finding_of(outcome="ok", citations=cited[:1])],
        lambda finding: (c.year for c in finding.citations if c.year),
    )
    assert list(shares) == ["2012", "2013"]
    assert shares["2012"] == Share(numerator=1, denominator=2)
    assert shares["2013"] == Share(numerator=1, denominator=1)
