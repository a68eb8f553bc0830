"""What reviewers' decisions make of findings, as the index keeps it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.decisions.model import Decision
from pipelines.decisions.rows import COLUMNS, decision_of
from pipelines.decisions.standing import in_force
from pipelines.store import Store
from reports.findings import Finding
from reports.reviewed import reviewed

_RULES = f"SELECT {COLUMNS} FROM decisions WHERE scope != 'url'"  # noqa: S608 - our own columns
_ON_LINKS = (
    f"SELECT {COLUMNS} FROM decisions WHERE scope = 'url' AND subject IN"  # noqa: S608 - as above
    " (SELECT value FROM json_each(?)) ORDER BY number"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A finding with the decision in force on it; "" and 0 where there is none.

    `expires` is the last day on which that holds, `latest` the number of the latest entry of the
    log on the link itself; `notes` are what reviewers wrote of it.
    """

    finding: Finding
    kind: str = ""
    author: str = ""
    expires: str = ""
    latest: int = 0
    notes: tuple[str, ...] = ()


class Decided:
    """The decisions of a store as they stand at one time."""

    def __init__(self, store: Store, now: datetime) -> None:
        self._store = store
        self._now = now
        self._rules = [decision_of(row) for row in store.read(_RULES)]

    def on(self, findings: Sequence[Finding]) -> list[Ruled]:
        """Return the findings in their order, as the decisions in force leave them."""
        urls = json.dumps([one.url for one in findings])
        known = [decision_of(row) for row in self._store.read(_ON_LINKS, (urls,))]
        of_link: dict[str, list[Decision]] = {one.url: [] for one in findings}
        for decision in known:
            of_link[decision.subject].append(decision)
        rulings = in_force((*known, *self._rules), self._now)
        return [_ruled(reviewed(one, rulings), of_link[one.url]) for one in findings]


def _ruled(found: Finding, decisions: Sequence[Decision]) -> Ruled:
    decision = found.ruling.decision if found.ruling else None
    expires = decision.expires if decision else None
    return Ruled(
        finding=found,
        kind=decision.kind.value if decision else "",
        author=decision.author if decision else "",
        expires=expires.isoformat() if expires else "",
        latest=max((one.number for one in decisions), default=0),
        notes=tuple(one.note for one in decisions if one.note),
    )
