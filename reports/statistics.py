"""Shares that can be published: each with its parts and an interval."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from reports.findings import Finding
from reports.standing import Standing

LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A confidence interval of a share, both ends between 0 and 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Broken links among those that could be judged, and what was left out of both.

    `blocked` could not be looked at, `excluded` was never asked, `set_aside` by
    reviewers; none of these is in the denominator.
    """

    numerator: int
    denominator: int
    blocked: int = 0
    excluded: int = 0
    set_aside: int = 0

    @property
    def value(self) -> float | None:
        """Return the share between 0 and 1; None where nothing could be judged."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def interval(self) -> Interval | None:
        """Return the 95 % Wilson interval, which takes links as independent of each other."""
        return wilson(self.numerator, self.denominator)


def wilson(numerator: int, denominator: int, level: float = LEVEL) -> Interval | None:
    """Return Wilson's score interval; None where the denominator is 0.

    E. B. Wilson, JASA 22 (1927): unlike the normal interval it never leaves 0..1 and has a
    width also at 0 and at 1.
    """
    if denominator == 0:
        return None
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = numerator / denominator
    scale = 1 + z * z / denominator
    centre = (share + z * z / (2 * denominator)) / scale
    spread = share * (1 - share) / denominator + z * z / (4 * denominator * denominator)
    half = z * sqrt(spread) / scale
    # At the ends the two terms cancel out on paper, in floats only nearly.
    return Interval(
        low=max(0.0, centre - half) if numerator else 0.0,
        high=min(1.0, centre + half) if numerator < denominator else 1.0,
    )


def share_broken(findings: Iterable[Finding]) -> Share:
    """Return the share of broken links among those that could be judged."""
    return share_of(Counter(finding.standing for finding in findings))


def share_of(counts: Mapping[Standing, int]) -> Share:
    """Return the share of broken links from the number of links by standing."""
    broken = counts.get(Standing.BROKEN, 0)
    return Share(
        numerator=broken,
        denominator=broken + counts.get(Standing.MOVED, 0) + counts.get(Standing.WORKS, 0),
        blocked=counts.get(Standing.UNSEEN, 0),
        excluded=counts.get(Standing.NOT_ASKED, 0),
        set_aside=counts.get(Standing.SET_ASIDE, 0),
    )


def shares_by(
    findings: Iterable[Finding], keys: Callable[[Finding], Iterable[str]]
) -> dict[str, Share]:
    """Return the share of each group, ordered by its key.

    A finding counts once in every group that `keys` names for it, however often it is named.
    """
    groups: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        for key in set(keys(finding)):
            groups[key].append(finding)
    return {key: share_broken(groups[key]) for key in sorted(groups)}
