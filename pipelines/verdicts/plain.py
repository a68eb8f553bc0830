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
# Reasons of `transient` that say nothing about the link itself, or only about this moment.
FOR_NOW = frozenset(
    {
        "archive-error",
        "body-slow",
        "dns-nxdomain-once",
        "dns-unreachable",
        "host-unreachable",
        "http-425",
        "http2-only",
        "not-checked",
        "proxy",
        "redirect-to-error",
        "redirect-unsupported",
        "site-paused",
    }
)
# The last two are what a proxy notes where the other side has gone.
_FOR_NOW_STATUSES = frozenset({425, 429, 509, 511, 529, 460, 499})
_OTHERWISE_STATUSES = frozenset({426, 505})  # a browser may speak what the server wants
_SERVER_ERROR = 500


def plain(verdict: Verdict, evidence: Evidence) -> Plain:
    """Return the plain word for the verdict on one link; `evidence` is what it was judged from.

    Pure. A fault that may pass is `broken` only where the link was tried again and failed in the
    same way.
    """
    if verdict.outcome is Outcome.TRANSIENT:
        return _of_fault(verdict, evidence)
    if verdict.outcome is Outcome.UNSUPPORTED:
        return Plain.INVALID if verdict.reason in _NO_ADDRESS else Plain.SKIPPED
    return _BY_OUTCOME[verdict.outcome]


def _of_fault(verdict: Verdict, evidence: Evidence) -> Plain:
    last = evidence.last
    if verdict.reason in FOR_NOW or last is None:
        return Plain.UNCERTAIN
    if _says_for_now(last) or _is_out_of_place(verdict.reason, last):
        return Plain.UNCERTAIN
    if may_pass(last) and not any(_way(last) == _way(hop) for hop in evidence.earlier):
        return Plain.UNCERTAIN
    return Plain.BROKEN


def _says_for_now(hop: Hop) -> bool:
    """Return whether the server itself says that this is not what everybody gets, always."""
    if hop.status is None:
        return False
    asks_to_wait = hop.status >= _SERVER_ERROR and bool(hop.header("retry-after"))
    return asks_to_wait or hop.status in _FOR_NOW_STATUSES | _OTHERWISE_STATUSES


def _is_out_of_place(reason: str, hop: Hop) -> bool:
    """Return whether the answer has a status that is neither success nor error (304, 600)."""
    is_error = hop.status is not None and 400 <= hop.status < 600  # noqa: PLR2004 - RFC 9110
    return reason.startswith("http-") and not is_error


def _way(hop: Hop) -> str:
    """Return how a hop failed, told no finer than it can differ from try to try."""
    if hop.failure is not None:
        return "name" if hop.failure.value.startswith("dns-") else "silence"
    if hop.status is None or hop.status < _SERVER_ERROR:
        return "answer"
    return "server"
