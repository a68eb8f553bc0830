"""What of the log holds now, and what it says of a link as its last check left it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pipelines.decisions.model import EFFECTIVE, Decision, Kind, Scope
from pipelines.decisions.patterns import compiled
from pipelines.decisions.undoing import undone

_WORKING = frozenset({"ok", "moved"})


class Effect(StrEnum):
    """What a decision does to a link in reports."""

    SET_ASIDE = "set-aside"  # neither broken nor in any share
    REPLACED = "replaced"  # broken as before, with a replacement
    CONFIRMED = "confirmed"  # broken and confirmed


class Status(StrEnum):
    """What became of an entry of the log."""

    IN_FORCE = "in force"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"  # by a later decision on the same subject
    UNDONE = "undone"
    RECORDED = "recorded"  # what never has an effect of its own: notes, rechecks, undos


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The decision in force on a link and what it does.

    `replaced` is the decision with the replacement, where one holds, too; `is_confirmed` tells
    that a reviewer called the link broken.
    """

    decision: Decision
    effect: Effect
    replaced: Decision | None = None
    is_confirmed: bool = False

    @property
    def sets_aside(self) -> bool:
        """Return whether the link is neither broken nor in any share."""
        return self.effect is Effect.SET_ASIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class _OnLink:
    """The latest decision on one link, and what of earlier ones it leaves in force."""

    decision: Decision
    replaced: Decision | None = None
    confirmed: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """The decisions in force at a time, ready to be asked of many links.

    `rules` are those on more than one link, `expired` those (of any scope) whose last day is
    over though nothing else took their place; both the latest first.
    """

    links: Mapping[str, _OnLink]
    hosts: Mapping[str, Decision]
    reasons: Mapping[str, Decision]
    patterns: tuple[Decision, ...]
    expired: tuple[Decision, ...]
    # Which pattern a URL fits does not depend on its checks, of which there are many.
    _fitting: dict[str, Decision | None] = field(default_factory=dict, repr=False, compare=False)

    @property
    def rules(self) -> tuple[Decision, ...]:
        """Return the rules in force, the latest first."""
        found = (*self.hosts.values(), *self.reasons.values(), *self.patterns)
        return tuple(sorted(found, key=order, reverse=True))

    def __bool__(self) -> bool:
        return bool(self.links or self.hosts or self.reasons or self.patterns)

    def on(
        self, url: str, host: str, outcome: str, reason: str, final_url: str | None
    ) -> Ruling | None:
        """Return what holds of a link as its last check left it; None where nothing does.

        A decision on the link itself goes before rules, of which the latest counts.
        """
        known = self.links.get(url)
        if known is not None and (ruling := _ruling(known, outcome, reason, final_url)):
            return ruling
        fitting = (self.hosts.get(host.lower()), self.reasons.get(reason), self._pattern_of(url))
        rules = [rule for rule in fitting if rule is not None]
        if not rules:
            return None
        return Ruling(decision=max(rules, key=order), effect=Effect.SET_ASIDE)

    def _pattern_of(self, url: str) -> Decision | None:
        """Return the latest of the patterns that `url` fits."""
        if not self.patterns:
            return None
        if url not in self._fitting:
            fitting = (one for one in self.patterns if compiled(one.subject).fullmatch(url))
            self._fitting[url] = next(fitting, None)
        return self._fitting[url]


def in_force(decisions: Iterable[Decision], now: datetime) -> Rulings:
    """Return what holds at `now` of a log in any order."""
    latest = _latest(decisions)
    holding = {key: one for key, one in latest.items() if not one.decision.is_expired(now)}
    rules: dict[Scope, dict[str, Decision]] = {scope: {} for scope in Scope}
    for (scope, subject), one in holding.items():
        rules[scope][subject.lower() if scope is Scope.HOST else subject] = one.decision
    expired = (one.decision for key, one in latest.items() if key not in holding)
    return Rulings(
        links={subject: one for (scope, subject), one in holding.items() if scope is Scope.URL},
        hosts=rules[Scope.HOST],
        reasons=rules[Scope.REASON],
        patterns=tuple(sorted(rules[Scope.PATTERN].values(), key=order, reverse=True)),
        expired=tuple(sorted(expired, key=order, reverse=True)),
    )


def statuses(decisions: Iterable[Decision], now: datetime) -> dict[str, Status]:
    """Return what became of each entry of the log, by its id.

    A decision in force may still leave its link alone: `Rulings.on` knows what was seen since.
    """
    known = list(decisions)
    gone = undone(known)
    held = {
        part.id
        for one in _latest(known).values()
        for part in (one.decision, one.replaced, one.confirmed)
        if part is not None
    }
    return {one.id: _status(one, gone, held, now) for one in known}


def order(one: Decision) -> tuple[datetime, str]:
    """Return the key by which decisions follow each other, the same in every store."""
    return one.made, one.id


def _status(one: Decision, gone: frozenset[str], held: set[str], now: datetime) -> Status:
    if one.id in gone:
        return Status.UNDONE
    if one.kind not in EFFECTIVE:
        return Status.RECORDED
    if one.id not in held:
        return Status.SUPERSEDED
    return Status.EXPIRED if one.is_expired(now) else Status.IN_FORCE


def _latest(decisions: Iterable[Decision]) -> dict[tuple[Scope, str], _OnLink]:
    known = list(decisions)
    gone = undone(known)
    found: dict[tuple[Scope, str], _OnLink] = {}
    for one in sorted(known, key=order):
        if one.kind in EFFECTIVE and one.id not in gone:
            key = (one.scope, one.subject.lower() if one.scope is Scope.HOST else one.subject)
            found[key] = _after(found.get(key), one)
    return found


def _after(before: _OnLink | None, one: Decision) -> _OnLink:
    """Return what holds once `one` was decided: replacing and confirming go together."""
    if one.kind is Kind.REPLACED:
        return _OnLink(decision=one, replaced=one, confirmed=before.confirmed if before else None)
    if one.kind is Kind.CONFIRMED:
        return _OnLink(decision=one, replaced=before.replaced if before else None, confirmed=one)
    return _OnLink(decision=one)


def _ruling(known: _OnLink, outcome: str, reason: str, final_url: str | None) -> Ruling | None:
    decision = known.decision
    if not _holds(decision, outcome, reason, final_url):
        return None
    if decision.kind not in (Kind.REPLACED, Kind.CONFIRMED):
        return Ruling(decision=decision, effect=Effect.SET_ASIDE)
    confirmed = known.confirmed
    return Ruling(
        decision=decision,
        effect=Effect.REPLACED if decision.kind is Kind.REPLACED else Effect.CONFIRMED,
        replaced=known.replaced,
        is_confirmed=confirmed is not None and _holds(confirmed, outcome, reason, final_url),
    )


def _holds(decision: Decision, outcome: str, reason: str, final_url: str | None) -> bool:
    """Return whether a decision still holds of what is seen now."""
    basis = decision.basis
    is_same = basis is not None and (basis.outcome, basis.reason) == (outcome, reason)
    if decision.kind is Kind.NOT_BROKEN:
        return is_same
    if decision.kind is Kind.DISMISSED:
        return is_same and basis is not None and basis.final_url == final_url
    if decision.kind is Kind.CONFIRMED:
        return is_same or outcome not in _WORKING
    return True
