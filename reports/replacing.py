"""The replacements of broken links: the copies of our own that show what they led to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pipelines.extraction import CHECK_PREFIX
from pipelines.link_state import WORKING
from pipelines.replacements import days_between, living_copies, nearest_copy
from pipelines.store import LinkHistory
from reports.findings import Replacement
from warc.cdxj import CdxjEntry, CdxjIndex, index_files
from warc.locator import Locator
from warc.replay.choice import address_of, href
from warc.surt import surt

_FIRST_DAY = "0001-01-01"


class OwnCopies:
    """The copies in a collection's own archive, for links known beforehand.

    Captures of sites are found in one pass over the indexes, since the broken links may be many
    and so may be the files; only links that a check found alive are looked up one by one.
    """

    def __init__(self, indexes: Path, broken: Iterable[str], replay_base: str) -> None:
        self._index = CdxjIndex(indexes)
        self._replay_base = replay_base.rstrip("/")
        self._captured: dict[str, list[CdxjEntry]] = {surt(url): [] for url in broken}
        for path in index_files(indexes):
            if not path.name.startswith(f"{CHECK_PREFIX}-"):
                self._read(path)

    def _read(self, path: Path) -> None:
        with path.open("rb") as lines:
            for line in lines:
                found = self._captured.get(line.partition(b" ")[0].decode("utf-8", "replace"))
                if found is not None:
                    found.append(CdxjEntry.parse(line))

    def replacement(self, history: LinkHistory) -> Replacement | None:
        """Return the copy nearest to the first statement that cites the link."""
        alive = _alive(history)
        entries = list(self._captured.get(surt(history.url), ()))
        for url in dict.fromkeys(alive.values()):
            entries += self._index.captures(url)
        cited = first_cited(history)
        copy = nearest_copy(living_copies(entries, alive, CHECK_PREFIX), cited)
        if copy is None:
            return None
        return Replacement(
            url=self._replay_base + href(address_of(copy.entry)),
            date=copy.entry.date,
            days=None if cited is None else days_between(copy, cited),
            source=copy.source.value,
        )


def first_cited(history: LinkHistory) -> date | None:
    """Return the day of the first statement that cites the link; the earliest it can mean."""
    days = [day for one in history.citations if one.date and (day := _day(one.date))]
    return min(days, default=None)


def _day(text: str) -> date | None:
    """Return a day of ISO 8601, of year or month precision too; None for what is no date."""
    try:
        return date.fromisoformat(text + _FIRST_DAY[len(text) :])
    except ValueError:
        return None


def _alive(history: LinkHistory) -> dict[Locator, str]:
    """Return the last answers of the checks that came to a good end, each with its URL."""
    found: dict[Locator, str] = {}
    for check in history.checks:
        hops = check.evidence.hops
        if check.verdict.outcome in WORKING and hops and hops[-1].response:
            found[hops[-1].response] = hops[-1].url
    return found
