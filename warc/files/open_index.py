"""The index of a WARC that is still being written: lines in the order of capture, `NAME.cdxj.open`.

No reader looks at it. Closing sorts it into `NAME.cdxj`, which is whole from the moment it exists.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from warc.cdxj import SUFFIX, CdxjEntry

OPEN = ".open"
_SORTED = ".sorted"
_SYNCED = b"!synced "


def open_index_path(indexes: Path, warc_name: str) -> Path:
    """Return where the lines of a WARC lie while it is open."""
    return indexes / f"{warc_name}{SUFFIX}{OPEN}"


class OpenIndex:
    """The lines of one open WARC, and marks of how much of that WARC has reached the disk."""

    def __init__(self, indexes: Path, warc_name: str) -> None:
        self._file = open_index_path(indexes, warc_name).open("xb", buffering=0)
        self.path = Path(self._file.name)
        self._size = 0

    def append(self, entry: CdxjEntry) -> None:
        """Write one line, whole or not at all."""
        self._write(f"{entry}\n".encode())

    def mark_synced(self, size: int) -> None:
        """Put the lines on the disk, then note that `size` bytes of the WARC are there too.

        In this order, so that whoever reads the mark may trust every line before it.
        """
        os.fsync(self._file.fileno())
        self._write(_SYNCED + b"%d\n" % size)

    def _write(self, line: bytes) -> None:
        try:
            write_all(self._file.fileno(), line)
        except OSError:
            self._file.seek(self._file.truncate(self._size))
            raise
        self._size += len(line)

    def close(self) -> None:
        """Close the file; its lines stay for `publish` or for recovery."""
        self._file.close()


def read_open_index(path: Path) -> tuple[list[CdxjEntry], int]:
    """Return the entries before the last mark of an open index, and what that mark says.

    What follows the mark may be torn by a crash and is left out. A missing file is an empty one.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return [], 0
    for number in range(len(lines) - 2, -1, -1):  # the last piece is no whole line
        mark = lines[number].removeprefix(_SYNCED)
        if mark != lines[number] and mark.isdigit():
            whole = [line for line in lines[:number] if line and not line.startswith(b"!")]
            return [CdxjEntry.parse(line) for line in whole], int(mark)
    return [], 0


def prepare(indexes: Path, warc_name: str, lines: Iterable[bytes]) -> Path:
    """Write the sorted index to the disk under a name no reader looks at, and return it."""
    path = indexes / f"{warc_name}{SUFFIX}{_SORTED}"
    with path.open("wb") as file:
        file.writelines(sorted(set(lines)))
        file.flush()
        os.fsync(file.fileno())
    return path


def publish(prepared: Path) -> Path:
    """Give a prepared index the name that readers look for, drop the open one, and return it."""
    final = prepared.with_name(prepared.name.removesuffix(_SORTED))
    prepared.replace(final)
    final.with_name(final.name + OPEN).unlink(missing_ok=True)
    sync_folder(final.parent)
    return final


def sync_folder(folder: Path) -> None:
    """Put a folder's names on the disk, without which a rename may be undone by a power loss."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes | bytearray) -> None:
    """Write every byte, unbuffered; a disk that fills up raises in here and not later."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
