"""An interval for rates over links that takes links of one statement as the kin they are.

Links on one page share its age, its author and often a host: they die together, and an interval
that takes them as independent is too narrow. So statements are drawn anew, not links.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, lgamma, log, sqrt
from random import Random

from reports.statistics import LEVEL, Interval

REPLICATES = 1000
SEED = 19170417
# With fewer clusters such intervals are too narrow (Cameron, Gelbach and Miller, "Bootstrap-based
# improvements for inference with clustered errors", 2008).
FEWEST = 30
Clusters = Mapping[tuple[int, int], int]  # how many statements have (broken, judged) links


def over_statements(clusters: Clusters) -> Interval | None:
    """Return the 95 % percentile interval of the bootstrap over statements.

    None where there are fewer than 30 of them, or where all have the same share: nothing drawn
    anew would differ. The seed is fixed: the same data give the same interval.
    """
    if sum(clusters.values()) < FEWEST:
        return None
    if len({broken / judged for broken, judged in clusters}) == 1:
        return None
    drawn = sorted(ratios(clusters))
    cut = round(len(drawn) * (1 - LEVEL) / 2)
    return Interval(low=max(0.0, drawn[cut]), high=min(1.0, drawn[-cut - 1]))


def ratios(clusters: Clusters, replicates: int = REPLICATES, seed: int = SEED) -> list[float]:
    """Return the ratio of the sums in each replicate; those without a denominator left out.

    Each cluster is drawn a Poisson(1) number of times (Hanley and MacGibbon, "Creating
    non-parametric bootstrap samples using Poisson frequencies", 2006), so that the `n` clusters
    of equal content are drawn Poisson(n) times together, by one draw.
    """
    source = Random(seed)  # noqa: S311 - a sample, not a secret
    above, below = [0] * replicates, [0] * replicates
    for (numerator, denominator), count in sorted(clusters.items()):
        values, weights = _poisson(count)
        times = source.choices(values, cum_weights=weights, k=replicates)
        above = [sum_ + numerator * n for sum_, n in zip(above, times, strict=True)]
        below = [sum_ + denominator * n for sum_, n in zip(below, times, strict=True)]
    return [one / other for one, other in zip(above, below, strict=True) if other]


def _poisson(mean: int) -> tuple[range, list[float]]:
    """Return the values that Poisson(mean) takes, but for one in 10^15, and cumulated weights."""
    reach = 10 * sqrt(mean) + 20
    values = range(max(0, int(mean - reach)), int(mean + reach) + 1)
    weights: list[float] = []
    total = 0.0
    for value in values:
        total += exp(value * log(mean) - mean - lgamma(value + 1))
        weights.append(total)
    return values, weights
