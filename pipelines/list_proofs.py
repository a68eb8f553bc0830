"""Prove what `muniment check --output` wrote: each line from the records that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pipelines.checks.evidence import Evidence, assemble
from pipelines.checks.hop import Hop, read_hop
from pipelines.checks.targets import Target, read_target
from pipelines.list_verdicts import OWN_CLOCK, OWN_NETWORK
from pipelines.proofs import Fault, Flaw, Proof, Prover
from pipelines.verdicts.plain import Plain, plain
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import NOT_JUDGED, judge
from warc.damage import DamagedError
from warc.files.record import Record
from warc.files.walk import iter_records
from warc.locator import Locator
from warc.metadata import decode
from warc.random_access import archive_file
from warc.rebuild import exchange_at
from warc.writer import Written

_ARCHIVE = "archive/"
# What a host did to other links, and what our own code failed at: no records of the link's own.
_INCIDENTS = frozenset({"host-unreachable", "host-throttled", NOT_JUDGED})
_TOGETHER = 3  # records of one exchange at most: answer, request, metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One request of a check, and its place among them."""

    url: str
    place: tuple[int, int]
    hop: Hop


class ListProver:
    """Proves lines against the WARC files of an evidence folder's `archive`."""

    def __init__(self, archive: Path, prover: Prover, rules: Rules) -> None:
        self._archive = archive
        self._prover = prover
        self._rules = rules

    def prove(self, line: Mapping[str, Any]) -> Proof:
        """Return whether the records that a line names are sound and lead to its verdict.

        Of a host's incident the records are looked at; that it is the host's is taken as written.
        Raise KeyError, TypeError or ValueError for what is no such line.
        """
        locators = [_locator(at) for at in line["evidence"]]
        flaws = [flaw for at in locators if (flaw := self._prover.flaw_of(at))]
        if not flaws:
            flaws = self._without_check(line, locators) or self._of_check(line, locators)
        return Proof(flaws=tuple(flaws), records=len(locators))

    def _without_check(self, line: Mapping[str, Any], locators: list[Locator]) -> list[Flaw]:
        """Return the flaw of a line that rests on no answer and yet tells of one."""
        is_told = Plain(line["verdict"]) in (Plain.ALIVE, Plain.BROKEN)
        if is_told and not locators:
            return [Flaw(fault=Fault.MISSING, message="no record is named that proves the verdict")]
        if is_told and line["reason"] in _INCIDENTS:
            message = f"{line['verdict']} cannot follow from {line['reason']}"
            return [Flaw(fault=Fault.OTHER_VERDICT, message=message)]
        return []

    def _of_check(self, line: Mapping[str, Any], locators: list[Locator]) -> list[Flaw]:
        if not locators or line["reason"] in _INCIDENTS:
            return []
        try:
            parts = [self._part(at) for at in locators]
        except (DamagedError, OSError, ValueError) as error:
            return [Flaw(fault=Fault.ALTERED, message=str(error))]
        for part, at in zip(parts, locators, strict=True):
            if not _same(part.url, line["url"]):
                message = f"the record is of {part.url}, not of the link"
                return [Flaw(fault=Fault.CONTRADICTED, message=message, locator=at)]
        hops = [part.hop for part in sorted(parts, key=lambda part: part.place)]
        return self._other_verdict(assemble(parts[0].url, hops), line)

    def _other_verdict(self, evidence: Evidence, line: Mapping[str, Any]) -> list[Flaw]:
        judged = judge([evidence], self._rules)
        leads = plain(judged, evidence)
        if leads is Plain.BROKEN and {OWN_NETWORK, OWN_CLOCK} & set(line.get("warnings", ())):
            leads = Plain.UNCERTAIN  # what too many links had at once proves nothing of one
        says = line["verdict"], line["reason"], line["final_url"]
        found = leads.value, judged.reason, judged.final_url
        if says == found:
            return []
        told, right = (" ".join(str(part) for part in parts) for parts in (says, found))
        message = f"the line says {told}, the records lead to {right}"
        return [Flaw(fault=Fault.OTHER_VERDICT, message=message)]

    def _part(self, at: Locator) -> _Part:
        """Return the request whose answer lies at `at`, or what says why there was none."""
        response, metadata = self._records(at)
        about = decode(metadata.read())
        fields = dict(about.fields)
        exchange = exchange_at(self._archive, response, metadata.locator, None, self._prover.index)
        try:
            written = Written(
                response=response, request=None, metadata=metadata.locator,
                payload_digest=None, is_revisit=False, date=exchange.began,
            )  # fmt: skip
            hop = read_hop(exchange, written, asked=fields["checkUrl"])
        except KeyError as error:
            raise ValueError(f"not the record of a link check: no {error}") from None
        finally:
            exchange.response.close()
        place = int(fields.get("checkAttempt", 0)), int(fields.get("checkHop", 0))
        return _Part(url=fields["checkUrl"], place=place, hop=hop)

    def _records(self, at: Locator) -> tuple[Locator | None, Record]:
        """Return the place of the answer, None without one, and the metadata record after it."""
        path = archive_file(self._archive, at)
        response: Locator | None = None
        for record in islice(iter_records(path, at.offset), _TOGETHER):
            if not isinstance(record, Record):
                raise DamagedError(record)
            if record.type == "metadata":
                return response, record
            if record.type in ("response", "revisit"):
                response = record.locator
        raise ValueError(f"{at.file}, byte {at.offset}: no metadata record beside the answer")


def _locator(value: Mapping[str, Any]) -> Locator:
    return Locator(
        file=str(value["file"]).removeprefix(_ARCHIVE),
        offset=int(value["offset"]),
        length=int(value["length"]),
    )


def _same(asked: str, url: str) -> bool:
    one, other = read_target(asked), read_target(url)
    if isinstance(one, Target) and isinstance(other, Target):
        return one.url == other.url
    return asked == url


def iter_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of each line that is not empty, as they are read."""
    with path.open(encoding="utf-8") as lines:
        for number, text in enumerate(lines, 1):
            if text.strip():
                yield number, text
