"""One crawling process a collection, also where the command that started another has died."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_NAME = ".crawl.lock"


class NotAloneError(OSError):
    """Another process is capturing into the collection; the message says which."""


@contextmanager
def alone(collection: Path) -> Iterator[None]:
    """Hold the collection's crawl; raise NotAloneError where another process does.

    The lock is the kernel's: it goes with the process, however that ends.
    """
    with (collection / LOCK_NAME).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise NotAloneError(
                f"{collection}: another capture is at work here (pid {holder}); "
                "wait until it ends or stop it"
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
