"""The findings as JSON Lines for programs: one checked link a line, each line complete in itself.

The schema is `reports/static/finding.schema.json` (JSON Schema 2020-12). `schema` in every line
names its version: fields are only added under one version; a field that changes its meaning or
goes makes the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from pipelines.decisions.standing import Ruling
from reports.changes import change
from reports.findings import Citation, Finding, Hop, Replacement, Report, reading_order
from warc.locator import Locator

SCHEMA = "muniment/finding/1"
Json = dict[str, object]

# These end a line for some readers (Python's `splitlines` among them), though not for JSON.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def render(report: Report) -> Iterator[str]:
    """Yield one line of JSON for each finding, broken links first, keys in a fixed order."""
    for finding in reading_order(report.findings):
        yield line(as_json(report, finding)) + "\n"


def line(value: Json) -> str:
    """Return `value` as JSON on one line, whatever its texts hold."""
    text = json.dumps(value, ensure_ascii=False).translate(_LINE_ENDS)
    return text.encode("utf-8", "replace").decode("utf-8")


def as_json(report: Report, finding: Finding) -> Json:
    """Return one finding as the schema describes it."""
    return {
        "schema": SCHEMA,
        "collection": report.collection,
        "run": report.run_id,
        "definition": str(report.definition),
        "url": finding.url,
        "host": finding.host,
        "standing": finding.standing,
        "outcome": finding.outcome,
        "reason": finding.reason,
        "explanation": finding.sentence,
        "confidence": finding.confidence,
        "state": finding.state,
        "state_event": finding.event,
        "state_since": _time(finding.since),
        "change": change(finding, report.previous) if report.previous else None,
        "broken_since": _time(finding.first_broken),
        "failures": finding.failures,
        "checked": _time(finding.checked),
        "final_url": finding.final_url,
        "hops": [_hop(hop) for hop in finding.hops],
        "replacement": _replacement(finding.replacement),
        "captured_answer": report.replay_base + finding.replay if finding.replay else None,
        "evidence": [_locator(locator) for locator in finding.evidence],
        "citations": [_citation(citation) for citation in finding.citations],
        "decision": _decision(finding.ruling),
        "by_definition": {name: one.value for name, one in finding.rulings.items()} or None,
    }


def _hop(hop: Hop) -> Json:
    return {
        "url": hop.url,
        "status": hop.status,
        "failure": hop.failure,
        "record": _locator(hop.locator),
    }


def _locator(locator: Locator | None) -> Json | None:
    if locator is None:
        return None
    return {"file": locator.file, "offset": locator.offset, "length": locator.length}


def _replacement(copy: Replacement | None) -> Json | None:
    if copy is None:
        return None
    return {"url": copy.url, "date": _time(copy.date), "days": copy.days, "source": copy.source}


def _decision(ruling: Ruling | None) -> Json | None:
    if ruling is None:
        return None
    decision = ruling.decision
    return {
        "id": decision.id,
        "kind": decision.kind.value,
        "scope": decision.scope.value,
        "subject": decision.subject,
        "author": decision.author,
        "made": _time(decision.made),
        "expires": decision.expires.isoformat() if decision.expires else None,
        "note": decision.note,
    }


def _citation(citation: Citation) -> Json:
    return {
        "statement_url": citation.statement_url,
        "statement_title": citation.statement_title,
        "statement_date": citation.statement_date,
        "document_type": citation.document_type,
        "bureau": citation.bureau,
        "anchor_text": citation.text,
        "sentence": citation.sentence,
        "href": citation.href,
    }


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
