"""Check WARC files against themselves, each other and their index.

Unlike `warcio check`, which digests an HTTP body with its chunks, a payload digest is right here
where it is that of the entity body; the other reading is told as a note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from warc.cdxj import entries_of
from warc.collection import Collection
from warc.damage import Damage, DamagedError
from warc.files.index_check import index_problems
from warc.files.ledger import Ledger
from warc.files.problem import CheckReport, Problem, Severity
from warc.files.record import Record
from warc.files.record_digests import check_digests
from warc.files.record_faults import faults
from warc.files.walk import iter_records

__all__ = [
    "CheckReport",
    "Problem",
    "Severity",
    "check_collection",
    "check_file",
    "check_files",
]

OnProblem = Callable[[Problem], None]
OnProgress = Callable[[int, int, str], None]

KEPT = 1000
_OPEN = ".open"
_ON_WIRE = "the payload digest is that of the body with its chunks, as warcio writes it"


def check_file(path: Path) -> Iterator[Problem]:
    """Yield what is wrong in one file; links that lead out of it are notes.

    Raise OSError where it cannot be read. Memory stays flat whatever the file's size.
    """
    with Ledger() as ledger:
        yield from _FileCheck(path, ledger, Counter()).run()
        yield from _links(ledger, Severity.NOTE, "in this file")


def check_files(
    paths: Sequence[Path],
    on_problem: OnProblem | None = None,
    on_progress: OnProgress | None = None,
) -> CheckReport:
    """Return what is wrong in some files, taken together; links that lead out are notes."""
    with Ledger() as ledger:
        report = _Report(on_problem)
        where = "in this file" if len(paths) == 1 else "in these files"
        report.add(_files(paths, ledger, report.counts, on_progress))
        report.add(_links(ledger, Severity.NOTE, where))
        return report.made()


def check_collection(
    collection: Collection,
    on_problem: OnProblem | None = None,
    on_progress: OnProgress | None = None,
) -> CheckReport:
    """Return what is wrong in a collection: every file, all links, the index both ways.

    `on_problem` is told of every problem as it is found; the report keeps the first thousand.
    `on_progress` is told bytes read, bytes in all and the name of the file, at each record.
    """
    with Ledger() as ledger:
        report = _Report(on_problem)
        report.add(_files(collection.warc_files(), ledger, report.counts, on_progress))
        report.counts["links"] = ledger.count_links()
        report.add(_links(ledger, Severity.ERROR, "in the collection"))
        report.add(index_problems(collection.indexes, ledger, report.counts))
        report.add(_leftovers(collection))
        return report.made()


class _Report:
    """Gathers problems and tells them on."""

    def __init__(self, on_problem: OnProblem | None) -> None:
        self.counts: Counter[str] = Counter()
        self._on_problem = on_problem
        self._kept: list[Problem] = []
        self._found: Counter[Severity] = Counter()

    def add(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self._found[problem.severity] += 1
            if len(self._kept) < KEPT:
                self._kept.append(problem)
            if self._on_problem is not None:
                self._on_problem(problem)

    def made(self) -> CheckReport:
        return CheckReport(problems=tuple(self._kept), found=self._found, counts=self.counts)


def _files(
    paths: Sequence[Path], ledger: Ledger, counts: Counter[str], on_progress: OnProgress | None
) -> Iterator[Problem]:
    sizes = {path: _size(path) for path in paths}
    total, done = sum(sizes.values()), 0
    for path, size in sizes.items():
        counts["files"] += 1
        counts["bytes"] += size

        def advance(offset: int, before: int = done, name: str = path.name) -> None:
            if on_progress is not None:
                on_progress(before + offset, total, name)

        try:
            yield from _FileCheck(path, ledger, counts, advance).run()
        except OSError as error:
            yield _problem(Severity.ERROR, path.name, None, f"cannot be read: {error.strerror}")
        done += size
        advance(0, done)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # told when it is read
        return 0


def _problem(severity: Severity, file: str, offset: int | None, message: str) -> Problem:
    return Problem(severity=severity, file=file, offset=offset, message=message)


@dataclass(slots=True)
class _FileCheck:
    """One pass over a file; `waiting` holds what was found and is not told yet."""

    path: Path
    ledger: Ledger
    counts: Counter[str]
    advance: Callable[[int], None] = lambda _: None
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
            self.advance(found.offset)
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


def _leftovers(collection: Collection) -> Iterator[Problem]:
    for folder in (collection.archive, collection.indexes):
        for path in sorted(folder.glob(f"*{_OPEN}")):
            message = "still open: being written now, or left by a run that was killed"
            yield _problem(Severity.WARNING, path.name, None, message)
