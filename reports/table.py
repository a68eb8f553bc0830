"""The broken links as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reports.changes import CHANGE_WORDS, Change, change
from reports.decision_words import decision_words
from reports.findings import Finding, Report, reading_order
from reports.from_pages import visible
from reports.standing import OUTCOMES

MOST_ROWS = 200
NARROWEST = 60
_LONGEST = 2_000  # a cell wraps; more of an address than this helps nobody


def render(report: Report, *, width: int) -> Iterator[str]:
    """Yield the table, at most 200 links, in lines no wider than `width`; no colours."""
    broken = [finding for finding in reading_order(report.findings) if finding.is_broken]
    if not broken:
        yield f"No broken links by the definition {report.definition}.\n"
        return
    many = "link" if len(broken) == 1 else "links"
    yield f"{len(broken):,} broken {many} by the definition {report.definition}\n"
    out = StringIO()
    console = Console(
        file=out, width=max(width, NARROWEST), color_system=None, legacy_windows=False
    )
    console.print(_table(report, broken[:MOST_ROWS]))
    yield "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
    if len(broken) > MOST_ROWS:
        yield f"... and {len(broken) - MOST_ROWS:,} more: see the report's files.\n"


def _table(report: Report, broken: list[Finding]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    for name in ("Verdict", "Since", "Change"):
        table.add_column(name, no_wrap=True)
    table.add_column("Cited", justify="right", no_wrap=True)
    table.add_column("Link and why", overflow="fold", ratio=1)
    for finding in broken:
        since = f"{finding.first_broken:%Y-%m-%d}" if finding.first_broken else ""
        news = change(finding, report.previous)
        table.add_row(
            Text(OUTCOMES[finding.outcome].label),
            since,
            "" if news is Change.NONE else CHANGE_WORDS[news],
            str(len(finding.citations)),
            Text(_shown(finding)),
        )
    return table


def _shown(finding: Finding) -> str:
    lines = [_plain(finding.url), f"  {_plain(finding.sentence)}"]
    if finding.replacement:
        lines.append(f"  {finding.replacement.words}: {_plain(finding.replacement.url)}")
    if finding.ruling:
        lines.append(f"  {_plain(decision_words(finding.ruling.decision))}")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return `text` without what could steer a terminal; cut where it is endless."""
    shown = visible(text.encode("utf-8", "replace").decode("utf-8"))
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
