"""The append-only log of decisions in the store, and in the file beside it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from pipelines.decisions.kept import DecisionFileError, missing, written
from pipelines.decisions.model import Decision, Kind, new_id
from pipelines.decisions.rows import COLUMNS, decision_of, put
from pipelines.decisions.undoing import undone
from pipelines.store import Store
from pipelines.store_error import StoreError

_TICK = timedelta(microseconds=1)


class ConflictError(Exception):
    """Another decision on a link came between; `theirs` is that one. Nothing was written."""

    def __init__(self, url: str, theirs: Decision) -> None:
        super().__init__(f"{theirs.author} decided of {url} meanwhile: {theirs.kind}")
        self.url = url
        self.theirs = theirs


class UnknownDecisionError(ValueError):
    """No decision or batch has that id, or it is taken back already."""


def append(
    store: Store, decisions: Sequence[Decision], *, expect: Mapping[str, int] | None = None
) -> list[int]:
    """Append decisions in one transaction, to the file beside the store, too; return the numbers.

    `expect` has, by URL, the number of the latest decision on it that the reviewer had seen, 0
    for none; raise ConflictError where another came between. A decision is never dated before
    the one on the same subject that it follows: a clock that goes back does not turn them round.
    Raise StoreError, with nothing written, where the file cannot be read or written.
    """
    with store.transaction() as database:
        _expected(database, expect or {})
        with _written(store, database):
            return put(database, _following(database, decisions))


def import_decisions(store: Store, decisions: Iterable[Decision]) -> int:
    """Append the decisions whose ids the store does not have, as they are; return how many."""
    with store.transaction() as database, _written(store, database):
        return len(put(database, missing(database, decisions)))


def decisions(store: Store) -> list[Decision]:
    """Return the whole log, in the order in which the store came to know it."""
    return _read(store, "ORDER BY number")


def latest(store: Store, urls: Collection[str]) -> dict[str, Decision]:
    """Return the latest entry of the log on each link, by URL; the links without one left out."""
    found = _read(
        store,
        "WHERE number IN (SELECT max(number) FROM decisions WHERE scope = 'url'"
        " AND subject IN (SELECT value FROM json_each(?)) GROUP BY subject)",
        json.dumps(list(urls)),
    )
    return {one.subject: one for one in found}


def history(store: Store, url: str) -> list[Decision]:
    """Return all entries of the log on one link, undone ones too, the oldest first."""
    return _read(store, "WHERE subject = ? AND scope = 'url' ORDER BY number", url)


def undo(store: Store, of: str, author: str, now: datetime) -> list[int]:
    """Take back the decision or the whole batch with the id `of`; return the new numbers.

    Taking back an `undo` makes its decision hold again. What of a batch is taken back already
    stays so; raise UnknownDecisionError where nothing is left to take back.
    """
    meant = _read(store, "WHERE id = ? OR batch = ? ORDER BY number", of, of)
    subjects = json.dumps(sorted({one.subject for one in meant}))
    gone = undone(_read(store, "WHERE subject IN (SELECT value FROM json_each(?))", subjects))
    left = [one for one in meant if one.id not in gone]
    if not left:
        raise UnknownDecisionError(
            f"{of}: {'undone already' if meant else 'no decision or batch has this id'}"
        )
    batch = new_id() if len(left) > 1 else None
    return append(store, [_undoing(one, author, now, batch) for one in left])


@contextmanager
def _written(store: Store, database: sqlite3.Connection) -> Iterator[None]:
    """Write to the file, too, what the work within appends; raise StoreError where it cannot be."""
    try:
        with written(store.decisions_path, database):
            yield
    except DecisionFileError as error:
        raise StoreError(f"{error}; mend the line or take it out") from error
    except OSError as error:
        words = error.strerror or error
        raise StoreError(f"{store.decisions_path}: cannot be written: {words}") from error


def _undoing(one: Decision, author: str, now: datetime, batch: str | None) -> Decision:
    return Decision(
        id=new_id(),
        made=now,
        author=author,
        kind=Kind.UNDO,
        scope=one.scope,
        subject=one.subject,
        undoes=one.id,
        batch=batch,
    )


def _expected(database: sqlite3.Connection, expect: Mapping[str, int]) -> None:
    rows = database.execute(
        f"SELECT {COLUMNS} FROM decisions WHERE number IN (SELECT max(number) FROM decisions"  # noqa: S608
        " WHERE scope = 'url' AND subject IN (SELECT value FROM json_each(?)) GROUP BY subject)",
        (json.dumps(list(expect)),),
    )
    for theirs in map(decision_of, rows):
        if theirs.number != expect[theirs.subject]:
            raise ConflictError(theirs.subject, theirs)


def _following(database: sqlite3.Connection, new: Iterable[Decision]) -> list[Decision]:
    new = list(new)
    subjects = json.dumps(sorted({one.subject for one in new}))
    rows = database.execute(
        "SELECT subject, max(made) FROM decisions WHERE subject IN"
        " (SELECT value FROM json_each(?)) GROUP BY subject",
        (subjects,),
    )
    last = {subject: datetime.fromisoformat(made) for subject, made in rows}
    found: list[Decision] = []
    for one in new:
        before = last.get(one.subject)
        late = before is not None and before >= one.made
        made = before + _TICK if late and before else one.made
        last[one.subject] = made
        found.append(replace(one, made=made) if late else one)
    return found


def _read(store: Store, where: str, *values: object) -> list[Decision]:
    rows = store.read(f"SELECT {COLUMNS} FROM decisions {where}", values)  # noqa: S608 - our own
    return [decision_of(row) for row in rows]
