"""Shares of statements that cite a broken link, the measure of Pew's study of pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from reports.findings import Citation, Finding
from reports.standing import Standing
from reports.statistics import Share

_JUDGED = frozenset({Standing.BROKEN, Standing.MOVED, Standing.WORKS})
_ALL = "all"


def share_of_statements(findings: Iterable[Finding]) -> Share:
    """Return the share of statements with a broken link, of those with a link that was judged."""
    shares = statement_shares(findings, lambda _: _ALL)
    return shares.get(_ALL, Share(numerator=0, denominator=0))


def statement_shares(
    findings: Iterable[Finding], key: Callable[[Citation], str | None]
) -> dict[str, Share]:
    """Return the same for each group that `key` names for a citation, ordered by its name.

    Statements without a group are in none; those that cite no link are in no share at all.
    """
    seen: defaultdict[str, defaultdict[str, set[Standing]]] = defaultdict(lambda: defaultdict(set))
    for finding in findings:
        standing = finding.standing
        for citation in finding.citations:
            if name := key(citation):
                seen[name][citation.statement_url].add(standing)
    return {name: _share(seen[name].values()) for name in sorted(seen)}


def _share(statements: Collection[set[Standing]]) -> Share:
    judged = [one for one in statements if one & _JUDGED]
    others = [one for one in statements if not one & _JUDGED]
    blocked = sum(Standing.UNSEEN in one for one in others)
    aside = sum(Standing.SET_ASIDE in one and Standing.UNSEEN not in one for one in others)
    return Share(
        numerator=sum(Standing.BROKEN in one for one in judged),
        denominator=len(judged),
        blocked=blocked,
        excluded=len(others) - blocked - aside,
        set_aside=aside,
    )
