"""Whether a link's own answer leaves a doubt that a made-up neighbour's answer would settle."""

from __future__ import annotations

from pipelines.checks.evidence import Evidence
from pipelines.verdicts.made_up import may_be_for_any
from pipelines.verdicts.reasons import Outcome
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge

_RULES = Rules()


def is_doubtful(evidence: Evidence) -> bool:
    """Return whether the link seems to work, but by a page that could be anybody's."""
    if evidence.incident is not None or not may_be_for_any(evidence):
        return False
    return judge([evidence], _RULES).outcome in (Outcome.OK, Outcome.MOVED)
