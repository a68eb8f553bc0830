"""What reviewers' decisions make of a finding, as the index keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from pipelines.store import Store
from reports.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A finding with the decision in force on it; "" and 0 where there is none."""

    finding: Finding
    kind: str = ""
    author: str = ""
    expires: str = ""
    latest: int = 0
    notes: tuple[str, ...] = ()


class Decided:
    """The decisions of a store as they stand at one time."""

    @classmethod
    def of(cls, store: Store, now: datetime) -> Self:
        """Return those of `store` at `now`."""
        return cls()

    def on(self, found: Finding) -> Ruled:
        """Return the finding as the decision in force leaves it."""
        return Ruled(finding=found)
