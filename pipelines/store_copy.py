"""A copy of a store, to try on it what is not to be done."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def copied(store: Path) -> Iterator[Path]:
    """Yield a copy of the store's file, in a folder that goes with it.

    What others write meanwhile is in it wholly or not at all; the store itself is only read.
    """
    with TemporaryDirectory(prefix="muniment-store-") as folder:
        file = Path(folder) / store.name
        with closing(sqlite3.connect(store)) as source, closing(sqlite3.connect(file)) as target:
            source.backup(target)
        yield file
