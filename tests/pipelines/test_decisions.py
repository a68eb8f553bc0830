"""Decisions as values: their lines, their patterns, and which of them hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.decisions import model
from pipelines.decisions.kept import line_of
from pipelines.decisions.model import Basis, Decision, Kind, Scope, new_id, parse_expiry
from pipelines.decisions.patterns import compiled
from pipelines.decisions.standing import Effect, Ruling, Status, in_force, statuses

URL, HOST = "http://a.example/x", "a.example"
DAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
GONE = Basis(outcome="gone", reason="http-404", final_url=URL)


def decide(kind: Kind, after: float = 0, **fields: Any) -> Decision:
    values: dict[str, Any] = {
        "id": new_id(),
        "made": DAY + timedelta(hours=after),
        "author": "Ada",
        "kind": kind,
        "subject": URL,
        "basis": GONE,
    }
    values |= {"note": "a test server"} if kind is Kind.IGNORED else {}
    values |= {"replacement": "https://b.example/x"} if kind is Kind.REPLACED else {}
    return Decision(**{**values, **fields})


def undoing(one: Decision, after: float) -> Decision:
    return decide(Kind.UNDO, after, undoes=one.id, scope=one.scope, subject=one.subject)


def on(
    decisions: Iterable[Decision], seen: Basis = GONE, now: datetime = DAY, url: str = URL
) -> Ruling | None:
    return in_force(decisions, now).on(url, HOST, seen.outcome, seen.reason, seen.final_url)


def test_a_line_gives_back_the_decision() -> None:
    told = decide(
        Kind.IGNORED, scope=Scope.PATTERN, subject="http://*/x?y\u2028", note="Größe \U0001f5d1",
        expires=date(2027, 1, 31), batch=new_id(),
    )  # fmt: skip
    for one in (told, decide(Kind.DISMISSED), undoing(told, 1), decide(Kind.REPLACED)):
        line = line_of(one)
        assert line.isascii()
        assert line.count("\n") == 1
        assert Decision.from_json(json.loads(line)) == one


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"schema": "muniment/decision/9"}, "schema: "),
        ({"id": "abc"}, "id: 'abc' is not 32"),
        ({"made": "yesterday"}, "made: 'yesterday' is no time"),
        ({"made": "2026-11-24T09:00:00"}, "made: without a time zone"),
        ({"author": " "}, "author: empty"),
        ({"author": None}, "author: missing"),
        ({"kind": "deleted"}, "kind: 'deleted' is none of not-broken, "),
        ({"scope": "host"}, "scope: only what is ignored"),
        ({"scope": "world"}, "scope: 'world' is none of url, "),
        ({"subject": ""}, "subject: empty"),
        ({"subject": "\ud800"}, "subject: cannot be written"),
        ({"note": 7}, "note: no text"),
        ({"kind": "note"}, "note: note needs one"),
        ({"kind": "ignored"}, "note: ignored needs one"),
        ({"expires": "soon"}, "expires: 'soon' is no date"),
        ({"expires": "2027-02-30"}, "expires: '2027-02-30' is not in the calendar"),
        ({"kind": "recheck", "expires": "2027-02-20"}, "expires: not for recheck"),
        ({"kind": "replaced"}, "replacement: missing"),
        ({"replacement": "http://b.example/"}, "replacement: not for dismissed"),
        ({"kind": "replaced", "replacement": "javascript:x"}, "replacement: 'javascript:x' is no"),
        ({"basis": None}, "basis: dismissed needs"),
        ({"basis": {"outcome": "gone"}}, "basis.reason: missing"),
        ({"basis": []}, "basis: not an object"),
        ({"undoes": "0" * 32}, "undoes: not for dismissed"),
        ({"kind": "undo"}, "undoes: missing"),
        ({"batch": "B"}, "batch: 'B' is not 32"),
        ({"mood": "good"}, "mood: no such field"),
    ],
)
def test_a_bad_field_is_named(change: dict[str, object], told: str) -> None:
    line = decide(Kind.DISMISSED).as_json()
    with pytest.raises(ValueError, match=r"\w") as error:
        Decision.from_json({**line, **change})
    assert str(error.value).startswith(told)


def test_the_page_tells_every_kind_scope_and_field() -> None:
    root = Path(model.__file__).parents[2]
    told = (root / "docs/review.md").read_text("utf-8").partition("\n## In the browser\n")[0]
    rows = set(re.findall(r"^\| `([a-z-]+)` \|", told, re.MULTILINE))
    assert rows == {*Kind, *Scope, *decide(Kind.NOTE, note="x").as_json()}
    assert f"`{model.SCHEMA}`" in told


def test_a_rule_that_every_link_fits_is_refused() -> None:
    for subject in ("*", "**", "*?"):
        with pytest.raises(ValueError, match="every link fits"):
            decide(Kind.IGNORED, scope=Scope.PATTERN, subject=subject)


@given(st.text("ab*?", max_size=7), st.text("ab\n", max_size=9))
def test_a_pattern_fits_what_it_says(pattern: str, url: str) -> None:
    assert bool(compiled(pattern).fullmatch(url)) == _fits(pattern, url)


def _fits(pattern: str, url: str) -> bool:
    if not pattern or not url:
        return not url and not pattern.strip("*")
    if pattern[0] == "*":
        return _fits(pattern[1:], url) or _fits(pattern, url[1:])
    return pattern[0] in ("?", url[0]) and _fits(pattern[1:], url[1:])


def test_all_else_in_a_pattern_stands_for_itself() -> None:
    assert compiled("http://[a].x/(*)").fullmatch("http://[a].x/(b)")
    assert not compiled("http://a.x/*").fullmatch("http://aqx/")


def test_a_pattern_made_to_be_slow_is_not() -> None:
    assert compiled("*a" * 900 + "b").fullmatch("a" * 20_000) is None


SAME_ELSEWHERE = Basis(outcome="gone", reason="http-404", final_url="http://a.example/")
OTHER_REASON = Basis(outcome="gone", reason="http-410", final_url=URL)
WORKS = Basis(outcome="ok", reason="ok", final_url=URL)


@pytest.mark.parametrize(
    ("kind", "holds", "is_over"),
    [
        (Kind.DISMISSED, [GONE], [SAME_ELSEWHERE, OTHER_REASON, WORKS]),
        (Kind.NOT_BROKEN, [GONE, SAME_ELSEWHERE], [OTHER_REASON, WORKS]),
        (Kind.IGNORED, [GONE, OTHER_REASON, WORKS], []),
        (Kind.CONFIRMED, [GONE, SAME_ELSEWHERE, OTHER_REASON], [WORKS]),
    ],
)
def test_how_long_a_decision_holds(kind: Kind, holds: list[Basis], is_over: list[Basis]) -> None:
    made = [decide(kind)]
    assert all(on(made, seen) for seen in holds)
    assert not any(on(made, seen) for seen in is_over)
    assert on(made, url="http://a.example/other") is None


def test_the_latest_decision_on_a_link_counts_in_whatever_order_they_come() -> None:
    first, second = decide(Kind.IGNORED), decide(Kind.CONFIRMED, 1)
    for made in ([first, second], [second, first]):
        ruling = on(made)
        assert ruling is not None
        assert ruling.decision == second
        assert not ruling.sets_aside
    assert statuses([first, second], DAY) == {
        first.id: Status.SUPERSEDED,
        second.id: Status.IN_FORCE,
    }


def test_what_lapsed_does_not_bring_an_earlier_decision_back() -> None:
    made = [decide(Kind.IGNORED), decide(Kind.DISMISSED, 1)]
    assert on(made, OTHER_REASON) is None


def test_replacing_and_confirming_go_together_until_the_link_is_set_aside() -> None:
    replaced, confirmed = decide(Kind.REPLACED), decide(Kind.CONFIRMED, 1)
    ruling = on([replaced, confirmed])
    assert ruling is not None
    assert (ruling.effect, ruling.replaced, ruling.is_confirmed) == (
        Effect.CONFIRMED, replaced, True,
    )  # fmt: skip
    later = on([replaced, confirmed, decide(Kind.NOT_BROKEN, 2), decide(Kind.CONFIRMED, 3)])
    assert later is not None
    assert later.replaced is None


def test_an_undone_decision_is_gone_and_an_undone_undo_brings_it_back() -> None:
    first, second = decide(Kind.DISMISSED), decide(Kind.CONFIRMED, 1)
    undo = undoing(second, 2)
    ruling = on([first, second, undo])
    assert ruling is not None
    assert ruling.decision == first
    assert statuses([first, second, undo], DAY)[second.id] is Status.UNDONE
    again = on([first, second, undo, undoing(undo, 3)])
    assert again is not None
    assert again.decision == second


@pytest.mark.parametrize(
    ("scope", "subject"),
    [
        (Scope.HOST, "A.example"),
        (Scope.REASON, "http-404"),
        (Scope.PATTERN, "http://a.*/?"),
    ],
)
def test_a_rule_sets_all_links_of_its_kind_aside(scope: Scope, subject: str) -> None:
    rule = decide(Kind.IGNORED, scope=scope, subject=subject, basis=None)
    found = on([rule])
    assert found == Ruling(decision=rule, effect=Effect.SET_ASIDE)
    rulings = in_force([rule], DAY)
    assert rulings.on("http://b.example/", "b.example", "gone", "http-410", None) is None
    assert rulings.rules == (rule,)
    confirmed = decide(Kind.CONFIRMED, -1)
    own = on([rule, confirmed])
    assert own is not None
    assert own.decision == confirmed


def test_a_rule_ends_after_its_last_day() -> None:
    rule = decide(Kind.IGNORED, scope=Scope.HOST, subject=HOST, expires=parse_expiry("2026-11-30"))
    before = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
    assert on([rule], now=before)
    after = before + timedelta(minutes=2)
    assert on([rule], now=after) is None
    assert in_force([rule], after).expired == (rule,)
    assert statuses([rule], after) == {rule.id: Status.EXPIRED}


def test_notes_and_rechecks_change_nothing() -> None:
    made = [decide(Kind.CONFIRMED), decide(Kind.NOTE, 1, note="x"), decide(Kind.RECHECK, 2)]
    ruling = on(made)
    assert ruling is not None
    assert ruling.decision == made[0]
    assert statuses(made, DAY)[made[2].id] is Status.RECORDED
