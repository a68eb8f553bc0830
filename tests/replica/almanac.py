"""All statements of the archive, found by month or by address; few are held at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replica.chronology import Chronology, unlisted_id
from replica.statement import Section, Statement, statement_at

_DATED = re.compile(r"/(\d{4})/(?:(\d\d)/)?(?:print/)?(\d+)\.htm$")


class Almanac:
    """Makes statements from their numbers, a month at a time."""

    def __init__(self, *, pages: int, seed: int) -> None:
        self.chronology = Chronology(pages)
        self.pages = pages
        self.seed = seed
        self.month = lru_cache(maxsize=16)(self._month)

    def __iter__(self) -> Iterator[Statement]:
        for year, month in self.chronology.months:
            yield from self.month(year, month)

    def _month(self, year: int, month: int) -> tuple[Statement, ...]:
        last = self.pages - 1
        return tuple(
            statement_at(slot, seed=self.seed, is_seed=slot.number == last)
            for slot in self.chronology.slots(year, month)
        )

    def months(self, year: int, section: Section) -> list[int]:
        """Return the months of a year in which the section has something to list."""
        return [
            month
            for known, month in self.chronology.months
            if known == year and self.listed(section, year, month)
        ]

    def listed(self, section: Section, year: int, month: int) -> list[Statement]:
        """Return a section's statements of one month in the order of time."""
        return [each for each in self.month(year, month) if each.section is section]

    def at(self, path: str) -> Statement | None:
        """Return the statement whose id and month stand in `path`, wherever it lies now."""
        match = _DATED.search(path)
        if match is None:
            return None
        year, item_id = int(match[1]), int(match[3])
        months = (
            [int(match[2])] if match[2] else [m for y, m in self.chronology.months if y == year]
        )
        for month in months:
            for statement in self.month(year, month):
                if statement.item_id == item_id:
                    return statement
        return None

    def oddities(self, year: int, month: int) -> dict[str, str]:
        """Return what the press index of a month lists beside statements: path by behaviour."""
        if (year, month) not in self.chronology.months:
            return {}
        index = self.chronology.months.index((year, month))
        kinds = [("refresh", index % 3 == 0), ("missing", index % 3 == 1)]
        kinds.append(("difficulties", index == len(self.chronology.months) // 2))
        return {
            kind: f"{Section.PRESS}/{year}/{month:02}/{unlisted_id(year, month, serial)}.htm"
            for serial, (kind, present) in enumerate(kinds)
            if present
        }
