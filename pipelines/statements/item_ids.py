"""The one series of page ids that rises with time over all hosts until 2019."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta

# Pages whose id and day are both known.
_KNOWN: tuple[tuple[int, date], ...] = (
    (0, date(1997, 1, 1)),
    (1666, date(2001, 3, 23)),
    (20025, date(2003, 4, 28)),
    (72034, date(2006, 9, 11)),
    (101214, date(2008, 2, 21)),
    (113790, date(2009, 1, 12)),
    (168130, date(2011, 7, 1)),
    (209065, date(2013, 5, 1)),
    (220079, date(2014, 2, 1)),
    (242214, date(2015, 5, 1)),
    (252161, date(2016, 2, 4)),
    (261987, date(2016, 9, 1)),
    (267141, date(2017, 1, 19)),
    (279110, date(2018, 3, 8)),
)
_SLACK = timedelta(days=240)  # pages are numbered when drafted and dated when released
_ID = re.compile(r"/([1-9]\d{3,4}|[12]\d{5})\.html?$")  # 980113 is a day of 1998


def item_id(path: str) -> int | None:
    """Return the id of an address such as `/r/pa/prs/ps/2016/10/263705.htm`."""
    found = _ID.search(path)
    return int(found[1]) if found else None


def is_plausible(item: int, iso_day: str) -> bool:
    """Return whether a page of this id can be of that day, give or take eight months."""
    at = bisect_right(_KNOWN, (item, date.max))
    earliest = _KNOWN[max(0, at - 1)][1] - _SLACK
    latest = _KNOWN[at][1] + _SLACK if at < len(_KNOWN) else date.max
    return earliest <= date.fromisoformat(iso_day) <= latest
