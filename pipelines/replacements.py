"""Which archived copy could stand for a dead link: a pure choice among the lines of our index.

Copies in other archives are to be found elsewhere and chosen from by the same `nearest_copy`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from warc.cdxj import CdxjEntry
from warc.locator import Locator


class CopySource(StrEnum):
    """Whose copy it is: of a check of the link itself, or of a capture of a site."""

    CHECK = "own-check"
    CAPTURE = "own-capture"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedCopy:
    """A capture of a page that was alive."""

    entry: CdxjEntry
    source: CopySource


def living_copies(
    entries: Iterable[CdxjEntry], alive: Collection[Locator], check_prefix: str
) -> list[ArchivedCopy]:
    """Return the captures that show a page, not the want of one.

    Of the WARC files of checks, whose names begin with `check_prefix`, these are the records in
    `alive`: the last answers of checks that came to a good end. A success status alone is not
    enough there, for a parked or soft-404 page has one too. Captures of a site are taken by it.
    """
    places = {(record.file, record.offset) for record in alive}
    found: list[ArchivedCopy] = []
    for entry in entries:
        if entry.locator.file.startswith(f"{check_prefix}-"):
            if (entry.locator.file, entry.locator.offset) in places:
                found.append(ArchivedCopy(entry=entry, source=CopySource.CHECK))
        elif entry.status is not None and 200 <= entry.status < 300:  # noqa: PLR2004 - RFC 9110
            found.append(ArchivedCopy(entry=entry, source=CopySource.CAPTURE))
    return found


def nearest_copy(copies: Iterable[ArchivedCopy], cited: date | None) -> ArchivedCopy | None:
    """Return the copy nearest to the day of citation; the oldest where that is not known."""
    dated = [copy for copy in copies if copy_day(copy) is not None]
    return min(dated, key=lambda copy: (days_between(copy, cited), copy.entry.date), default=None)


def days_between(copy: ArchivedCopy, cited: date | None) -> int:
    """Return the days between a copy and the day of citation; 0 where either is not known."""
    day = copy_day(copy)
    return 0 if cited is None or day is None else abs((day - cited).days)


def copy_day(copy: ArchivedCopy) -> date | None:
    """Return the day of a copy; None where another tool's line has fewer than 14 digits."""
    try:
        return copy.entry.date.date()
    except ValueError:
        return None
