"""A decision of a reviewer as a value: what was decided, of what, by whom, when and on which basis.

Subjects may come from any page of the web and are never trusted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

SCHEMA = "muniment/decision/1"
LONGEST_PATTERN = 2_000
_FIELDS = (
    "id",
    "made",
    "author",
    "kind",
    "scope",
    "subject",
    "note",
    "expires",
    "replacement",
    "basis",
    "undoes",
    "batch",
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f]")
_ID = re.compile("[0-9a-f]{32}")
_Name = TypeVar("_Name", bound=StrEnum)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Kind(StrEnum):
    """What was decided."""

    NOT_BROKEN = "not-broken"
    DISMISSED = "dismissed"  # until it changes
    IGNORED = "ignored"
    REPLACED = "replaced"
    CONFIRMED = "confirmed"
    RECHECK = "recheck"
    NOTE = "note"
    UNDO = "undo"


class Scope(StrEnum):
    """What a decision is about: one link, or all links of a host, a cause or a pattern."""

    URL = "url"
    HOST = "host"
    REASON = "reason"
    PATTERN = "pattern"


BOUND = frozenset({Kind.NOT_BROKEN, Kind.DISMISSED})  # hold while the link is as it was seen
EFFECTIVE = BOUND | {Kind.IGNORED, Kind.REPLACED, Kind.CONFIRMED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the reviewer saw of the link when deciding."""

    outcome: str
    reason: str
    final_url: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """Return the three fields."""
        return {"outcome": self.outcome, "reason": self.reason, "final_url": self.final_url}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of the log; ValueError names the field that cannot be.

    `id` is 32 hexadecimal digits and survives export and import; `number` is its place in one
    store, 0 where it is in none yet. `made` is aware UTC. `expires` is the last day (UTC) on
    which it holds. `undoes` is the id of the decision that an `undo` takes back; it has that
    one's scope and subject. Decisions made at once share a `batch`.
    """

    id: str
    made: datetime
    author: str
    kind: Kind
    subject: str
    scope: Scope = Scope.URL
    note: str = ""
    expires: date | None = None
    replacement: str | None = None
    basis: Basis | None = None
    undoes: str | None = None
    batch: str | None = None
    number: int = 0

    def __post_init__(self) -> None:
        for problem in (_of_names(self), _of_subject(self), _of_parts(self)):
            if problem:
                raise ValueError(problem)

    def is_expired(self, now: datetime) -> bool:
        """Return whether the last day on which it holds is over."""
        return self.expires is not None and now.astimezone(UTC).date() > self.expires

    def as_json(self) -> dict[str, Any]:
        """Return the fields of docs/review.md, in a fixed order; `number` is not among them."""
        return {
            "schema": SCHEMA,
            "id": self.id,
            "made": self.made.astimezone(UTC).isoformat(),
            "author": self.author,
            "kind": self.kind.value,
            "scope": self.scope.value,
            "subject": self.subject,
            "note": self.note,
            "expires": self.expires.isoformat() if self.expires else None,
            "replacement": self.replacement,
            "basis": self.basis.as_json() if self.basis else None,
            "undoes": self.undoes,
            "batch": self.batch,
        }

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Return the decision of a line; ValueError says which field is wrong and how."""
        if not isinstance(value, Mapping):
            raise ValueError("not an object")
        if value.get("schema") != SCHEMA:
            raise ValueError(f"schema: {value.get('schema')!r} is not {SCHEMA!r}")
        if unknown := sorted(set(value) - {"schema", *_FIELDS}):
            raise ValueError(f"{unknown[0]}: no such field")
        return cls(
            id=_text(value, "id"),
            made=_moment(_text(value, "made")),
            author=_text(value, "author"),
            kind=_one_of(Kind, _text(value, "kind"), "kind"),
            scope=_one_of(Scope, _text(value, "scope"), "scope"),
            subject=_text(value, "subject"),
            note=_maybe(value, "note") or "",
            expires=parse_expiry(_maybe(value, "expires")),
            replacement=_maybe(value, "replacement"),
            basis=_basis(value.get("basis")),
            undoes=_maybe(value, "undoes"),
            batch=_maybe(value, "batch"),
        )


def new_id() -> str:
    """Return an id that no other decision or batch has."""
    return uuid4().hex


def parse_expiry(text: str | None) -> date | None:
    """Return the day of `YYYY-MM-DD`, None of nothing; ValueError where it is no day."""
    if not text:
        return None
    if not _DATE.fullmatch(text):
        raise ValueError(f"expires: {text!r} is no date such as 2027-01-31")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"expires: {text!r} is not in the calendar") from None


def _of_names(one: Decision) -> str:
    for name, value in (("id", one.id), ("undoes", one.undoes), ("batch", one.batch)):
        if value is not None and not _ID.fullmatch(value):
            return f"{name}: {value!r} is not 32 hexadecimal digits"
    if one.made.tzinfo is None:
        return "made: without a time zone"
    if not one.author.strip() or _CONTROL.search(one.author):
        return "author: empty, or not on one line"
    texts = {"author": one.author, "subject": one.subject, "note": one.note}
    for name, text in (*texts.items(), ("replacement", one.replacement or "")):
        if _SURROGATE.search(text):
            return f"{name}: cannot be written as UTF-8"
    return ""


def _of_subject(one: Decision) -> str:
    if not one.subject:
        return "subject: empty"
    if one.scope is Scope.URL:
        return ""
    if one.kind not in (Kind.IGNORED, Kind.UNDO):
        return f"scope: only what is ignored can be a {one.scope}, not {one.kind}"
    if one.scope is Scope.PATTERN and len(one.subject) > LONGEST_PATTERN:
        return f"subject: a pattern of more than {LONGEST_PATTERN} characters"
    if one.scope is Scope.PATTERN and not one.subject.strip("*?"):
        return "subject: a pattern that every link fits"
    return ""


def _of_parts(one: Decision) -> str:
    if one.kind in (Kind.IGNORED, Kind.NOTE) and not one.note.strip():
        return f"note: {one.kind} needs one"
    if one.kind in BOUND and one.basis is None:
        return f"basis: {one.kind} needs what was seen of the link"
    if one.expires is not None and one.kind not in EFFECTIVE:
        return f"expires: not for {one.kind}"
    return _of_one_kind(one)


def _of_one_kind(one: Decision) -> str:
    parts = (("undoes", Kind.UNDO, one.undoes), ("replacement", Kind.REPLACED, one.replacement))
    for name, kind, value in parts:
        if (one.kind is kind) != (value is not None):
            return f"{name}: {'missing' if value is None else f'not for {one.kind}'}"
    if one.replacement is not None and not _is_web(one.replacement):
        return f"replacement: {one.replacement!r} is no address of http or https"
    return ""


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_clean = not any(letter.isspace() or ord(letter) < ord(" ") for letter in url)
    return is_clean and parts.scheme in ("http", "https") and bool(parts.hostname)


def _text(value: Mapping[str, object], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str):
        raise ValueError(f"{name}: {'missing' if found is None else 'no text'}")
    return found


def _maybe(value: Mapping[str, object], name: str) -> str | None:
    return None if value.get(name) is None else _text(value, name)


def _moment(text: str) -> datetime:
    try:
        made = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"made: {text!r} is no time in ISO 8601") from None
    return made.astimezone(UTC) if made.tzinfo else made


def _one_of(names: type[_Name], text: str, field: str) -> _Name:
    try:
        return names(text)
    except ValueError:
        known = ", ".join(names)
        raise ValueError(f"{field}: {text!r} is none of {known}") from None


def _basis(value: object) -> Basis | None:
    if value is None:
        return None
    if not isinstance(value, Mapping) or set(value) - {"outcome", "reason", "final_url"}:
        raise ValueError("basis: not an object of outcome, reason and final_url")
    try:
        return Basis(
            outcome=_text(value, "outcome"),
            reason=_text(value, "reason"),
            final_url=_maybe(value, "final_url"),
        )
    except ValueError as error:
        raise ValueError(f"basis.{error}") from None
