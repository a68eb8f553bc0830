"""Charts as values: positions in per cent, so that one drawing fits every width.

The template draws them as SVG and sets each beside its table. `fragment` is the report's own
view of the links behind a mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from math import ceil
from urllib.parse import urlencode

from reports.findings import Citation, Finding, RunFigures
from reports.reason_words import reason_words
from reports.standing import OUTCOMES
from reports.statement_shares import statement_shares
from reports.statistics import Interval, Share, share_of, shares_by

MOST_CAUSES = 9
MOST_BARS = 10
MOST_RUNS = 30
_MARGIN = 3.0  # per cent left free beside the first and the last run
_TICKS = (5, 10, 20, 25, 40, 50, 60, 80, 100)
Shares = Mapping[str, Share]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The share of one group, at `middle` per cent of the drawing's width where it has one."""

    label: str
    short: str
    share: Share
    interval: Interval
    fragment: str
    middle: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidMark:
    """A run that proved nothing, and why; it has a place in time and no share."""

    label: str
    reason: str
    middle: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Shares side by side, on top of each other or along time.

    `top` is the share at the end of the axis, 0.05 to 1; `others` counts the groups not drawn.
    """

    marks: tuple[Mark, ...]
    top: float
    others: int = 0
    voids: tuple[VoidMark, ...] = ()

    @property
    def rows(self) -> tuple[Mark | VoidMark, ...]:
        """Return all marks from left to right."""
        return tuple(sorted((*self.marks, *self.voids), key=lambda mark: mark.middle))

    @property
    def step(self) -> float:
        """Return the width of one mark's place in per cent."""
        return 100 / len(self.marks) if self.marks else 0

    def reach(self, share: float) -> float:
        """Return how far `share` goes, in per cent of the axis."""
        return min(share / self.top, 1) * 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The number of broken links of one cause; `length` in per cent of the longest."""

    outcome: str
    reason: str
    label: str
    count: int
    length: float
    fragment: str
    words: str


def by_year(findings: Sequence[Finding]) -> Chart:
    """Return the share broken by year of the citing statement; undated statements left out."""
    shares = shares_by(findings, _cited(lambda citation: citation.year))
    marks = [
        _mark(year, share, _fragment(year=year), short=f"\u2019{year[2:]}")
        for year, share in shares.items()
    ]
    return _in_a_row(marks)


def statements_by_year(findings: Sequence[Finding]) -> Chart:
    """Return the share of statements with a broken link by their year; undated ones left out."""
    shares = statement_shares(findings, lambda citation: citation.year)
    marks = [
        _mark(year, share, _fragment(view="pages", year=year), short=f"\u2019{year[2:]}")
        for year, share in shares.items()
    ]
    return _in_a_row(marks)


def over_runs(trend: Sequence[RunFigures]) -> Chart:
    """Return the share broken at the end of each of the last runs; nothing of a single one.

    Marks stand apart as the runs did in time. Void runs have a mark of their own, without a share.
    """
    drawn = [run for run in trend[-MOST_RUNS:] if run.void or share_of(run.standings).denominator]
    sound = [run for run in drawn if not run.void]
    if not sound or drawn[0].ended == drawn[-1].ended:
        return _chart([], [])
    first, span = drawn[0].ended, drawn[-1].ended - drawn[0].ended
    days = {run.ended.astimezone(UTC).date() for run in drawn}
    words = "%Y-%m-%d" if len(days) == len(drawn) else "%Y-%m-%d %H:%M"

    def place(run: RunFigures) -> float:
        return _MARGIN + (run.ended - first) / span * (100 - 2 * _MARGIN)

    def label(run: RunFigures) -> str:
        return run.ended.astimezone(UTC).strftime(words)

    chart = _chart(
        [_mark(label(run), share_of(run.standings), "") for run in sound],
        [place(run) for run in sound],
    )
    voids = [
        VoidMark(label=label(run), reason=run.void, middle=place(run)) for run in drawn if run.void
    ]
    return replace(chart, voids=tuple(voids))


def by_host(findings: Sequence[Finding]) -> Chart:
    """Return the share broken of the hosts with most broken links."""
    shares = shares_by(findings, lambda finding: (finding.host,) if finding.host else ())
    return _most_broken(shares, lambda host: _fragment(show="all", host=host))


def by_domain(findings: Sequence[Finding]) -> Chart:
    """Return the share broken by top-level domain, those with most broken links."""
    shares = shares_by(findings, lambda finding: filter(None, (top_level(finding.host),)))
    return _most_broken(shares, lambda name: _fragment(show="all", tld=name), lambda n: f".{n}")


def by_type(findings: Sequence[Finding]) -> Chart:
    """Return the share broken by the document type of the citing statement."""
    shares = shares_by(findings, _cited(lambda citation: citation.document_type))
    return _most_broken(shares, lambda name: _fragment(show="all", type=name))


def by_bureau(findings: Sequence[Finding]) -> Chart:
    """Return the share broken by the bureau of the citing statement."""
    shares = shares_by(findings, _cited(lambda citation: citation.bureau))
    return _most_broken(shares, lambda name: _fragment(show="all", bureau=name))


def by_cause(findings: Sequence[Finding]) -> tuple[Bar, ...]:
    """Return the commonest causes of broken links, the commonest first."""
    counts = Counter((f.outcome, f.reason) for f in findings if f.is_broken)
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST_CAUSES]
    return tuple(
        Bar(
            outcome=outcome,
            reason=reason,
            label=OUTCOMES[outcome].label,
            count=count,
            length=count / ranked[0][1] * 100,
            fragment=_fragment(outcome=outcome, reason=reason),
            words=reason_words(reason) or OUTCOMES[outcome].meaning,
        )
        for (outcome, reason), count in ranked
    )


def top_level(host: str) -> str:
    """Return the last label of a host's name; "" for an address or a name of one label.

    `topLevel` in `reports/static/report/selection.js` does the same.
    """
    before, dot, label = host.removesuffix(".").rpartition(".")
    return label.lower() if before and dot and not label.isdecimal() and ":" not in host else ""


def _cited(word: Callable[[Citation], str | None]) -> Callable[[Finding], Iterable[str]]:
    return lambda finding: (found for c in finding.citations if (found := word(c)))


def _mark(label: str, share: Share, fragment: str, *, short: str = "") -> Mark | None:
    """Return the mark of a share; None where nothing could be judged."""
    interval = share.interval
    if interval is None:
        return None
    return Mark(
        label=label, short=short or label, share=share, interval=interval, fragment=fragment
    )


def _in_a_row(marks: Sequence[Mark | None]) -> Chart:
    """Return the marks side by side, each in the middle of its place."""
    drawn = [mark for mark in marks if mark]
    return _chart(drawn, [(place + 0.5) / len(drawn) * 100 for place in range(len(drawn))])


def _chart(marks: Sequence[Mark | None], middles: Sequence[float]) -> Chart:
    """Return the marks at their places, on an axis that holds every interval."""
    placed = [
        replace(mark, middle=middle) for mark, middle in zip(marks, middles, strict=True) if mark
    ]
    return Chart(marks=tuple(placed), top=_axis_top([mark.interval.high for mark in placed]))


def _most_broken(
    shares: Shares, fragment: Callable[[str], str], label: Callable[[str], str] = str
) -> Chart:
    """Return the groups with most broken links, most first, of those that have any."""
    broken = [(name, share) for name, share in shares.items() if share.numerator]
    ranked = sorted(broken, key=lambda entry: (-entry[1].numerator, entry[0]))
    marks = [_mark(label(name), share, fragment(name)) for name, share in ranked[:MOST_BARS]]
    return Chart(
        marks=tuple(mark for mark in marks if mark),
        top=1.0,
        others=len(broken) - len(marks),
    )


def _fragment(**filters: str) -> str:
    return "#" + urlencode(filters, errors="replace")


def _axis_top(shares: Sequence[float]) -> float:
    """Return the smallest round share that none of `shares` exceeds."""
    highest = ceil(max(shares, default=0) * 100)
    return next((tick for tick in _TICKS if tick >= highest), 100) / 100
