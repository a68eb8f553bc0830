"""What a crawl has done so far, counted in one place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from crawler.skipped import SkippedList
from warc.exchange import Exchange
from warc.writer import Written

_EXAMPLES = 5


@dataclass(slots=True)
class Tally:
    """Counts that only grow; `warcs` are names in the order in which they were begun.

    `skipped` counts the URLs that were found and not asked for, by reason, and `failures` the
    exchanges without an answer, by kind; `changes` counts pages by what they are against their
    last capture. A few of each are kept as examples, and as `details` the words of the first
    failure of each kind. `faults` are errors of our own.
    """

    responses: int = 0
    pages: int = 0
    bytes: int = 0
    failed: int = 0
    revisits: int = 0
    faults: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    warcs: dict[str, None] = field(default_factory=dict)

    listing: SkippedList | None = None

    def skip(self, url: str, reason: str, via: str | None = None) -> None:
        """Count and list a URL that is not asked for; `via` is where it was found."""
        self.skipped[reason] += 1
        self._example(reason, url)
        if self.listing is not None:
            self.listing.add(url, reason, via)

    def change(self, url: str, change: str) -> None:
        """Count how a page differs from its last capture."""
        self.changes[change] += 1
        self._example(change, url)

    def add(self, exchange: Exchange, written: Written, status: int) -> None:
        """Count an exchange that has been written; `status` is 0 where there is no answer."""
        for locator in (written.response, written.request, written.metadata):
            if locator is not None:
                self.warcs[locator.file] = None
        if exchange.failure is not None:
            self.failed += 1
            self.failures[exchange.failure.kind.value] += 1
            self.details.setdefault(exchange.failure.kind.value, exchange.failure.detail)
            self._example(exchange.failure.kind.value, exchange.target_uri)
            return
        self.responses += 1
        self.bytes += exchange.response.size
        self.revisits += written.is_revisit
        self.statuses[str(status)] += 1

    def as_json(self) -> dict[str, Any]:
        """Return the counts under stable names."""
        return {
            "responses": self.responses,
            "bytes": self.bytes,
            "failed": self.failed,
            "revisits": self.revisits,
            "faults": self.faults,
            **{name: self.changes[name] for name in ("new", "changed", "unchanged", "gone")},
            "statuses": dict(sorted(self.statuses.items())),
            "failures": dict(self.failures.most_common()),
            "skipped": dict(self.skipped.most_common()),
            "examples": self.examples,
            "details": self.details,
            "warcs": list(self.warcs),
        }

    def _example(self, reason: str, url: str) -> None:
        examples = self.examples.setdefault(reason, [])
        if len(examples) < _EXAMPLES:
            examples.append(url)
