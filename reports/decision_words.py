"""Reviewers' decisions in plain words."""

from __future__ import annotations

from datetime import UTC

from pipelines.decisions.model import Decision, Kind, Scope

DECISION_WORDS = {
    Kind.NOT_BROKEN: "Not broken",
    Kind.DISMISSED: "Dismissed until it changes",
    Kind.IGNORED: "Ignored",
    Kind.REPLACED: "Replaced",
    Kind.CONFIRMED: "Confirmed as broken",
    Kind.RECHECK: "To be checked again",
    Kind.NOTE: "Note",
    Kind.UNDO: "Taken back",
}
_SCOPES = {Scope.HOST: "the host", Scope.REASON: "the cause", Scope.PATTERN: "the pattern"}


def decision_words(decision: Decision) -> str:
    """Return what was decided, of what if not of one link, by whom, when and why."""
    of = _SCOPES.get(decision.scope)
    about = f" with {of} {decision.subject}" if of else ""
    until = f", until {decision.expires}" if decision.expires else ""
    note = f": {decision.note}" if decision.note else ""
    made = decision.made.astimezone(UTC)
    kind = DECISION_WORDS[decision.kind]
    return f"{kind}{about} by {decision.author} on {made:%Y-%m-%d}{until}{note}"
