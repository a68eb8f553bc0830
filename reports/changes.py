"""What a run changed: each link beside its outcome in an earlier run."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from reports.findings import Finding, PreviousRun, Report
from reports.standing import Standing, standing


class Change(StrEnum):
    """What became of a link since an earlier run."""

    NEW = "new"  # broken now, and not broken (or not known) then
    STILL = "still-broken"
    FIXED = "fixed"
    BLOCKED = "became-blocked"
    NONE = "none"


CHANGE_WORDS = {
    Change.NEW: "Newly broken",
    Change.STILL: "Still broken",
    Change.FIXED: "Fixed",
    Change.BLOCKED: "Now blocked",
    Change.NONE: "Unchanged",
}

_TABLE = {
    (False, Standing.BROKEN): Change.NEW,
    (True, Standing.BROKEN): Change.STILL,
    (True, Standing.MOVED): Change.FIXED,
    (True, Standing.WORKS): Change.FIXED,
}


def change(finding: Finding, previous: PreviousRun | None) -> Change:
    """Return what became of the link since `previous`; NONE where there was no such run."""
    if previous is None:
        return Change.NONE
    code = previous.outcomes.get(finding.url)
    before = None if code is None else standing(code)
    if finding.standing is Standing.UNSEEN:
        known_and_seen = before not in (None, Standing.UNSEEN)
        return Change.BLOCKED if known_and_seen else Change.NONE
    return _TABLE.get((before is Standing.BROKEN, finding.standing), Change.NONE)


def changes(report: Report) -> Counter[Change]:
    """Return the number of links by what became of them since the previous run."""
    return Counter(change(finding, report.previous) for finding in report.findings)


def differences(report: Report) -> dict[Standing, int] | None:
    """Return by how many links each standing grew since the previous run; None without one."""
    if report.previous is None:
        return None
    before = Counter(standing(code) for code in report.previous.outcomes.values())
    now = report.standings
    return {name: now[name] - before[name] for name in Standing}
