"""What reviewers' decisions make of findings, and of how links stood before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from pipelines.decisions.log import decisions
from pipelines.decisions.model import Kind
from pipelines.decisions.standing import Ruling, Rulings, in_force
from pipelines.store import Check, LinkHistory, Store
from reports.earlier_run import counting
from reports.findings import REVIEWER, Finding, Replacement
from reports.standing import Standing

_FINE = frozenset({Standing.MOVED, Standing.WORKS, Standing.NOT_ASKED})


def rulings_of(store: Store, now: datetime) -> Rulings:
    """Return the decisions of the store that are in force at `now`."""
    return in_force(decisions(store), now)


def reviewed(finding: Finding, rulings: Rulings) -> Finding:
    """Return the finding as the decision in force leaves it; itself where there is none."""
    if not rulings:
        return finding
    final_url = finding.final_url
    ruling = rulings.on(finding.url, finding.host, finding.outcome, finding.reason, final_url)
    if ruling is None:
        return finding
    stands = by_reviewer(finding.standing, ruling)
    is_broken = stands is Standing.BROKEN
    return replace(
        finding,
        ruling=ruling,
        ruled=finding.ruled if stands is finding.standing else stands,
        rulings={name: by_reviewer(one, ruling) for name, one in finding.rulings.items()},
        first_broken=finding.first_broken or (finding.checked if is_broken else None),
        failures=finding.failures or int(is_broken),
        replacement=(_named(ruling) or finding.replacement) if is_broken else None,
    )


def by_reviewer(standing: Standing, ruling: Ruling) -> Standing:
    """Return where a link stands once a reviewer has decided.

    What is ignored leaves every share, working links too: else a host without its broken links
    would count as a sound one.
    """
    if ruling.is_confirmed:
        return Standing.BROKEN
    if not ruling.sets_aside:
        return standing
    is_rule = ruling.decision.kind is Kind.IGNORED and standing is not Standing.NOT_ASKED
    return Standing.SET_ASIDE if is_rule or standing not in _FINE else standing


def revised(rulings: Rulings) -> Callable[[LinkHistory, Check, Standing], Standing]:
    """Return what makes of a link's standing after an earlier check what the decisions now say.

    So a run and the one before are counted by the same decisions, and no triage looks as if
    links had come back.
    """

    def revise(history: LinkHistory, check: Check, standing: Standing) -> Standing:
        if not rulings:
            return standing
        verdict = check.verdict
        ruling = rulings.on(
            history.url, history.host, verdict.outcome.value, verdict.reason, verdict.final_url
        )
        return by_reviewer(standing, ruling) if ruling else standing

    return revise


def standing_before(
    rulings: Rulings, stand: Callable[[Sequence[Check]], Standing]
) -> Callable[[LinkHistory, Sequence[Check]], Standing]:
    """Return `stand`, revised."""
    revise = revised(rulings)

    def stood(history: LinkHistory, checks: Sequence[Check]) -> Standing:
        return revise(history, counting(checks)[-1], stand(checks))

    return stood


def _named(ruling: Ruling) -> Replacement | None:
    chosen = ruling.replaced
    if chosen is None or chosen.replacement is None:
        return None
    made = chosen.made.astimezone(UTC)
    return Replacement(url=chosen.replacement, date=made, days=None, source=REVIEWER)
