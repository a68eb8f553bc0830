"""Read the dates of statement headers: whole, month only, with weekdays, times and prefixes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A date as far as it is known; `iso` is `2013-07-04`, `2013-07` or `2013`."""

    iso: str
    precision: Precision


_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december"), start=1)
}  # fmt: skip
_MONTH = (
    r"(?P<{0}>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?"
    r"|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
# A span of days, "June 5-7, 2012": the first day counts.
_SPAN = r"(?:\s*(?:[-\u2013\u2014]|to|and)\s*(?:\w+\.?\s+)?\d{1,2}(?:st|nd|rd|th)?)?"
_BODY = (
    rf"{_MONTH.format('m1')}\s*{_DAY.format('d1')}{_SPAN}\s*,?\s*(?P<y1>\d{{4}})"
    rf"|{_DAY.format('d2')}\s+{_MONTH.format('m2')},?\s+(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})(?:T[\d:.+Z\-]*)?"
    r"|(?P<m4>\d{1,2})/(?P<d4>\d{1,2})/(?P<y4>\d{4}|\d{2})"
    rf"|{_MONTH.format('m5')},?\s+(?P<y5>\d{{4}})"
    r"|(?P<y6>(?:19|20)\d{2})"
)
_PREFIX = (
    r"(?:(?:last\s+)?(?:updated|released|posted|published|revised|issued|dated?|as of|on)"
    r"(?:\s+on)?\s*:?\s*)?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
)
_SUFFIX = r"(?:[\s,;]*(?:at\s+)?\(?\d{1,2}(?::\d{2})?\s*(?:[ap]\.?\s*m\.?|noon)[^\d]{0,20}\)?)?"
_WHOLE = re.compile(rf"(?i)\(?{_PREFIX}(?:{_BODY}){_SUFFIX}[.)]?")
_ANYWHERE = re.compile(
    rf"(?i)\b(?:{_MONTH.format('m1')}\s*{_DAY.format('d1')}\s*,?\s*(?P<y1>\d{{4}})"
    rf"|{_DAY.format('d2')}\s+{_MONTH.format('m2')},?\s+(?P<y2>\d{{4}}))\b"
)
_IN_PATH = re.compile(r"/((?:19|20)\d{2})/(?:(\d{1,2}|[a-z]{3,9})/)?", re.IGNORECASE)
_CENTURY_TURN = 70  # two-digit years: 70-99 are 19xx
_MAX_LENGTH = 80


@lru_cache(maxsize=1024)
def parse_date(line: str) -> PartialDate | None:
    """Return the date that `line` is, and nothing else but a weekday, a time or "Updated:"."""
    if len(line) > _MAX_LENGTH or not any(map(str.isdigit, line)):
        return None
    found = _WHOLE.fullmatch(line.strip())
    return _from_groups(found.groupdict()) if found else None


def find_date(text: str) -> PartialDate | None:
    """Return the first whole date anywhere in `text`."""
    for found in _ANYWHERE.finditer(text):
        known = _from_groups(found.groupdict())
        if known:
            return known
    return None


def date_in_path(path: str) -> PartialDate | None:
    """Return the year and month that an address such as `/ps/2016/10/263705.htm` tells."""
    found = _IN_PATH.search(path)
    if not found:
        return None
    month = _month(found[2]) if found[2] else None
    return _partial(int(found[1]), month, None)


def _from_groups(groups: dict[str, str | None]) -> PartialDate | None:
    known = {key[0]: value for key, value in groups.items() if value is not None}
    year = int(known["y"])
    if len(known["y"]) == 2:  # noqa: PLR2004 - mm/dd/yy of the index pages
        year += 1900 if year >= _CENTURY_TURN else 2000
    month = _month(known["m"]) if "m" in known else None
    if "m" in known and month is None:
        return None
    return _partial(year, month, int(known["d"]) if "d" in known else None)


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None  # noqa: PLR2004 - months
    return _MONTHS.get(text[:3].lower())


def _partial(year: int, month: int | None, day: int | None) -> PartialDate | None:
    if month is None:
        return PartialDate(iso=f"{year:04}", precision=Precision.YEAR)
    if day is None:
        return PartialDate(iso=f"{year:04}-{month:02}", precision=Precision.MONTH)
    try:
        return PartialDate(iso=date(year, month, day).isoformat(), precision=Precision.DAY)
    except ValueError:
        return None
