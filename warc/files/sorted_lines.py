"""Binary search in a sorted file of lines, without reading it."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator
from pathlib import Path


class SortedLines:
    """A file of lines in the order of their bytes, mapped, never loaded.

    What is mapped stays as it was when opened, also where the file is replaced meanwhile.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            self._identity = _identity(status)
            self._bytes: mmap.mmap | bytes = b""  # an empty file cannot be mapped
            if status.st_size:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def is_current(self) -> bool:
        """Return whether the file at the path is still the one that is mapped."""
        try:
            return _identity(self._path.stat()) == self._identity
        except FileNotFoundError:
            return False

    def starting_with(self, prefix: bytes) -> Iterator[bytes]:
        """Yield the lines that start with `prefix`, in order, without their line ends."""
        offset = self._first_not_before(prefix)
        while offset < len(self._bytes):
            line, offset = self._line(offset)
            if not line.startswith(prefix):
                return
            yield line

    def at_or_after(self, prefix: bytes, key: bytes) -> bytes | None:
        """Return the first line that starts with `prefix` and does not sort before `key`."""
        offset = self._first_not_before(key)
        if offset >= len(self._bytes):
            return None
        line, _ = self._line(offset)
        return line if line.startswith(prefix) else None

    def before(self, prefix: bytes, key: bytes) -> bytes | None:
        """Return the last line that starts with `prefix` and sorts before `key`."""
        offset = self._first_not_before(key)
        if not offset:
            return None
        line, _ = self._line(self._bytes.rfind(b"\n", 0, offset - 1) + 1)
        return line if line.startswith(prefix) else None

    def _first_not_before(self, key: bytes) -> int:
        """Return the offset of the first line that does not sort before `key`."""
        low, high = 0, len(self._bytes)  # both are always starts of lines, or the end
        while low < high:
            start = self._bytes.rfind(b"\n", low, (low + high) // 2) + 1
            start = max(start, low)
            line, after = self._line(start)
            if line < key:
                low = after
            else:
                high = start
        return low

    def _line(self, start: int) -> tuple[bytes, int]:
        """Return the line at `start` and where the next one starts."""
        end = self._bytes.find(b"\n", start)
        if end < 0:
            end = len(self._bytes)
        return bytes(self._bytes[start:end]).rstrip(b"\r"), end + 1


def _identity(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
