"""Decisions as rows of the store's append-only table."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from pipelines.decisions.model import Basis, Decision, Kind, Scope

COLUMNS = (
    "number, id, made, author, kind, scope, subject, note, expires, replacement, basis, undoes,"
    " batch"
)


def put(database: sqlite3.Connection, decisions: Iterable[Decision]) -> list[int]:
    """Append decisions, within the transaction under way; return their numbers."""
    return [_put(database, one) for one in decisions]


def _put(database: sqlite3.Connection, one: Decision) -> int:
    cursor = database.execute(
        "INSERT INTO decisions (id, made, author, kind, scope, subject, note, expires,"
        " replacement, basis, undoes, batch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            one.id,
            one.made.astimezone(UTC).isoformat(),
            one.author,
            one.kind.value,
            one.scope.value,
            one.subject,
            one.note,
            one.expires.isoformat() if one.expires else None,
            one.replacement,
            json.dumps(one.basis.as_json()) if one.basis else None,
            one.undoes,
            one.batch,
        ),
    )
    return int(cursor.lastrowid or 0)


def decision_of(row: tuple[Any, ...]) -> Decision:
    """Return the decision of a row of `COLUMNS`."""
    number, id_, made, author, kind, scope, subject, note, expires, replacement, basis, *rest = row
    return Decision(
        number=number,
        id=id_,
        made=datetime.fromisoformat(made),
        author=author,
        kind=Kind(kind),
        scope=Scope(scope),
        subject=subject,
        note=note,
        expires=date.fromisoformat(expires) if expires else None,
        replacement=replacement,
        basis=Basis(**json.loads(basis)) if basis else None,
        undoes=rest[0],
        batch=rest[1],
    )
