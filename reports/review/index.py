"""The review's index, `review.sqlite`: made from the store, kept up to date link by link.

It may be deleted at any time. A whole one is made beside it and takes its place at once; whoever
has the old one open reads the new one from then on.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from itertools import islice
from pathlib import Path

from pipelines.lifecycle import LifecycleRules
from pipelines.store import Store
from pipelines.verdicts.packs import PackName
from pipelines.verdicts.rules import RULES_VERSION
from reports.review.codes import Codes
from reports.review.decided import Decided
from reports.review.index_schema import INDEX_VERSION, finishing, tables
from reports.review.rows import Made, made_rows
from reports.review.stale import Mark, all_links, redecided, stale_links

INDEX_NAME = "review.sqlite"
_WAIT_SECONDS = 30
_BATCH = 5_000
_PUT_ROW = "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_TEXTS = "INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_FORGET = (
    "INSERT INTO search (search, rowid, words) SELECT 'delete', id, words FROM texts WHERE id = ?",
    "DELETE FROM texts WHERE id = ?",
    "DELETE FROM cited WHERE id = ?",
    "DELETE FROM rows WHERE id = ?",
)


def refresh(
    store: Store,
    path: Path,
    rules: LifecycleRules,
    now: datetime,
    *,
    pack: PackName = PackName.STRICT,
) -> int:
    """Bring the index at `path` up to date with `store`; return how many links were read anew.

    The rows are those of the findings of a report (`assemble`) with the same rules and pack. All
    links are read where the index is missing or damaged, was made by other rules or from another
    store, verdicts were replaced or WARC files taken away; else those that something is new of.
    """
    mark = Mark.of(store, f"{INDEX_VERSION}, {RULES_VERSION}, {rules}, {pack}")
    decided = Decided(store, now)
    before = _marked(path)
    if before is None or not mark.continues(before):
        return _build(store, path, mark, all_links(store, rules, now), pack, decided)
    stale = stale_links(store, before, mark, rules, now)
    with closing(_connected(path)) as db:
        stale |= redecided(store, db, before.last_decision, now)
        if stale or mark != before:
            _remake(db, made_rows(store, sorted(stale), pack, decided, {}), stale, mark)
    return len(stale)


def _remake(db: sqlite3.Connection, rows: Iterable[Made], stale: set[int], mark: Mark) -> None:
    with _transaction(db):
        for statement in _FORGET:
            db.executemany(statement, ((link_id,) for link_id in stale))
        _put(db, rows)
        _note(db, mark)


def open_index(path: Path) -> sqlite3.Connection:
    """Return the index for reading, by any one thread at a time; close it when done."""
    db = _connected(path)
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA cache_size = -65536")
    db.execute("PRAGMA mmap_size = 1073741824")
    return db


def _marked(path: Path) -> Mark | None:
    """Return how far the index has read; None where there is none that can be used."""
    if not path.is_file():
        return None
    try:
        with closing(open_index(path)) as db:
            row = db.execute("SELECT value FROM meta WHERE name = 'mark'").fetchone()
            return Mark.from_json(row[0]) if row else None
    except (sqlite3.DatabaseError, ValueError, TypeError):
        return None


def _build(
    store: Store, path: Path, mark: Mark, ids: list[int], pack: PackName, decided: Decided
) -> int:
    made = path.with_name(f"{path.name}.{os.getpid()}.open")
    made.unlink(missing_ok=True)
    try:
        with closing(_connected(made)) as db:
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("PRAGMA synchronous = OFF")
            with _transaction(db):
                _all(db, tables())
                _put(db, made_rows(store, ids, pack, decided, {}), is_new=True)
                db.execute("INSERT INTO search (search) VALUES ('rebuild')")
                _all(db, finishing())
                _note(db, mark)
            db.execute("ANALYZE")
        _put_in_place(made, path)
    finally:
        made.unlink(missing_ok=True)
    return len(ids)


def _put_in_place(made: Path, path: Path) -> None:
    """Let `path` hold what `made` does, for those who have it open too."""
    if path.is_file():
        try:
            with closing(_connected(made)) as source, closing(_connected(path)) as target:
                source.backup(target)
        except sqlite3.DatabaseError:  # what is there is no index
            path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        else:
            return
    _sync(made)
    made.replace(path)


def _put(db: sqlite3.Connection, rows: Iterable[Made], *, is_new: bool = False) -> None:
    """Insert rows; the search of a new index is filled at once when all texts are there."""
    codes = Codes(db)
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        db.executemany(
            _PUT_ROW,
            (
                (one.link_id, one.url, one.host, *codes.of(one.host, one.combined), *one.row)
                for one in batch
            ),
        )
        db.executemany(_PUT_TEXTS, ((one.link_id, *one.texts) for one in batch))
        db.executemany(
            "INSERT INTO cited VALUES (?, ?, ?)",
            ((*value, one.link_id) for one in batch for value in one.cited),
        )
        if not is_new:
            words = ((one.link_id, one.texts[-1]) for one in batch)
            db.executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", words)


def _note(db: sqlite3.Connection, mark: Mark) -> None:
    db.execute("INSERT OR REPLACE INTO meta VALUES ('mark', ?)", (mark.as_json(),))


def _all(db: sqlite3.Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        db.execute(statement)


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
