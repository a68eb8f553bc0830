"""No certificate is called expired because our own clock is wrong."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
from pipelines.own_clock import OwnClock
from warc.exchange import Ending, FailureKind

DATE = datetime(2026, 1, 1, 12, tzinfo=UTC)
TODAY, YESTERDAY = "Thu, 01 Jan 2026 11:00:00 GMT", "Wed, 31 Dec 2025 13:00:00 GMT"
LONG_AGO = "Mon, 01 Jan 2024 12:00:00 GMT"


def answered(host: int, date: str) -> Evidence:
    headers = (("date", date),) if date else ()
    hop = Hop(
        url=f"http://{host}.test/",
        method="GET",
        began=DATE,
        ending=Ending.COMPLETE,
        status=200,
        headers=headers,
    )
    return Evidence(url=hop.url, checked=DATE, hops=(hop,))


def untimely(host: int, failure: FailureKind) -> Evidence:
    url = f"https://{host}.test/"
    hop = Hop(url=url, method="GET", began=DATE, failure=failure, ending=Ending.NONE)
    return Evidence(url=url, checked=DATE, hops=(hop,))


def seen(*evidence: Evidence) -> OwnClock:
    clock = OwnClock()
    for one in evidence:
        clock.add(one)
    return clock


def dated(*dates: str) -> OwnClock:
    return seen(*[answered(host, date) for host, date in enumerate(dates)])


def test_most_servers_in_another_time_are_more_likely_right_than_we() -> None:
    assert dated(*[LONG_AGO] * 3, TODAY, "").is_doubtful
    assert not dated(*[LONG_AGO] * 3, TODAY, "", TODAY).is_doubtful


@pytest.mark.parametrize("date", [TODAY, YESTERDAY, "", "yesterday", "Thu, 01 Jan 2026 11:00:00"])
def test_dates_that_are_ours_or_none_say_nothing(date: str) -> None:
    assert not dated(*[date] * 20).is_doubtful


def test_two_servers_say_nothing() -> None:
    assert not dated(LONG_AGO, LONG_AGO).is_doubtful


def test_one_server_is_counted_once() -> None:
    assert not seen(*[answered(1, LONG_AGO)] * 9).is_doubtful


@pytest.mark.parametrize("kind", [FailureKind.TLS_EXPIRED, FailureKind.TLS_NOT_YET_VALID])
def test_most_of_ten_certificates_cannot_be_out_of_time(kind: FailureKind) -> None:
    assert seen(*[untimely(host, kind) for host in range(10)]).is_doubtful
    assert not seen(*[untimely(host, kind) for host in range(9)]).is_doubtful


def test_other_faults_of_certificates_say_nothing_of_the_time() -> None:
    kind = FailureKind.TLS_SELF_SIGNED
    assert not seen(*[untimely(host, kind) for host in range(20)]).is_doubtful


def test_a_certificate_that_was_out_of_time_before_says_nothing() -> None:
    clock = OwnClock({f"{host}.test" for host in range(9)})
    for host in range(18):
        clock.add(untimely(host, FailureKind.TLS_EXPIRED))
    assert not clock.is_doubtful, "nine of them are new"
    clock.add(untimely(18, FailureKind.TLS_EXPIRED))
    assert clock.is_doubtful
