"""Telling a full disk from a fault, whether the system or SQLite says so."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# "Input/output error" is what SQLite makes of EDQUOT and EFBIG.
_SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_PRIMARY = 0xFF  # of an extended result code


def is_full(error: OSError) -> bool:
    """Return whether there is no room left, or no more is allowed."""
    return error.errno in _FULL


@contextmanager
def told_by_system(name: str) -> Iterator[None]:
    """Raise what SQLite raises as the OSError behind it; `name` is the file's, for people."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        number = errno.ENOSPC if code in _SQLITE_FULL else errno.EIO
        raise OSError(number, str(error), name) from error
