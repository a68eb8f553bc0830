"""The uncompressed text of a WARC file, read forward, and where each byte is reached from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from warc.damage import BrokenContainerError
from warc.files.container import Container, Plain
from warc.files.gzip_members import GZIP_MAGIC, Gzip
from warc.files.zstandard_frames import Zstandard, is_zstandard

_BLANK = re.compile(rb"[\r\n]*")
_SNIFF = 16
_FILLED = 1 << 18


class Text:
    """A cursor over the text: `buffer[at:]` is next, `base` the position of `buffer[0]`.

    Positions count uncompressed bytes from the beginning of the member, which is the beginning
    of the file where nothing is compressed.
    """

    def __init__(self, file: BinaryIO, container: Container, offset: int) -> None:
        self._file = file
        self.container = container
        self.buffer = b""
        self.at = 0
        self.base = 0 if container.compressed else offset
        self._lost = False  # no member can be found any more
        self.fresh = False  # no record has begun in this member yet

    @classmethod
    def open(cls, path: Path, offset: int = 0) -> Self:
        """Open `path` at `offset`, by what the bytes there are, whatever its name says.

        Raise OSError where the file cannot be read.
        """
        file = path.open("rb")
        try:
            container = _container(file, offset, named_gzip=path.name.endswith((".gz", ".gz.open")))
            return cls(file, container, offset)
        except BaseException:
            file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    @property
    def position(self) -> int:
        """Return the position of the next byte."""
        return self.base + self.at

    def more(self) -> bool:
        """Add the member's next bytes to the buffer; return False at its end."""
        piece = b"" if self._lost else self.container.read()
        if not piece:
            return False
        self.base += self.at
        self.buffer = self.buffer[self.at :] + piece
        self.at = 0
        return True

    def fill(self) -> bool:
        """Read the member that was just crossed to; return whether all of it is in the buffer.

        False for one of more than 256 KiB, where nothing is compressed, and after damage: then
        nothing of the member counts as read.
        """
        container = self.container
        if not self.fresh or not container.compressed or container.found:
            return False
        try:
            while not container.ended() and len(self.buffer) < _FILLED and self.more():
                pass
        except BrokenContainerError:
            pass  # met again by who reads on
        else:
            if not container.found:
                return container.ended()
        container.begin_again()
        self.buffer, self.at, self.base = b"", 0, 0
        return False

    def cross(self) -> bool:
        """Go to the next member, dropping what is left of the buffer; False at the file's end."""
        if self._lost or not self.container.advance():
            return False
        self.fresh = True
        if self.container.compressed:
            self.base = 0
            self.buffer, self.at = b"", 0
        return True

    def ensure(self, size: int) -> bool:
        """Make the buffer hold `size` more bytes; return False where the member ends first."""
        while len(self.buffer) - self.at < size:
            if not self.more():
                return False
        return True

    def skip_blank(self) -> bool:
        """Pass line ends, across members; return False at the end of the file."""
        while not self.skip_blank_of_member():
            if not self.cross():
                return False
        return True

    def skip_blank_of_member(self) -> bool:
        """Pass line ends; return False at the end of the member."""
        while True:
            self.at = _end(_BLANK, self.buffer, self.at)
            if self.at < len(self.buffer):
                return True
            if not self.more():
                return False

    def push_back(self, data: bytes) -> None:
        """Put `data`, read last, before the buffer again."""
        self.base = self.position - len(data)
        self.buffer = data + self.buffer[self.at :]
        self.at = 0

    def resync(self, offset: int, starts: Callable[[bytes], bool]) -> bool:
        """Make ready to `cross` to the first member from `offset` on that `starts` accepts.

        Return False where there is none; the text is at its end then.
        """
        self.buffer, self.at = b"", 0
        self._lost = not self.container.resync(offset, starts)
        return not self._lost

    def seek(self, position: int) -> bool:
        """Go to `position` in a file that is not compressed; return False in one that is."""
        if not isinstance(self.container, Plain):
            return False
        self.container.seek(position)
        self.buffer, self.at, self.base = b"", 0, position
        return True

    def take(self, size: int, stop: Callable[[Text], bool]) -> Iterator[bytes]:
        """Yield the next `size` bytes, into the next member where this one ends too early.

        Fewer where the file ends, or where `stop` says that the next member begins a record.
        """
        while size:
            if self.at == len(self.buffer) and not self.more():
                if not self.cross() or stop(self):
                    return
                continue
            piece = self.buffer[self.at : self.at + size]
            self.at += len(piece)
            size -= len(piece)
            yield piece

    def pieces(self, skip: int, size: int) -> Iterator[bytes]:
        """Yield `size` bytes from `skip` bytes on, in pieces."""
        for _ in self.take(skip, _never):
            pass
        yield from self.take(size, _never)


def _never(_: Text) -> bool:
    return False


def _end(pattern: re.Pattern[bytes], buffer: bytes, at: int) -> int:
    match = pattern.match(buffer, at)
    return at if match is None else match.end()


def _container(file: BinaryIO, offset: int, *, named_gzip: bool) -> Container:
    file.seek(offset)
    first = file.read(_SNIFF)
    if first.startswith(GZIP_MAGIC[:2]):
        return Gzip(file, offset)
    if is_zstandard(first):
        return Zstandard(file, offset)
    if offset:
        file.seek(0)
        first = file.read(_SNIFF)
    if first.startswith(GZIP_MAGIC[:2]):
        return Gzip(file, offset)
    if named_gzip and not first.startswith((b"WARC/", b"filedesc:")):
        return Gzip(file, offset)  # damaged in front
    return Plain(file, offset)
