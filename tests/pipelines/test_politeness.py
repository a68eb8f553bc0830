"""When a host may be asked again: the schedule with the time in the test's own hands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pipelines.checks.hop import Hop
from pipelines.checks.patience import Patience
from pipelines.checks.politeness import Pace, Reception, Schedule
from pipelines.checks.reception import may_pass, reception, wanted_pause
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


def test_three_faults_in_a_row_rest_a_host_and_a_failed_proof_closes_it() -> None:
    plan = schedule(a=6)
    for now in (0.0, 2.0, 4.0):
        assert plan.take(now)
        assert plan.finish("a", now, Reception.AWAY) == []
    assert plan.take(13.0) is None
    assert plan.take(14.0) == ("a", None)
    assert plan.take(16.0) is None, "a host on trial is asked once at a time"
    assert len(plan.finish("a", 17.0, Reception.AWAY, is_proof=True)) == 3
    assert plan.is_closed("a")
    assert plan.waiting == 0
    assert plan.hosts_left == 0
    assert plan.next_time() is None


def test_a_good_answer_ends_a_row_of_faults() -> None:
    plan = schedule(a=8)
    for now in range(0, 12, 2):
        plan.take(float(now))
        plan.finish("a", float(now), Reception.FINE if now == 4 else Reception.AWAY)
    assert plan.take(12.0) is None, "three faults since the good answer"
    assert plan.take(20.0) == ("a", None)
    plan.finish("a", 21.0, Reception.FINE, is_proof=True)
    turn = plan.take(22.0)
    assert turn is not None
    assert turn.task is not None


def test_a_closed_host_gives_up_what_was_put_off_too() -> None:
    plan: Schedule[str] = Schedule(Pace(delay=0.0, breaker=1, rest=None))
    plan.add("a", "first")
    plan.postpone("a", "again", 50.0)
    plan.take(0.0)
    assert plan.finish("a", 0.0, Reception.AWAY) == []
    plan.add("a", "more")
    assert plan.take(1.0) == ("a", None)
    assert plan.finish("a", 1.0, Reception.AWAY, is_proof=True) == ["more", "again"]


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


def test_pauses_end_when_the_host_has_had_its_share() -> None:
    plan: Schedule[str] = Schedule(Pace(per_host=2, delay=0.0, longest_pause=30.0))
    for number in range(6):
        plan.add("a", f"a{number}")
    assert plan.take(0.0)
    assert plan.take(0.0)
    plan.finish("a", 0.0, Reception.THROTTLED, pause=20.0)
    plan.finish("a", 0.0, Reception.THROTTLED, pause=20.0)
    assert plan.take(19.0) is None, "two at once are one pause"
    assert plan.take(20.0)
    plan.finish("a", 20.0, Reception.FINE)
    assert plan.take(20.0)
    plan.finish("a", 20.0, Reception.THROTTLED, pause=20.0)
    assert plan.take(29.0) is None
    assert plan.take(30.0), "thirty seconds in all"


def test_faults_of_single_addresses_stop_nobody() -> None:
    """Hangs that stand together in the list: a proof at once, and the host goes on."""
    plan = schedule(a=20)
    plan.take(0.0)
    plan.finish("a", 0.0, Reception.FINE)
    for now in (1.0, 2.0, 3.0):
        turn = plan.take(now)
        assert turn is not None
        assert turn.task is not None, "after a strike the next is asked as usual"
        plan.finish("a", now, Reception.SILENT)
    assert plan.take(4.0) == ("a", None)
    plan.finish("a", 4.0, Reception.FINE, is_proof=True)
    turn = plan.take(5.0)
    assert turn is not None
    assert turn.task is not None
    assert not plan.is_closed("a")


def test_a_silent_host_is_proved_twice_before_it_is_closed() -> None:
    plan = schedule(a=9)
    for now in (0.0, 1.0, 2.0):
        plan.take(now)
        plan.finish("a", now, Reception.SILENT)
    assert plan.take(3.0) == ("a", None)
    assert plan.finish("a", 3.0, Reception.SILENT, is_proof=True) == []
    assert plan.take(12.9) is None, "it rests"
    assert plan.take(13.0) == ("a", None)
    assert len(plan.finish("a", 13.0, Reception.SILENT, is_proof=True)) == 6


def test_an_answer_under_way_frees_a_host_in_doubt() -> None:
    plan: Schedule[str] = Schedule(Pace(per_host=4, delay=0.0, breaker=3, rest=10.0))
    for number in range(9):
        plan.add("a", f"a{number}")
    plan.take(0.0)
    plan.finish("a", 0.0, Reception.FINE)
    assert all(plan.take(1.0) for _ in range(4)), "a server that answers is trusted"
    for _ in range(3):
        plan.finish("a", 1.0, Reception.AWAY)
    assert plan.take(1.0) is None
    plan.finish("a", 2.0, Reception.FINE)
    assert (plan.take(2.0) or ("", None))[1] is not None, "no proof is asked for any more"


def test_no_more_is_under_way_than_a_server_has_strikes_left() -> None:
    plan: Schedule[str] = Schedule(Pace(per_host=9, delay=0.0, breaker=3, rest=10.0))
    for number in range(20):
        plan.add("a", f"a{number}")
    assert [bool(plan.take(0.0)) for _ in range(4)] == [True, True, True, False]
    assert plan.next_time() is None, "nothing to wait for but an answer"
    plan.finish("a", 1.0, Reception.SILENT)
    assert plan.take(1.0) is None
    plan.finish("a", 1.0, Reception.FINE)
    assert all(plan.take(2.0) for _ in range(8))


def test_a_server_that_always_hangs_is_asked_three_times_and_proved_twice() -> None:
    plan = schedule(a=40)
    asked, proofs, now, left = 0, 0, 0.0, []
    while not left:
        now += 1.0
        turns = [turn for turn in (plan.take(now), plan.take(now + 1.0)) if turn]
        for turn in turns:
            is_proof = turn.task is None
            asked, proofs = asked + (not is_proof), proofs + is_proof
            left += plan.finish("a", now + 1.0, Reception.SILENT, is_proof=is_proof)
        now += 10.0
    assert (asked, proofs, len(left)) == (3, 2, 37)
    assert plan.strikes("a") == (Reception.SILENT, 5)


def test_a_host_whose_root_alone_answers_is_closed_in_the_end() -> None:
    plan = schedule(a=40)
    asked, now = 0, 0.0
    while not plan.is_closed("a"):
        now += 1.0
        turn = plan.take(now)
        assert turn is not None
        asked += turn.task is not None
        took = Reception.FINE if turn.task is None else Reception.SILENT
        plan.finish("a", now, took, is_proof=turn.task is None)
    assert asked == 18


def test_servers_of_one_name_share_its_turns_but_not_its_faults() -> None:
    plan: Schedule[str] = Schedule(Pace(per_host=1, delay=0.0, breaker=1, rest=None))
    down, other = "http://a.test:81", "https://a.test"
    for number in range(3):
        plan.add(down, f"down{number}")
    plan.add(other, "fine")
    assert plan.take(0.0) == (down, "down0")
    assert plan.take(0.0) is None, "one at a time for both"
    plan.finish(down, 0.0, Reception.AWAY)
    assert plan.take(0.0) == (down, None)
    assert len(plan.finish(down, 0.0, Reception.AWAY, is_proof=True)) == 2
    assert plan.take(0.0) == (other, "fine")
    plan.finish(other, 0.0, Reception.FINE)
    assert plan.share == (1, 0)


def test_the_share_of_failing_hosts_follows_their_last_request() -> None:
    plan = schedule(a=2, b=2, c=2)
    for host, took in (("a", Reception.AWAY), ("b", Reception.SILENT), ("c", Reception.FINE)):
        plan.take(0.0)
        plan.finish(host, 0.0, took)
    assert plan.share == (3, 2)
    plan.take(1.0)
    plan.finish("a", 1.0, Reception.FINE)
    assert plan.share == (3, 1)


def test_a_server_is_waited_for_longer_than_it_is_known_to_take() -> None:
    patience = Patience()
    assert patience.seconds(20.0) == 20.0, "of one that never answered nothing is known"
    for _ in range(40):
        patience.add(1.0)
    assert patience.seconds(20.0) == pytest.approx(1.5, abs=0.1)
    assert patience.seconds(1.2) == 1.2
    for _ in range(40):
        patience.add(0.01)
    assert patience.seconds(20.0) == 0.5, "never less than half a second"


def hop(status: int | None = 200, **fields: object) -> Hop:
    values = {"ending": Ending.COMPLETE, "status": status, **fields}
    return Hop(url="http://a.test/", method="GET", began=NOW, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("30", 30.0),
        ("99999", 99999.0),
        (format_datetime(NOW + timedelta(seconds=45), usegmt=True), 45.0),
        (format_datetime(NOW - timedelta(days=1), usegmt=True), 0.0),
        ("soon", 15.0),
        ("-5", 15.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(written: str, seconds: float) -> None:
    throttled = hop(429, headers=(("retry-after", written),))
    assert wanted_pause(throttled, NOW, default=15.0) == seconds


def test_only_throttling_asks_for_a_pause() -> None:
    assert wanted_pause(hop(429), NOW, default=15.0) == 15.0
    assert wanted_pause(hop(503, headers=(("retry-after", "7"),)), NOW, default=15.0) == 7.0
    assert wanted_pause(hop(200, headers=(("retry-after", "7"),)), NOW, default=15.0) == 0.0


def test_faults_of_the_host_are_told_from_its_answers() -> None:
    hang = hop(None, failure=FailureKind.TIMEOUT, ending=Ending.NONE)
    unknown = hop(None, failure=FailureKind.DNS_NXDOMAIN, ending=Ending.NONE)
    refused = hop(None, failure=FailureKind.CONNECT_REFUSED, ending=Ending.NONE)
    assert reception(hang) is Reception.SILENT
    assert reception(refused) is Reception.AWAY
    assert reception(unknown) is Reception.FINE
    assert reception(hop(404)) is Reception.FINE
    assert [may_pass(one) for one in (hang, unknown, hop(404), hop(503))] == [
        *(True, True, False, True)
    ]
