"""Which links a reviewer looks at: a filter as a value that stands in the address bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

from pipelines.link_state import State
from reports.changes import Change
from reports.findings import CONFIDENCES
from reports.standing import OUTCOMES, Standing

UNREVIEWED = "none"
DECISIONS = ("not-broken", "dismissed", "ignored", "replaced", "confirmed")
PAGING = frozenset({"sort", "page"})  # what else the queue's address may have
_LONGEST = 500
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "standing": tuple(Standing),
    "outcome": tuple(OUTCOMES),
    "confidence": CONFIDENCES,
    "state": tuple(State),
    "change": tuple(Change),
    "decision": (UNREVIEWED, *DECISIONS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a link must be to be shown; "" lets everything pass.

    `decision` is the kind of the decision in force, `none` where there is none; `author` made it.
    `year`, `bureau` and `document_type` are those of any statement that cites the link. Every
    word of `q`, or phrase in double quotes, must occur in the link's addresses, anchors, the
    sentences around them, the statements' titles or the reviewers' notes, anywhere in a word;
    one of less than three letters must begin the host, `www.` aside. ValueError says in words what
    cannot be.
    """

    standing: str = ""
    outcome: str = ""
    reason: str = ""
    confidence: str = ""
    state: str = ""
    change: str = ""
    decision: str = ""
    author: str = ""
    host: str = ""
    tld: str = ""
    year: str = ""
    bureau: str = ""
    document_type: str = ""
    q: str = ""

    def __post_init__(self) -> None:
        for one in fields(self):
            value: str = getattr(self, one.name)
            if len(value) > _LONGEST:
                raise ValueError(f"{one.name} is longer than {_LONGEST} characters")
            known = _CHOICES.get(one.name)
            if known and value and value not in known:
                raise ValueError(f"{one.name} cannot be {value!r}; known: {', '.join(known)}")
        if self.year and not (len(self.year) == _YEAR and self.year.isdecimal()):
            raise ValueError(f"year cannot be {self.year!r}; it has four digits")

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """Return the filter of an address's query; its sort and page are another's business."""
        known = {one.name for one in fields(cls)}
        for name in query:
            if name not in known and name not in PAGING:
                raise ValueError(
                    f"there is no filter {name[:40]!r}; known: {', '.join(sorted(known))}"
                )
        return cls(**{name: value.strip() for name, value in query.items() if name in known})

    def to_query(self) -> dict[str, str]:
        """Return what `from_query` reads, in a fixed order, without what lets everything pass."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in values.items() if value}


_YEAR = 4
