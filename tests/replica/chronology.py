"""Which statement lies on which day and has which id, computed and never stored.

The ids rise with time as those of the archive do: known pairs of id and day are joined by
straight lines.
"""

from __future__ import annotations

import calendar
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

ANCHORS = (
    (date(2009, 1, 12), 113790),
    (date(2011, 7, 12), 168130),
    (date(2013, 5, 8), 209065),
    (date(2014, 2, 15), 220079),
    (date(2015, 5, 14), 242214),
    (date(2016, 2, 4), 252161),
    (date(2016, 9, 15), 261987),
    (date(2016, 10, 27), 263705),
    (date(2017, 1, 19), 267141),
)
SEED_DAY, SEED_ID = ANCHORS[-2]

# Whole months only, so that no statement falls outside the archive's days.
_MONTHS = tuple(
    (year, month)
    for year in range(2009, 2017)
    for month in range(1, 13)
    if (2009, 1) < (year, month) <= (2016, 10)
)
_ORDINALS = [day.toordinal() for day, _ in ANCHORS]


def item_id(moment: float) -> int:
    """Return the id of a page published at `moment`, a proleptic ordinal with its fraction."""
    at = min(max(bisect_right(_ORDINALS, moment) - 1, 0), len(ANCHORS) - 2)
    (begin, low), (end, high) = ANCHORS[at], ANCHORS[at + 1]
    share = (moment - begin.toordinal()) / (end.toordinal() - begin.toordinal())
    return round(low + share * (high - low))


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of statement `number` in time."""

    number: int
    item_id: int
    day: date


class Chronology:
    """Spreads `pages` statements over months; the last number is the seed statement."""

    def __init__(self, pages: int) -> None:
        if pages < 2:
            raise ValueError(f"a replica needs at least 2 pages, not {pages}")
        self.pages = pages
        count = min(max(3, pages // 12), len(_MONTHS))
        last = len(_MONTHS) - 1
        self.months = tuple(_MONTHS[last - i * last // (count - 1)] for i in range(count))[::-1]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({year for year, _ in self.months}))

    def slots(self, year: int, month: int) -> list[Slot]:
        """Return the statements of a month in the order of time; empty for other months."""
        if (year, month) not in self.months:
            return []
        index = self.months.index((year, month))
        first, end = self._first(index), self._first(index + 1)
        slots = [self._slot(number, year, month, first, end) for number in range(first, end)]
        if (year, month) == (SEED_DAY.year, SEED_DAY.month):
            slots.append(Slot(self.pages - 1, SEED_ID, SEED_DAY))
            slots.sort(key=lambda slot: slot.item_id)
        return slots

    def slot(self, number: int) -> Slot:
        """Return the slot of one statement."""
        if number == self.pages - 1:
            return Slot(number, SEED_ID, SEED_DAY)
        index = number * len(self.months) // (self.pages - 1)
        return self._slot(number, *self.months[index], self._first(index), self._first(index + 1))

    def _first(self, month_index: int) -> int:
        """Return the first number of a month: the smallest n with n * months // pages == index."""
        ordinary = self.pages - 1
        return -(-month_index * ordinary // len(self.months))

    def _slot(self, number: int, year: int, month: int, first: int, end: int) -> Slot:
        days = calendar.monthrange(year, month)[1]
        moment = date(year, month, 1).toordinal() + (number - first + 0.5) / (end - first) * days
        at = item_id(moment)
        # The odd page that would take the seed's id steps aside.
        return Slot(number, at + (at == SEED_ID), date.fromordinal(int(moment)))


def unlisted_id(year: int, month: int, serial: int) -> int:
    """Return an id for a page of that month which is no statement, beyond those of its days."""
    days = calendar.monthrange(year, month)[1]
    return item_id(date(year, month, 1).toordinal() + days - 0.02) + 1 + serial
