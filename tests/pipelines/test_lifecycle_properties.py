"""What holds of the fold whatever was seen, and two years of weekly runs by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from link_courses import RULES, START, checks

from pipelines.course import Course
from pipelines.lifecycle import DEAD, LifecycleRules, LinkState, Observation, State, fold, trace
from pipelines.link_state import in_order
from pipelines.verdicts.reasons import Outcome

REASONS = {
    Outcome.GONE: ("http-404", "http-410", "dns-nxdomain"),
    Outcome.SOFT_GONE: ("says-not-found", "redirect-to-root"),
    Outcome.TRANSIENT: ("timeout", "reset", "not-checked"),
}


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    outcome = draw(st.sampled_from(Outcome))
    return Observation(
        # Hours, so that several fall on one moment, and on both sides of the three days.
        date=START + timedelta(hours=draw(st.integers(0, 1500)) * 6),
        outcome=outcome,
        reason=draw(st.sampled_from(REASONS.get(outcome, (outcome.value,)))),
        final_url=draw(st.sampled_from((None, "http://a.example/", "http://b.example/"))),
        void=draw(st.booleans()) and draw(st.booleans()),
        host_answers=draw(st.booleans()),
        title=draw(st.sampled_from(("", "Trade", "Casino"))),
    )


HISTORIES = st.lists(observations(), max_size=30)


@given(HISTORIES, st.randoms(use_true_random=False))
def test_the_order_in_which_checks_are_handed_over_does_not_matter(seen, random) -> None:
    shuffled = random.sample(seen, len(seen))
    assert fold(shuffled, RULES) == fold(seen, RULES)


@given(HISTORIES, st.integers(0, 30))
def test_a_prefix_and_then_the_rest_is_the_whole(seen, cut) -> None:
    ordered = sorted(seen, key=in_order)
    course = Course(RULES)
    for part in (ordered[:cut], ordered[cut:]):
        for one in part:
            course.add(one)
        course.state()  # looking at it changes nothing
    assert course.state() == fold(seen, RULES)
    assert not seen or list(trace(seen, RULES))[-1][1] == fold(seen, RULES)


@given(HISTORIES)
def test_what_is_void_changes_nothing(seen) -> None:
    assert fold([one for one in seen if not one.void], RULES) == fold(seen, RULES)


@given(HISTORIES)
def test_blocked_checks_alone_never_make_a_link_dead(seen) -> None:
    blocked = [one for one in seen if one.outcome is Outcome.BLOCKED]
    assert fold(blocked, RULES).state in {State.NEW, State.BLOCKED}


@given(HISTORIES)
def test_no_blocked_check_leads_into_death(seen) -> None:
    before = LinkState()
    for one, state in trace(seen, RULES):
        if one.outcome in (Outcome.BLOCKED, Outcome.OK, Outcome.MOVED):
            assert state.state not in DEAD or before.state is state.state
        before = state


@given(HISTORIES)
def test_nothing_dies_of_one_day(seen) -> None:
    hours = [
        Observation(
            date=START + (one.date - START) / 400,
            outcome=one.outcome,
            reason=one.reason,
            host_answers=True,
        )
        for one in seen
    ]
    assert fold(hours, RULES).state not in {*DEAD, State.USURPED}


@given(HISTORIES)
def test_every_state_is_whole(seen) -> None:
    for one, state in trace(seen, RULES):
        if state.checked is None:
            assert state == LinkState()
            continue
        assert (state.failures == 0) == (state.first_failed is None)
        assert state.since is not None
        assert state.since <= state.checked <= one.date
        asked_never = state.state in {State.UNSUPPORTED, State.EXCLUDED}
        assert (state.next_due is None) == asked_never
        assert asked_never or not state.is_due(state.checked)
        if state.next_due:
            assert state.is_due(state.next_due)
        assert state.why.endswith(".")


@given(HISTORIES, st.integers(-4000, 4000))
def test_a_clock_that_was_wrong_once_does_no_lasting_harm(seen, days) -> None:
    now = START + timedelta(days=400)
    wrong = Observation(date=START + timedelta(days=days), outcome=Outcome.GONE, reason="http-404")
    state = fold([*seen, wrong], RULES, now=now)
    if wrong.date > now:
        assert state == fold(seen, RULES, now=now)
    if state.next_due:
        assert state.next_due <= now + timedelta(days=RULES.dead_longest_days)


# Two years of weekly runs: each letter is what a check would find in that week. Only what is due
# is asked; the expectations were made by hand with the table.
LETTERS = {"o": "ok", "g": "gone", "s": "soft", "t": "slow", "b": "blocked", "p": "parked",
           "m": "moved", "v": "slow!", "r": "410"}  # fmt: skip
WEEKS = 104


def live(script: str, rules: LifecycleRules = RULES) -> tuple[list[int], str]:
    """Return the weeks in which the link was asked, and its states as `week:event`."""
    asked: list[Observation] = []
    weeks, events = [], []
    state = LinkState()
    for week, letter in enumerate(script.ljust(WEEKS, script[-1])):
        now = START + timedelta(weeks=week, minutes=week * 7 % 60)  # a run begins a little later
        if not state.is_due(now):
            continue
        weeks.append(week)
        kind = LETTERS[letter]
        (seen,) = checks(f"{kind}@{(now - START) / timedelta(days=1)}")
        asked.append(seen)
        after = fold(asked, rules, now=now)
        if (after.state, after.since) != (state.state, state.since):
            events.append(f"{week}:{after.state}")
        state = after
    return weeks, " ".join(events)


@pytest.mark.parametrize(
    ("script", "weeks", "events"),
    [
        # It works: 7, 14, 28, 56 and 90 days, that is 1, 2, 4, 8 and 13 weeks (rounded up).
        ("o", [0, 1, 3, 7, 15, 28, 41, 54, 67, 80, 93], "0:alive"),
        # Gone from the first: three in a row, then 30, 90, 180 days: 5, 13, 26 weeks.
        ("g", [0, 1, 2, 7, 20, 46, 72, 98], "0:suspect 2:dead-gone"),
        ("r", [0, 1, 6, 19, 45, 71, 97], "0:suspect 1:dead-gone"),
        ("s", [0, 1, 2, 7, 20, 46, 72, 98], "0:suspect 2:dead-soft"),
        ("t", [0, 1, 2, 3, 4, 9, 22, 48, 74, 100], "0:suspect 4:dead-unreachable"),
        ("p", [0, 1, 14, 27, 40, 53, 66, 79, 92], "0:suspect 1:usurped"),
        # Blocked for two years: asked each 30 days, that is each fifth week; never dead.
        ("b", list(range(0, 104, 5)), "0:blocked"),
        ("m", [0, 1, 3, *range(8, 104, 5)], "0:alive 3:moved"),
        # Our network is down in weeks 1 and 4: the run is void, the link is asked the next week.
        ("ovoovo", [0, 1, 2, 4, 5, 9, 17, 30, 43, 56, 69, 82, 95], "0:alive"),
        # Works for ten weeks, is gone, seen as such in week 15; dead in 17; back in week 30.
        (
            "oooooooooo" + "g" * 20 + "o",
            [0, 1, 3, 7, 15, 16, 17, 22, 35, 36, 37, 39, 43, 51, 64, 77, 90, 103],
            "0:alive 15:suspect 17:dead-gone 36:alive",
        ),
        # A bad week is no death.
        ("ooogo", [0, 1, 3, 4, 5, 7, 11, 19, 32, 45, 58, 71, 84, 97], "0:alive 3:suspect 4:alive"),
        # A dead host is parked later, and stays usurped though a page opens there.
        (
            "ttttt" + "p" * 60 + "o",
            [0, 1, 2, 3, 4, 9, 22, 35, 48, 61, 74, 87, 100],
            "0:suspect 4:dead-unreachable 22:usurped",
        ),
    ],
)
def test_two_years_of_weekly_runs(script: str, weeks: list[int], events: str) -> None:
    assert live(script) == (weeks, events)


def test_two_years_ask_a_working_link_eleven_times_and_a_dead_one_eight_times() -> None:
    assert [len(live(script)[0]) for script in "og"] == [11, 8]
