"""The figures of a report as plain values: the same in every format that tells figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from reports.bootstrap import over_statements
from reports.changes import Change, changes
from reports.csv import time
from reports.definitions import shares_by_definition
from reports.findings import Citation, Definition, Report
from reports.groups import Group, grouped, whole
from reports.standing import OUTCOMES, Standing
from reports.statement_shares import share_of_statements, statement_shares
from reports.statistics import LEVEL, Interval, Share, share_of

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share that can be published: its parts, both intervals and the definition it follows.

    `wilson` takes what is counted as independent; `over_statements` draws statements anew, None
    where there are too few or where statements are what is counted. Quote the wider one.
    """

    share: Share
    definition: Definition
    over_statements: Interval | None = None

    @property
    def wilson(self) -> Interval | None:
        """Return the Wilson interval."""
        return self.share.interval

    def as_json(self) -> Json:
        """Return the fields that docs/reports.md describes."""
        share = self.share
        return {
            "numerator": share.numerator,
            "denominator": share.denominator,
            "blocked": share.blocked,
            "not_asked": share.excluded,
            "set_aside": share.set_aside,
            "value": share.value,
            "level": LEVEL,
            "wilson": _interval(self.wilson),
            "over_statements": _interval(self.over_statements),
            "pack": self.definition.pack,
            "pack_version": self.definition.version,
        }

    def __str__(self) -> str:
        """Return the share in words, with all that belongs to it."""
        share = self.share
        if share.value is None or self.wilson is None:
            return "nothing could be judged"
        intervals = [f"Wilson {_percents(self.wilson)}"]
        if self.over_statements:
            intervals.append(f"over statements {_percents(self.over_statements)}")
        return (
            f"{share.numerator:,} of {share.denominator:,} ({100 * share.value:.1f} %; "
            f"95 % intervals: {', '.join(intervals)}; left out: {share.blocked:,} that could not "
            f"be looked at, {share.excluded:,} not asked{_set_aside(share)}; "
            f"by the definition {self.definition})"
        )


def broken_links(report: Report) -> Rate:
    """Return the share of broken links among those that could be judged."""
    return _rate(report, whole(report.findings))


def hit_statements(report: Report) -> Rate:
    """Return the share of statements with a broken link, of those with a link that was judged."""
    return Rate(share=share_of_statements(report.findings), definition=report.definition)


def hit_statements_by_year(report: Report) -> dict[str, Rate]:
    """Return the same by the year of the statements, undated ones left out."""
    shares = statement_shares(report.findings, _GROUPS["year"])
    return {year: Rate(share=share, definition=report.definition) for year, share in shares.items()}


def by_definition(report: Report) -> list[Rate]:
    """Return the share of broken links by every definition that the links were held against."""
    shares = shares_by_definition(report.findings)
    return [
        Rate(share=shares[one.pack], definition=one)
        for one in report.definitions
        if one.pack in shares
    ]


_GROUPS: dict[str, Callable[[Citation], str | None]] = {
    "year": lambda citation: citation.year,
    "document_type": lambda citation: citation.document_type,
    "bureau": lambda citation: citation.bureau,
}


def rates_by_group(report: Report) -> dict[str, dict[str, Rate]]:
    """Return the share of broken links by year, document type and bureau of the statements.

    A link counts once in each group of which a statement cites it.
    """
    return {name: _by(report, key) for name, key in _GROUPS.items()}


def _by(report: Report, key: Callable[[Citation], str | None]) -> dict[str, Rate]:
    groups = grouped(report.findings, key)
    return {name: _rate(report, group) for name, group in groups.items()}


def _rate(report: Report, group: Group) -> Rate:
    return Rate(
        share=share_of(group.counts),
        definition=report.definition,
        over_statements=over_statements(group.statements()),
    )


def overview(report: Report) -> Json:
    """Return all figures of the report, in a fixed order of keys."""
    period, previous, news = report.period, report.previous, changes(report)
    return {
        "collection": report.collection,
        "run": report.run_id,
        "generated": time(report.generated),
        "definition": {"pack": report.definition.pack, "version": report.definition.version},
        "period": period and {"began": time(period.began), "ended": time(period.ended)},
        "compared_with": previous and {"run": previous.run_id, "ended": time(previous.ended)},
        "warnings": list(report.warnings),
        "pages": report.pages,
        "statements": report.statements,
        "links": len(report.findings),
        "confirmed": sum(finding.is_confirmed for finding in report.findings),
        "with_replacement": sum(f.replacement is not None for f in report.findings),
        "standings": _all(Standing, report.standings),
        "outcomes": _all(OUTCOMES, report.outcomes),
        "changes": previous and _all(Change, news),
        "shares": {
            "broken_links": broken_links(report).as_json(),
            "statements_with_broken_links": hit_statements(report).as_json(),
            "statements_with_broken_links_by_year": {
                year: one.as_json() for year, one in hit_statements_by_year(report).items()
            },
            **{
                f"broken_links_by_{group}": {name: one.as_json() for name, one in rates.items()}
                for group, rates in rates_by_group(report).items()
            },
            "broken_links_by_definition": {
                one.definition.pack: one.as_json() for one in by_definition(report)
            },
        },
    }


def _all(names: Iterable[str], counts: Any) -> dict[str, int]:
    return {str(name): counts[name] for name in names}


def _interval(interval: Interval | None) -> Json | None:
    return None if interval is None else {"low": interval.low, "high": interval.high}


def _set_aside(share: Share) -> str:
    return f", {share.set_aside:,} set aside by reviewers" if share.set_aside else ""


def _percents(interval: Interval) -> str:
    return f"{100 * interval.low:.1f}\u2013{100 * interval.high:.1f} %"
