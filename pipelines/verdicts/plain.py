"""A verdict in one of five words, for who only wants to know whether a link works.

In doubt it is `uncertain`: a false alarm costs more than a dead link that is told a run later.
"""

from __future__ import annotations

from enum import StrEnum

from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
from pipelines.checks.reception import may_pass
from pipelines.verdicts.reasons import Outcome
from pipelines.verdicts.verdict import Verdict


class Plain(StrEnum):
    """The five words."""

    ALIVE = "alive"
    BROKEN = "broken"
    UNCERTAIN = "uncertain"  # could not be seen, or may well pass
    INVALID = "invalid"  # no web address
    SKIPPED = "skipped"  # not asked, by its kind or by a rule


_BY_OUTCOME = {
    Outcome.OK: Plain.ALIVE,
    Outcome.MOVED: Plain.ALIVE,
    Outcome.GONE: Plain.BROKEN,
    Outcome.SOFT_GONE: Plain.BROKEN,
    Outcome.PARKED: Plain.BROKEN,
    Outcome.TLS: Plain.BROKEN,
    Outcome.BLOCKED: Plain.UNCERTAIN,
    Outcome.UNSURE: Plain.UNCERTAIN,
    Outcome.EXCLUDED: Plain.SKIPPED,
}
_NO_ADDRESS = frozenset({"url-empty", "url-relative", "url-malformed", "url-long"})
_SERVER_ERROR = 500


def plain(verdict: Verdict, evidence: Evidence) -> Plain:
    """Return the plain word for the verdict on one link; `evidence` is what it was judged from.

    Pure. A fault that may pass is `broken` only where the link was tried again and failed in the
    same way: a list has no states that would prove it over time, as a collection has.
    """
    if verdict.outcome is Outcome.TRANSIENT:
        return _of_fault(verdict, evidence)
    if verdict.outcome is Outcome.UNSUPPORTED:
        return Plain.INVALID if verdict.reason in _NO_ADDRESS else Plain.SKIPPED
    return _BY_OUTCOME[verdict.outcome]


def _of_fault(verdict: Verdict, evidence: Evidence) -> Plain:
    last = evidence.last
    if last is None or evidence.incident is not None or _asks_to_wait(last):
        return Plain.UNCERTAIN
    if may_pass(last) and not any(_way(last) == _way(hop) for hop in evidence.earlier):
        return Plain.UNCERTAIN
    return Plain.BROKEN


def _asks_to_wait(hop: Hop) -> bool:
    """Return whether the server itself says that its fault will pass."""
    is_fault = hop.status is not None and hop.status >= _SERVER_ERROR
    return is_fault and bool(hop.header("retry-after"))


def _way(hop: Hop) -> str:
    """Return how a hop failed, told no finer than it can differ from try to try."""
    if hop.failure is not None:
        return "name" if hop.failure.value.startswith("dns-") else "silence"
    if hop.status is None or hop.status < _SERVER_ERROR:
        return "answer"
    return "server"
