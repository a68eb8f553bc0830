"""What the evidence of one check means: a pure function, so that anybody can repeat it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.checks.evidence import Evidence, Incident, IncidentKind
from pipelines.checks.hop import Hop
from pipelines.checks.mishap import told
from pipelines.checks.targets import TargetFault, host_of
from pipelines.verdicts.answers import judge_answer, stood_before
from pipelines.verdicts.block_pages import ends_at_notice
from pipelines.verdicts.reasons import REASONS, Confidence, Outcome, outcome_of
from pipelines.verdicts.rules import Rules
from warc.exchange import FailureKind
from warc.http.target import cleaned, scheme_of

__all__ = ["NOT_JUDGED", "Confidence", "Outcome", "Rules", "Verdict", "judge"]

NOT_JUDGED = "not-judged"  # the reason of what our own code failed at
_WORDS = 160
# What no browser opens because a server says so; an address for mail it does.
_UNSAFE = frozenset({"about", "blob", "chrome", "data", "file", "javascript", "view-source"})
_FAILED = frozenset(
    {Outcome.GONE, Outcome.SOFT_GONE, Outcome.PARKED, Outcome.TRANSIENT, Outcome.TLS}
)
_UNSEEN = _FAILED | {Outcome.EXCLUDED}
_CONFIRMED = 2  # answers of the name servers that a name does not exist
_NO_SUCH_NAME = frozenset({FailureKind.DNS_NXDOMAIN, FailureKind.DNS_NXDOMAIN_ALIAS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The meaning of one check: `reason` is a code, `sentence` the same in plain words.

    `final_url` is where the link ended, the last address asked; None where nothing was asked.
    """

    outcome: Outcome
    reason: str
    sentence: str
    confidence: str
    final_url: str | None
    rules_version: str


def judge(evidence: Sequence[Evidence], rules: Rules) -> Verdict:
    """Return the verdict on one check of one link, from the evidence of all its attempts.

    Several pieces of evidence are attempts of the same check, the oldest first: the last one
    that got an answer decides. Without any evidence the verdict is `unsure`. Never raises: a
    fault of our own makes it NOT_JUDGED, since one link is never to cost a run.
    """
    if not evidence:
        return _verdict("not-checked", None, {}, rules)
    last = evidence[-1].last
    mishap = evidence[-1].mishap or (last.mishap if last else "")
    try:
        if not mishap:
            return _judge(evidence, rules)
    except Exception as fault:  # noqa: BLE001 - whatever it is
        mishap = told(fault)
    return _verdict(NOT_JUDGED, last, {"error": mishap}, rules)


def _judge(evidence: Sequence[Evidence], rules: Rules) -> Verdict:
    attempts = [(one, *_judge_way(one, _times_unknown(evidence), rules)) for one in evidence]
    answered = [attempt for attempt in attempts if not _is_weak(attempt[1])]
    one, reason, facts = (answered or attempts)[-1]
    return _verdict(reason, one.last, facts, rules)


def _is_weak(reason: str) -> bool:
    return REASONS[reason].outcome is Outcome.TRANSIENT


def _times_unknown(evidence: Sequence[Evidence]) -> int:
    """Return how many answers said that the name does not exist."""
    hops = (hop for one in evidence for hop in one.all_hops)
    return sum(hop.failure in _NO_SUCH_NAME for hop in hops)


def _verdict(reason: str, last: Hop | None, facts: dict[str, Any], rules: Rules) -> Verdict:
    row = REASONS[reason]
    confidence = facts.get("confidence", row.confidence)
    return Verdict(
        outcome=outcome_of(row.outcome, confidence),
        reason=facts.get("code", reason),
        sentence=row.sentence.format(**facts),
        confidence=confidence,
        final_url=last.url if last else None,
        rules_version=rules.version,
    )


def _judge_way(evidence: Evidence, unknown: int, rules: Rules) -> tuple[str, dict[str, Any]]:
    """Return the reason and its facts; where a robot check's script leads proves nothing."""
    reason, facts = _judge_one(evidence, unknown, rules)
    outcome, last = REASONS[reason].outcome, evidence.last
    if last is not None and outcome in _UNSEEN and ends_at_notice(last.url, evidence.hops[0].url):
        return "withheld", facts
    if outcome in _FAILED and (name := stood_before(evidence, rules)) is not None:
        return "challenge", facts | {"name": name, "confidence": Confidence.MEDIUM}
    return reason, facts


def _judge_one(evidence: Evidence, unknown: int, rules: Rules) -> tuple[str, dict[str, Any]]:
    """Return the reason and the facts that its sentence and code need."""
    if evidence.fault is not None:
        return f"url-{evidence.fault}", {}
    if evidence.incident is not None:
        return _judge_incident(evidence.incident)
    last = evidence.last
    if last is None:
        return "not-checked", {}
    facts = _facts(evidence, last)
    if last.failure is not None:
        return _judge_failure(last.failure, unknown, moved=len(evidence.hops) > 1), facts
    if dead_end := _judge_dead_end(last):
        return dead_end, facts
    reason, more = judge_answer(evidence, last, rules)
    return reason, facts | more


def _facts(evidence: Evidence, last: Hop) -> dict[str, Any]:
    return {
        "final_url": last.url,
        "final_host": host_of(last.url),
        "host": host_of(last.url),
        "status": last.status,
        "hops": len(evidence.hops),
        "location": (last.location or "")[:_WORDS],
    }


def _judge_incident(incident: Incident) -> tuple[str, dict[str, Any]]:
    facts = {"host": incident.host, "links": incident.links, "detail": incident.detail}
    if incident.kind is IncidentKind.THROTTLED:
        return "host-throttled", facts
    return "host-unreachable", facts


def _judge_failure(kind: FailureKind, unknown: int, *, moved: bool) -> str:
    if kind in _NO_SUCH_NAME:
        if unknown < _CONFIRMED:
            return "dns-nxdomain-once"
        return "redirect-to-nxdomain" if moved else kind.value
    if kind is FailureKind.ADDRESS_REFUSED:
        return "redirect-to-refused" if moved else "address-refused"
    if kind is FailureKind.URL_INVALID:
        return "redirect-bad-address" if moved else "url-malformed"
    return kind.value


def _judge_dead_end(last: Hop) -> str | None:
    """Return what is wrong with a redirect that was not followed."""
    if last.next_fault is TargetFault.SCHEME:
        scheme = scheme_of(cleaned(last.location or ""))
        return "redirect-unsafe" if scheme in _UNSAFE else "redirect-unsupported"
    if last.next_fault is not None:
        return "redirect-bad-address"
    return None
