"""The bytes of a WARC file as members: gzip members, or one stretch where nothing is compressed.

WARC 1.1 annex D asks for one gzip member a record. Files that have one member for everything,
members that end inside a record, empty members, padding or junk between members do exist.
"""

from __future__ import annotations

from collections.abc import Callable
from io import SEEK_END
from typing import BinaryIO, Protocol

from warc.damage import BrokenContainerError

CHUNK = 1 << 16
PIECE = 1 << 20  # the most that one `read` returns, whatever a compressed byte stands for
_TRIAL = 1 << 9


class Container(Protocol):
    """Read a file member by member; `advance` comes first.

    `start` is the offset on disk of the present member. `found` collects damage that does not
    stop the reading, as (offset, reason).
    """

    compressed: bool
    start: int
    found: list[tuple[int, str]]

    def ended(self) -> bool:
        """Return whether the present member is read to its end, without reading on."""
        ...

    def read(self) -> bytes:
        """Return the next bytes of the present member, at most PIECE; b"" at its end.

        Raise BrokenContainerError where the member cannot be followed.
        """
        ...

    def tell(self) -> int:
        """Return the offset on disk reached: the member's end once `read` returned b""."""
        ...

    def advance(self) -> bool:
        """Go to the next member; return False at the end of the file.

        Raise BrokenContainerError where something else than a member follows.
        """
        ...

    def begin_again(self) -> None:
        """Go back to the beginning of the present member, as if nothing of it had been read."""
        ...

    def resync(self, offset: int, starts: Callable[[bytes], bool]) -> bool:
        """Go to the first member from `offset` on whose text `starts` accepts, if there is one."""
        ...


class Plain:
    """A file that is not compressed: one member that starts at byte 0."""

    compressed = False

    def __init__(self, file: BinaryIO, offset: int = 0) -> None:
        self._file = file
        self._begun = False
        self.start = 0
        self.found: list[tuple[int, str]] = []
        file.seek(offset)

    def ended(self) -> bool:
        """Return False: a file may always grow."""
        return False

    def read(self) -> bytes:
        """Return the next bytes; b"" at the end of the file."""
        return self._file.read(CHUNK)

    def tell(self) -> int:
        """Return the offset reached."""
        return self._file.tell()

    def advance(self) -> bool:
        """Return True once: there is no second member."""
        first, self._begun = not self._begun, True
        return first

    def begin_again(self) -> None:
        """Go back to the beginning of the file."""
        self._file.seek(0)

    def resync(self, offset: int, starts: Callable[[bytes], bool]) -> bool:
        """Return False: records are searched for in the text itself."""
        return False

    def seek(self, offset: int) -> None:
        """Go on reading from `offset`."""
        self._file.seek(offset)

    def peek(self, offset: int, size: int) -> bytes | None:
        """Return up to `size` bytes from `offset` without moving; None beyond the file's end."""
        here = self._file.tell()
        if self._file.seek(0, SEEK_END) < offset:
            self._file.seek(here)
            return None
        self._file.seek(offset)
        data = self._file.read(size)
        self._file.seek(here)
        return data


class Members:
    """What reading gzip members and reading Zstandard frames have in common.

    `_raw[_at:]` are the bytes of the file that are loaded and not yet used.
    """

    compressed = True
    magic = b""
    kind = "member"
    _raw: bytes
    _at: int

    def __init__(self, file: BinaryIO, offset: int = 0) -> None:
        self._file = file
        self.found: list[tuple[int, str]] = []
        self._seek(offset)

    def read(self) -> bytes:
        """Return the next bytes of the member."""
        data = b""
        while not data and not self.ended():
            if self._at == len(self._raw) and not self._load():
                data = self._held_back()
                if not data and not self.ended() and self._at == len(self._raw):
                    raise BrokenContainerError(self.start, f"the file ends inside a {self.kind}")
            else:
                data = self._step()
        self._delivered += len(data)
        return data

    def tell(self) -> int:
        """Return the offset on disk up to which the input is used."""
        return self._read_to - len(self._raw) + self._at

    def advance(self) -> bool:
        """Go to the next member, past what may lie between two."""
        self._skip_between()
        left = len(self._raw) - self._at
        if not left:
            return False
        if left < len(self.magic):
            self._load()
            left = len(self._raw) - self._at
        self._begin(self.tell())
        if not self._raw.startswith(self.magic[:left], self._at):
            raise BrokenContainerError(self.start, f"bytes that are no {self.kind}")
        return True

    def begin_again(self) -> None:
        """Go back to the beginning of the present member and forget what was found in it."""
        self.found = []
        self._seek(self.start)

    def resync(self, offset: int, starts: Callable[[bytes], bool]) -> bool:
        """Go to the first member from `offset` on whose text `starts` accepts."""
        self._seek(offset)
        while self._at < len(self._raw) or self._load():
            at = self._raw.find(self.magic, self._at)
            if at < 0:  # it may lie across two chunks
                self._at = max(self._at, len(self._raw) + 1 - len(self.magic))
                if not self._load():
                    return False
                continue
            self._at = at
            here = self.tell()
            if starts(self._trial(here)):
                self._seek(here)
                return True
            self._at += 1
        return False

    def _seek(self, offset: int) -> None:
        self._file.seek(offset)
        self._read_to = offset
        self._raw = b""
        self._at = 0
        self._begin(offset)

    def _load(self) -> bool:
        data = self._file.read(CHUNK)
        self._read_to += len(data)
        self._raw = self._raw[self._at :] + data
        self._at = 0
        return bool(data)

    def _begin(self, offset: int) -> None:
        """Make ready to read the member at `offset`."""
        self.start = offset
        self._delivered = 0

    def _trial(self, offset: int) -> bytes:
        """Return the first bytes that a member at `offset` would hold; b"" where it is none."""
        here = self._file.tell()
        self._file.seek(offset)
        try:
            return self._begun(self._file.read(_TRIAL))
        finally:
            self._file.seek(here)

    def ended(self) -> bool:
        """Return whether the present member is read to its end."""
        raise NotImplementedError

    def _step(self) -> bytes:
        """Return what some of the input stands for and go behind it."""
        raise NotImplementedError

    def _held_back(self) -> bytes:
        """Return what is still to come where all of the input is used."""
        return b""

    def _skip_between(self) -> None:
        """Pass what is neither a member nor damage that stops the reading."""
        raise NotImplementedError

    def _begun(self, data: bytes) -> bytes:
        """Return the first bytes of the member that `data` begins; b"" where it is none."""
        raise NotImplementedError
