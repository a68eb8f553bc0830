from __future__ import annotations

import pytest

from crawler.seen import Seen
from crawler.stopping import Budget, ExitStatus, StopReason, exit_status


def test_a_budget_is_spent_exactly_at_its_limit() -> None:
    budget = Budget(max_pages=2, max_bytes=100)
    assert budget.spent(pages=1, octets=99) is None
    assert budget.spent(pages=2, octets=0) is StopReason.MAX_PAGES
    assert budget.spent(pages=1, octets=100) is StopReason.MAX_BYTES
    assert Budget().spent(pages=10**9, octets=10**12) is None


@pytest.mark.parametrize(
    ("reason", "responses", "status"),
    [
        (StopReason.FINISHED, 3, ExitStatus.FINISHED),
        (StopReason.MAX_PAGES, 3, ExitStatus.CUT_SHORT),
        (StopReason.SIGNAL, 3, ExitStatus.CUT_SHORT),
        (StopReason.WALLED, 5, ExitStatus.CUT_SHORT),
        (StopReason.DISK_FULL, 3, ExitStatus.CUT_SHORT),
        (StopReason.FINISHED, 0, ExitStatus.NOTHING_CAPTURED),
        (StopReason.FAULT, 3, ExitStatus.FAULT),
    ],
)
def test_exit_status(reason: StopReason, responses: int, status: ExitStatus) -> None:
    assert exit_status(reason, responses) is status


def test_an_address_is_new_once_whatever_its_session() -> None:
    seen = Seen()
    assert seen.add("http://h/a?x=1&PHPSESSID=77")
    assert not seen.add("http://h/a?PHPSESSID=1&x=1")
    assert not seen.add("http://h/a?x=1")
    assert seen.add("http://h/a;jsessionid=1F")
    assert not seen.add("http://h/a")
    assert seen.add("http://h/a?x=2")
    seen.forget("http://h/a?x=2")
    assert seen.add("http://h/a?x=2")
    assert len(seen) == 3
