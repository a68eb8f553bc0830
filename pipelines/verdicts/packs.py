"""Definitions of "dead" that others have published, each a pure function of the same evidence.

What is dead is a matter of definition; a rate can be compared with a published one only where
both use the same. Each definition has a name and a version and stands in `docs/verdicts.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from pipelines.checks.evidence import Evidence, IncidentKind
from pipelines.checks.hop import Hop
from pipelines.verdicts.pack_names import PackName
from pipelines.verdicts.reasons import Outcome
from pipelines.verdicts.rules import RULES_VERSION
from pipelines.verdicts.verdict import Verdict
from warc.exchange import FailureKind

__all__ = ["PACKS", "Pack", "PackName", "Ruled", "Ruling", "Seen"]


class Ruling(StrEnum):
    """What a definition says of a link; what is excluded is in no rate."""

    DEAD = "dead"
    NOT_DEAD = "not-dead"
    EXCLUDED = "excluded"


class Seen(Protocol):
    """One check of a link; `void` says that its whole run proved nothing."""

    @property
    def checked(self) -> datetime: ...  # noqa: D102 - a field

    @property
    def evidence(self) -> Evidence: ...  # noqa: D102 - a field

    @property
    def verdict(self) -> Verdict: ...  # noqa: D102 - a field

    @property
    def void(self) -> bool: ...  # noqa: D102 - a field


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """The ruling on one link, and why, as a clause.

    `failures` counts the present series of checks that fail by this definition, `since` is the
    first of them.
    """

    ruling: Ruling
    reason: str
    failures: int = 0
    since: datetime | None = None


Trace = Callable[[Iterable[Seen]], Iterator[Ruled]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A definition; `about` is for readers.

    `trace` takes the checks of a link, the oldest first, and yields the ruling after each.
    """

    name: PackName
    version: str
    about: str
    trace: Trace

    def rule(self, seen: Iterable[Seen]) -> Ruled:
        """Return the ruling after all the checks of a link, the oldest first."""
        ruled = _UNKNOWN
        for ruled in self.trace(seen):  # noqa: B007 - the last is kept
            pass
        return ruled


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What one check alone is by a definition; `fails` is None where it has nothing to say."""

    fails: bool | None
    reason: str


_OUR_OWN = frozenset(
    {FailureKind.ADDRESS_REFUSED, FailureKind.URL_INVALID, FailureKind.PROXY}
)  # the link itself was not asked
_NO_SESSION = frozenset(
    {
        FailureKind.TLS_VERSION,
        FailureKind.TLS_CIPHER,
        FailureKind.TLS_NAME,
        FailureKind.TLS_ALPN,
        FailureKind.TLS_PLAIN_HTTP,
        FailureKind.TLS_PROTOCOL,
        FailureKind.TLS_RESET,
        FailureKind.TLS_CLOSED,
        FailureKind.TLS_TIMEOUT,
    }
)
_NEVER = _Opinion(None, "it was never asked")
_UNKNOWN = Ruled(ruling=Ruling.EXCLUDED, reason=_NEVER.reason)
_ERRORS = 400


# strict

_BROKEN = frozenset(
    {Outcome.GONE, Outcome.SOFT_GONE, Outcome.PARKED, Outcome.TLS, Outcome.TRANSIENT}
)
_FINE = frozenset({Outcome.OK, Outcome.MOVED})


def _strict(seen: Iterable[Seen]) -> Iterator[Ruled]:
    """Yield what the verdict on the last check says."""
    failures, since = 0, None
    for one in seen:
        outcome = one.verdict.outcome
        reason = f"the last check came to {outcome}"
        if outcome in _BROKEN:
            failures, since = failures + 1, since or one.checked
            yield Ruled(ruling=Ruling.DEAD, reason=reason, failures=failures, since=since)
        elif outcome in _FINE:
            failures, since = 0, None
            yield Ruled(ruling=Ruling.NOT_DEAD, reason=reason)
        else:
            yield Ruled(ruling=Ruling.EXCLUDED, reason=reason)


# pew2024

_PEW_STATUSES = frozenset({204, 400, 404, 410, 500, 501, 502, 503, 523})


def _pew2024(seen: Iterable[Seen]) -> Iterator[Ruled]:
    """Yield what the last check alone says: Pew asked each link once."""
    ruled, failures, since = _UNKNOWN, 0, None
    for one in seen:
        if not one.void:
            found = _pew_opinion(one.evidence)
            if found.fails:
                failures, since = failures + 1, since or one.checked
                ruled = Ruled(
                    ruling=Ruling.DEAD, reason=found.reason, failures=failures, since=since
                )
            elif found.fails is None:
                ruled = Ruled(ruling=Ruling.EXCLUDED, reason=found.reason)
            else:
                failures, since = 0, None
                ruled = Ruled(ruling=Ruling.NOT_DEAD, reason=found.reason)
        yield ruled


def _pew_opinion(evidence: Evidence) -> _Opinion:
    unanswered = _without_answer(evidence)
    if unanswered is not None:
        return unanswered
    status = evidence.hops[-1].status
    return _Opinion(status in _PEW_STATUSES, _answered(status))


def _without_answer(evidence: Evidence) -> _Opinion | None:
    """Return what a check without an answer of the link is; None where there was an answer."""
    incident = evidence.incident
    if incident is not None:
        if incident.kind is IncidentKind.THROTTLED:
            return _Opinion(None, "its host asked us to ask less often")
        return _Opinion(True, f"there is no connection to its host ({incident.detail})")
    last = evidence.last
    if last is None:
        return _NEVER
    return None if last.failure is None else _failed(last.failure)


def _failed(kind: FailureKind) -> _Opinion:
    if kind in _OUR_OWN:
        return _Opinion(None, f"it was not asked ({kind})")
    if kind.value.startswith("tls-") and kind not in _NO_SESSION:
        return _Opinion(False, f"there is a server, though not a secure one ({kind})")
    return _Opinion(True, f"there is no connection ({kind})")


def _answered(status: int | None) -> str:
    return f"the answer has status {status}" if status else "there is an answer, though not HTTP"


# iabot

_PAYWALL = frozenset({401, 402, 403, 412, 428, 440, 449})
_TIMES = 3
_APART = timedelta(days=3)
_DEAD_ADDRESSES = ("/404", "notfound")


def _iabot(seen: Iterable[Seen]) -> Iterator[Ruled]:
    """Yield whether the last three checks that are far enough apart all failed."""
    ruled, has_opinion = _UNKNOWN, False
    counted: list[datetime] = []
    for one in seen:
        found = _NEVER if one.void else _iabot_opinion(one.evidence)
        if found.fails is not None:
            has_opinion = True
            if not found.fails:
                counted.clear()
            elif not counted or one.checked - counted[-1] > _APART:
                counted.append(one.checked)
            ruled = _ruled_by_iabot(counted, found.reason)
        elif not has_opinion and not one.void:
            ruled = Ruled(ruling=Ruling.EXCLUDED, reason=found.reason)
        yield ruled


def _ruled_by_iabot(counted: list[datetime], reason: str) -> Ruled:
    if not counted:
        return Ruled(ruling=Ruling.NOT_DEAD, reason=reason)
    is_dead = len(counted) >= _TIMES
    times = f"{len(counted)} times" if is_dead else f"{len(counted)} of {_TIMES} times"
    return Ruled(
        ruling=Ruling.DEAD if is_dead else Ruling.NOT_DEAD,
        reason=f"it failed {times}: {reason}",
        failures=len(counted),
        since=counted[0],
    )


def _iabot_opinion(evidence: Evidence) -> _Opinion:
    unanswered = _without_answer(evidence)
    if unanswered is not None:
        return unanswered
    first, last = evidence.hops[0], evidence.hops[-1]
    reason = _answered(last.status)
    if last.status is not None and last.status >= _ERRORS:
        return _Opinion(last.status not in _PAYWALL, reason)
    if len(evidence.hops) > 1 and (found := _bad_end(first, last)):
        return _Opinion(True, found)
    return _Opinion(False, reason)


def _bad_end(first: Hop, last: Hop) -> str | None:
    """Return what is wrong with where a redirect ends; None where nothing is."""
    asked, final = first.url.lower(), last.url.lower()
    for sign in _DEAD_ADDRESSES:
        if sign in final and sign not in asked:
            return f"it leads to an address with “{sign}”"
    if _is_root(final) and not _is_root(asked):
        return "it leads to the root of a site"
    return None


def _is_root(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


PACKS: Mapping[PackName, Pack] = {
    pack.name: pack
    for pack in (
        Pack(
            name=PackName.STRICT,
            version=RULES_VERSION,
            about=(
                "Our own: a link is broken where its last check came to gone, soft-gone, parked, "
                "tls or transient. What could not be looked at, or is but a guess, is in no rate."
            ),
            trace=_strict,
        ),
        Pack(
            name=PackName.PEW2024,
            version="1",
            about=(
                "After the Pew Research Center, “When Online Content Disappears” (2024): a link is "
                "dead where its last check ended with the status 204, 400, 404, 410, 500, 501, "
                "502, 503 or 523, or with no connection. Everything else is not dead: a refusal "
                "(403), a faulty certificate, and a page that says “not found” with status 200."
            ),
            trace=_pew2024,
        ),
        Pack(
            name=PackName.IABOT,
            version="1",
            about=(
                "After InternetArchiveBot, which tends the links of Wikipedia: a check fails with "
                "a status of 400 and more (but for 401, 402, 403, 412, 428, 440 and 449, which "
                "paywalls use), without a connection, or where a redirect ends at the root of a "
                "site or at an address with “/404” or “notfound”. A link is dead that failed three "
                "times in a row, each more than three days after the one before."
            ),
            trace=_iabot,
        ),
    )
}
