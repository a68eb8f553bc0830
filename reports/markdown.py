"""The summary as Markdown, for an issue, a wiki or a job's page: figures, and what is new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from reports.changes import CHANGE_WORDS, Change, change, changes
from reports.decision_words import decision_words
from reports.findings import Finding, Report, reading_order
from reports.from_pages import is_web, visible
from reports.overview import broken_links, hit_statements, hit_statements_by_year, rates_by_group
from reports.standing import OUTCOMES, STANDING_WORDS, Standing

MOST_LINKS = 50
_MOST_GROUPS = 30
_LONGEST = 300
# What CommonMark and GitHub may take for markup, a mention or a reference within a line.
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~:@$&])")
_IN_ADDRESS = ":/?#@!$&'*+,;=~%-."
_TOLD = (Change.NEW, Change.RESURRECTED, Change.FIXED, Change.BLOCKED)


def render(report: Report) -> Iterator[str]:
    """Yield the summary; at most 50 links of each kind of news are named."""
    yield f"# Broken links: {plain(report.collection)}\n\n"
    yield from _head(report)
    yield from _counts(report)
    yield from _causes(report)
    years = [(plain(year), str(rate)) for year, rate in hit_statements_by_year(report).items()]
    title = "Statements with a broken link by year"
    yield from _table(title, ("", "Share"), years[:_MOST_GROUPS], len(years))
    for group, rates in rates_by_group(report).items():
        rows = [(plain(name), str(rate)) for name, rate in rates.items()]
        title = f"Broken by {group.replace('_', ' ')} of the statement"
        yield from _table(title, ("", "Share"), rows[:_MOST_GROUPS], len(rows))
    yield from _news(report)
    aside = [one for one in report.findings if one.standing is Standing.SET_ASIDE]
    yield from _listed("Set aside by reviewers", aside)


def plain(text: str) -> str:
    """Return `text` so that it is shown as it is: no markup, no link, no line break."""
    shown = visible(text)
    cut = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
    return _MARKUP.sub(r"\\\1", " ".join(cut.split()))


def address(url: str) -> str:
    """Return a link for an address of http or https, plain text for any other."""
    if not is_web(url) or len(url) > _LONGEST:
        return plain(url)
    return f"<{quote(visible(url), safe=_IN_ADDRESS, errors='replace')}>"


def _head(report: Report) -> Iterator[str]:
    yield f"- **Broken links:** {broken_links(report)}\n"
    broken = report.standings[Standing.BROKEN]
    confirmed = sum(finding.is_confirmed for finding in report.findings)
    if broken:
        yield f"- Of these {confirmed:,} confirmed dead by repeated checks, "
        yield f"{broken - confirmed:,} on first sight\n"
    yield f"- **Statements with a broken link:** {hit_statements(report)}\n"
    yield f"- Run {plain(report.run_id)}, made {report.generated:%Y-%m-%d %H:%M} UTC\n"
    if report.period:
        began, ended = report.period.began, report.period.ended
        yield f"- Links checked from {began:%Y-%m-%d %H:%M} to {ended:%Y-%m-%d %H:%M} UTC\n"
    if report.previous:
        name, ended = plain(report.previous.run_id), report.previous.ended
        yield f"- Compared with the run {name}, which ended {ended:%Y-%m-%d %H:%M} UTC\n"
    yield f"- {report.statements:,} statements on {report.pages:,} captured pages\n"
    for warning in report.warnings:
        yield f"- **Warning:** {plain(warning)}\n"


def _counts(report: Report) -> Iterator[str]:
    standings = report.standings
    rows = [(STANDING_WORDS[one], f"{standings[one]:,}") for one in Standing]
    yield from _table("Links", ("", "Links"), rows, len(rows))
    if report.previous:
        news = changes(report)
        rows = [(CHANGE_WORDS[one], f"{news[one]:,}") for one in Change]
        yield from _table("Changes", ("", "Links"), rows, len(rows))


def _causes(report: Report) -> Iterator[str]:
    counts = Counter((f.outcome, f.reason) for f in report.findings if f.is_broken)
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    rows = [
        (OUTCOMES[outcome].label, plain(reason), f"{number:,}")
        for (outcome, reason), number in ranked
    ]
    yield from _table("Causes", ("Verdict", "Reason", "Links"), rows[:_MOST_GROUPS], len(rows))


def _table(
    title: str, head: Sequence[str], rows: Sequence[Sequence[str]], total: int
) -> Iterator[str]:
    if not rows:
        return
    yield f"\n## {title}\n\n| {' | '.join(head)} |\n|{' --- |' * len(head)}\n"
    for row in rows:
        yield f"| {' | '.join(row)} |\n"
    if total > len(rows):
        yield f"\n... and {total - len(rows):,} more\n"


def _news(report: Report) -> Iterator[str]:
    found: dict[Change, list[Finding]] = {one: [] for one in _TOLD}
    for finding in reading_order(report.findings):
        if (news := change(finding, report.previous)) in found:
            found[news].append(finding)
    for news, findings in found.items():
        yield from _listed(CHANGE_WORDS[news], findings)


def _listed(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    if findings:
        yield f"\n## {title} ({len(findings):,})\n\n"
        yield from map(_line, findings[:MOST_LINKS])
    if len(findings) > MOST_LINKS:
        yield f"- ... and {len(findings) - MOST_LINKS:,} more\n"


def _line(finding: Finding) -> str:
    words = f"- {address(finding.url)}: {plain(finding.sentence)}"
    if finding.citations:
        words += f" Cited by {_cited(finding)}"
    if finding.replacement:
        copy = finding.replacement
        words += f" {copy.words}: {address(copy.url)}"
    if finding.ruling:
        words += f" {plain(decision_words(finding.ruling.decision))}"
    return f"{words}\n"


def _cited(finding: Finding) -> str:
    first = finding.citations[0]
    more = len(finding.citations) - 1
    title = f"{plain(first.statement_title)} " if first.statement_title else ""
    date = f"({plain(first.statement_date)}) " if first.statement_date else ""
    return f"{title}{date}{address(first.statement_url)}" + (f" and {more} more" if more else "")
