"""Prove every stored verdict from the WARC files, and tell which cannot be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from muniment.printable import printable
from pipelines.check_runs import check_runs
from pipelines.list_proofs import ListProver, iter_lines
from pipelines.proofs import Fault, Flaw, Proof, Prover
from pipelines.refill import check_files
from pipelines.store import STORE_NAME, Store
from pipelines.stored_checks import StoredCheck, count_checks, iter_pages
from pipelines.verdicts.rules import Rules
from warc.cdxj import CdxjIndex
from warc.collection import Collection

Echo = Callable[[str], None]
Advance = Callable[[int, int | None, str], None]

_WORDS = {
    Fault.MISSING: "records missing",
    Fault.ALTERED: "records altered",
    Fault.CONTRADICTED: "store against records",
    Fault.OTHER_VERDICT: "another verdict",
}


_SHORT = {Fault.OTHER_VERDICT: "another verdict"}


class Teller(Protocol):
    """Who is told of every check that is not proved, and of the counts at the end."""

    def flaw(self, check: StoredCheck, flaw: Flaw) -> None:
        """Tell one flaw."""

    def outdated(self, check: StoredCheck, proof: Proof) -> None:
        """Tell of a verdict of older rules."""

    def end(self, counts: Counter[str]) -> None:
        """Tell the counts."""


def is_store_lost(collection: Collection) -> bool:
    """Return whether the WARC files hold checks, but the collection's store does not."""
    if not check_files(collection):
        return False
    file = collection.root / STORE_NAME
    if not file.exists():
        return True
    with Store(file) as store:
        return not check_runs(store) and not count_checks(store)


def prove_collection(collection: Collection, teller: Teller, advance: Advance) -> bool:
    """Prove every check of the collection's store; return whether all are proved.

    Asks no network. Memory stays flat: one page of checks and the records of one of them.
    """
    counts = Counter[str](checks=0, records=0, proved=0, outdated=0)
    prover = Prover(collection.archive, CdxjIndex(collection.indexes), Rules())
    with Store(collection.root / STORE_NAME) as store:
        total = count_checks(store)
        for page in iter_pages(store):
            for check in page:
                _count(counts, prove_stored(prover, check), check, teller)
                advance(counts["checks"], total, "")
    teller.end(counts)
    return counts["proved"] + counts["outdated"] == counts["checks"]


def prove_list(results: Path, collection: Collection, teller: Teller, advance: Advance) -> bool:
    """Prove every line that `muniment check --output` wrote; return whether all are proved.

    The records lie in the evidence folder, laid out as a collection. A line at a time is held.
    """
    counts = Counter[str](checks=0, records=0, proved=0, outdated=0)
    rules = Rules()
    prover = Prover(collection.archive, CdxjIndex(collection.indexes), rules)
    lines = ListProver(collection.archive, prover, rules)
    for number, text in iter_lines(results):
        url, proof = _prove_line(lines, text)
        check = StoredCheck(
            check_id=number, url=url, run_id="", checked="", evidence=None, verdict=None
        )
        _count(counts, proof, check, teller)
        advance(counts["checks"], None, "")
    teller.end(counts)
    return counts["proved"] == counts["checks"]


def _prove_line(lines: ListProver, text: str) -> tuple[str, Proof]:
    try:
        line = json.loads(text)
        return str(line["url"]), lines.prove(line)
    except (ValueError, KeyError, TypeError, AttributeError):
        return "?", _unproved("the line is none that `muniment check --output` writes")


def prove_stored(prover: Prover, check: StoredCheck) -> Proof:
    """Return whether the records prove a stored check; what cannot be read is a flaw."""
    if check.evidence is None:
        return _unproved("the stored evidence cannot be read")
    if check.verdict is None:
        return _unproved("the stored verdict is missing or cannot be read")
    if check.evidence.url != check.url or check.evidence.checked.isoformat() != check.checked:
        return _unproved("the stored evidence is of another link or date than the check")
    return prover.prove(check.evidence, check.verdict)


def _unproved(message: str) -> Proof:
    return Proof(flaws=(Flaw(fault=Fault.CONTRADICTED, message=message),))


def _count(counts: Counter[str], proof: Proof, check: StoredCheck, teller: Teller) -> None:
    counts["checks"] += 1
    counts["records"] += proof.records
    for flaw in proof.flaws:
        teller.flaw(check, flaw)
    for fault in {flaw.fault for flaw in proof.flaws}:
        counts[fault] += 1
    if proof.outdated:
        teller.outdated(check, proof)
        counts["outdated"] += 1
    elif not proof.flaws:
        counts["proved"] += 1


class Told:
    """Tells in lines for people."""

    def __init__(self, echo: Echo) -> None:
        self._echo = echo

    def flaw(self, check: StoredCheck, flaw: Flaw) -> None:
        """Tell one flaw: the link, when it was checked, the record and what is wrong with it."""
        at = flaw.locator
        where = f"{at.file}, byte {at.offset}: " if at else ""
        self._echo(f"error: {_check(check)}")
        self._echo(f"  {_SHORT.get(flaw.fault, flaw.fault)}: {where}{printable(flaw.message)}")

    def outdated(self, check: StoredCheck, proof: Proof) -> None:
        """Tell nothing: these are counted."""

    def end(self, counts: Counter[str]) -> None:
        """Tell what was looked at and what came of it."""
        found = [f"{counts['proved']:,} proved"]
        found += [f"{counts[fault]:,} with {_WORDS[fault]}" for fault in Fault if counts[fault]]
        self._echo(
            f"made {_counted(counts['checks'], 'verdict')} again from "
            f"{_counted(counts['records'], 'record')}: {', '.join(found)}"
        )
        if counts["outdated"]:
            self._echo(
                f"{counts['outdated']:,} of older rules, which today's judge otherwise: "
                "the records are sound; `muniment judge` shows the difference"
            )


class ToldAsJson:
    """Writes one JSON object, check by check."""

    def __init__(self, echo: Echo) -> None:
        self._echo = echo
        self._between = ""
        echo('{"problems": [')

    def flaw(self, check: StoredCheck, flaw: Flaw) -> None:
        """Write one flaw."""
        at = flaw.locator
        self._write(check, flaw.fault, flaw.message, at and [at.file, at.offset, at.length])

    def outdated(self, check: StoredCheck, proof: Proof) -> None:
        """Write a verdict of older rules, with what today's rules say."""
        now = f"{proof.again.outcome} {proof.again.reason}" if proof.again else ""
        rules = check.verdict.rules_version if check.verdict else ""
        self._write(check, "outdated", f"judged by rules {rules}; today's say {now}", None)

    def _write(self, check: StoredCheck, fault: str, message: str, record: Any) -> None:
        table = {
            "url": check.url,
            "checked": check.checked,
            "run": check.run_id,
            "fault": fault,
            "message": message,
            "record": record,
        }
        self._echo(f"{self._between}{json.dumps(table)}")
        self._between = ","

    def end(self, counts: Counter[str]) -> None:
        """Write the counts."""
        sound = counts["proved"] + counts["outdated"] == counts["checks"]
        table = {"proved": sound, "counts": {str(name): counts[name] for name in counts}}
        self._echo(f"],\n{json.dumps(table)[1:]}")


def _check(check: StoredCheck) -> str:
    if not check.checked:
        return f"{printable(check.url)}, line {check.check_id}"
    return f"{printable(check.url)}, checked {check.checked[:16].replace('T', ' ')} UTC"


def _counted(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"
