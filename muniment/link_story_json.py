"""A link's story as one JSON object for programs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from muniment.link_story import LinkStory
from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
from pipelines.link_state import LinkState
from pipelines.store import Check, Citation
from reports.standing import standing
from warc.locator import Locator

SCHEMA = "muniment/link/1"


def as_json(story: LinkStory) -> dict[str, Any]:
    """Return everything that is known of the link: its state, every check, every citation."""
    return {
        "schema": SCHEMA,
        "url": story.history.url,
        "host": story.history.host,
        "state": _state(story.state) | {"rule": story.rule},
        "decisions": [one.as_json() for one in story.decisions],
        "checks": [_check(story, check) for check in story.history.checks],
        "citations": [_citation(citation) for citation in story.history.citations],
    }


def _state(state: LinkState) -> dict[str, Any]:
    return {
        "state": state.state.value,
        "since": _time(state.since),
        "event": state.event.value or None,
        "why": state.why,
        "failures": state.failures,
        "first_failed": _time(state.first_failed),
        "next_due": _time(state.next_due),
    }


def _check(story: LinkStory, check: Check) -> dict[str, Any]:
    verdict = check.verdict
    state = story.course.get(check.checked)
    return {
        "checked": _time(check.checked),
        "run": check.run_id,
        "void": check.void,
        "why_void": check.why_void or None,
        "state": state.state.value if state else None,
        "standing": standing(verdict.outcome).value,
        "outcome": verdict.outcome.value,
        "reason": verdict.reason,
        "explanation": verdict.sentence,
        "confidence": str(verdict.confidence),
        "rules": verdict.rules_version,
        "final_url": verdict.final_url,
        "captured_answer": story.replay_of(check.evidence),
        **_evidence(story, check.evidence),
    }


def _evidence(story: LinkStory, evidence: Evidence) -> dict[str, Any]:
    incident = evidence.incident
    return {
        "fault": evidence.fault.value if evidence.fault else None,
        "earlier_tries": [_hop(story, hop) for hop in evidence.earlier],
        "hops": [_hop(story, hop) for hop in evidence.hops],
        "sibling": _hop(story, evidence.sibling) if evidence.sibling else None,
        "incident": None
        if incident is None
        else {
            "host": incident.host,
            "kind": incident.kind.value,
            "links": incident.links,
            "since": _time(incident.since),
            "detail": incident.detail,
            "records": [_record(story, at) for at in incident.locators],
        },
    }


def _hop(story: LinkStory, hop: Hop) -> dict[str, Any]:
    return {
        "url": hop.url,
        "method": hop.method,
        "began": _time(hop.began),
        "seconds": hop.elapsed,
        "address": hop.address,
        "status": hop.status,
        "failure": hop.failure.value if hop.failure else None,
        "detail": hop.detail or None,
        "ending": hop.ending.value,
        "next_url": hop.next_url,
        "via": hop.via.value if hop.via else None,
        "response": _record(story, hop.response),
        "request": _record(story, hop.request),
        "metadata": _record(story, hop.metadata),
        "captured_answer": story.capture(hop) if hop.response else None,
    }


def _record(story: LinkStory, at: Locator | None) -> dict[str, Any] | None:
    if at is None:
        return None
    return {
        "file": at.file,
        "offset": at.offset,
        "length": at.length,
        "replay": story.record(at),
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "statement_url": citation.statement_url,
        "statement_title": citation.title,
        "statement_date": citation.date,
        "document_type": citation.document_type,
        "bureau": citation.bureau,
        "anchor_text": citation.text,
        "sentence": citation.sentence,
        "href": citation.href,
    }


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
