"""Intervals over statements agree with a published example and with what must hold."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from random import Random
from statistics import mean, stdev

import pytest

from reports.bootstrap import FEWEST, over_statements, ratios
from reports.findings import Citation, Finding
from reports.groups import grouped, whole
from reports.statistics import wilson

# Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), table 10.1: the patch data.
PATCH = Counter(
    {
        (-1200, 8406): 1,
        (2601, 2342): 1,
        (-2705, 8187): 1,
        (1982, 8459): 1,
        (-1290, 4795): 1,
        (351, 3516): 1,
        (-638, 4796): 1,
        (-2719, 10238): 1,
    }
)


def test_the_spread_of_a_ratio_is_that_of_the_published_example() -> None:
    drawn = ratios(PATCH, replicates=20_000)
    assert stdev(drawn) == pytest.approx(0.105, abs=0.012)  # theirs, of 400 replicates
    assert mean(drawn) == pytest.approx(-0.0713 + 0.0079, abs=0.006)  # their estimate and bias


def test_links_alone_on_their_pages_have_wilsons_interval() -> None:
    found, known = over_statements(Counter({(1, 1): 300, (0, 1): 700})), wilson(300, 1000)
    assert found is not None
    assert known is not None
    assert (found.low, found.high) == pytest.approx((known.low, known.high), abs=0.004)


def test_links_that_die_together_make_it_wider_by_the_root_of_their_number() -> None:
    together = over_statements(Counter({(16, 16): 300, (0, 16): 700}))
    known = wilson(300 * 16, 1000 * 16)
    assert together is not None
    assert known is not None
    width = (together.high - together.low) / (known.high - known.low)
    assert width == pytest.approx(4, rel=0.1)


def test_the_same_statements_give_the_same_interval_in_any_order() -> None:
    some = {(1, 3): 40, (0, 2): 50, (2, 2): 7}
    assert over_statements(Counter(some)) == over_statements(dict(reversed(some.items())))


@pytest.mark.parametrize(
    "clusters", [{}, {(1, 2): FEWEST - 2, (0, 1): 1}, {(0, 3): 90, (0, 1): 9}, {(2, 2): 90}]
)
def test_there_is_none_where_it_would_say_too_much(clusters: dict[tuple[int, int], int]) -> None:
    assert over_statements(clusters) is None


def test_a_link_stands_once_in_the_statement_that_cites_it_first(
    finding_of: Callable[..., Finding],
) -> None:
    early = Citation(statement_url="http://s.example/1", statement_date="2010")
    late = Citation(statement_url="http://s.example/0", statement_date="2012-05-01")
    findings = [
        finding_of(citations=(late, early)),
        finding_of(outcome="ok", citations=(early,)),
        finding_of(outcome="moved", citations=(late,)),
        finding_of(outcome="blocked", citations=(late,)),
        finding_of(url="http://nowhere.example/"),
    ]
    assert whole(findings).statements() == {(1, 2): 1, (0, 1): 1, (1, 1): 1}
    years = grouped(findings, lambda citation: citation.year)
    assert list(years) == ["2010", "2012"]
    assert years["2012"].statements() == {(1, 2): 1}


def test_twenty_thousand_statements_take_less_than_two_seconds() -> None:
    source = Random(1)
    statements: Counter[tuple[int, int]] = Counter()
    for _ in range(20_000):
        links, share = min(60, int(source.expovariate(0.2)) + 1), source.random()
        statements[sum(source.random() < share for _ in range(links)), links] += 1
    began = time.process_time()
    assert over_statements(statements) is not None
    assert time.process_time() - began < 2
