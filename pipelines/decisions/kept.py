"""The log of decisions as a file of the collection, which outlives the store.

`decisions.jsonl` may live in git. Its lines are written and synced before the store commits, so
that neither a crash nor a deleted store loses a decision; what one of both lacks, the other has.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.decisions.model import Decision
from pipelines.decisions.rows import COLUMNS, decision_of, put

FILE_NAME = "decisions.jsonl"
_STAMP = "decisions.jsonl"  # how the file was when store and file had the same decisions


class DecisionFileError(ValueError):
    """A line of a file of decisions is none; the message names file, line and field."""


def line_of(decision: Decision) -> str:
    """Return the line of a decision, ASCII alone, with its end."""
    return json.dumps(decision.as_json()) + "\n"


def read_decisions(path: Path) -> list[Decision]:
    """Return the decisions of a file in its order, empty lines left out.

    Raise DecisionFileError for the first bad line, or an id that stands for two decisions.
    """
    return _decisions(path, path.read_bytes())


def is_known(path: Path, database: sqlite3.Connection) -> bool:
    """Return whether the file beside the store is as it was when the store took it in."""
    known = database.execute("SELECT version FROM derived_by WHERE name = ?", (_STAMP,)).fetchone()
    return (known[0] if known else "") == _stamp(path)


def make_equal(path: Path, database: sqlite3.Connection) -> None:
    """Give the store the decisions of the file that it lacks, and the file those of the store.

    In a transaction under way. A last line that a crash cut off is no decision.
    """
    content = path.read_bytes() if path.exists() else b""
    end, ending = _end(content)
    found = _decisions(path, content[:end])
    put(database, missing(database, found))
    known = {one.id for one in found}
    _append(path, end, ending + _lines(one for one in _rows(database) if one.id not in known))
    _remember(path, database)


def missing(database: sqlite3.Connection, decisions: Iterable[Decision]) -> list[Decision]:
    """Return those that the store does not have, each once, in their order."""
    known = {id_ for (id_,) in database.execute("SELECT id FROM decisions")}
    new = {one.id: one for one in decisions if one.id not in known}
    return list(new.values())


@contextmanager
def written(path: Path, database: sqlite3.Connection) -> Iterator[None]:
    """Write to the file, too, what the work within puts into the store, in its transaction.

    Where it cannot be written, or the store cannot commit after all, the next `make_equal` has
    both agree again.
    """
    if not is_known(path, database):
        make_equal(path, database)
    (last,) = database.execute("SELECT coalesce(max(number), 0) FROM decisions").fetchone()
    yield
    _append(path, path.stat().st_size if path.exists() else 0, _lines(_rows(database, last)))
    _remember(path, database)


def _rows(database: sqlite3.Connection, after: int = 0) -> Iterator[Decision]:
    query = f"SELECT {COLUMNS} FROM decisions WHERE number > ? ORDER BY number"  # noqa: S608
    return map(decision_of, database.execute(query, (after,)))


def _end(content: bytes) -> tuple[int, bytes]:
    """Return where the whole lines end, and what the last of them lacks."""
    end = content.rfind(b"\n") + 1
    try:
        Decision.from_json(json.loads(content[end:]))
    except (ValueError, RecursionError):
        return end, b""
    return len(content), b"\n"


def _lines(decisions: Iterable[Decision]) -> bytes:
    return "".join(map(line_of, decisions)).encode("ascii")


def _append(path: Path, start: int, content: bytes) -> None:
    """Write and sync `content` from `start` on; where that fails, the file ends there."""
    if not content and (not path.exists() or path.stat().st_size == start):
        return
    is_new = not path.exists()
    with path.open("ab") as file:
        try:
            file.truncate(start)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            os.truncate(path, start)
            raise
    if is_new:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder as lasting as what the file holds."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _decisions(path: Path, content: bytes) -> list[Decision]:
    found: dict[str, Decision] = {}
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            one = Decision.from_json(json.loads(line))
        except (ValueError, RecursionError) as error:
            raise DecisionFileError(f"{path}, line {number}: {_words(error)}") from error
        if found.setdefault(one.id, one) != one:
            raise DecisionFileError(f"{path}, line {number}: id: stands for another line, too")
    return list(found.values())


def _words(error: Exception) -> str:
    is_json = isinstance(error, json.JSONDecodeError | UnicodeDecodeError | RecursionError)
    return "not a line of JSON" if is_json else str(error)


def _stamp(path: Path) -> str:
    try:
        known = path.stat()
    except FileNotFoundError:
        return ""
    return f"{known.st_size} {known.st_mtime_ns}"


def _remember(path: Path, database: sqlite3.Connection) -> None:
    database.execute("INSERT OR REPLACE INTO derived_by VALUES (?, ?)", (_STAMP, _stamp(path)))
