"""Put right what a killed process left: files still `.open`, and indexes not yet published."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from warc.cdxj import SUFFIX, CdxjEntry, build_index, entries_of
from warc.collection import Collection
from warc.files.open_index import (
    OPEN,
    open_index_path,
    prepare,
    publish,
    read_open_index,
    sync_folder,
)
from warc.files.record import Record
from warc.reader import iter_records

CUT = ".cut"
_PIECE = 1 << 20


def recover(collection: Collection) -> list[str]:
    """Close every file that no process is writing any more; return what was done, in sentences.

    A WARC is cut behind its last whole record, named and indexed. The bytes cut off are kept as
    `NAME.warc.gz.cut`, which no reader looks at and which may be deleted. A second call, also
    after a crash in the middle of the first, finds nothing left to do or does the rest.
    """
    if not collection.archive.is_dir():
        return []
    collection.create()
    left_open = sorted(collection.archive.glob(f"*.warc.gz{OPEN}"))
    sentences = [_close(collection, path) for path in left_open]
    for path in sorted(collection.indexes.glob(f"*{SUFFIX}{OPEN}")):
        sentences += _publish_left(collection, path)
    return sentences


def _close(collection: Collection, path: Path) -> str:
    name = path.name.removesuffix(OPEN)
    with _locked(path) as descriptor:
        if descriptor is None:
            return f"{name} is being written by another process and was left alone."
        if path.with_name(name).exists():
            return f"{path.name} was left alone: a closed file of the same name exists."
        open_index = open_index_path(collection.indexes, name)
        entries, synced = read_open_index(open_index)
        size = os.fstat(descriptor).st_size
        if synced > size:
            entries, synced = [], 0  # not the file that the marks were made for
        found, end = _whole(path, synced)
        cut = _cut_back(path, descriptor, end) if end < size else ""
        if end == 0:
            path.unlink()
            open_index.unlink(missing_ok=True)
            sync_folder(path.parent)
            return f"{name} held no whole record and was removed{cut}."
        entries += [_renamed(entry, name) for entry in found]
        prepared = prepare(collection.indexes, name, _lines(entries))
        path.rename(path.with_name(name))
        sync_folder(path.parent)
        publish(prepared)
    return f"{name} was left open: closed with {len(entries)} captures{cut}."


def _publish_left(collection: Collection, path: Path) -> Iterator[str]:
    """Publish an open index whose WARC is closed, and drop one whose WARC is gone."""
    name = path.name.removesuffix(SUFFIX + OPEN)
    warc = collection.archive / name
    if warc.exists():
        entries = build_index(warc)
        publish(prepare(collection.indexes, name, _lines(entries)))
        yield f"{name} had no index: made again with {len(entries)} captures."
    elif not warc.with_name(name + OPEN).exists():
        path.unlink()
        yield f"The unfinished index of {name} was removed: there is no such file."


def _whole(path: Path, offset: int) -> tuple[list[CdxjEntry], int]:
    """Return the captures from `offset` up to the first record that is not whole, and where."""
    end = offset

    def whole() -> Iterator[Record]:
        nonlocal end
        for found in iter_records(path, offset):
            if not isinstance(found, Record) or found.notes or not found.length:
                return
            end = found.offset + found.length
            yield found

    return list(entries_of(whole())), end


def _cut_back(path: Path, descriptor: int, end: int) -> str:
    """Move what follows `end` into a file of its own; return the words for it."""
    kept = path.with_name(path.name.removesuffix(OPEN) + CUT)
    size = 0
    with path.open("rb") as source, kept.open("wb") as target:
        source.seek(end)
        while piece := source.read(_PIECE):
            size += target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    sync_folder(path.parent)
    os.ftruncate(descriptor, end)
    os.fsync(descriptor)
    return f", {size} bytes of an unfinished record moved to {kept.name}"


@contextmanager
def _locked(path: Path) -> Iterator[int | None]:
    """Yield a descriptor that no other process has locked, None where one has."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield descriptor
    finally:
        os.close(descriptor)


def _renamed(entry: CdxjEntry, name: str) -> CdxjEntry:
    return replace(entry, locator=replace(entry.locator, file=name))


def _lines(entries: Iterable[CdxjEntry]) -> Iterator[bytes]:
    for entry in entries:
        yield f"{entry}\n".encode()
