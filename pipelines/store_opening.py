"""Opening the store's file: brought up to this schema, and with all the decisions there are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.decisions import kept
from pipelines.store_error import StoreError
from pipelines.store_schema import SCHEMA_VERSION, prepare


def opened(path: Path) -> sqlite3.Connection:
    """Return the database of the store at `path`, made where there is none; raise StoreError."""
    try:
        database = sqlite3.connect(path, timeout=30, isolation_level=None)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: the store cannot be opened: {error}") from error
    try:
        _prepare(database, path)
    except BaseException as error:
        database.close()
        if isinstance(error, sqlite3.Error):
            raise StoreError(f"{path}: the store cannot be opened: {error}") from error
        raise
    return database


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Yield the database for changes that are made together or not at all."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield database
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA foreign_keys = ON")
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path}: made by a newer Muniment (schema {version}, this one reads "
            f"up to {SCHEMA_VERSION}); use that one"
        )
    if version < SCHEMA_VERSION:
        with transaction(database):
            prepare(database, version)
    _take_in(database, path.with_name(kept.FILE_NAME))


def _take_in(database: sqlite3.Connection, file: Path) -> None:
    if kept.is_known(file, database):
        return
    try:
        with transaction(database):
            kept.make_equal(file, database)
    except kept.DecisionFileError as error:
        raise StoreError(f"{error}; mend the line or take it out") from error
    except OSError as error:
        raise StoreError(f"{file}: cannot be read or written: {error.strerror}") from error
