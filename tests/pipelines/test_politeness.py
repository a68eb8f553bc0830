"""When a host may be asked again: the schedule with the time in the test's own hands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pipelines.checks.hop import Hop
from pipelines.checks.politeness import Pace, Reception, Schedule
from pipelines.checks.reception import may_pass, pause, reception
from warc.exchange import Ending, FailureKind

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def schedule(**hosts: int) -> Schedule[str]:
    made: Schedule[str] = Schedule(Pace(per_host=2, delay=1.0, breaker=3, rest=10.0))
    for host, links in hosts.items():
        for number in range(links):
            made.add(host, f"{host}{number}")
    return made


def test_requests_to_one_host_start_a_delay_apart_and_two_at_most() -> None:
    plan = schedule(a=5)
    assert plan.take(0.0) == ("a", "a0")
    assert plan.take(0.5) is None
    assert plan.next_time() == 1.0
    assert plan.take(1.0) == ("a", "a1")
    assert plan.take(9.0) is None, "two are under way"
    plan.finish("a", 9.0, Reception.FINE)
    assert plan.take(9.0) == ("a", "a2")


def test_the_fullest_host_comes_first_and_no_host_waits_for_another() -> None:
    plan = schedule(small=1, big=9)
    assert plan.take(0.0) == ("big", "big0")
    assert plan.take(0.0) == ("small", "small0")
    assert plan.take(0.0) is None


def test_three_faults_in_a_row_rest_a_host_and_one_more_closes_it() -> None:
    plan = schedule(a=6)
    for now in (0.0, 2.0, 4.0):
        assert plan.take(now)
        assert plan.finish("a", now, Reception.FAULT) == []
    assert plan.take(13.0) is None
    assert plan.take(14.0) == ("a", "a3")
    assert plan.take(16.0) is None, "a host on trial is asked once at a time"
    assert plan.finish("a", 17.0, Reception.FAULT) == ["a4", "a5"]
    assert plan.is_closed("a")
    assert plan.waiting == 0
    assert plan.hosts_left == 0
    assert plan.next_time() is None


def test_a_good_answer_ends_a_row_of_faults() -> None:
    plan = schedule(a=8)
    for now in range(0, 12, 2):
        plan.take(float(now))
        plan.finish("a", float(now), Reception.FINE if now == 4 else Reception.FAULT)
    assert plan.take(12.0) is None, "three faults since the good answer"
    assert plan.take(20.0)
    plan.finish("a", 21.0, Reception.FINE)
    assert plan.take(22.0)


def test_a_closed_host_gives_up_what_was_put_off_too() -> None:
    plan: Schedule[str] = Schedule(Pace(delay=0.0, breaker=1, rest=None))
    plan.add("a", "first")
    plan.postpone("a", "again", 50.0)
    plan.take(0.0)
    assert plan.finish("a", 0.0, Reception.FAULT) == ["again"]


def test_what_is_put_off_comes_back_at_its_time() -> None:
    plan = schedule()
    plan.postpone("a", "again", 5.0)
    assert plan.take(4.0) is None
    assert plan.next_time() == 5.0
    assert plan.take(5.0) == ("a", "again")


def test_a_host_that_asks_for_a_pause_gets_it() -> None:
    plan = schedule(a=2)
    plan.take(0.0)
    plan.finish("a", 1.0, Reception.THROTTLED, pause=30.0)
    assert plan.take(30.0) is None
    assert plan.take(31.0)


def hop(status: int | None = 200, **fields: object) -> Hop:
    values = {"ending": Ending.COMPLETE, "status": status, **fields}
    return Hop(url="http://a.test/", method="GET", began=NOW, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("30", 30.0),
        ("99999", 120.0),
        (format_datetime(NOW + timedelta(seconds=45), usegmt=True), 45.0),
        (format_datetime(NOW - timedelta(days=1), usegmt=True), 0.0),
        ("soon", 15.0),
        ("-5", 15.0),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_capped(written: str, seconds: float) -> None:
    throttled = hop(429, headers=(("retry-after", written),))
    assert pause(throttled, NOW, default=15.0, cap=120.0) == seconds


def test_only_throttling_asks_for_a_pause() -> None:
    assert pause(hop(429), NOW, default=15.0, cap=120.0) == 15.0
    assert pause(hop(503, headers=(("retry-after", "7"),)), NOW, default=15.0, cap=120.0) == 7.0
    assert pause(hop(200, headers=(("retry-after", "7"),)), NOW, default=15.0, cap=120.0) == 0.0


def test_faults_of_the_host_are_told_from_its_answers() -> None:
    hang = hop(None, failure=FailureKind.TIMEOUT, ending=Ending.NONE)
    unknown = hop(None, failure=FailureKind.DNS_NXDOMAIN, ending=Ending.NONE)
    assert reception(hang) is Reception.FAULT
    assert reception(unknown) is Reception.FINE
    assert reception(hop(404)) is Reception.FINE
    assert [may_pass(one) for one in (hang, unknown, hop(404), hop(503))] == [
        *(True, True, False, True)
    ]
