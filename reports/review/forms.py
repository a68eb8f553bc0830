"""The forms of the review: which decisions can be made, and what a sent form decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipelines.decisions.model import BOUND, Basis, Decision, Kind, Scope, new_id, parse_expiry
from reports.review.finding import Choice, FormValues

LONGEST_NOTE = 4_000
_CONTROLS = {code: " " for code in range(32) if chr(code) not in "\n\t"} | {127: " "}

CHOICES = (
    Choice(
        kind=Kind.NOT_BROKEN,
        label="Not broken",
        meaning="I looked: the page is there. Holds while the verdict is the same.",
        key="n",
    ),
    Choice(
        kind=Kind.DISMISSED,
        label="Dismiss until it changes",
        meaning="Set aside until verdict, cause or final address are others than now.",
        key="d",
    ),
    Choice(
        kind=Kind.IGNORED,
        label="Ignore by rule",
        meaning="Set aside this link, its host, its cause or a pattern of addresses. Say why.",
        key="i",
        needs="note",
    ),
    Choice(
        kind=Kind.CONFIRMED,
        label="Confirm as broken",
        meaning="I looked: it is broken.",
        key="c",
    ),
    Choice(
        kind=Kind.REPLACED,
        label="Replaced by",
        meaning="It is broken, and this address shows what it led to.",
        key="x",
        needs="replacement",
    ),
    Choice(
        kind=Kind.RECHECK,
        label="Check again now",
        meaning="Ask the link once more, at once where no run is under way.",
        key="r",
    ),
    Choice(
        kind=Kind.NOTE,
        label="Note only",
        meaning="Keep a note with the link; nothing is decided.",
        key="",
        needs="note",
    ),
)
BULK_CHOICES = tuple(one for one in CHOICES if one.kind != Kind.REPLACED)
KIND_WORDS = {Kind(one.kind): one.label for one in CHOICES} | {
    Kind.DISMISSED: "Dismissed until it changes",
    Kind.IGNORED: "Ignored by rule",
    Kind.CONFIRMED: "Confirmed as broken",
    Kind.RECHECK: "To be checked again",
    Kind.NOTE: "Note",
    Kind.UNDO: "Taken back",
}
SCOPE_WORDS = {
    Scope.URL: "this link",
    Scope.HOST: "all links of the host",
    Scope.REASON: "all links with the cause",
    Scope.PATTERN: "all links that fit",
}
_NEEDED = {
    "note": "Write a note: it has to say why.",
    "replacement": "Write the address that replaces it, with http:// or https://.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a decision has to know of the link it is about."""

    url: str
    host: str = ""
    basis: Basis | None = None


def choice_of(kind: str) -> Choice | None:
    """Return the choice with that code."""
    return next((one for one in CHOICES if one.kind == kind), None)


def first(form: Mapping[str, Sequence[str]], name: str, longest: int | None = None) -> str:
    """Return the first value of a field, cut at `longest`; "" where it was not sent."""
    return next(iter(form.get(name, ())), "")[:longest]


def values_of(form: Mapping[str, Sequence[str]]) -> FormValues:
    """Return what a form was filled with, without controls."""
    note = first(form, "note", LONGEST_NOTE).replace("\r\n", "\n").translate(_CONTROLS)
    return FormValues(
        kind=first(form, "kind"),
        scope=first(form, "scope") or Scope.URL,
        subject=first(form, "subject").strip(),
        note=note.strip(),
        expires=first(form, "expires").strip(),
        replacement=first(form, "replacement").strip(),
    )


def decision_of(
    values: FormValues, link: Link, author: str, now: datetime, batch: str | None = None
) -> Decision:
    """Return what the form decides of `link`; ValueError says in words what it lacks.

    A field that does not go with the kind is left out: a form has them all.
    """
    choice = choice_of(values.kind)
    if choice is None:
        raise ValueError("Choose what you decide.")
    if choice.needs and not getattr(values, choice.needs):
        raise ValueError(_NEEDED[choice.needs])
    kind = Kind(values.kind)
    scope = Scope(values.scope) if kind is Kind.IGNORED else Scope.URL
    if kind in BOUND and link.basis is None:
        raise ValueError("This link was not checked yet: there is no verdict to decide on.")
    takes_expiry = kind not in (Kind.RECHECK, Kind.NOTE)
    return Decision(
        id=new_id(),
        made=now,
        author=author,
        kind=kind,
        scope=scope,
        subject=_subject(scope, values, link),
        note=values.note,
        expires=parse_expiry(values.expires) if takes_expiry else None,
        replacement=values.replacement if kind is Kind.REPLACED else None,
        basis=link.basis,
        batch=batch,
    )


def with_problem(values: FormValues, problem: str) -> FormValues:
    """Return the form as it was sent, with why it cannot be taken."""
    return replace(values, problem=problem)


def _subject(scope: Scope, values: FormValues, link: Link) -> str:
    if scope is Scope.URL:
        return link.url
    own = {Scope.HOST: link.host, Scope.REASON: link.basis.reason if link.basis else ""}
    subject = values.subject or own.get(scope, "")
    if not subject:
        raise ValueError(f"Say which {scope} is ignored.")
    return subject.lower() if scope is Scope.HOST else subject
