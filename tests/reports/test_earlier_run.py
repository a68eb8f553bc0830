"""Any earlier run can be compared with; what was dead then is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipelines.checks.evidence import Evidence
from pipelines.lifecycle import LifecycleRules
from pipelines.store import Check, LinkHistory
from pipelines.verdicts.verdict import Outcome, Verdict
from reports.earlier_run import UnknownRunError, earlier_run
from reports.findings import PreviousRun

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
URL = "http://a.example/x"


def _history(*outcomes: str, void: tuple[int, ...] = ()) -> LinkHistory:
    """Return a link checked once a week, in runs named by the day."""
    checks = []
    for week, outcome in enumerate(outcomes):
        date = BEGAN + timedelta(weeks=week)
        checks.append(
            Check(
                checked=date,
                run_id=f"{date:%Y%m%dT%H%M%SZ}",
                evidence=Evidence(url=URL, checked=date, hops=()),
                verdict=Verdict(
                    outcome=Outcome(outcome),
                    reason="http",
                    sentence="",
                    confidence="high",
                    final_url=None,
                    rules_version="1",
                ),
                void=week in void,
            )
        )
    return LinkHistory(url=URL, host="a.example", citations=(), checks=tuple(checks))


def _then(history: LinkHistory, since: str | None = None) -> PreviousRun:
    found = earlier_run([history], LifecycleRules(), since)
    assert found is not None
    return found


def test_without_a_name_it_is_the_run_before_the_last() -> None:
    found = _then(_history("ok", "gone", "ok"))
    assert (found.run_id, found.outcomes) == ("20261108T000000Z", {URL: "gone"})
    assert found.ended == BEGAN + timedelta(weeks=1)
    assert earlier_run([_history("ok")], LifecycleRules()) is None


def test_a_run_is_named_by_its_id_or_its_beginning() -> None:
    history = _history("ok", "gone", "ok")
    for name in ("20261101T000000Z", "20261101"):
        assert _then(history, name).outcomes == {URL: "ok"}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("2025", "2025: no earlier run of link checks; known: 20261101T000000Z, 20261108T000000Z"),
        ("202611", "202611: several earlier runs begin so; known: 20261101T000000Z, "),
        ("20261115", "20261115: no earlier run of link checks; known: "),
        ("", ": no earlier run of link checks; known: "),
    ],
)
def test_an_unknown_name_is_told_with_the_known_ones(name: str, told: str) -> None:
    with pytest.raises(UnknownRunError) as error:
        _then(_history("ok", "gone", "ok"), name)
    assert str(error.value).startswith(told)


def test_where_there_is_one_run_none_is_earlier() -> None:
    with pytest.raises(UnknownRunError, match="none is earlier"):
        _then(_history("ok"), "2026")


def test_void_runs_are_not_compared_with() -> None:
    assert _then(_history("ok", "gone", "ok", void=(1,))).outcomes == {URL: "ok"}


@pytest.mark.parametrize(
    ("outcomes", "dead"),
    [
        (("gone", "gone", "gone", "ok"), True),
        (("ok", "gone", "gone", "ok"), False),
        (("gone", "gone", "gone", "gone"), False),  # it does not work now: nobody asks
        (("gone", "gone", "gone", "blocked", "ok"), True),
        (("parked", "parked", "ok"), True),
        (("gone", "gone", "gone", "ok", "ok"), False),  # was seen working then
    ],
)
def test_what_was_called_dead_and_works_now_is_known(outcomes: tuple[str, ...], dead: bool) -> None:
    assert _then(_history(*outcomes)).confirmed == ({URL} if dead else set())
