"""Decisions as the pages list them: in words, with what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from pipelines.decisions.model import Decision, Scope
from pipelines.decisions.standing import Status
from reports.reason_words import reason_words
from reports.review.finding import DecisionShown
from reports.review.forms import KIND_WORDS, SCOPE_WORDS

_WHY_NOT = {
    Status.EXPIRED: "expired",
    Status.SUPERSEDED: "a later decision took its place",
    Status.UNDONE: "taken back",
}


def shown(
    one: Decision,
    statuses: Mapping[str, Status],
    *,
    count: int = 1,
    in_force: Iterable[str] | None = None,
) -> DecisionShown:
    """Return a decision with what became of it; `count` is how many were made at once.

    `in_force` has the ids that do hold of the link as it is now, where the link is known.
    """
    status = statuses.get(one.id, Status.RECORDED)
    holds = status is Status.IN_FORCE
    why_not = _WHY_NOT.get(status, "")
    if holds and in_force is not None and one.id not in in_force:
        holds, why_not = False, "the link has changed since"
    is_batch = count > 1
    return DecisionShown(
        number=one.number,
        id=one.batch if is_batch and one.batch else one.id,
        kind=one.kind.value,
        words=KIND_WORDS[one.kind],
        scope=one.scope.value,
        subject=one.subject,
        about=_about(one, count),
        author=one.author,
        made=one.made,
        note=one.note,
        expires=one.expires,
        replacement=one.replacement,
        batch=one.batch,
        batch_count=count,
        holds=holds,
        why_not=why_not,
        may_undo=status is not Status.UNDONE,
        finding_href=finding_href(one.subject) if one.scope is Scope.URL else None,
    )


def finding_href(url: str, filter_: str = "") -> str:
    """Return the path of a link's page, opened from the queue of a filter."""
    return f"/finding?{urlencode({'url': url})}{'&' if filter_ else ''}{filter_}"


def _about(one: Decision, count: int) -> str:
    if count > 1:
        return f"{count:,} links"
    if one.scope is Scope.URL:
        return ""
    words = f"{SCOPE_WORDS[one.scope]} {one.subject}"
    said = reason_words(one.subject) if one.scope is Scope.REASON else ""
    return f"{words} ({said})" if said else words
