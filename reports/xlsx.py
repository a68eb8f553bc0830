"""The report as a workbook: a sheet of figures, one of links, one of citations of broken links.

Cells are written as text, never as formulas, and what a spreadsheet could take for one has an
apostrophe before it, as in the CSV. Links lead to http and https only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from reports.changes import CHANGE_WORDS, Change, change, changes
from reports.csv import Cell, decision_cells, harmless, time
from reports.findings import Finding, Report, reading_order
from reports.formats import FormatMissingError
from reports.from_pages import is_web, xml_text
from reports.overview import (
    Rate,
    broken_links,
    hit_statements,
    hit_statements_by_year,
    rates_by_group,
)
from reports.standing import OUTCOMES, STANDING_WORDS, Standing
from reports.statistics import LEVEL

HOW_TO_INSTALL = "xlsx needs XlsxWriter: pip install xlsxwriter"
# Limits of Excel ("Excel specifications and limits"): one more makes the file unreadable for it.
MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
LONGEST_LINK = 2_079
# Far below Excel's 65,530 a sheet: each costs as much as ten cells, to write and to open.
MOST_LINKS = 10_000
_DATES = ("checked", "broken since")
_DAY = timedelta(days=1)
_FIRST_DAY = datetime(1899, 12, 30, tzinfo=UTC)  # from here spreadsheets count days
_OPENS = ("url", "captured answer", "replacement", "statement url")
_LINKS = {
    "url": 60, "host": 24, "verdict": 16, "state": 14, "change": 19, "checked": 16,
    "final url": 40, "citations": 8, "first cited by": 40,
    "decision": 14, "decided by": 16, "decided": 25, "decision note": 40,
    "explanation": 48, "confidence": 10, "broken since": 16, "failures": 8, "captured answer": 40,
    "replacement": 40, "replacement days": 8,
}  # fmt: skip
_CITATIONS = {
    "url": 60, "statement url": 60, "statement title": 48, "statement date": 12,
    "document type": 18, "anchor text": 32, "sentence": 60,
}  # fmt: skip
_RATE = {
    "share of": 34, "group": 40, "numerator": 11, "denominator": 11, "could not look": 14,
    "not asked": 10, "share": 9, "Wilson low": 11, "Wilson high": 11, "statements low": 14,
    "statements high": 14, "level": 7, "pack": 10, "pack version": 12, "set aside": 10,
}  # fmt: skip


def require() -> None:
    """Raise FormatMissingError, saying what to install, where a workbook cannot be written."""
    try:
        import xlsxwriter  # noqa: F401 - only whether it is there
    except ImportError:
        raise FormatMissingError(HOW_TO_INSTALL) from None


def write(report: Report, path: Path) -> None:
    """Write the workbook; a row is on the disk before the next is made."""
    require()
    from xlsxwriter import Workbook

    from reports.xlsx_cells import PlainWorksheet

    findings = reading_order(report.findings)
    book = Workbook(path, {"constant_memory": True, "in_memory": False})
    try:
        sheets = _Sheets(book, PlainWorksheet)
        sheets.add("Figures", _RATE, _figures(report))
        sheets.add("Links", _LINKS, (_link(report, finding) for finding in findings))
        broken = (finding for finding in findings if finding.is_broken)
        sheets.add("Citations", _CITATIONS, (row for one in broken for row in _citations(one)))
    finally:
        book.close()


class _Sheets:
    """Adds sheets to a workbook: a bold header that stays, filters, addresses that open."""

    def __init__(self, book: Any, kind: type) -> None:
        self._book = book
        self._kind = kind
        self._bold = book.add_format({"bold": True})
        self._link = book.get_default_url_format()
        self._date = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})

    def add(self, name: str, columns: dict[str, int], rows: Iterable[Iterable[object]]) -> None:
        """Add a sheet of `columns`, a name with its width in characters, with `rows`."""
        sheet = self._book.add_worksheet(name, self._kind)
        for place, (column, width) in enumerate(columns.items()):
            sheet.set_column(place, place, width, self._date if column in _DATES else None)
            sheet.write_string(0, place, column, self._bold)
        sheet.freeze_panes(1, 0)
        opens = {place for place, column in enumerate(columns) if column in _OPENS}
        links, last = MOST_LINKS, 0
        for last, row in enumerate(islice(rows, MOST_ROWS - 1), 1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    if links and place in opens and _may_open(cell):
                        sheet.write_url(last, place, cell, self._link, _shown(cell))
                        links -= 1
                    else:
                        sheet.write_string(last, place, _shown(cell))
                elif cell is not None:
                    sheet.write_number(last, place, cell)
        sheet.autofilter(0, 0, last, len(columns) - 1)


def _days(moment: datetime | None) -> float | None:
    """Return a moment in UTC as a spreadsheet counts it, so that it sorts and filters as dates."""
    return (moment - _FIRST_DAY) / _DAY if moment else None


def _may_open(cell: str) -> bool:
    return len(cell) <= LONGEST_LINK and cell.isascii() and cell.isprintable() and is_web(cell)


def _shown(cell: str) -> str:
    """Return a text as a cell may hold it: no formula, nothing that XML cannot hold, not longer.

    XlsxWriter takes what stands between <r> and </r> for markup of its own, unescaped.
    """
    text = harmless(cell if cell.isascii() and cell.isprintable() else xml_text(cell))
    return (f" {text}" if text.startswith("<r>") else text)[:LONGEST_CELL]


def _figures(report: Report) -> Iterator[Sequence[object]]:
    yield _rate("links that are broken", "all", broken_links(report))
    yield _rate("statements with a broken link", "all", hit_statements(report))
    for year, rate in hit_statements_by_year(report).items():
        yield _rate("statements with a broken link by year", year, rate)
    for group, rates in rates_by_group(report).items():
        for name, rate in rates.items():
            yield _rate(f"links broken by {group.replace('_', ' ')}", name, rate)
    yield ()
    for standing in Standing:
        yield ("links by standing", STANDING_WORDS[standing], report.standings[standing])
    for code, words in OUTCOMES.items():
        yield ("links by verdict", f"{words.label} ({code})", report.outcomes[code])
    news = changes(report)
    for one in Change if report.previous else ():
        yield ("links by change", CHANGE_WORDS[one], news[one])
    yield ()
    yield from _about(report)


def _about(report: Report) -> Iterator[Sequence[object]]:
    yield ("collection", report.collection)
    yield ("run", report.run_id)
    yield ("made", time(report.generated))
    yield ("definition", str(report.definition))
    if report.previous:
        yield ("compared with", report.previous.run_id)
    yield ("statements", None, report.statements)
    yield ("pages", None, report.pages)
    for warning in report.warnings:
        yield ("warning", warning)


def _rate(what: str, group: str, rate: Rate) -> Sequence[object]:
    share, wilson, drawn = rate.share, rate.wilson, rate.over_statements
    return (
        what,
        group,
        share.numerator,
        share.denominator,
        share.blocked,
        share.excluded,
        share.value,
        wilson and wilson.low,
        wilson and wilson.high,
        drawn and drawn.low,
        drawn and drawn.high,
        LEVEL,
        rate.definition.pack,
        rate.definition.version,
        share.set_aside,
    )


def _link(report: Report, finding: Finding) -> Iterator[Cell | float]:
    news = change(finding, report.previous)
    is_fine = finding.standing in (Standing.WORKS, Standing.MOVED)
    yield finding.url
    yield finding.host
    yield OUTCOMES[finding.outcome].label
    yield finding.state
    yield None if news is Change.NONE else CHANGE_WORDS[news]
    yield _days(finding.checked)
    yield None if finding.final_url == finding.url else finding.final_url
    yield len(finding.citations)
    yield finding.citations[0].statement_url if finding.citations and not is_fine else None
    yield from decision_cells(finding)
    if not is_fine:
        yield from _fault(report, finding)


def _fault(report: Report, finding: Finding) -> Iterator[Cell | float]:
    """Yield what is told only of links that do not work: half the cells would say nothing."""
    copy = finding.replacement
    yield finding.sentence
    yield finding.confidence
    yield _days(finding.first_broken)
    yield finding.failures
    yield report.replay_base + finding.replay if finding.replay else None
    yield copy.url if copy else None
    yield copy.days if copy else None


def _citations(finding: Finding) -> Iterator[Sequence[Cell]]:
    for citation in finding.citations:
        yield (
            finding.url,
            citation.statement_url,
            citation.statement_title,
            citation.statement_date,
            citation.document_type,
            citation.text,
            citation.sentence,
        )
