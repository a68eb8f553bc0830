"""The findings as CSV for spreadsheets: one row for each citation of each checked link.

A link that five statements cite has five rows (`citation` 1 to 5 of `citations`), so that each
page's owner can be given theirs; keep only `citation` = 1 (or 0: cited nowhere) to count links.
Broken links come first. RFC 4180 with a header line; UTF-8 with a byte order mark, for without
it Excel takes the file for the local code page, and readers that know UTF-8 know the mark
(Python: `utf-8-sig`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime

from reports.changes import change
from reports.findings import Citation, Finding, Hop, Report, reading_order

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "url",
    "host",
    "standing",
    "outcome",
    "reason",
    "explanation",
    "confidence",
    "state",
    "change",
    "broken_since",
    "failures",
    "checked",
    "final_url",
    "hops",
    "captured_answer",
    "warc_file",
    "warc_offset",
    "replacement",
    "replacement_date",
    "replacement_days",
    "definition",
    "decision",
    "decided_by",
    "decided",
    "decision_note",
    "citations",
    "citation",
    "statement_url",
    "statement_title",
    "statement_date",
    "document_type",
    "bureau",
    "anchor_text",
    "sentence",
    "href",
)
# What spreadsheets take for a formula, the last four in full width (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_WITHOUT_STATEMENT = (None,) * (len(COLUMNS) - COLUMNS.index("statement_url"))
Cell = str | int | None


def render(report: Report) -> Iterator[str]:
    """Yield the CSV, byte order mark first; cells that look like formulas are made harmless."""
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for finding in reading_order(report.findings):
        link = tuple(map(_harmless, _link(report, finding)))
        for citation in _citations(finding):
            writer.writerow((*link, *map(_harmless, citation)))
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def harmless(text: str) -> str:
    """Return `text`, with an apostrophe before it where a spreadsheet would compute it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _harmless(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell


def _link(report: Report, finding: Finding) -> tuple[Cell, ...]:
    copy = finding.replacement
    answer = finding.hops[-1].locator if finding.hops else None
    return (
        finding.url,
        finding.host,
        finding.standing,
        finding.outcome,
        finding.reason,
        finding.sentence,
        finding.confidence,
        finding.state,
        change(finding, report.previous),
        time(finding.first_broken),
        finding.failures,
        time(finding.checked),
        finding.final_url,
        " → ".join(hop_words(hop) for hop in finding.hops),
        report.replay_base + finding.replay if finding.replay else None,
        answer.file if answer else None,
        answer.offset if answer else None,
        copy.url if copy else None,
        time(copy.date) if copy else None,
        copy.days if copy else None,
        str(report.definition),
        *decision_cells(finding),
    )


def decision_cells(finding: Finding) -> tuple[str | None, ...]:
    """Return the kind, the author, the time and the note of the decision in force."""
    if finding.ruling is None:
        return (None,) * 4
    made = finding.ruling.decision
    return made.kind.value, made.author, time(made.made), made.note or None


def _citations(finding: Finding) -> Iterator[tuple[Cell, ...]]:
    total = len(finding.citations)
    for number, citation in enumerate(finding.citations, 1):
        yield (total, number, *_citation(citation))
    if not total:
        yield (0, 0, *_WITHOUT_STATEMENT)


def _citation(citation: Citation) -> tuple[Cell, ...]:
    return (
        citation.statement_url,
        citation.statement_title,
        citation.statement_date,
        citation.document_type,
        citation.bureau,
        citation.text,
        citation.sentence,
        citation.href,
    )


def hop_words(hop: Hop) -> str:
    """Return the status of a hop, or why there was none, and its URL."""
    return f"{hop.status or hop.failure or 'not asked'} {hop.url}"


def time(moment: datetime | None) -> str | None:
    """Return a moment in UTC as ISO 8601."""
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
