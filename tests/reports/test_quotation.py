"""A quotation sets the anchor off and stays short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.findings import Citation
from reports.quotation import CLOSE, LONGEST_ANCHOR, LONGEST_SIDE, OPEN, quotation


def _quoted(text: str | None, sentence: str | None) -> str:
    return quotation(Citation(statement_url="http://s.example/", text=text, sentence=sentence))


@pytest.mark.parametrize(
    ("text", "sentence", "expected"),
    [
        ("report", "See the report here.", f"See the {OPEN}report{CLOSE} here."),
        ("report", "Nothing of it.", f"{OPEN}report{CLOSE} Nothing of it."),
        ("report", None, f"{OPEN}report{CLOSE}"),
        (None, "A picture links.", "A picture links."),
        (" a\n b ", "x a b y", f"x {OPEN}a b{CLOSE} y"),
        (None, None, ""),
    ],
)
def test_the_anchor_is_set_off_in_its_sentence(
    text: str | None, sentence: str | None, expected: str
) -> None:
    assert _quoted(text, sentence) == expected


def test_far_ends_are_cut_with_a_sign_of_it() -> None:
    quoted = _quoted("here", f"{'a' * 10_000} here {'b' * 10_000}")
    assert quoted.startswith("…aaa")
    assert quoted.endswith("bbb…")
    assert f"a {OPEN}here{CLOSE} b" in quoted


@given(st.none() | st.text(), st.none() | st.text())
def test_no_page_can_set_off_what_is_not_the_anchor(text: str | None, sentence: str | None) -> None:
    quoted = _quoted(text, sentence)
    assert quoted.count(OPEN) == quoted.count(CLOSE) <= 1
    assert len(quoted) <= LONGEST_ANCHOR + 2 * LONGEST_SIDE + 5
