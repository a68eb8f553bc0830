"""What a run changed: each link beside its outcome in an earlier run."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from reports.findings import Finding, PreviousRun, Report
from reports.standing import Standing


class Change(StrEnum):
    """What became of a link since an earlier run."""

    NEW = "new"  # broken now, and not broken (or not known) then
    STILL = "still-broken"
    FIXED = "fixed"
    RESURRECTED = "resurrected"  # called dead or usurped then, works now
    BLOCKED = "became-blocked"  # or unsure: could be looked at then, and cannot now
    NONE = "none"


CHANGE_WORDS = {
    Change.NEW: "Newly broken",
    Change.STILL: "Still broken",
    Change.FIXED: "Fixed",
    Change.RESURRECTED: "Back from the dead",
    Change.BLOCKED: "Could no longer look",
    Change.NONE: "Unchanged",
}

_WORKING = (Standing.MOVED, Standing.WORKS)


def change(finding: Finding, previous: PreviousRun | None) -> Change:
    """Return what became of the link since `previous`; NONE where there was no such run."""
    if previous is None:
        return Change.NONE
    before = previous.standing(finding.url)
    now = finding.standing
    if now is Standing.BROKEN:
        return Change.STILL if before is Standing.BROKEN else Change.NEW
    if now is Standing.UNSEEN:
        return Change.NONE if before in (None, Standing.UNSEEN) else Change.BLOCKED
    if now not in _WORKING or before in _WORKING:
        return Change.NONE
    if finding.url in previous.confirmed:
        return Change.RESURRECTED
    return Change.FIXED if before is Standing.BROKEN else Change.NONE


def changes(report: Report) -> Counter[Change]:
    """Return the number of links by what became of them since the previous run."""
    return Counter(change(finding, report.previous) for finding in report.findings)


def differences(report: Report) -> dict[Standing, int] | None:
    """Return by how many links each standing grew since the previous run; None without one."""
    if report.previous is None:
        return None
    before = Counter(map(report.previous.standing, report.previous.outcomes))
    now = report.standings
    return {name: now[name] - before[name] for name in Standing}
