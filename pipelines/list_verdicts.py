"""The verdict on each line of a list, as it is written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from pipelines.checks.evidence import Evidence
from pipelines.checks.targets import TargetFault
from pipelines.link_lists import LineFault
from pipelines.list_answers import Answer, Line, answer_of
from pipelines.verdicts.plain import Plain
from pipelines.verdicts.reasons import Confidence
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge
from warc.locator import Locator

FRAGMENT_MISSING = "fragment-missing"
OWN_NETWORK = "own-network"
OWN_CLOCK = "own-clock"
_NO_DOUBT: Mapping[str, str] = MappingProxyType({})
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_FAULTS = {
    LineFault.NOT_UTF8: (Plain.INVALID, "The line of the list is not text in UTF-8."),
    LineFault.NOT_JSON: (Plain.INVALID, "The line of the list is not JSON."),
    LineFault.NO_HREF: (Plain.INVALID, "The line of the list has no href that is a text."),
    LineFault.TOO_LONG: (Plain.INVALID, "The line of the list is too long to be a link."),
    LineFault.SAME_PAGE: (Plain.SKIPPED, "The link leads to a place on its own page."),
}

HasAnchor = Callable[[Locator, str], bool | None]


def verdict_of(
    line: Line,
    answer: Answer | None,
    has_anchor: HasAnchor,
    doubted: Mapping[str, str] = _NO_DOUBT,
) -> dict[str, Any]:
    """Return the verdict on one line as JSON values, keys in a fixed order.

    `evidence` names the records that prove it, files relative to the evidence folder. A link
    that nobody asked (the check was stopped) is `uncertain`. `has_anchor` says whether a page
    holds a place: see `pipelines.anchors`. What is `doubted`, by reason, makes nothing
    broken, and its warning is given instead.
    """
    kept = answer if line.fault is None and answer is not None else _unasked(line)
    is_doubted = kept.verdict is Plain.BROKEN and kept.reason in doubted
    value = {
        "id": line.id,
        "url": line.url,
        "verdict": (Plain.UNCERTAIN if is_doubted else kept.verdict).value,
        "reason": kept.reason,
        "confidence": kept.confidence,
        "final_url": kept.final_url,
        "evidence": [_at(locator) for locator in kept.evidence],
        "sentence": kept.sentence,
        "http_status": kept.http_status,
        "href": line.href,
        "line": line.line,
    }
    warnings = [*line.warnings, *([doubted[kept.reason]] if is_doubted else [])]
    if line.fragment and kept.page and kept.verdict is Plain.ALIVE:
        warnings += [FRAGMENT_MISSING] * (has_anchor(kept.page, line.fragment) is False)
    return value | ({"warnings": warnings} if warnings else {})


def _at(locator: Locator) -> dict[str, str | int]:
    return {
        "file": f"archive/{locator.file}",
        "offset": locator.offset,
        "length": locator.length,
    }


def _unasked(line: Line) -> Answer:
    """Return the verdict on a line for which nothing was asked."""
    if line.fault in _FAULTS:
        verdict, sentence = _FAULTS[LineFault(line.fault)]
        return _answer(verdict, line.fault, sentence)
    fault = TargetFault(line.fault) if line.fault else None
    evidence = Evidence(url=line.url, checked=_NEVER, fault=fault)
    found = answer_of(evidence, judge([evidence], Rules()))
    if not line.detail:
        return found
    sentence = f"{found.sentence.removesuffix('.')}: {line.detail}."
    return _answer(found.verdict, found.reason, sentence)


def _answer(verdict: Plain, reason: str, sentence: str) -> Answer:
    return Answer(
        verdict=verdict,
        reason=reason,
        sentence=sentence,
        confidence=Confidence.HIGH,
        final_url=None,
        http_status=None,
        evidence=(),
    )
