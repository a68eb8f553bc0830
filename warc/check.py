"""Check WARC files against themselves, each other and their index.

Unlike `warcio check`, which digests an HTTP body with its chunks, a payload digest is right here
where it is that of the entity body; the other reading is told as a note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from warc.cdxj import CdxjEntry, entries_of, index_files
from warc.collection import Collection
from warc.damage import Damage, DamagedError
from warc.files.ledger import Ledger
from warc.files.problem import CheckReport, Problem, Severity
from warc.files.record import Record
from warc.files.record_digests import check_digests
from warc.files.record_faults import faults
from warc.files.walk import iter_records
from warc.locator import Locator

__all__ = ["CheckReport", "Problem", "Severity", "check_collection", "check_file"]

KEPT = 1000
_OPEN = ".open"
_ON_WIRE = "the payload digest is that of the body with its chunks, as warcio writes it"
_COMPARED = ("urlkey", "timestamp", "url", "mime", "status", "payload_digest")


def check_file(path: Path) -> Iterator[Problem]:
    """Yield what is wrong in one file; links that lead out of it are notes.

    Raise OSError where it cannot be read. Memory stays flat whatever the file's size.
    """
    with Ledger() as ledger:
        yield from _FileCheck(path, ledger, Counter()).run()
        yield from _links(ledger, Severity.NOTE, "in this file")


def check_collection(
    collection: Collection, on_problem: Callable[[Problem], None] | None = None
) -> CheckReport:
    """Return what is wrong in a collection: every file, all links, the index both ways.

    `on_problem` is told of every problem as it is found; the report keeps the first thousand.
    """
    kept: list[Problem] = []
    found: Counter[Severity] = Counter()
    counts: Counter[str] = Counter()
    with Ledger() as ledger:
        for problem in _collection(collection, ledger, counts):
            found[problem.severity] += 1
            if len(kept) < KEPT:
                kept.append(problem)
            if on_problem is not None:
                on_problem(problem)
    return CheckReport(problems=tuple(kept), found=found, counts=counts)


def _collection(collection: Collection, ledger: Ledger, counts: Counter[str]) -> Iterator[Problem]:
    for path in collection.warc_files():
        counts["files"] += 1
        try:
            counts["bytes"] += path.stat().st_size
            yield from _FileCheck(path, ledger, counts).run()
        except OSError as error:
            yield _problem(Severity.ERROR, path.name, None, f"cannot be read: {error.strerror}")
    counts["links"] = ledger.count_links()
    yield from _links(ledger, Severity.ERROR, "in the collection")
    yield from _index(collection, ledger, counts)
    yield from _leftovers(collection)


def _problem(severity: Severity, file: str, offset: int | None, message: str) -> Problem:
    return Problem(severity=severity, file=file, offset=offset, message=message)


@dataclass(slots=True)
class _FileCheck:
    """One pass over a file; `waiting` holds what was found and is not told yet."""

    path: Path
    ledger: Ledger
    counts: Counter[str]
    waiting: list[Problem] = field(default_factory=list)
    chunked: int = 0
    shared: bool = False
    damage: Damage | None = None
    empty: bool = True

    def run(self) -> Iterator[Problem]:
        """Yield the file's problems in its order and expect its captures in the index."""
        for entry in entries_of(self._records()):
            self.ledger.expect(entry)
            yield from self._told()
        yield from self._told()
        if self.empty:
            yield _problem(Severity.ERROR, self.path.name, None, "holds no record")
        if self.chunked:
            yield _problem(Severity.NOTE, self.path.name, None, _differs(self.chunked))

    def _told(self) -> list[Problem]:
        told, self.waiting = self.waiting, []
        return told

    def _records(self) -> Iterator[Record]:
        for found in iter_records(self.path):
            if isinstance(found, Damage):
                self.damage = found
                self._add(Severity.ERROR, found.offset, found.reason)
                continue
            self.empty = False
            self._record(found)
            yield found

    def _record(self, record: Record) -> None:
        self.counts["records"] += 1
        self.counts[f"{record.type or 'nameless'} records"] += 1
        for severity, message in faults(record):
            if self.damage is None or message != self.damage.reason:
                self._add(severity, record.offset, message)
        if record.length == 0 and not self.shared:
            self.shared = True
            message = "several records share a gzip member: none can be fetched by itself"
            self._add(Severity.WARNING, record.offset, message)
        before = self.ledger.add(record)
        if before is not None:
            message = f"{record.record_id} is the id of the record at byte {before[1]} of"
            self._add(Severity.ERROR, record.offset, f"{message} {before[0]}")
        self._digests(record)

    def _digests(self, record: Record) -> None:
        try:
            check = check_digests(record)
        except DamagedError as error:
            self._add(Severity.ERROR, record.offset, error.damage.reason)
            return
        self.counts["block digests"] += check.block
        self.counts["payload digests"] += check.payload
        self.chunked += check.chunked
        for message in check.wrong:
            self._add(Severity.ERROR, record.offset, message)
        if check.on_wire:
            self._add(Severity.NOTE, record.offset, _ON_WIRE)

    def _add(self, severity: Severity, offset: int, message: str) -> None:
        self.waiting.append(_problem(severity, self.path.name, offset, message))


def _differs(count: int) -> str:
    return (
        f"{count} payload digests are of bodies without their chunks (WARC 1.1, "
        "warc-specifications issue 22); `warcio check` calls these wrong"
    )


def _links(ledger: Ledger, severity: Severity, where: str) -> Iterator[Problem]:
    for link in ledger.unresolved():
        message = f"{link.name} leads to {link.target}, which is no record {where}"
        yield _problem(severity, link.file, link.offset, message)
    for file, offset in ledger.without_payload():
        yield _problem(severity, file, offset, f"a revisit whose payload is no record's {where}")
    for link in ledger.contradicted():
        message = f"the record {link.target} has another URI or date than {link.name} says"
        yield _problem(Severity.ERROR, link.file, link.offset, message)


def _index(collection: Collection, ledger: Ledger, counts: Counter[str]) -> Iterator[Problem]:
    """Compare each line with its record, then look for captures that have no line."""
    for path in index_files(collection.indexes):
        before, offset = b"", 0
        with path.open("rb") as lines:
            for line in lines:
                if not line.startswith(b"!") and line.strip():
                    counts["index lines"] += 1
                    for message in _line(line, before, ledger):
                        yield _problem(Severity.ERROR, path.name, offset, message)
                    before = line
                offset += len(line)
    for file, offset in ledger.unseen():
        yield _problem(Severity.ERROR, file, offset, "a capture that no index line names")


def _line(line: bytes, before: bytes, ledger: Ledger) -> Iterator[str]:
    if line < before:
        yield "the line sorts before the one above it, so that searches miss it"
    try:
        entry = CdxjEntry.parse(line)
    except ValueError as error:
        yield str(error)
        return
    expected = ledger.expected(entry.locator)
    if expected is None:
        where = entry.locator
        yield f"the line names byte {where.offset} of {where.file}, where no capture begins"
        return
    for name in _COMPARED:
        stated, true = getattr(entry, name), getattr(expected, name)
        if stated != true:
            yield f"the line has {name} {stated}, its record {true}"
    if _length_differs(entry.locator, expected.locator):
        yield f"the line has length {entry.locator.length}, its record {expected.locator.length}"


def _length_differs(stated: Locator, true: Locator) -> bool:
    return stated.length not in (true.length, 0)


def _leftovers(collection: Collection) -> Iterator[Problem]:
    for folder in (collection.archive, collection.indexes):
        for path in sorted(folder.glob(f"*{_OPEN}")):
            message = "still open: being written now, or left by a run that was killed"
            yield _problem(Severity.WARNING, path.name, None, message)
