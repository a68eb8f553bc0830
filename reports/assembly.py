"""The join from the store's histories to the findings of a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from pipelines.checks.hop import Hop as CheckHop
from pipelines.store import Check, LinkHistory, Store
from pipelines.store import Citation as StoredCitation
from reports.findings import Citation, Definition, Finding, Hop, Period, PreviousRun, Report
from reports.standing import Standing, standing
from warc.cdxj import timestamp

STRICT = "strict"


def assemble(
    store: Store, *, collection: str, run_id: str, generated: datetime, replay_base: str
) -> Report:
    """Return the report of the last check of every link that a current statement cites.

    It is compared with the run of checks before the last one.
    """
    histories = tuple(store.histories())
    findings = tuple(finding(history) for history in histories)
    extracted = store.extracted().values()
    return Report(
        collection=collection,
        run_id=run_id,
        generated=generated,
        definition=Definition(pack=STRICT, version=_rules_version(histories)),
        findings=findings,
        statements=store.statement_count(),
        pages=sum(sum(warc.pages.values()) for warc in extracted),
        replay_base=replay_base,
        period=Period.covering(findings),
        previous=_previous(histories),
        warnings=tuple(
            f"{warc.name} is damaged in {warc.damage} places; what could not be read is missing"
            for warc in extracted
            if warc.damage
        ),
    )


def finding(history: LinkHistory) -> Finding:
    """Return the finding of a link: its last check, and since when it fails."""
    last = history.checks[-1]
    series = _failing_series(history.checks)
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
        first_broken=series[0].checked if series else None,
        failures=len(series),
        citations=tuple(_citation(citation) for citation in history.citations),
        replay=_replay(evidence.hops),
        evidence=evidence.incident.locators if evidence.incident else (),
    )


def _failing_series(checks: Sequence[Check]) -> list[Check]:
    """Return the checks of the present unbroken series of failures, oldest first.

    A check that could not look neither counts nor ends the series.
    """
    series: list[Check] = []
    for check in reversed(checks):
        stood = standing(check.verdict.outcome.value)
        if stood is Standing.BROKEN:
            series.append(check)
        elif stood is not Standing.UNSEEN:
            break
    return series[::-1]


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


def _rules_version(histories: Iterable[LinkHistory]) -> str:
    versions = {history.checks[-1].verdict.rules_version for history in histories}
    return ", ".join(sorted(versions)) or "none"


def _previous(histories: Sequence[LinkHistory]) -> PreviousRun | None:
    """Return the outcomes as they stood after the run before the last one."""
    runs = sorted({check.run_id for history in histories for check in history.checks})
    if len(runs) < 2:  # noqa: PLR2004 - the last one and one before it
        return None
    before = [
        (history.url, checks[-1])
        for history in histories
        if (checks := [c for c in history.checks if c.run_id <= runs[-2]])
    ]
    return PreviousRun(
        run_id=runs[-2],
        ended=max(check.checked for _, check in before),
        outcomes={url: check.verdict.outcome.value for url, check in before},
    )
