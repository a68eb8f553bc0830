from __future__ import annotations

import pytest

from muniment.config import ConfigError
from muniment.fail_on import FailOn
from muniment.status import ExitStatus, StageOutcome, gravest


@pytest.mark.parametrize(
    ("text", "broken", "judged", "exceeded"),
    [
        ("none", 9, 9, False),
        ("any", 0, 9, False),
        ("any", 1, 9, True),
        ("10%", 1, 10, False),
        ("10%", 2, 10, True),
        ("0%", 0, 0, False),
        ("12.5%", 2, 10, True),
    ],
)
def test_the_threshold_is_a_share_that_may_be_reached(
    text: str, broken: int, judged: int, *, exceeded: bool
) -> None:
    assert FailOn.parse(text).is_exceeded(broken, judged) is exceeded


@pytest.mark.parametrize("text", ["", "all", "-1%", "101%", "5", "5 %"])
def test_anything_else_is_an_error(text: str) -> None:
    with pytest.raises(ConfigError, match="none, any"):
        FailOn.parse(text)


def test_the_gravest_stage_is_the_status_of_the_run() -> None:
    def ended(*statuses: ExitStatus) -> ExitStatus:
        return gravest([StageOutcome(stage="x", status=status) for status in statuses])

    assert ended() is ExitStatus.DONE
    assert ended(ExitStatus.DONE, ExitStatus.BROKEN_LINKS) is ExitStatus.BROKEN_LINKS
    assert ended(ExitStatus.BROKEN_LINKS, ExitStatus.CUT_SHORT) is ExitStatus.CUT_SHORT
    assert ended(ExitStatus.CUT_SHORT, ExitStatus.FAILED) is ExitStatus.FAILED
