"""What was decided at once, as one entry of the log: kept in memory, read on as the log grows."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.decisions.model import Decision, Scope
from pipelines.decisions.rows import COLUMNS, decision_of
from pipelines.store import Store


class Entries:
    """The entries of one store's log, and its rules; numbers of the log only ever grow."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read_to = 0
        self._counts: dict[str, int] = {}
        self._last: dict[str, int] = {}
        self._order: list[str] = []
        self._rules: list[Decision] = []

    def page(self, page: int, size: int) -> list[tuple[int, int]]:
        """Return the number of the last decision of each entry, and how many it has."""
        self._read_on()
        start = max(0, len(self._order) - page * size)
        shown = self._order[start : max(0, len(self._order) - (page - 1) * size)]
        return [(self._last[entry], self._counts[entry]) for entry in reversed(shown)]

    def __len__(self) -> int:
        """Return how many entries there are."""
        self._read_on()
        return len(self._order)

    def rules(self) -> Sequence[Decision]:
        """Return every decision that is about more than one link, in the order of the log."""
        self._read_on()
        return self._rules

    def _read_on(self) -> None:
        rows = self._store.read(
            "SELECT number, coalesce(batch, id), scope FROM decisions WHERE number > ?"
            " ORDER BY number",
            (self._read_to,),
        )
        if not rows:
            return
        before = self._read_to
        for number, entry, _ in rows:
            self._counts[entry] = self._counts.get(entry, 0) + 1
            self._last.pop(entry, None)  # put last: what follows is in the order of the log
            self._last[entry] = number
        self._order = list(self._last)
        self._read_to = rows[-1][0]
        if any(scope != Scope.URL for *_, scope in rows):
            self._rules += self._new_rules(before)

    def _new_rules(self, before: int) -> list[Decision]:
        rows = self._store.read(
            f"SELECT {COLUMNS} FROM decisions WHERE number > ? AND number <= ? AND scope != 'url'"  # noqa: S608 - names of ours
            " ORDER BY number",
            (before, self._read_to),
        )
        return [decision_of(row) for row in rows]
