"""What the review works on: one collection's store, its decisions and the index of its queue.

SQLite's connections belong to the thread that made them: all of this is used in one thread.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from pipelines.decisions.model import Decision
from pipelines.decisions.rows import COLUMNS, decision_of
from pipelines.decisions.standing import Rulings, in_force
from pipelines.lifecycle_rules import LifecycleRules
from pipelines.store import STORE_NAME, Store
from pipelines.verdicts.packs import PackName
from reports.review.entries import Entries
from reports.review.evidence_shown import Evidences
from reports.review.index import INDEX_NAME, open_index, refresh
from warc.collection import Collection

_REFRESH_SECONDS = 5.0


@dataclass(kw_only=True)
class Desk:
    """One collection under review; `clock` gives the time now, aware UTC."""

    collection: Collection
    lifecycle: LifecycleRules
    evidences: Evidences
    clock: Callable[[], datetime]
    pack: PackName = PackName.STRICT
    _refreshed: datetime | None = None
    _index: sqlite3.Connection | None = None
    _file: int = 0

    @cached_property
    def store(self) -> Store:
        """Return the store."""
        return Store(self.collection.root / STORE_NAME)

    def queue(self) -> sqlite3.Connection:
        """Return the index of the queue, brought up to date now or some seconds ago at most."""
        now = self.clock()
        last = self._refreshed
        if last is None or abs((now - last).total_seconds()) >= _REFRESH_SECONDS:
            path = self.collection.root / INDEX_NAME
            refresh(self.store, path, self.lifecycle, now, pack=self.pack)
            self._refreshed = self.clock()
            self._reopen(path)
        assert self._index is not None  # noqa: S101 - opened with the first refresh
        return self._index

    def has_changed(self) -> None:
        """Have the next `queue` brought up to date."""
        self._refreshed = None

    def _reopen(self, path: Path) -> None:
        """Open the index again where a whole one was put in its place."""
        file = path.stat().st_ino
        if self._index is None or file != self._file:
            if self._index is not None:
                self._index.close()
            self._index, self._file = open_index(path), file

    def rulings(self, of: Iterable[Decision] = ()) -> Rulings:
        """Return what holds now: of the decisions on single links those given, and all rules."""
        return in_force((*of, *self.rules()), self.clock())

    @cached_property
    def _entries(self) -> Entries:
        return Entries(self.store)

    def rules(self) -> list[Decision]:
        """Return every entry of the log that is about more than one link."""
        return list(self._entries.rules())

    def log_page(self, page: int, size: int) -> tuple[list[tuple[Decision, int]], int]:
        """Return a page of the log, the latest first, and how many entries it has.

        What was decided at once is one entry: its last decision, and how many there are.
        """
        counts = dict(self._entries.page(page, size))
        marks = ", ".join("?" * len(counts))
        found = self._decisions(f"WHERE number IN ({marks}) ORDER BY number DESC", *counts)
        return [(one, counts[one.number]) for one in found], len(self._entries)

    def on_subjects(self, subjects: Iterable[str]) -> list[Decision]:
        """Return every entry of the log on these subjects."""
        wanted = list(dict.fromkeys(subjects))
        return self._decisions(f"WHERE subject IN ({', '.join('?' * len(wanted))})", *wanted)

    def made_at_once(self, id_: str) -> tuple[Decision, int] | None:
        """Return the last decision of an id or a batch and how many there are; None for none."""
        ((number, count),) = self.store.read(
            "SELECT max(number), count(*) FROM decisions WHERE id = ? OR batch = ?", (id_, id_)
        )
        return (self.numbered(number), count) if count else None

    def numbered(self, number: int) -> Decision:
        """Return the entry of the log with that number."""
        return self._decisions("WHERE number = ?", number)[0]

    def latest_numbers(self, urls: Iterable[str]) -> dict[str, int]:
        """Return the number of the latest entry of the log on each link; 0 where there is none."""
        wanted = list(urls)
        rows = self.store.read(
            "SELECT subject, max(number) FROM decisions WHERE scope = 'url' AND subject IN"
            " (SELECT value FROM json_each(?)) GROUP BY subject",
            (json.dumps(wanted),),
        )
        return dict.fromkeys(wanted, 0) | dict(rows)

    def close(self) -> None:
        """Close the files that are open."""
        if "store" in self.__dict__:
            self.store.close()
        if self._index is not None:
            self._index.close()
            self._index = None

    def _decisions(self, where: str, *values: object) -> list[Decision]:
        rows = self.store.read(f"SELECT {COLUMNS} FROM decisions {where}", values)  # noqa: S608 ours
        return [decision_of(row) for row in rows]
