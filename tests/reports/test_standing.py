"""Every outcome has words, and a standing."""

from __future__ import annotations

import pytest

from pipelines.verdicts.verdict import Outcome
from reports.standing import OUTCOMES, STANDING_WORDS, Standing, is_broken, standing


def test_every_outcome_of_a_verdict_has_words() -> None:
    assert set(OUTCOMES) == {outcome.value for outcome in Outcome}


def test_every_standing_has_a_word_and_an_outcome() -> None:
    assert set(STANDING_WORDS) == set(Standing)
    of_outcomes = {words.standing for words in OUTCOMES.values()}
    assert of_outcomes == set(Standing) - {Standing.SET_ASIDE}


@pytest.mark.parametrize("outcome", ["gone", "soft-gone", "parked", "tls", "transient"])
def test_failures_are_broken_on_first_sight(outcome: str) -> None:
    assert is_broken(outcome)


@pytest.mark.parametrize("outcome", ["ok", "moved", "blocked", "unsure", "unsupported", "excluded"])
def test_what_works_or_was_not_seen_is_not_broken(outcome: str) -> None:
    assert not is_broken(outcome)


def test_could_not_look_is_a_standing_of_its_own() -> None:
    assert standing("blocked") is standing("unsure") is Standing.UNSEEN


def test_an_unknown_outcome_is_an_error_that_names_it() -> None:
    with pytest.raises(ValueError, match="'vanished'"):
        standing("vanished")
