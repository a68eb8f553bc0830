"""Checks read back from their WARC files: what the store says of them can be made again."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pipelines.checks.evidence import Evidence, assemble, read_evidence
from pipelines.checks.hop import Hop, read_hop
from pipelines.checks.ledger import Entry, Note, Settled, read_note
from pipelines.checks.reception import may_pass
from warc.cdxj import CdxjIndex
from warc.collection import Collection
from warc.damage import Damage, DamagedError
from warc.files.record import Record
from warc.locator import Locator
from warc.metadata import ExchangeMetadata, decode, parse_fields
from warc.reader import iter_records
from warc.rebuild import exchange_at
from warc.writer import Written

RUN = "link checks of run "  # in the warcinfo's description, before the run's id
_RUN = re.compile(f"{RUN}(\\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCheck:
    """One check as its records show it.

    `is_noted`: the run's ledger has it, so it was done. Of the others, `is_whole`: nothing was
    left to do but to judge; `is_cut`: the process died on the way along redirects; neither: the
    last answer might have been asked for once more.
    """

    evidence: Evidence
    is_whole: bool
    is_cut: bool
    is_noted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRun:
    """A run of checks as its WARC files show it, the checks in the order in which they were kept.

    `began` is None for a run without a ledger, as earlier versions wrote it; `settled` for one
    that was killed.
    """

    run_id: str
    checks: list[ReadCheck]
    began: datetime | None = None
    settled: Settled | None = None
    has_ledger: bool = False


def read_runs(
    collection: Collection, files: Iterable[Path], known: Container[str] = ()
) -> Iterator[ReadRun]:
    """Yield each run that `files` hold, the one with the first of them first.

    Checks of URLs that are `known` are left out, but for those in a ledger. What is damaged is
    passed over: `muniment verify` names it. Raise OSError where a file cannot be read.
    """
    runs: dict[str, list[Path]] = {}
    for path in files:
        runs.setdefault(_run_of(path), []).append(path)
    index = CdxjIndex(collection.indexes)
    for run_id, paths in runs.items():
        yield _Run(run_id, collection, index, known).read(paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """The records of one exchange and its place in its check."""

    check_id: str
    url: str
    place: tuple[int, int]
    written: Written


class _Run:
    """The records of one run."""

    def __init__(
        self, run_id: str, collection: Collection, index: CdxjIndex, known: Container[str]
    ) -> None:
        self._run_id = run_id
        self._known = known
        self._archive = collection.archive
        self._index = index
        self._parts: dict[Locator, _Part] = {}
        self._notes: list[Note] = []

    def read(self, paths: Iterable[Path]) -> ReadRun:
        """Return what the files show."""
        for path in paths:
            for found in _parts(path):
                if isinstance(found, Note):
                    self._notes.append(found)
                elif found.written.metadata is not None:
                    self._parts[found.written.metadata] = found
        settled = [note.settled for note in self._notes if note.settled]
        return ReadRun(
            run_id=self._run_id,
            checks=[*self._noted(), *self._others()],
            began=next((note.began for note in self._notes if note.began), None),
            settled=settled[-1] if settled else None,
            has_ledger=bool(self._notes),
        )

    def _noted(self) -> Iterator[ReadCheck]:
        """Yield the checks of the ledger, but for those of which a record is lost."""
        for note in self._notes:
            for entry in note.checks:
                hops = [self._hop(self._parts.get(at)) for at in entry.records]
                whole = [hop for hop in hops if hop is not None]
                if len(whole) == len(hops):
                    evidence = _evidence(entry, whole)
                    yield ReadCheck(evidence=evidence, is_whole=True, is_cut=False, is_noted=True)

    def _others(self) -> Iterator[ReadCheck]:
        """Yield the checks that the ledger does not have: none, where nothing was lost."""
        noted = {entry.url for note in self._notes for entry in note.checks}
        controls = {at for note in self._notes for one in note.controls for at in one.records}
        checks: dict[str, list[_Part]] = {}
        for at, part in self._parts.items():
            if part.url not in noted and at not in controls and part.url not in self._known:
                checks.setdefault(part.check_id, []).append(part)
        found = [self._read(sorted(parts, key=lambda one: one.place)) for parts in checks.values()]
        yield from sorted(
            (one for one in found if one), key=lambda one: (one.evidence.checked, one.evidence.url)
        )

    def _read(self, parts: list[_Part]) -> ReadCheck | None:
        hops = [hop for part in parts if (hop := self._hop(part)) is not None]
        if not hops:
            return None
        evidence = assemble(parts[0].url, hops)
        last = hops[-1]
        visited = {hop.url for hop in evidence.hops}
        return ReadCheck(
            evidence=evidence,
            is_whole=last.next_url is None and not may_pass(last),
            is_cut=last.next_url is not None and last.next_url not in visited,
        )

    def _hop(self, part: _Part | None) -> Hop | None:
        if part is None:
            return None
        at = part.written
        try:
            exchange = exchange_at(self._archive, at.response, at.metadata, at.request, self._index)
        except DamagedError:
            return None
        try:
            return read_hop(exchange, at, asked=part.url)
        finally:
            exchange.response.close()


def _evidence(entry: Entry, hops: list[Hop]) -> Evidence:
    """Return the evidence of a check in the ledger; see `read_evidence`."""
    made = assemble(entry.url, hops) if hops else read_evidence(entry.url, ())
    return replace(made, checked=entry.checked, incident=entry.incident, mishap=entry.mishap)


def _run_of(path: Path) -> str:
    """Return the run whose checks a file holds, as its warcinfo says; "" where it does not."""
    for record in iter_records(path):
        if isinstance(record, Record) and record.type == "warcinfo":
            fields = dict(parse_fields(record.read()))
            found = _RUN.search(fields.get("description", ""))
            return found[1] if found else ""
        return ""
    return ""


def _parts(path: Path) -> Iterator[_Part | Note]:
    """Yield the exchanges of a file, their records lie together, and the notes between them."""
    response: Locator | None = None
    request: Locator | None = None
    for record in iter_records(path):
        if isinstance(record, Damage) or record.type == "warcinfo":
            response = request = None
        elif record.type in ("response", "revisit"):
            response = record.locator
        elif record.type == "request":
            request = record.locator
        elif record.type == "metadata":
            found = _part(record, response, request)
            response = request = None
            if found is not None:
                yield found


def _part(record: Record, response: Locator | None, request: Locator | None) -> _Part | Note | None:
    block = record.read()
    note = read_note(block)
    if note is not None:
        return note
    try:
        about: ExchangeMetadata = decode(block)
        fields = dict(about.fields)
        place = int(fields["checkAttempt"]), int(fields["checkHop"])
    except (ValueError, KeyError):
        return None
    return _Part(
        check_id=fields["checkId"],
        url=fields["checkUrl"],
        place=place,
        written=Written(
            response=response,
            request=request,
            metadata=record.locator,
            payload_digest=None,
            is_revisit=False,
            date=about.began,
        ),
    )
