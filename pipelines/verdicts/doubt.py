"""Whether a link's own answer leaves a doubt that a made-up neighbour's answer would settle."""

from __future__ import annotations

from pipelines.checks.evidence import Evidence
from pipelines.verdicts.made_up import may_be_for_any
from pipelines.verdicts.reasons import Outcome
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.soft404 import is_unsure
from pipelines.verdicts.verdict import judge

_OK = 200
_WORKS = frozenset({Outcome.OK, Outcome.MOVED})
_RULES = Rules()


def is_doubtful(evidence: Evidence) -> bool:
    """Return whether the link seems to work, but by a page that could be anybody's.

    So it is where a title speaks of a missing page and the text below does not.
    """
    if evidence.incident is not None:
        return False
    if may_be_for_any(evidence):
        verdict = judge([evidence], _RULES)
        if verdict.outcome in _WORKS or verdict.reason == "redirect-to-section":
            return True
    last = evidence.last
    if last is None or last.page is None or last.status != _OK:
        return False
    return is_unsure(last.page, _RULES, evidence.hops[0].url)
