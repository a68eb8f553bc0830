"""The join from the store's histories to the findings of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from pipelines.check_runs import CheckRun, check_runs
from pipelines.checks.hop import Hop as CheckHop
from pipelines.lifecycle import LifecycleRules, LinkState
from pipelines.states import link_states, refresh_states
from pipelines.store import Citation as StoredCitation
from pipelines.store import LinkHistory, Store
from pipelines.verdicts.packs import PACKS, PackName
from reports.definitions import definition_of, ruled_on, stand
from reports.earlier_run import counting, earlier_run
from reports.findings import Citation, Finding, Hop, Period, Report
from reports.replacing import OwnCopies
from reports.reviewed import reviewed, revised, rulings_of, standing_before
from reports.standing import Standing, standing
from reports.trend import trend
from warc.cdxj import timestamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What a report says of itself: of what, by which run, when, and where its evidence opens."""

    collection: str
    run_id: str
    generated: datetime
    replay_base: str


def assemble(
    store: Store,
    imprint: Imprint,
    *,
    lifecycle: LifecycleRules | None = None,
    since: str | None = None,
    indexes: Path | None = None,
    pack: PackName = PackName.STRICT,
) -> Report:
    """Return the report of the last check of every link that a current statement cites.

    The states are brought up to date by the rules `lifecycle` first (`refresh_states`). Void
    runs are told as warnings and left out, but for links that no other run checked. The report
    is compared with the run of checks before the last one, or with `since` (UnknownRunError).
    Broken links get the replacements found by the CDXJ files of the folder `indexes`. What is
    broken follows the definition `pack`, then what reviewers decided; the states are the strict
    one's.
    """
    rules = lifecycle or LifecycleRules()
    histories = tuple(store.histories())
    refresh_states(store, rules, now=imprint.generated)
    states = link_states(store)
    rulings = rulings_of(store, imprint.generated)
    findings = tuple(
        reviewed(ruled_on(finding(one, states[one.url]), one.checks, PACKS[pack]), rulings)
        for one in histories
    )
    stands = standing_before(rulings, partial(stand, pack=PACKS[pack]))
    versions = [one.checks[-1].verdict.rules_version for one in histories]
    if indexes is not None:
        findings = _replaced(findings, histories, indexes, imprint.replay_base)
    extracted = store.extracted().values()
    return Report(
        collection=imprint.collection,
        run_id=imprint.run_id,
        generated=imprint.generated,
        definition=definition_of(PACKS[pack], versions),
        definitions=tuple(definition_of(each, versions) for each in PACKS.values()),
        findings=findings,
        statements=store.statement_count(),
        pages=sum(sum(warc.pages.values()) for warc in extracted),
        replay_base=imprint.replay_base,
        period=Period.covering(findings),
        previous=earlier_run(histories, rules, since, stands),
        trend=trend(histories, pack, revised(rulings), check_runs(store)),
        warnings=run_warnings(check_runs(store))
        + tuple(
            f"{warc.name} is damaged in {warc.damage} places; what could not be read is missing"
            for warc in extracted
            if warc.damage
        ),
    )


def finding(history: LinkHistory, state: LinkState) -> Finding:
    """Return the finding of a link: its last check that counts, its state, since when it fails."""
    last = counting(history.checks)[-1]
    is_broken = standing(last.verdict.outcome.value) is Standing.BROKEN
    evidence = last.evidence
    return Finding(
        url=history.url,
        host=history.host,
        outcome=last.verdict.outcome.value,
        reason=last.verdict.reason,
        sentence=last.verdict.sentence,
        confidence=last.verdict.confidence,
        checked=last.checked,
        final_url=last.verdict.final_url,
        hops=tuple(_hop(hop) for hop in evidence.hops),
        first_broken=state.first_failed or (last.checked if is_broken else None),
        failures=state.failures or int(is_broken),
        state=state.state.value,
        event=state.event.value,
        since=state.since,
        citations=tuple(_citation(citation) for citation in history.citations),
        replay=_replay(evidence.hops),
        evidence=evidence.incident.locators if evidence.incident else (),
    )


def _replaced(
    findings: Sequence[Finding],
    histories: Sequence[LinkHistory],
    indexes: Path,
    replay_base: str,
) -> tuple[Finding, ...]:
    """Return the findings in their order, the broken ones with our own copies of them."""
    wanted = [one.is_broken and one.replacement is None for one in findings]
    urls = (one.url for one, is_wanted in zip(findings, wanted, strict=True) if is_wanted)
    copies = OwnCopies(indexes, urls, replay_base)
    return tuple(
        replace(one, replacement=copies.replacement(history)) if is_wanted else one
        for one, history, is_wanted in zip(findings, histories, wanted, strict=True)
    )


def run_warnings(runs: Sequence[CheckRun]) -> tuple[str, ...]:
    """Return a sentence for each void run since the last one that was not, and on its clock."""
    warnings: list[str] = []
    for run in reversed(runs):
        of = f"the link checks of {run.began:%Y-%m-%d %H:%M} UTC"
        if run.doubted and not run.void:
            warnings.append(
                f"in {of} most servers gave another day than this machine's clock: no certificate "
                "is called expired for it"
            )
        if not run.void:
            break
        warnings.append(f"{of} are void and changed no link's state: {run.void}")
    return tuple(warnings)


def _hop(hop: CheckHop) -> Hop:
    return Hop(
        url=hop.url,
        status=hop.status,
        failure=hop.failure.value if hop.failure else None,
        locator=hop.response or hop.metadata,
    )


def _replay(hops: Sequence[CheckHop]) -> str | None:
    """Return the replay path of the last answer; None where nothing was answered."""
    for hop in reversed(hops):
        if hop.response is not None:
            return f"{timestamp(hop.began)}/{hop.url}"
    return None


def _citation(citation: StoredCitation) -> Citation:
    return Citation(
        statement_url=citation.statement_url,
        statement_title=citation.title,
        statement_date=citation.date,
        document_type=citation.document_type,
        bureau=citation.bureau,
        text=citation.text,
        sentence=citation.sentence,
        href=citation.href,
    )
