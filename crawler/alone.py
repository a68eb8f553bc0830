"""One crawling process a collection, also where the command that started another has died."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_NAME = ".crawl.lock"
_LOOK_SECONDS = 0.1


class NotAloneError(OSError):
    """Another process is capturing into the collection; the message says which."""


@contextmanager
def alone(
    collection: Path, patience: float = 0.0, is_over: Callable[[], bool] = lambda: False
) -> Iterator[None]:
    """Hold the collection's crawl; raise NotAloneError where another process does.

    One whose command was killed takes a while to end in order: it is waited for, `patience`
    seconds at most and not once `is_over`. The lock is the kernel's: it goes with the process,
    however that ends.
    """
    with (collection / LOCK_NAME).open("a+", encoding="utf-8") as file:
        until = time.monotonic() + patience
        while not _is_locked(file.fileno()):
            if time.monotonic() >= until or is_over():
                file.seek(0)
                raise NotAloneError(
                    f"{collection}: another capture is at work here "
                    f"(pid {file.read().strip() or 'unknown'}); wait until it ends or stop it"
                )
            time.sleep(_LOOK_SECONDS)
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def _is_locked(descriptor: int) -> bool:
    """Take the lock, and return whether it is ours now."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
