"""The frontier on disk: one SQLite file in the collection, written in batches."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from crawler.scope import Trail
from crawler.waiting import Entry

FILE_NAME = "crawl.sqlite"

# A row of `urls` is replaced when its address is met again by a later pass, which gives it a new
# number: numbers tell the order in which a pass met its addresses.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
  id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, pass INTEGER NOT NULL,
  is_open INTEGER NOT NULL, began TEXT NOT NULL, scope BLOB NOT NULL,
  is_doubtful INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS urls (
  number INTEGER PRIMARY KEY, job INTEGER NOT NULL, key INTEGER NOT NULL, pass INTEGER NOT NULL,
  state INTEGER NOT NULL, is_good INTEGER NOT NULL, host TEXT, priority INTEGER, url TEXT,
  trail TEXT, via TEXT, retries INTEGER, extra TEXT);
CREATE UNIQUE INDEX IF NOT EXISTS by_key ON urls(job, key);
CREATE INDEX IF NOT EXISTS in_line ON urls(job, host, priority DESC, number) WHERE state = 0;
CREATE TABLE IF NOT EXISTS files (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, upto INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS captures (
  key INTEGER PRIMARY KEY, etag TEXT, modified TEXT, digest BLOB NOT NULL,
  file INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL);
"""
_PUT = "INSERT OR REPLACE INTO urls VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
_MARK = "UPDATE urls SET state = ?, is_good = ? WHERE number = ?"
_COLUMNS = "number, key, url, host, priority, trail, via, retries, extra"
_MANY = 1000
_TRAIL_NAMES = tuple(field.name for field in fields(Trail))
_TRAIL_VALUES = attrgetter(*_TRAIL_NAMES)


class State(IntEnum):
    """What has become of an address in its pass."""

    QUEUED = 0
    LEASED = 1  # in memory or under way; queued again when the next process begins
    DONE = 2
    SKIPPED = 3  # met and not to be asked; only its key is kept


def open_store(path: Path) -> tuple[FrontierStore, str]:
    """Return the store in that file, and what had to be done for it, "" for nothing.

    A file that is no database any more is set aside: what was captured is in the WARC.
    """
    try:
        return FrontierStore(path), ""
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        aside = path.with_name(path.name + ".damaged")
        path.replace(aside)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return FrontierStore(path), f"{path.name} was damaged ({error}) and is now {aside.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is captured again and again from the same seeds, in passes numbered from 1.

    `began` is the timestamp of the pass; `is_resumed` where an earlier process began it, and
    `is_rescoped` where that had another scope.
    """

    number: int
    sweep: int
    began: str
    is_resumed: bool
    is_rescoped: bool


class FrontierStore:
    """Rows that are written in batches; nothing counts before `commit`.

    Raises sqlite3.Error where the disk is full or fails; `rollback` then returns to the last
    commit. Not to be shared by threads.
    """

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.execute("PRAGMA cache_size = -8192")
            self._database.executescript(_SCHEMA)
        except BaseException:
            self._database.close()
            raise
        self._new: dict[int, tuple[Any, ...]] = {}
        self._new_keys: set[int] = set()
        self._marks: dict[int, tuple[int, int, int]] = {}
        self._job = self._sweep = 0
        self._last = int(self._one("SELECT coalesce(max(number), 0) FROM urls")[0])

    def open_job(self, digest: bytes, scope: bytes, now: str) -> Job:
        """Return the job of this digest: its unfinished pass, or a new one begun at `now`."""
        row = self._database.execute(
            "SELECT id, pass, is_open, began, scope, is_doubtful FROM jobs WHERE digest = ?",
            (digest,),
        ).fetchone()
        self._begin()
        if row is None:
            row = (None, 0, 0, "", b"", 0)
        number, sweep, is_open, began, old_scope, is_doubtful = row
        if is_open and self._is_over(number, sweep):
            is_open = 0  # killed between its last answer and its end
        if not is_open:
            sweep, began, is_doubtful = sweep + 1, now, 0
        with_number = (number, digest, sweep, 1, began, scope, is_doubtful)
        cursor = self._database.execute(
            "INSERT OR REPLACE INTO jobs VALUES (?,?,?,?,?,?,?)", with_number
        )
        self._job, self._sweep = int(number or cursor.lastrowid or 0), sweep
        rescoped = bool(is_open) and old_scope != scope
        self._return_leases(rescoped=rescoped)
        self._commit()
        return Job(
            number=self._job,
            sweep=sweep,
            began=began,
            is_resumed=bool(is_open),
            is_rescoped=rescoped,
        )

    def next_number(self) -> int:
        """Return a number that no row has had."""
        self._last += 1
        return self._last

    def put(self, entry: Entry, state: State) -> None:
        """Write a new entry, or an old one whose request has changed."""
        self._marks.pop(entry.number, None)  # of before: it would be written after this
        self._add(
            (
                *(entry.number, self._job, entry.key, self._sweep, int(state), 0),
                *(entry.host, entry.priority, entry.url, _trail_as_text(entry.trail)),
                *(entry.via, entry.retries, entry.extra),
            )
        )

    def skip(self, key: int) -> None:
        """Note that an address has been met and is not asked in this pass."""
        nothing = (None,) * 7
        state = int(State.SKIPPED)
        self._add((self.next_number(), self._job, key, self._sweep, state, 0, *nothing))

    def mark(self, number: int, state: State, *, is_good: bool = False) -> None:
        """Change an entry's state; `is_good` where it was answered with a page."""
        row = self._new.get(number)
        if row is not None:
            self._new[number] = (*row[:4], int(state), int(is_good), *row[6:])
        else:
            self._marks[number] = (int(state), int(is_good), number)

    def has(self, key: int) -> bool:
        """Return whether this pass has met the address."""
        if key in self._new_keys:
            return True
        query = "SELECT 1 FROM urls WHERE job = ? AND key = ? AND pass = ?"
        return self._database.execute(query, (self._job, key, self._sweep)).fetchone() is not None

    def keys(self, limit: int) -> list[int]:
        """Return the keys that this pass has met, at most `limit`."""
        query = "SELECT key FROM urls WHERE job = ? AND pass = ? LIMIT ?"
        return [row[0] for row in self._database.execute(query, (self._job, self._sweep, limit))]

    def waiting(self) -> list[tuple[str, int]]:
        """Return the hosts that have queued entries, with their number."""
        query = (
            "SELECT host, count(*) FROM urls WHERE job = ? AND state = 0 AND pass = ? GROUP BY host"
        )
        return self._database.execute(query, (self._job, self._sweep)).fetchall()

    def unasked(self) -> Iterator[tuple[int, str, str | None]]:
        """Yield number, address and where it was found of what is queued or leased."""
        self.flush()
        query = "SELECT number, url, via FROM urls WHERE job = ? AND pass = ? AND state IN (0, 1)"
        yield from self._database.execute(query, (self._job, self._sweep))

    def lease(self, host: str, count: int) -> list[Entry]:
        """Return the first queued entries of a host, leased."""
        self.flush()
        query = (
            f"SELECT {_COLUMNS} FROM urls WHERE job = ? AND host = ? AND state = 0 "  # noqa: S608 - a constant
            "ORDER BY priority DESC, number LIMIT ?"
        )
        rows = self._database.execute(query, (self._job, host, count)).fetchall()
        entries = [_entry(row) for row in rows]
        for entry in entries:
            self.mark(entry.number, State.LEASED)
        return entries

    def doubt(self) -> None:
        """Note that this pass may not have met all that is still linked."""
        self._begin()
        self._database.execute("UPDATE jobs SET is_doubtful = 1 WHERE id = ?", (self._job,))

    def is_doubtful(self) -> bool:
        """Return whether a page known before could not be had in this pass."""
        return bool(self._one("SELECT is_doubtful FROM jobs WHERE id = ?", (self._job,))[0])

    def unmet(self) -> Iterator[tuple[str, Trail]]:
        """Yield the pages that an earlier pass captured and this one has not met."""
        self.flush()
        query = "SELECT url, trail FROM urls WHERE job = ? AND pass < ? AND is_good ORDER BY number"
        for url, trail in self._database.execute(query, (self._job, self._sweep)):
            yield url, _trail_of(trail)

    def finish(self, *, forget_unmet: bool) -> None:
        """End the pass; the next process begins another."""
        self.flush()
        self._begin()
        where = (self._job, self._sweep)
        if forget_unmet:
            self._database.execute("DELETE FROM urls WHERE job = ? AND pass < ?", where)
        self._database.execute(
            "UPDATE urls SET state = 2 WHERE job = ? AND state IN (0, 1)", where[:1]
        )
        self._database.execute("UPDATE jobs SET is_open = 0 WHERE id = ?", where[:1])

    def flush(self) -> None:
        """Hand everything noted so far to SQLite, without committing it."""
        if self._new or self._marks:
            self._begin()
            self._database.executemany(_PUT, self._new.values())
            self._database.executemany(_MARK, self._marks.values())
            self._new.clear()
            self._new_keys.clear()
            self._marks.clear()

    def commit(self) -> None:
        """Make everything noted so far last."""
        self.flush()
        self._commit()

    def rollback(self) -> None:
        """Forget everything since the last commit."""
        self._new.clear()
        self._new_keys.clear()
        self._marks.clear()
        with contextlib.suppress(sqlite3.Error):  # SQLite has often done so itself
            self._database.execute("ROLLBACK")

    def close(self) -> None:
        """Close without a commit."""
        self._database.close()

    def write_many(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """Change the tables `files` and `captures` with the next commit."""
        if rows:
            self._begin()
            self._database.executemany(statement, rows)

    def read(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the tables `files` and `captures`."""
        return self._database.execute(query, values).fetchall()

    def _add(self, row: tuple[Any, ...]) -> None:
        self._new[row[0]] = row
        self._new_keys.add(row[2])
        if len(self._new) >= _MANY:
            self.flush()

    def _return_leases(self, *, rescoped: bool) -> None:
        """Queue again what a process had leased; forget refusals by another scope."""
        where = (self._job, self._sweep)
        self._database.execute(
            "UPDATE urls SET state = 0 WHERE job = ? AND pass = ? AND state = 1", where
        )
        if rescoped:
            self._database.execute(
                "DELETE FROM urls WHERE job = ? AND pass = ? AND state = 3", where
            )

    def _is_over(self, job: int, sweep: int) -> bool:
        """Return whether a pass has met something and has nothing left to ask."""
        met = "SELECT 1 FROM urls WHERE job = ? AND pass = ?"
        query = f"SELECT exists({met}) AND NOT exists({met} AND state IN (0, 1))"
        return bool(self._one(query, (job, sweep, job, sweep))[0])

    def _begin(self) -> None:
        if not self._database.in_transaction:
            self._database.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        if self._database.in_transaction:
            self._database.execute("COMMIT")

    def _one(self, query: str, values: Sequence[object] = ()) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self._database.execute(query, values).fetchone()
        return row


def _entry(row: tuple[Any, ...]) -> Entry:
    number, key, url, host, priority, trail, via, retries, extra = row
    return Entry(
        number=number,
        key=key,
        url=url,
        host=host,
        priority=priority,
        trail=_trail_of(trail),
        via=via,
        retries=retries,
        extra=extra,
    )


@lru_cache(maxsize=1024)
def _trail_as_text(trail: Trail) -> str:
    return json.dumps(_TRAIL_VALUES(trail))


def _trail_of(text: str) -> Trail:
    return Trail(**dict(zip(_TRAIL_NAMES, json.loads(text), strict=False)))
