"""Whether the index of a collection leads to its captures, line by line and search by search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from warc.cdxj import CdxjEntry, CdxjIndex, index_files
from warc.files.ledger import Ledger
from warc.files.problem import Problem, Severity
from warc.locator import Locator

_COMPARED = ("urlkey", "timestamp", "url", "mime", "status", "payload_digest")


def index_problems(indexes: Path, ledger: Ledger, counts: Counter[str]) -> Iterator[Problem]:
    """Yield what is wrong with the index of the captures that `ledger` expects.

    Each line is compared with its record, captures without a line are told, and each capture
    with one is searched for as replay searches.
    """
    for path in index_files(indexes):
        before, offset = b"", 0
        with path.open("rb") as lines:
            for line in lines:
                if not line.startswith(b"!") and line.strip():
                    counts["index lines"] += 1
                    for message in _line(line, before, ledger):
                        yield _error(path.name, offset, message)
                    before = line
                offset += len(line)
    for file, place in ledger.unseen():
        yield _error(file, place, "a capture that no index line names")
    yield from _look_ups(CdxjIndex(indexes), ledger, counts)


def _error(file: str, offset: int, message: str) -> Problem:
    return Problem(severity=Severity.ERROR, file=file, offset=offset, message=message)


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


def _look_ups(index: CdxjIndex, ledger: Ledger, counts: Counter[str]) -> Iterator[Problem]:
    key, found = "", set[tuple[str, int]]()
    for entry in ledger.seen():
        counts["look-ups"] += 1
        if entry.urlkey != key:
            key = entry.urlkey
            found = {(e.locator.file, e.locator.offset) for e in _readable(index, key)}
        if (entry.locator.file, entry.locator.offset) not in found:
            message = f"a search of the index for {entry.url} does not find this capture"
            yield _error(entry.locator.file, entry.locator.offset, message)


def _readable(index: CdxjIndex, key: str) -> list[CdxjEntry]:
    """Return what a search finds; nothing where a line of it cannot be read, which is told."""
    try:
        return index.under(key)
    except ValueError:
        return []
