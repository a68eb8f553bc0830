"""The report as a workbook: a sheet of figures, one of links, one of citations of broken links.

Cells are written as text, never as formulas, and what a spreadsheet could take for one has an
apostrophe before it, as in the CSV. Links lead to http and https only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reports.changes import CHANGE_WORDS, Change, change, changes
from reports.csv import Cell, harmless, hop_words, time
from reports.findings import Finding, Report, reading_order
from reports.formats import FormatMissingError
from reports.from_pages import is_web, xml_text
from reports.overview import Rate, broken_links, hit_statements, rates_by_group
from reports.standing import OUTCOMES, STANDING_WORDS, Standing
from reports.statistics import LEVEL

HOW_TO_INSTALL = "xlsx needs XlsxWriter: pip install xlsxwriter"
# Limits of Excel ("Excel specifications and limits"): one more makes the file unreadable for it.
MOST_ROWS = 1_048_576
MOST_LINKS = 65_530
LONGEST_CELL = 32_767
LONGEST_LINK = 2_079
_OPENS = ("url", "captured answer", "replacement", "statement url")
_LINKS = {
    "url": 60, "host": 24, "standing": 14, "verdict": 16, "outcome": 11, "reason": 16,
    "explanation": 48, "confidence": 10, "state": 14, "change": 16, "broken since": 21,
    "failures": 8, "checked": 21, "final url": 40, "hops": 40, "captured answer": 40,
    "replacement": 40, "replacement date": 21, "replacement days": 8, "citations": 8,
    "first cited by": 40,
}  # fmt: skip
_CITATIONS = {
    "url": 60, "verdict": 16, "explanation": 48, "statement url": 60, "statement title": 48,
    "statement date": 12, "document type": 18, "bureau": 24, "anchor text": 32, "sentence": 60,
    "href": 40,
}  # fmt: skip
_RATE = {
    "share of": 34, "group": 40, "numerator": 11, "denominator": 11, "could not look": 14,
    "not asked": 10, "share": 9, "Wilson low": 11, "Wilson high": 11, "statements low": 14,
    "statements high": 14, "level": 7, "pack": 10, "pack version": 12,
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

    findings = reading_order(report.findings)
    book = Workbook(path, {"constant_memory": True, "in_memory": False})
    try:
        sheets = _Sheets(book)
        sheets.add("Figures", _RATE, _figures(report))
        sheets.add("Links", _LINKS, (_link(report, finding) for finding in findings))
        broken = (finding for finding in findings if finding.is_broken)
        sheets.add("Citations", _CITATIONS, (row for one in broken for row in _citations(one)))
    finally:
        book.close()


class _Sheets:
    """Adds sheets to a workbook: a bold header that stays, filters, addresses that open."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True})
        self._link = book.get_default_url_format()

    def add(self, name: str, columns: dict[str, int], rows: Iterator[Sequence[object]]) -> None:
        """Add a sheet of `columns`, a name with its width in characters, with `rows`."""
        sheet = self._book.add_worksheet(name)
        for place, (column, width) in enumerate(columns.items()):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, column, self._bold)
        sheet.freeze_panes(1, 0)
        opens = {place for place, column in enumerate(columns) if column in _OPENS}
        links, last = MOST_LINKS, 0
        for last, row in enumerate(rows, 1):
            if last == MOST_ROWS:
                break
            for place, cell in enumerate(row):
                if links and place in opens and _may_open(cell):
                    text = _shown(cell)
                    sheet.write_url(last, place, str(cell), self._link, str(text))
                    links -= 1
                elif isinstance(cell, str):
                    sheet.write_string(last, place, _shown(cell))
                elif cell is not None:
                    sheet.write_number(last, place, cell)
        sheet.autofilter(0, 0, last, len(columns) - 1)


def _may_open(cell: object) -> bool:
    if not isinstance(cell, str) or len(cell) > LONGEST_LINK or not cell.isascii():
        return False
    return is_web(cell) and cell.isprintable()


def _shown(cell: object) -> str:
    """Return a text as a cell may hold it: no formula, nothing that XML cannot hold, not longer."""
    text = xml_text(str(cell))
    return str(harmless(text))[:LONGEST_CELL]


def _figures(report: Report) -> Iterator[Sequence[object]]:
    yield _rate("links that are broken", "all", broken_links(report))
    yield _rate("statements with a broken link", "all", hit_statements(report))
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
    )


def _link(report: Report, finding: Finding) -> Sequence[Cell]:
    news, copy = change(finding, report.previous), finding.replacement
    return (
        finding.url,
        finding.host,
        STANDING_WORDS[finding.standing],
        OUTCOMES[finding.outcome].label,
        finding.outcome,
        finding.reason,
        finding.sentence,
        finding.confidence,
        finding.state,
        None if news is Change.NONE else CHANGE_WORDS[news],
        time(finding.first_broken),
        finding.failures,
        time(finding.checked),
        finding.final_url,
        " → ".join(map(hop_words, finding.hops)),
        report.replay_base + finding.replay if finding.replay else None,
        copy.url if copy else None,
        time(copy.date) if copy else None,
        copy.days if copy else None,
        len(finding.citations),
        finding.citations[0].statement_url if finding.citations else None,
    )


def _citations(finding: Finding) -> Iterator[Sequence[Cell]]:
    for citation in finding.citations:
        yield (
            finding.url,
            OUTCOMES[finding.outcome].label,
            finding.sentence,
            citation.statement_url,
            citation.statement_title,
            citation.statement_date,
            citation.document_type,
            citation.bureau,
            citation.text,
            citation.sentence,
            citation.href,
        )
