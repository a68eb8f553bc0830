"""Charts as values: positions in per cent, so that one drawing fits every width.

The template draws them as SVG and sets each beside its table. `fragment` is the report's own
view of the links behind a mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from reports.findings import Finding
from reports.standing import OUTCOMES
from reports.statistics import Interval, Share, shares_by

MOST_CAUSES = 9
MOST_FULL_YEARS = 10  # more are written with two digits
_TICKS = (5, 10, 20, 25, 40, 50, 60, 80, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The share of one group: `middle` and `height` in per cent of the drawing."""

    label: str
    short: str
    share: Share
    interval: Interval
    middle: float
    fragment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Shares side by side; `top` is the share at the top of the axis, 0.05 to 1."""

    columns: tuple[Column, ...]
    top: float

    @property
    def width(self) -> float:
        """Return the width of one column in per cent."""
        return 62 / len(self.columns) if self.columns else 0

    def height(self, share: float) -> float:
        """Return how high `share` stands, in per cent of the axis."""
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


def by_year(findings: Sequence[Finding]) -> Columns:
    """Return the share broken by year of the citing statement; undated statements left out."""
    shares = shares_by(findings, lambda finding: (c.year for c in finding.citations if c.year))
    judged = [(year, share, share.interval) for year, share in shares.items()]
    drawn = [(year, share, interval) for year, share, interval in judged if interval is not None]
    crowded = len(drawn) > MOST_FULL_YEARS
    return Columns(
        columns=tuple(
            Column(
                label=year,
                short=f"\u2019{year[2:]}" if crowded else year,
                share=share,
                interval=interval,
                middle=(place + 0.5) / len(drawn) * 100,
                fragment=_fragment(year=year),
            )
            for place, (year, share, interval) in enumerate(drawn)
        ),
        top=_axis_top([interval.high for _, _, interval in drawn]),
    )


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
        )
        for (outcome, reason), count in ranked
    )


def _fragment(**filters: str) -> str:
    return "#" + urlencode(filters, errors="replace")


def _axis_top(shares: Sequence[float]) -> float:
    """Return the smallest round share that none of `shares` exceeds."""
    highest = ceil(max(shares, default=0) * 100)
    return next((tick for tick in _TICKS if tick >= highest), 100) / 100
