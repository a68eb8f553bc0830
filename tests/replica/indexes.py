"""The pages that list pages: home, sections, years, months, and a calendar without end."""

from __future__ import annotations

import re
from html import escape

from replica.almanac import Almanac
from replica.pages import Link, index_page
from replica.statement import HOST, Section, Statement

_NAMES = {
    Section.PRESS: "Press Releases",
    Section.REMARKS: "Remarks",
    Section.BRIEFINGS: "Daily Press Briefings",
    Section.RIGHTS: "Democracy, Human Rights, and Labor: Releases",
}
_SECTION_NUMBERS = {section: number for number, section in enumerate(Section)}
_YEAR = re.compile(r"/(\d{4})/(?:index\.htm)?")
_MONTH = re.compile(r"/(\d{4})/(?:(\d\d)/(?:index\.htm)?|c(\d+)\.htm)")
_CALENDAR = "/r/pa/ei/calendar/index.htm"
_CALENDAR_MONTH = re.compile(r"month=(\d{4})-(\d\d)")


class Indexes:
    """Makes the index page of an address, if there is one."""

    def __init__(self, almanac: Almanac, *, trap: bool, difficulties: bool) -> None:
        self._almanac = almanac
        self._trap = trap
        self._difficulties = difficulties

    def html(self, path: str, query: str) -> str | None:
        """Return the index page at this address, or None."""
        if path in {"/", "/index.htm"}:
            return self._home()
        if path == _CALENDAR and self._trap:
            return _calendar(query)
        for section in Section:
            if path.startswith(f"{section}/"):
                return self._in_section(section, path)
        return None

    def _in_section(self, section: Section, path: str) -> str | None:
        rest = path.removeprefix(str(section)).removeprefix("/rm")
        if rest in {"/", "/index.htm"}:
            return self._section(section)
        year = _YEAR.fullmatch(rest)
        if year is not None:
            return self._year(section, int(year[1]))
        return self._month(section, path, rest)

    def _home(self) -> str:
        menu: list[Link] = [(_NAMES[each], f"//{HOST}{each}/index.htm") for each in Section]
        menu.append(("Media Center", "/press"))
        if self._trap:
            menu.append(("Calendar of Events", f"{_CALENDAR}?month=2016-10"))
        year, month = self._almanac.chronology.months[-1]
        rows = "".join(_row(each) for each in self._almanac.month(year, month)[-8:])
        body = f"<h3>Latest Releases</h3>{rows}"
        return index_page("U.S. Department of State", "/index.htm", body, menu)

    def _section(self, section: Section) -> str:
        years = [y for y in self._almanac.chronology.years if self._almanac.months(y, section)]
        folder = _year_folder(section)
        menu = [(str(year), f"//{HOST}{folder}/{year}/index.htm") for year in reversed(years)]
        body = "<p>Please select a year.</p>"
        return index_page(_NAMES[section], f"{section}/index.htm", body, menu)

    def _year(self, section: Section, year: int) -> str | None:
        months = self._almanac.months(year, section)
        if not months:
            return None
        title = f"{_NAMES[section]}: {year}"
        path = f"{_year_folder(section)}/{year}/index.htm"
        if section is Section.RIGHTS:  # a bureau lists a year on one page
            rows = [_row(s) for month in months for s in self._almanac.listed(section, year, month)]
            return index_page(title, path, "".join(rows))
        menu = [
            (_month_name(month), f"//{HOST}{month_path(section, year, month)}") for month in months
        ]
        return index_page(title, path, "<p>Please select a month.</p>", menu)

    def _month(self, section: Section, path: str, rest: str) -> str | None:
        match = _MONTH.fullmatch(rest)
        if match is None:
            return None
        year = int(match[1])
        for month in self._almanac.months(year, section):
            if path in {month_path(section, year, month), f"{section}/{year}/{month:02}/"}:
                title = f"{_NAMES[section]}: {_month_name(month)} {year}"
                return index_page(title, path, self._rows(section, year, month))
        return None

    def _rows(self, section: Section, year: int, month: int) -> str:
        rows = [_row(each) for each in self._almanac.listed(section, year, month)]
        if section is Section.PRESS:
            for kind, path in self._almanac.oddities(year, month).items():
                if kind != "difficulties" or self._difficulties:
                    rows.append(_item(f"{month:02}/28/{year % 100:02}", path, _ODD_TITLES[kind]))
        return "\n".join(rows)


_ODD_TITLES = {
    "refresh": "White House: Statement by the Press Secretary",
    "missing": "Statement on an Earlier Agreement",
    "difficulties": "Statement on Cooperation in the Region",
}


def month_path(section: Section, year: int, month: int) -> str:
    """Return the address of a month's index; a fifth of them have names of the old system."""
    number = _SECTION_NUMBERS[section]
    if (year * 12 + month + number) % 5 == 0:
        return f"{section}/{year}/c{38000 + (year - 2009) * 100 + month * 8 + number}.htm"
    return f"{section}/{year}/{month:02}/index.htm"


def refresh_stub(target: str) -> str:
    """Return a page that is only a meta refresh, its URL in quotes as the archive writes it."""
    tag = f'<meta http-equiv="refresh" content="0;url=&#x27;{escape(target)}&#x27;">'
    return f"<html><head><title>U.S. Department of State</title>{tag}</head><body></body></html>"


def _row(statement: Statement) -> str:
    path = statement.path
    if path.startswith("/secretary/20092013whitcombe/") and statement.number % 3 == 0:
        path = path.replace("/20092013whitcombe", "")  # still listed where it lay before
    return _item(f"{statement.day:%m/%d/%y}", path, statement.title, statement.document_type)


def _item(day: str, path: str, title: str, kind: str = "") -> str:
    return (
        f'<p><strong><span class="date-display-single">{day}</span></strong>&nbsp; '
        f'<a href="{path}">{escape(title)}</a>{"; " if kind else ""}{kind}</p>'
    )


def _calendar(query: str) -> str:
    """Return a month of nothing, with the months before and after it, for ever."""
    match = _CALENDAR_MONTH.search(query)
    count = int(match[1]) * 12 + int(match[2]) - 1 if match else 2016 * 12 + 9
    before, after = (f"{c // 12:04}-{c % 12 + 1:02}" for c in (count - 1, count + 1))
    body = (
        "<p>No events are listed for this month.</p>"
        f'<p><a href="{_CALENDAR}?month={before}">Previous month</a> | '
        f'<a href="{_CALENDAR}?month={after}">Next month</a></p>'
    )
    return index_page(f"Calendar: {count // 12:04}-{count % 12 + 1:02}", _CALENDAR, body)


def _year_folder(section: Section) -> str:
    return f"{section}/rm" if section is Section.RIGHTS else str(section)


def _month_name(month: int) -> str:
    return (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    )[month - 1]  # fmt: skip
