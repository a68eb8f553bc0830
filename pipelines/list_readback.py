"""The answers of a killed check of a list that are in its WARC files alone."""

from __future__ import annotations

from datetime import datetime

from pipelines.checks.readback import read_runs
from pipelines.list_answers import ListAnswers, answer_of
from pipelines.refill import check_files
from pipelines.verdicts.doubt import is_doubtful
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge
from warc.collection import Collection


class _AllBut:
    """Every URL but some."""

    def __init__(self, urls: set[str]) -> None:
        self._urls = urls

    def __contains__(self, url: object) -> bool:
        return url not in self._urls


def read_back(collection: Collection, answers: ListAnswers, since: datetime, rules: Rules) -> int:
    """Take the answers that were written since then but not kept; return how many.

    Only those with nothing left to do but to judge: the others are asked again.
    """
    left = set(answers.unanswered())
    found = 0
    for run in read_runs(collection, check_files(collection), _AllBut(left)):
        for one in run.checks:
            seen = one.evidence
            is_open = seen.sibling is None and is_doubtful(seen)
            if one.is_whole and not is_open and seen.checked >= since and seen.url in left:
                left.discard(seen.url)
                answers.put(seen.url, answer_of(seen, judge([seen], rules)), is_settled=True)
                found += 1
    answers.keep()
    return found
