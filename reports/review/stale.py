"""Which links the index must read anew: what the store holds now beside what was indexed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Self
from uuid import uuid4

from pipelines.decisions.model import Scope
from pipelines.decisions.patterns import compiled
from pipelines.lifecycle import LifecycleRules
from pipelines.states import refresh_states
from pipelines.store import Store

_ALL = "SELECT link_id FROM links WHERE link_id IN (SELECT link_id FROM checks)"
_SINCE = "SELECT DISTINCT link_id FROM checks WHERE check_id > ?"
_OF_RUNS = "SELECT DISTINCT link_id FROM checks WHERE run_id IN (SELECT value FROM json_each(?))"
# A new capture of a page takes the place of the one before, at either address of its archive.
_OF_WARCS = """
SELECT DISTINCT link_id FROM statements AS s JOIN citations USING (statement_id) WHERE s.url IN
    (SELECT url FROM statements WHERE warc IN (SELECT value FROM json_each(?1))
    UNION SELECT replace(url, '//1997-2001.state.gov/www/', '//1997-2001.state.gov/')
        FROM statements WHERE warc IN (SELECT value FROM json_each(?1))
    UNION SELECT replace(url, '//1997-2001.state.gov/', '//1997-2001.state.gov/www/')
        FROM statements WHERE warc IN (SELECT value FROM json_each(?1)))
"""
_RUNS = "SELECT run_id, coalesce(ended, '') || '|' || void || '|' || doubted FROM check_runs"
_SUBJECTS = {
    Scope.URL: "SELECT id FROM rows WHERE url = ?",
    Scope.HOST: "SELECT id FROM rows WHERE host = ?",
    Scope.REASON: "SELECT id FROM rows JOIN combos USING (combo) WHERE reason = ?",
}
_NAME = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far an index has read a store; `made_by` names the rules and the store itself.

    `runs` and `warcs` have what is known of each, by its name; `replaced` counts how
    often verdicts, or the statements of a file, were put in the place of others.
    """

    made_by: str = ""
    replaced: str = ""
    last_check: int = 0
    last_decision: int = 0
    runs: dict[str, str] = field(default_factory=dict)
    warcs: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store, made_by: str) -> Self:
        """Return how far one may read now."""
        ((last,),) = store.read("SELECT coalesce(max(check_id), 0) FROM checks")
        ((decision,),) = store.read("SELECT coalesce(max(number), 0) FROM decisions")
        return cls(
            made_by=f"{made_by}, store {_identity(store)}",
            replaced=f"{_derived(store, 'verdicts')}, {_derived(store, 'statements')}",
            last_check=last,
            last_decision=decision,
            runs=dict(store.read(_RUNS)),
            warcs=dict(store.read("SELECT name, size || '|' || extractor FROM warcs")),
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the mark that `as_json` wrote."""
        return cls(**json.loads(text))

    def as_json(self) -> str:
        """Return the mark as text."""
        return json.dumps(asdict(self))

    def continues(self, before: Mark) -> bool:
        """Return whether an index that has read up to `before` can be brought up to this."""
        return (
            (self.made_by, self.replaced) == (before.made_by, before.replaced)
            and self.last_check >= before.last_check
            and self.last_decision >= before.last_decision
            and before.warcs.items() <= self.warcs.items()
        )


def all_links(store: Store, rules: LifecycleRules, now: datetime) -> list[int]:
    """Return all checked links, their states brought up to date."""
    refresh_states(store, rules, now=now)
    return _ids(store, _ALL)


def stale_links(
    store: Store, before: Mark, mark: Mark, rules: LifecycleRules, now: datetime
) -> set[int]:
    """Return the links with new checks, in other runs or cited anew; their states are folded."""
    runs = [run for run, of in mark.runs.items() if before.runs.get(run, "") != of]
    found: set[int] = set()
    if runs or mark.last_check > before.last_check:
        refresh_states(store, rules, now=now)
        for run in runs:
            refresh_states(store, rules, now=now, run_id=run)
        found.update(_ids(store, _SINCE, before.last_check))
        found.update(_ids(store, _OF_RUNS, json.dumps(runs)))
    warcs = [name for name in mark.warcs if name not in before.warcs]
    if warcs:
        found.update(_ids(store, _OF_WARCS, json.dumps(warcs)))
    return found


def redecided(store: Store, db: sqlite3.Connection, last_decision: int, now: datetime) -> set[int]:
    """Return the links of the index `db` that decisions after that number are about.

    And those on which the decision in force has expired since.
    """
    found: set[int] = set()
    rows = store.read(
        "SELECT DISTINCT scope, subject FROM decisions WHERE number > ?", (last_decision,)
    )
    for scope, subject in rows:
        found.update(_about(db, Scope(scope), subject))
    today = now.astimezone(UTC).date().isoformat()
    expired = db.execute("SELECT id FROM rows WHERE expires != '' AND expires < ?", (today,))
    return found.union(link_id for (link_id,) in expired)


def _about(db: sqlite3.Connection, scope: Scope, subject: str) -> Iterator[int]:
    """Yield the links that a decision on this subject may touch."""
    if scope is Scope.PATTERN:
        fits = compiled(subject).fullmatch
        for link_id, url in db.execute("SELECT id, url FROM rows"):
            if fits(url):
                yield link_id
        return
    value = subject.lower() if scope is Scope.HOST else subject
    rows = db.execute(_SUBJECTS[scope], (value,))
    for (link_id,) in rows:
        yield link_id


def _ids(store: Store, query: str, *values: object) -> list[int]:
    return [link_id for (link_id,) in store.read(query, values)]


def _derived(store: Store, name: str) -> str:
    rows = store.read("SELECT version FROM derived_by WHERE name = ?", (name,))
    return str(rows[0][0]) if rows else ""


def _identity(store: Store) -> str:
    """Return what tells this store from one made anew in its place, whose links count otherwise."""
    known = _derived(store, _NAME)
    if known:
        return known
    with store.transaction() as database:
        database.execute("INSERT OR IGNORE INTO derived_by VALUES (?, ?)", (_NAME, uuid4().hex))
    return _derived(store, _NAME)
