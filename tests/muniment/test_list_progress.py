"""What a person who waits is told: the rate of the last seconds, and the time that is left."""

from __future__ import annotations

from muniment.list_progress import Pace


def paced(links: int, *moments: float) -> Pace:
    pace = Pace(links)
    for now in moments:
        pace.add(now)
    return pace


def test_nothing_is_guessed_from_the_first_link() -> None:
    assert paced(100, 5.0).words(3) == "3 hosts left"


def test_the_rate_and_what_it_means_for_the_rest() -> None:
    pace = paced(1000, *(n / 10 for n in range(101)))
    assert pace.done == 101
    assert pace.words(1200) == "10/s, 1,200 hosts left, about 90 s"


def test_only_the_last_seconds_count() -> None:
    slow_then_fast = [float(n) for n in range(100)] + [100 + n / 100 for n in range(2000)]
    words = paced(62_100, *slow_then_fast).words(1)
    assert words == "100/s, 1 host left, about 10 min"


def test_the_end_has_no_time_left() -> None:
    assert paced(2, 0.0, 1.0).words(0) == "1/s"


def test_hours_are_told_as_such() -> None:
    assert paced(7203, 0.0, 1.0).words(1) == "1/s, 1 host left, about 2 h 0 min"


def test_one_slow_host_holds_up_the_rest() -> None:
    assert paced(4, 0.0, 1.0).words(1, 59.5) == "1/s, 1 host left, about 60 s"
