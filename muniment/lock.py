"""One writer a collection: two runs at once would write the same files."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

LOCK_NAME = ".lock"


class LockedError(Exception):
    """Another process is writing to the collection; the message says which."""


@contextmanager
def locked(root: Path, now: datetime) -> Iterator[None]:
    """Hold the collection's lock; raise LockedError where another process does.

    The lock is the kernel's (`flock`): it goes with the process, so a killed run leaves none
    behind. The file's text only says who holds it.
    """
    with (root / LOCK_NAME).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise LockedError(
                f"{root}: another run is at work here ({_holder(file.read())}); "
                "wait until it ends or stop it"
            ) from None
        file.truncate(0)
        who = {"pid": os.getpid(), "host": socket.gethostname(), "started": now.isoformat()}
        with suppress(OSError):  # on a full disk nobody is told who, but the lock holds
            os.write(file.fileno(), json.dumps(who).encode())
        try:
            yield
        finally:
            file.truncate(0)


def holder(root: Path) -> str | None:
    """Return which process holds the collection's lock, None where none does."""
    try:
        with (root / LOCK_NAME).open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return _holder(file.read())
    except OSError:
        pass  # nobody has ever written here, or we may not look
    return None


def _holder(text: str) -> str:
    try:
        who = json.loads(text)
        return f"pid {who['pid']} on {who['host']} since {who['started']}"
    except (ValueError, KeyError, TypeError):
        return "unknown"
