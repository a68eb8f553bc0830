"""The table "States over time", row by row, in literal checks."""

from __future__ import annotations

from dataclasses import fields

import pytest
from link_courses import RULES, after, checks, day, story

from pipelines.lifecycle import Event, LifecycleRules, LinkState, State, fold, next_check, trace


def test_a_link_never_checked_is_new_and_due_now() -> None:
    assert story("") == "new - None never"
    assert LinkState().is_due(day(0))
    assert next_check(State.NEW, day(0), RULES) == day(0)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        # alive: entered by ok; 7 days, doubling while unchanged to 90
        ("ok@0", "alive found 0 7"),
        ("ok@0 ok@7", "alive found 0 14"),
        ("ok@0 ok@7 ok@21", "alive found 0 28"),
        ("ok@0 ok@7 ok@21 ok@49 ok@105 ok@195", "alive found 0 90"),
        ("ok@0 ok@7 ok2@21", "alive found 0 7"),  # changed: from the beginning
        ("ok@0 ok@1 ok@2 ok@3", "alive found 0 7"),  # asked early: no longer wait
        ("moved@0 ok@7", "alive found 0 7"),
        # left to suspect by gone, soft-gone, transient, parked; to blocked by blocked
        ("ok@0 gone@7", "suspect failed 7 3"),
        ("ok@0 soft@7", "suspect failed 7 3"),
        ("ok@0 slow@7", "suspect failed 7 3"),
        ("ok@0 tls@7", "suspect failed 7 3"),
        ("ok@0 parked@7", "suspect failed 7 3"),
        ("ok@0 blocked@7", "blocked blocked 7 30"),
        # moved: the same permanent redirect on 3 checks over 6 days or more
        ("moved@0 moved@3", "alive found 0 7"),
        ("moved@0 moved@1 moved@2", "alive found 0 7"),
        ("moved@0 moved@3 moved@6", "moved moved 6 30"),
        ("moved@0 moved@3 moved2@6", "alive found 0 7"),
        ("moved@0 moved@3 ok@4 moved@6", "alive found 0 7"),
        ("moved@0 moved@3 slow@4 moved@6", "alive recovered 6 7"),
        ("moved@0 moved@3 moved@6 moved@36", "moved moved 6 30"),
        ("moved@0 moved@3 moved@6 gone@36", "suspect failed 36 3"),
        ("moved@0 moved@3 moved@6 ok@36", "alive moved-back 36 7"),
        ("moved@0 moved@3 moved@6 moved2@36", "alive moved-back 36 7"),
        ("moved@0 moved@3 moved@6 blocked@36", "blocked blocked 36 30"),
        # suspect: entered by the first failing outcome, left by ok
        ("gone@0", "suspect failed 0 3"),
        ("gone@0 ok@3", "alive recovered 3 7"),
        ("slow@0 slow@3 moved@6", "alive recovered 6 7"),
        # dead, gone: 3 consecutive, each 3 days apart or more (410: 2)
        ("gone@0 gone@3", "suspect failed 0 3"),
        ("gone@0 gone@3 gone@6", "dead-gone died 6 30"),
        ("gone@0 gone@2.9 gone@5.9", "suspect failed 0 3"),
        ("gone@0 gone@0.1 gone@0.2 gone@0.3", "suspect failed 0 3"),
        ("gone@0 gone@1 gone@2 gone@3 gone@4 gone@5 gone@6", "dead-gone died 6 30"),
        ("gone@0 gone@3 ok@6 gone@9", "suspect failed 9 3"),
        ("410@0 410@3", "dead-gone died 3 30"),
        ("410@0 410@2", "suspect failed 0 3"),
        ("410@0 gone@3", "suspect failed 0 3"),
        ("410@0 gone@3 410@6", "dead-gone died 6 30"),  # three, of whatever kind
        ("noname@0 gone@3 noname@6", "dead-gone died 6 30"),
        # asked again after 30, 90, 180 days
        ("gone@0 gone@3 gone@6 gone@36", "dead-gone died 6 90"),
        ("gone@0 gone@3 gone@6 gone@36 gone@126", "dead-gone died 6 180"),
        ("gone@0 gone@3 gone@6 gone@36 gone@126 gone@306", "dead-gone died 6 180"),
        ("gone@0 gone@3 gone@6 gone@7 gone@8", "dead-gone died 6 30"),
        ("gone@0 gone@3 gone@6 slow@36", "dead-gone died 6 90"),
        # left by ok twice, 3 days apart or more
        ("gone@0 gone@3 gone@6 ok@36", "dead-gone died 6 3"),
        ("gone@0 gone@3 gone@6 ok@36 ok@37", "dead-gone died 6 3"),
        ("gone@0 gone@3 gone@6 ok@36 ok@39", "alive resurrected 39 7"),
        ("gone@0 gone@3 gone@6 ok@36 gone@39 ok@42", "dead-gone died 6 3"),
        ("gone@0 gone@3 gone@6 ok@36 moved@39", "alive resurrected 39 7"),
        ("gone@0 gone@3 gone@6 ok@36 ok@39 gone@46", "suspect failed 46 3"),
        # dead, soft: 3 consecutive for the same reason
        ("soft@0 soft@3 soft@6", "dead-soft died 6 30"),
        ("soft@0 root@3 soft@6", "suspect failed 0 3"),
        ("root@0 root@3 root@6 ok@36 ok@40", "alive resurrected 40 7"),
        # dead, unreachable: 5 consecutive transient or tls over 21 days or more
        ("slow@0 slow@3 slow@6 slow@9 slow@12 slow@15 slow@18", "suspect failed 0 3"),
        ("slow@0 slow@3 slow@6 slow@9 slow@21", "dead-unreachable died 21 30"),
        ("slow@0 tls@7 slow@14 tls@21", "suspect failed 0 3"),
        ("slow@0 tls@7 slow@14 tls@21 tls@28", "dead-unreachable died 28 30"),
        ("slow@0 slow@1 slow@2 slow@3 slow@30", "suspect failed 0 3"),
        ("slow@0 slow@7 ok@14 slow@15 slow@22 slow@29", "suspect failed 15 3"),
        # gone and transient mixed count to the slower rule
        ("gone@0 slow@3 gone@6 gone@9", "suspect failed 0 3"),
        ("gone@0 slow@7 gone@14 gone@21 slow@28", "dead-unreachable died 28 30"),
        ("gone@0 soft@7 gone@14 root@21 gone@28", "dead-gone died 28 30"),
        ("gone@0 slow@3 gone@6 gone@9 gone@12", "dead-gone died 12 30"),  # three in a row again
        # usurped: parked twice, 3 days apart or more
        ("parked@0 parked@1", "suspect failed 0 3"),
        ("parked@0 parked@3", "usurped usurped 3 90"),
        ("parked@0 slow@2 parked@4", "usurped usurped 4 90"),
        ("parked@0 ok@2 parked@4", "suspect failed 4 3"),
        ("noname@0 noname@3 noname@6 parked@36 parked@126", "usurped usurped 126 90"),
        ("parked@0 parked@3 gone@93", "usurped usurped 3 90"),
        ("parked@0 parked@3 blocked@93", "usurped usurped 3 90"),
        # left by ok with the earlier text only
        ("ok=Trade@0 parked@7 parked@10 ok=Casino@100 ok=Casino@107", "usurped usurped 10 90"),
        ("ok=Trade@0 parked@7 parked@10 ok=Trade@100", "alive restored 100 7"),
        ("parked@0 parked@3 ok=Trade@93", "usurped usurped 3 90"),
        # blocked: never dead by itself; left by ok, or gone with the host answering
        ("blocked@0", "blocked blocked 0 30"),
        ("blocked@0 blocked@30 blocked@60 blocked@90 blocked@120", "blocked blocked 0 30"),
        ("blocked@0 ok@30", "alive unblocked 30 7"),
        ("blocked@0 gone@30 gone@60 gone@90", "blocked blocked 0 30"),
        ("blocked@0 gone+@30", "suspect failed 30 3"),
        ("blocked@0 noname@30", "suspect failed 30 3"),  # the name servers say it, not the host
        ("blocked@0 slow@30 slow@60 slow@90 slow@120 slow@150", "blocked blocked 0 30"),
        # unsure: no failure, and no wall either, behind which failures prove nothing
        ("unsure@0 unsure@30 unsure@60 unsure@90 unsure@120", "blocked blocked 0 30"),
        ("unsure@0 ok@30", "alive unblocked 30 7"),
        ("unsure@0 gone@30", "suspect failed 30 3"),
        ("soft@0 soft@3 unsure@6 soft@9", "dead-soft died 9 30"),
        ("unsure@0 blocked@30 gone@60", "blocked blocked 30 30"),
        ("blocked@0 unsure@30 gone@60", "blocked blocked 0 30"),
        ("gone@0 gone@3 gone@6 unsure@36", "dead-gone died 6 30"),
        # blocked neither counts nor resets
        ("gone@0 blocked@3 gone+@6", "suspect failed 6 3"),
        ("gone@0 gone@3 blocked@6 gone+@9", "dead-gone died 9 30"),
        ("gone@0 gone@3 blocked@6 gone@9", "blocked blocked 6 30"),
        ("gone@0 gone@3 gone@6 blocked@36 gone@40", "dead-gone died 6 90"),
        ("gone@0 gone@3 gone@6 ok@36 blocked@38 ok@40", "alive resurrected 40 7"),
        # unsupported, excluded: never asked; left by a change of rules
        ("mail@0", "unsupported left-out 0 never"),
        ("private@0", "excluded left-out 0 never"),
        ("private@0 private@7", "excluded left-out 0 never"),
        ("private@0 ok@7", "alive found 7 7"),
        ("private@0 gone@7", "suspect failed 7 3"),
        ("gone@0 gone@3 private@6 gone@9", "suspect failed 9 3"),
        # void runs and links that were not asked change nothing
        ("slow!@0", "new - None never"),
        ("ok@0 slow!@7", "alive found 0 7"),
        ("ok@0 unasked@7", "alive found 0 7"),
        ("gone@0 gone@3 ok!@4 gone@6", "dead-gone died 6 30"),
    ],
)  # fmt: skip
def test_the_table(seen: str, expected: str) -> None:
    assert story(seen) == expected, after(seen).why


def test_the_failures_are_counted_and_dated() -> None:
    state = after("ok@0 slow@7 slow@8 blocked@9 ok@10 gone@20 gone@21")
    assert (state.failures, state.first_failed) == (2, day(20))
    assert after("gone@0 gone@3 gone@6 gone@36").failures == 4
    assert after("gone@0 ok@3").failures == 0
    assert after("gone@0 ok@3").first_failed is None


@pytest.mark.parametrize(
    ("seen", "why"),
    [
        ("", "It was not checked yet."),
        ("gone@0", "It failed on one check (http-404); 1 of the 3 that it takes to be sure."),
        ("gone@0 gone@1", "It failed on 2 checks in a row (http-404 last); 1 of the 3 that it takes"
         " to be sure."),
        ("410@0", "It failed on one check (http-410); 1 of the 2 that it takes to be sure."),
        ("gone@0 slow@3", "It failed on 2 checks in a row (timeout last); 2 of the 5 that it takes"
         " to be sure."),
        ("slow@0 slow@3 slow@6 slow@9 slow@12", "It failed on 5 checks in a row (timeout last), "
         "enough of them, but over too few days to be sure."),
        ("gone@0 gone@3 gone@6 blocked@9", "3 checks in a row, each 3 days or more after the one "
         "before, found that it is gone (http-404)."),
        ("slow@0 slow@7 slow@14 slow@21 tls@28", "5 checks in a row over 28 days, each 3 "
         "days or more after the one before, got no page (tls-expired)."),
        ("moved@0 moved@3 moved@6", "3 checks over 6 days met the same permanent redirect, to "
         "http://a.example/moved, and that page works."),
        ("gone@0 gone@3 gone@6 ok@9 ok@12", "It was dead and came back: it worked on 2 checks, "
         "3 days apart or more."),
        ("gone@0 gone@3 gone@6 ok@9", "3 checks in a row, each 3 days or more after the one "
         "before, found that it is gone (http-404). It worked when it was last asked, but not yet "
         "often enough to be alive again."),
        ("mail@0", "It is no link to a web page (url-scheme); it is never asked."),
    ],
)  # fmt: skip
def test_the_reason_is_told_in_words(seen: str, why: str) -> None:
    assert after(seen).why == why


def test_every_state_and_event_can_be_told() -> None:
    seen = [
        "", "ok@0", "ok@0 gone@1", "gone@0 ok@1", "blocked@0 ok@1", "parked@0 parked@3",
        "private@0",
        "moved@0 moved@3 moved@6", "moved@0 moved@3 moved@6 ok@9", "soft@0 soft@3 soft@6", "mail@0",
        "slow@0 slow@6 slow@12 slow@18 slow@24", "gone@0 gone@3 gone@6", "blocked@0",
        "gone@0 gone@3 gone@6 ok@9 ok@12", "ok=T@0 parked@1 parked@4 ok=T@5",
    ]  # fmt: skip
    told = [after(one) for one in seen]
    assert {one.state for one in told} == set(State)
    assert {one.event for one in told} == set(Event)
    assert all(one.why.endswith(".") and "{" not in one.why for one in told)


def test_the_durations_and_counts_are_settings() -> None:
    rules = LifecycleRules(apart_days=1, gone_checks=2, suspect_days=1, dead_first_days=5)
    assert story("gone@0", rules) == "suspect failed 0 1"
    assert story("gone@0 gone@1", rules) == "dead-gone died 1 5"
    assert story("ok@0", LifecycleRules(alive_first_days=0)) == "alive found 0 0"
    for field in fields(LifecycleRules):
        with pytest.raises(ValueError, match=field.name):
            LifecycleRules(**{field.name: -1})
    with pytest.raises(ValueError, match="gone_checks must be at least 1"):
        LifecycleRules(gone_checks=0)


def test_a_weekly_run_that_begins_early_leaves_no_link_out() -> None:
    alive, suspect = after("ok@0.04"), after("gone@0.04")
    assert [alive.is_due(day(at)) for at in (6.7, 7)] == [False, True]
    assert [suspect.is_due(day(at)) for at in (3, 3.04)] == [False, True]
    assert not after("mail@0").is_due(day(10_000))


def test_a_check_dated_by_a_wrong_clock_does_no_harm() -> None:
    seen = checks("ok@0 gone@20000 ok@7")
    assert fold(seen, RULES, now=day(8)).state is State.ALIVE
    assert fold(seen, RULES).is_due(day(8)), "what lies in the future is asked now"
    assert after("ok@7 gone@0").state is State.ALIVE, "dates count, not the order of writing"


def test_the_history_is_told_check_by_check() -> None:
    told = [(seen.date, state.state) for seen, state in trace(checks("gone@3 ok@0 ok@6"), RULES)]
    assert told == [(day(0), State.ALIVE), (day(3), State.SUSPECT), (day(6), State.ALIVE)]


def test_what_our_own_proxy_failed_at_leaves_state_and_date() -> None:
    assert after("ok@0 proxy@7") == after("ok@0")
    assert after("gone@0 gone@3 proxy@6 gone@7").state is State.DEAD_GONE
