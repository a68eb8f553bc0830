"""The pace of one host, with the time passed in."""

from __future__ import annotations

import pytest

from crawler.left import LeftHost
from crawler.pace import Manners, Pace, Reception, Taken
from crawler.stopping import StopReason
from crawler.walls import is_wall

GENTLE = Manners(concurrency=2, delay=1.0, max_delay=10.0, backoff=0.5, max_pause=100.0)
FAST = Manners(concurrency=4, delay=0.0, max_delay=10.0, backoff=0.5, max_pause=100.0)


class Asking:
    """A host that is asked, one request after the other, as soon as its pace allows."""

    def __init__(self, manners: Manners = FAST) -> None:
        self.pace = Pace(manners)
        self.now = 0.0

    def ask(
        self,
        reception: Reception,
        seconds: float = 0.01,
        asks: float | None = None,
        *,
        again: bool = False,
    ) -> bool:
        wait = self.pace.wait(self.now)
        assert wait is not None
        self.now += wait
        self.pace.start(self.now)
        began, self.now = self.now, self.now + seconds
        taken = Taken(reception=reception, began=began, seconds=seconds, asks=asks, is_retry=again)
        return self.pace.finish(self.now, taken)

    def pause(self) -> float | None:
        """Return how long the next request waits, but for the delay."""
        wait = self.pace.wait(self.now)
        return None if wait is None else round(wait, 6)


def test_requests_begin_a_delay_apart_and_only_so_many_at_once() -> None:
    pace = Pace(GENTLE)
    assert pace.wait(5.0) == 0
    pace.start(5.0)
    assert pace.wait(5.25) == 0.75
    assert pace.wait(6.0) == 0
    pace.start(6.0)
    assert pace.wait(60.0) is None
    pace.finish(60.0, Taken(reception=Reception.FINE, began=5.0, seconds=0.1))
    assert pace.wait(60.0) == 0


def test_a_host_that_gets_slow_is_asked_less_often_and_then_as_before() -> None:
    host = Asking(GENTLE)
    delays = []
    for seconds in [0.2] * 5 + [6.0] * 20 + [0.2] * 40:
        host.ask(Reception.FINE, seconds)
        delays.append(host.pace.delay)
    usual, slow, after = delays[:5], delays[5:25], delays[25:]
    assert usual == [1.0] * 5
    assert 4.5 < slow[-1] < 5.5
    assert after[-1] == 1.0
    assert min(delays) == 1.0


def test_the_delay_never_grows_beyond_its_cap() -> None:
    host = Asking(GENTLE)
    host.ask(Reception.FINE, 0.2)
    for _ in range(40):
        host.ask(Reception.FINE, 200.0)
        assert host.pace.delay <= 10.0
    assert host.pace.delay > 9.0


def test_one_slow_page_slows_nothing_down() -> None:
    host = Asking()
    for seconds in [0.02] * 5 + [30.0, 0.02]:
        host.ask(Reception.FINE, seconds)
        assert host.pace.delay == 0.0


def test_a_host_that_has_always_been_leisurely_is_not_slow() -> None:
    host = Asking()
    for _ in range(30):
        host.ask(Reception.FINE, 1.5)
    assert host.pace.delay == 0.0


@pytest.mark.parametrize("reception", [Reception.THROTTLED, Reception.UNAVAILABLE])
def test_a_host_is_left_alone_for_as_long_as_it_asks(reception: Reception) -> None:
    host = Asking()
    assert not host.ask(reception, asks=30.0)
    assert host.pause() == 30.0


def test_what_a_host_may_ask_for_is_capped() -> None:
    host = Asking()
    host.ask(Reception.THROTTLED, asks=3600.0)
    assert host.pause() == 100.0


def test_a_host_that_asks_for_more_than_the_cap_again_is_left() -> None:
    host = Asking()
    assert not host.ask(Reception.UNAVAILABLE, asks=3600.0)
    assert host.ask(Reception.UNAVAILABLE, asks=3600.0, again=True)


def test_a_good_answer_between_makes_it_the_trouble_of_one_address() -> None:
    host = Asking()
    for _ in range(4):
        assert not host.ask(Reception.UNAVAILABLE, asks=3600.0)
        host.ask(Reception.FINE)


def test_an_answer_that_is_asked_to_wait_for_does_not_shorten_a_pause() -> None:
    pace = Pace(FAST)
    pace.start(0.0)
    pace.start(0.0)
    pace.finish(1.0, Taken(reception=Reception.THROTTLED, began=0.0, asks=60.0))
    pace.finish(2.0, Taken(reception=Reception.THROTTLED, began=0.0, asks=5.0))
    assert pace.wait(2.0) == 59.0
    assert pace.strikes == 1


def test_pauses_double_where_the_host_names_none() -> None:
    host = Asking()
    pauses = []
    for _ in range(7):
        host.ask(Reception.THROTTLED)
        pauses.append(host.pause())
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0]
    assert host.ask(Reception.THROTTLED)
    assert host.pause() == 100.0


def test_one_failed_connection_is_no_reason_to_pause_but_more_are() -> None:
    host = Asking()
    pauses = []
    for _ in range(9):
        assert not host.ask(Reception.FAULT)
        pauses.append(host.pause())
    assert pauses == [0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0]
    assert host.ask(Reception.FAULT)


def test_what_was_under_way_together_tells_of_one_event() -> None:
    pace = Pace(FAST)
    for _ in range(4):
        pace.start(0.0)
    for _ in range(4):
        assert not pace.finish(0.5, Taken(reception=Reception.FAULT, began=0.0))
    assert pace.strikes == 1


def test_good_news_from_before_the_trouble_is_old_news() -> None:
    pace = Pace(FAST)
    pace.start(0.0)
    pace.start(0.0)
    pace.finish(1.0, Taken(reception=Reception.THROTTLED, began=0.0))
    pace.finish(2.0, Taken(reception=Reception.FINE, began=0.0, seconds=2.0))
    assert pace.strikes == 1


def test_a_host_in_trouble_is_asked_one_thing_at_a_time() -> None:
    host = Asking()
    host.ask(Reception.UNAVAILABLE)
    assert host.pace.room == 1
    host.ask(Reception.FINE)
    assert host.pace.room == 4


def test_second_tries_that_fail_again_tell_of_their_address() -> None:
    host = Asking()
    host.ask(Reception.FINE)
    for reception in [Reception.FAULT, Reception.UNAVAILABLE, Reception.WALL] * 20:
        assert not host.ask(reception, again=True)
    assert host.pause() == 1.0


def test_too_many_requests_is_about_the_host_however_often_it_is_said() -> None:
    host = Asking()
    host.ask(Reception.FINE)
    told = [host.ask(Reception.THROTTLED, again=True) for _ in range(16)]
    assert told == [False] * 15 + [True]


@pytest.mark.parametrize("reception", [Reception.FAULT, Reception.UNAVAILABLE, Reception.THROTTLED])
def test_a_dozen_bad_pages_beside_each_other_do_not_cost_the_rest_of_a_good_host(
    reception: Reception,
) -> None:
    host = Asking()
    host.ask(Reception.FINE)
    assert not any(host.ask(reception) for _ in range(12))
    assert host.now < 30
    host.ask(Reception.FINE)
    assert host.pace.strikes == 0


def test_hours_named_for_one_page_do_not_stop_a_host_that_answers_well() -> None:
    host = Asking()
    host.ask(Reception.FINE)
    assert not host.ask(Reception.UNAVAILABLE, asks=3600.0)
    assert host.pause() <= 1.0
    host.ask(Reception.FINE)
    assert not host.ask(Reception.UNAVAILABLE, asks=3600.0)
    assert not host.ask(Reception.UNAVAILABLE, asks=3600.0)
    assert host.ask(Reception.UNAVAILABLE, asks=3600.0)


def test_a_host_that_walls_us_is_slowed_down_for_and_then_left() -> None:
    host = Asking()
    host.ask(Reception.FINE)
    assert [host.ask(Reception.WALL) for _ in range(5)] == [False] * 4 + [True]
    assert host.now > 1 + 2 + 4 + 8


def test_a_host_that_shows_nothing_but_its_wall_is_left_sooner() -> None:
    host = Asking()
    assert [host.ask(Reception.WALL, again=n > 0) for n in range(3)] == [False, False, True]


def test_a_good_answer_begins_the_row_anew() -> None:
    host = Asking()
    host.ask(Reception.FINE)
    for _ in range(3):
        assert not any(host.ask(Reception.WALL) for _ in range(4))
        host.ask(Reception.FINE)


def test_forbidden_corners_of_a_site_that_answers_are_no_wall() -> None:
    host = Asking()
    host.ask(Reception.FINE)
    assert not any(host.ask(Reception.REFUSED) for _ in range(9))
    assert host.pause() == 0


def test_a_host_that_has_only_refused_is_left() -> None:
    host = Asking()
    assert [host.ask(Reception.REFUSED) for _ in range(5)] == [False] * 4 + [True]


def test_errors_of_single_pages_change_nothing() -> None:
    host = Asking()
    assert not any(host.ask(Reception.SILENT) for _ in range(50))
    assert host.pause() == 0
    assert host.pace.room == 4


def test_the_delay_of_robots_txt_is_kept_one_at_a_time() -> None:
    pace = Pace(FAST)
    pace.obey_delay(20.0)
    pace.start(0.0)
    assert pace.wait(0.0) is None
    pace.finish(0.1, Taken(reception=Reception.FINE, began=0.0, seconds=0.1))
    assert pace.wait(0.5) == 19.5


def test_only_a_pace_of_which_nothing_is_known_may_be_forgotten() -> None:
    idle, troubled, delayed = Asking(), Asking(), Pace(FAST)
    idle.ask(Reception.FINE)
    troubled.ask(Reception.FAULT)
    delayed.obey_delay(1.0)
    assert idle.pace.is_forgettable(idle.now)
    assert not troubled.pace.is_forgettable(troubled.now)
    assert not delayed.is_forgettable(0.0)


@pytest.mark.parametrize(
    ("reception", "reason"),
    [
        (Reception.WALL, StopReason.WALLED),
        (Reception.REFUSED, StopReason.WALLED),
        (Reception.THROTTLED, StopReason.THROTTLED),
        (Reception.UNAVAILABLE, StopReason.THROTTLED),
        (Reception.FAULT, StopReason.UNREACHABLE),
    ],
)
def test_why_a_host_is_left_is_said_in_a_sentence(reception: Reception, reason: StopReason) -> None:
    left = LeftHost.after(Taken(reception=reception, began=0.0, asks=3600.0), 5)
    left.urls = 812
    assert left.reason is reason
    assert left.note("h.example").startswith("h.example ")
    assert (
        "5 times in a row, the last time for 3600 s; URLs kept for the next run: 812"
        in left.note("h.example")
    )


def test_walls_are_known_by_their_title_or_marks() -> None:
    assert is_wall(b"<html><head><TITLE>Technical Difficulties</title>")
    assert is_wall(b"<title lang=en>Just a moment...</title>")
    assert is_wall(b"<p><script src=/_Incapsula_Resource?x></script>")
    assert not is_wall(b"<title>Press Releases</title><p>Technical difficulties delayed the talks")
    banner = b"<title>Archive</title> links may not function; this site is NOT UPDATED"
    assert not is_wall(banner)
