"""Whether the records of a check still prove its verdict: evidence made again, judged again.

Nothing is asked of any network: all comes from the WARC files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path

from pipelines.checks.evidence import Evidence, read_evidence
from pipelines.checks.hop import Hop
from pipelines.checks.targets import Target, read_target
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import Verdict, judge
from warc.capture import Capture, capture_of
from warc.cdxj import CdxjIndex
from warc.damage import DamagedError
from warc.exchange import Exchange
from warc.files.record import Record
from warc.files.record_digests import check_digests
from warc.locator import Locator
from warc.random_access import record_at
from warc.rebuild import exchange_at, find_original
from warc.writer import Written

# What a record says by itself; all else of a hop is read from the page, by code that may change.
_PLAIN = ("url", "method", "began", "status", "failure", "ending", "location", "address")
_KNOWN_SOUND = 4096


class Fault(StrEnum):
    """Why a verdict is not proved."""

    MISSING = "missing"  # a record is not there
    ALTERED = "altered"  # a record is there and is not what was written
    CONTRADICTED = "contradicted"  # the store says otherwise than the records
    OTHER_VERDICT = "other-verdict"  # the records lead to another verdict than the stored one


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One fault of a proof in words; `locator` is the record concerned, None where it is none."""

    fault: Fault
    message: str
    locator: Locator | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What became of proving one check.

    `again` is the verdict that the records lead to by the present rules, None where they lead to
    none. `outdated` says that the stored verdict is another one and from other rules, which are
    not here to be asked: no flaw, but no proof of that verdict either.
    """

    flaws: tuple[Flaw, ...] = ()
    records: int = 0
    again: Verdict | None = None
    outdated: bool = False


class Prover:
    """Proves checks against the WARC files of the folder `archive`."""

    def __init__(self, archive: Path, index: CdxjIndex, rules: Rules) -> None:
        self._archive = archive
        self.index = index
        self._rules = rules
        self._sound: set[Locator] = set()

    def prove(self, evidence: Evidence, verdict: Verdict) -> Proof:
        """Return whether the records that `evidence` names are sound and lead to `verdict`."""
        locators = list(locators_of(evidence))
        flaws = [flaw for at in locators if (flaw := self.flaw_of(at))]
        if flaws:
            return Proof(flaws=tuple(flaws), records=len(locators))
        try:
            again = self.derive(evidence)
        except (OSError, ValueError) as error:
            return Proof(flaws=(_underivable(error),), records=len(locators))
        judged = judge([again], self._rules)
        flaws = contradictions(evidence, again)
        same = replace(judged, rules_version=verdict.rules_version) == verdict
        outdated = not same and verdict.rules_version != self._rules.version
        if not same and not outdated:
            flaws.append(_other_verdict(judged, verdict))
        return Proof(
            flaws=tuple(flaws), records=len(locators), again=judged, outdated=outdated and not flaws
        )

    def derive(self, evidence: Evidence) -> Evidence:
        """Return the evidence that the records alone make.

        What its host did to other links, and a fault of our own, is taken as stored. Raise
        DamagedError, OSError or ValueError where a record is not to be read.
        """
        again = read_evidence(
            evidence.url, self._exchanges(evidence.all_hops), checked=evidence.checked
        )
        return replace(again, incident=evidence.incident, mishap=evidence.mishap)

    def _exchanges(self, hops: tuple[Hop, ...]) -> Iterator[tuple[Exchange, Written]]:
        for hop in hops:
            exchange = exchange_at(
                self._archive, hop.response, hop.metadata, hop.request, self.index
            )
            try:
                yield exchange, _written(hop, exchange)
            finally:
                exchange.response.close()

    def flaw_of(self, at: Locator) -> Flaw | None:
        """Return what is wrong with one record; those found sound are not read again at once."""
        if at in self._sound:
            return None
        try:
            wrong = self._wrong(record_at(self._archive, at))
        except DamagedError as error:
            return Flaw(fault=Fault.ALTERED, message=error.damage.reason, locator=at)
        except FileNotFoundError:
            return Flaw(fault=Fault.MISSING, message="the file is not in the archive", locator=at)
        except OSError as error:
            message = f"the file cannot be read: {error.strerror or error}"
            return Flaw(fault=Fault.MISSING, message=message, locator=at)
        if wrong:
            return Flaw(fault=Fault.ALTERED, message=wrong, locator=at)
        if len(self._sound) >= _KNOWN_SOUND:
            self._sound.clear()
        self._sound.add(at)
        return None

    def _wrong(self, record: Record) -> str:
        """Return the first digest that does not fit, of the record or of a revisit's original."""
        wrong = check_digests(record).wrong
        if wrong or record.type != "revisit":
            return wrong[0] if wrong else ""
        capture = capture_of(record)
        if not isinstance(capture, Capture) or not capture.has_payload:
            return ""
        original = find_original(self._archive, capture, self.index)
        if original is None:
            return "a revisit whose original is nowhere in the collection"
        wrong = check_digests(original.record).wrong
        where = f"{original.record.file} at {original.record.offset}"
        return f"of its original, {where}: {wrong[0]}" if wrong else ""


def _underivable(error: OSError | ValueError) -> Flaw:
    if not isinstance(error, DamagedError):
        return Flaw(fault=Fault.MISSING, message=str(error))
    damage = error.damage
    at = Locator(file=damage.file, offset=damage.offset, length=0)
    return Flaw(fault=Fault.ALTERED, message=damage.reason, locator=at)


def locators_of(evidence: Evidence) -> Iterator[Locator]:
    """Yield the records that evidence names, in the order of its requests, each once."""
    named = [
        at
        for hop in evidence.all_hops
        for at in (hop.request, hop.response, hop.metadata)
        if at is not None
    ]
    if evidence.incident is not None:
        named += evidence.incident.locators
    yield from dict.fromkeys(named)


def contradictions(stored: Evidence, again: Evidence) -> list[Flaw]:
    """Return where stored evidence says otherwise than evidence made from its own records."""
    if stored.fault != again.fault:
        message = f"the store has {_said(stored.fault)}, the URL is {_said(again.fault)}"
        return [Flaw(fault=Fault.CONTRADICTED, message=message)]
    found = _of_another_link(stored)
    for kept, made in zip(stored.all_hops, again.all_hops, strict=True):
        for name in _PLAIN:
            before, now = getattr(kept, name), getattr(made, name)
            if before != now:
                message = f"the store has {name} {_said(before)}, the record {_said(now)}"
                found.append(_contradicted(message, kept))
    return found


def _of_another_link(stored: Evidence) -> list[Flaw]:
    """Return the flaw of records that begin at another address than the link's."""
    target = read_target(stored.url)
    first = next(iter(stored.hops), None)
    if first is None or not isinstance(target, Target) or first.url == target.url:
        return []
    return [_contradicted(f"the records are of {first.url}, not of the link", first)]


def _contradicted(message: str, hop: Hop) -> Flaw:
    at = hop.response or hop.metadata
    return Flaw(fault=Fault.CONTRADICTED, message=message, locator=at)


def _other_verdict(judged: Verdict, stored: Verdict) -> Flaw:
    differing = [
        f.name for f in fields(Verdict) if getattr(judged, f.name) != getattr(stored, f.name)
    ]
    names = ["outcome", "reason"] if {"outcome", "reason"} & set(differing) else differing
    says, leads = (
        " ".join(_said(getattr(one, name)) for name in names) for one in (stored, judged)
    )
    message = f"the store says {says}, the records lead to {leads}"
    return Flaw(fault=Fault.OTHER_VERDICT, message=message)


def _said(value: object) -> str:
    return "nothing" if value is None or value == "" else str(value)


def _written(hop: Hop, exchange: Exchange) -> Written:
    return Written(
        response=hop.response,
        request=hop.request,
        metadata=hop.metadata,
        payload_digest=None,
        is_revisit=False,
        date=exchange.began,
    )
