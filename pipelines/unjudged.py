"""The links of a run that our own code failed at, to be told at its end."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.verdicts.verdict import NOT_JUDGED, Verdict

_MOST = 5


class Unjudged:
    """Counts them and keeps the first few, however many there are."""

    def __init__(self) -> None:
        self.count = 0
        self._first: list[str] = []

    def add(self, url: str, verdict: Verdict) -> None:
        """Take one verdict into account."""
        if verdict.reason != NOT_JUDGED:
            return
        self.count += 1
        if len(self._first) < _MOST:
            self._first.append(f"{url}: {verdict.sentence}")

    def notes(self) -> Iterator[str]:
        """Yield what there is to tell: nothing where all links were judged."""
        yield from self._first
        if self.count > len(self._first):
            yield f"and {self.count - len(self._first):,} more links that were not judged"
