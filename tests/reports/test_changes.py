"""What became of a link since the run before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reports.changes import CHANGE_WORDS, Change, change, changes, differences
from reports.findings import Finding, PreviousRun, Report
from reports.standing import Standing

URL = "http://a.example/x"


def _previous(outcome: str | None) -> PreviousRun:
    ended = datetime(2026, 11, 16, tzinfo=UTC)
    return PreviousRun(run_id="1", ended=ended, outcomes={URL: outcome} if outcome else {})


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("ok", "gone", Change.NEW),
        (None, "gone", Change.NEW),
        ("blocked", "tls", Change.NEW),
        ("gone", "transient", Change.STILL),
        ("gone", "ok", Change.FIXED),
        ("parked", "moved", Change.FIXED),
        ("ok", "blocked", Change.BLOCKED),
        ("gone", "blocked", Change.BLOCKED),
        ("blocked", "blocked", Change.NONE),
        (None, "blocked", Change.NONE),
        ("ok", "moved", Change.NONE),
        (None, "ok", Change.NONE),
        ("gone", "excluded", Change.NONE),
    ],
)
def test_the_table_of_changes(
    finding_of: Callable[..., Finding], before: str | None, now: str, expected: Change
) -> None:
    assert change(finding_of(url=URL, outcome=now), _previous(before)) is expected


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("gone", "ok", Change.RESURRECTED),
        ("parked", "moved", Change.RESURRECTED),
        ("blocked", "ok", Change.RESURRECTED),
        ("ok", "ok", Change.NONE),  # seen working then already, though not yet trusted
        ("gone", "gone", Change.STILL),
        ("gone", "blocked", Change.BLOCKED),
        ("gone", "excluded", Change.NONE),
    ],
)
def test_what_was_called_dead_and_works_is_resurrected(
    finding_of: Callable[..., Finding], before: str, now: str, expected: Change
) -> None:
    previous = replace(_previous(before), confirmed=frozenset({URL}))
    assert change(finding_of(url=URL, outcome=now), previous) is expected


def test_without_an_earlier_run_nothing_has_changed(finding_of: Callable[..., Finding]) -> None:
    assert change(finding_of(), None) is Change.NONE


def test_every_change_has_words() -> None:
    assert set(CHANGE_WORDS) == set(Change)


def test_a_report_counts_changes_and_differences(
    finding_of: Callable[..., Finding], report_with: Callable[..., Report]
) -> None:
    findings = (finding_of(url=URL), finding_of(url="http://b.example/"))
    report = report_with(*findings, previous=_previous("ok"))
    assert changes(report) == {Change.NEW: 2}
    grown = differences(report)
    assert grown is not None
    assert grown[Standing.BROKEN] == 2
    assert grown[Standing.WORKS] == -1


def test_a_first_run_has_no_differences(report_with: Callable[..., Report]) -> None:
    assert differences(report_with()) is None
