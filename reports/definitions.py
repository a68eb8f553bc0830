"""Where a link stands by one definition of "dead" or another, from the same evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipelines.link_state import State
from pipelines.store import Check
from pipelines.verdicts.packs import PACKS, Pack, PackName, Ruled, Ruling
from reports.earlier_run import counting, strict_course
from reports.findings import Definition, Finding
from reports.standing import Standing, standing
from reports.statistics import Share, share_of

_WALLED = "But the site turned us away before, so that this is no proof."
_NOT_ASKED = frozenset({"unsupported", "excluded"})


def definition_of(pack: Pack, rules_versions: Iterable[str] = ()) -> Definition:
    """Return the definition of `pack`; the strict one has the versions of the rules that judged."""
    versions = ", ".join(sorted(set(rules_versions)))
    is_strict = pack.name is PackName.STRICT
    version = (versions or "none") if is_strict else pack.version
    return Definition(pack=pack.name.value, version=version, about=pack.about)


def stand(checks: Sequence[Check], pack: Pack) -> Standing:
    """Return where a link with these checks, at least one, stands by the definition `pack`."""
    counted = counting(checks)
    if pack.name is PackName.STRICT:
        return strict_course(counted)[-1]
    return _standing(pack.rule(counted), counted[-1].verdict.outcome.value)


def course(checks: Sequence[Check], pack: Pack) -> Iterator[Standing]:
    """Yield where a link stood after each of these checks."""
    if pack.name is PackName.STRICT:
        yield from strict_course(checks)
        return
    for check, ruled in zip(checks, pack.trace(checks), strict=True):
        yield _standing(ruled, check.verdict.outcome.value)


def _standing(ruled: Ruled, outcome: str) -> Standing:
    if ruled.ruling is Ruling.DEAD:
        return Standing.BROKEN
    if ruled.ruling is Ruling.EXCLUDED:
        return Standing.NOT_ASKED if outcome in _NOT_ASKED else Standing.UNSEEN
    return Standing.MOVED if outcome == "moved" else Standing.WORKS


def ruled_on(finding: Finding, checks: Sequence[Check], pack: Pack) -> Finding:
    """Return the finding by the definition `pack`, with its standing by every one.

    By another than the strict one its series of failures is that of the definition, and its
    sentence tells the ruling.
    """
    rulings = {name.value: stand(checks, each) for name, each in PACKS.items()}
    rulings[PackName.STRICT] = _of_state(finding)
    if pack.name is PackName.STRICT:
        return _strictly(finding, rulings)
    ruled = pack.rule(counting(checks))
    is_dead = ruled.ruling is Ruling.DEAD
    words = ruled.ruling.value.replace("-", " ")
    return replace(
        finding,
        ruled=rulings[pack.name],
        rulings=rulings,
        sentence=f"{finding.sentence} By {pack.name} {pack.version}: {words}, {ruled.reason}.",
        first_broken=ruled.since if is_dead else None,
        failures=ruled.failures if is_dead else 0,
    )


def strictly(finding: Finding) -> Finding:
    """Return the finding by the strict definition, which needs no other checks than its last."""
    return _strictly(finding, {PackName.STRICT: _of_state(finding)})


def _of_state(finding: Finding) -> Standing:
    """Return where a link stands strictly: a failure behind a wall is no proof."""
    stood = standing(finding.outcome)
    is_walled = finding.state == State.BLOCKED and stood is Standing.BROKEN
    return Standing.UNSEEN if is_walled else stood


def _strictly(finding: Finding, rulings: Mapping[str, Standing]) -> Finding:
    if rulings[PackName.STRICT] is standing(finding.outcome):
        return replace(finding, rulings=rulings)
    sentence = f"{finding.sentence} {_WALLED}"
    return replace(
        finding, rulings=rulings, ruled=Standing.UNSEEN, sentence=sentence,
        first_broken=None, failures=0,
    )  # fmt: skip


def shares_by_definition(findings: Iterable[Finding]) -> dict[str, Share]:
    """Return the share of broken links by every definition, by its name; {} where none is known."""
    counts: dict[str, dict[Standing, int]] = {}
    for finding in findings:
        for name, each in finding.rulings.items():
            of_pack = counts.setdefault(name, dict.fromkeys(Standing, 0))
            of_pack[each] += 1
    return {name: share_of(one) for name, one in counts.items()}
