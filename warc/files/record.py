"""A record as it lies in its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warc.damage import BrokenContainerError, Damage, DamagedError
from warc.files.fields import WarcFields
from warc.files.text import Text
from warc.locator import Locator

HELD = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of a WARC file, or of an ARC file told in the same words.

    `version` is the first word of the record ("WARC/1.1", "ARC/1"). `offset` is where its member
    begins (where it begins itself, in a file that is not compressed) and `length` counts its
    bytes on disk; `length` is 0 where several records share a member, so that none can be
    fetched by itself. `block_size` counts the bytes of the block. `notes` are the faults that the
    reader saw past. A block of more than 1 MiB is read from the file whenever it is asked for.
    """

    path: Path
    version: str
    fields: WarcFields
    offset: int
    length: int
    block_size: int
    notes: tuple[str, ...] = ()
    _held: bytes | None
    _skip: int

    @property
    def file(self) -> str:
        """Return the file's name without its folder."""
        return self.path.name

    @property
    def locator(self) -> Locator:
        """Return where the record lies."""
        return Locator(file=self.path.name, offset=self.offset, length=self.length)

    @property
    def type(self) -> str:
        """Return `WARC-Type` in lower case, "" where there is none."""
        return (self.fields.get("WARC-Type") or "").lower()

    @property
    def record_id(self) -> str:
        """Return `WARC-Record-ID` as written, "" where there is none."""
        return self.fields.get("WARC-Record-ID") or ""

    def get(self, name: str) -> str | None:
        """Return the first value of a field, without regard to the name's case."""
        return self.fields.get(name)

    def chunks(self) -> Iterator[bytes]:
        """Yield the block in pieces of at most 1 MiB.

        Raise OSError where the file is gone and DamagedError where it is no longer the same.
        """
        if self._held is not None:
            yield self._held
            return
        left = self.block_size
        try:
            with Text.open(self.path, self.offset) as text:
                for piece in text.pieces(self._skip, self.block_size):
                    left -= len(piece)
                    yield piece
        except BrokenContainerError as error:
            raise DamagedError(self._damage(error.reason)) from None
        if left:
            raise DamagedError(self._damage("the file has changed since it was read"))

    def read(self, limit: int | None = None) -> bytes:
        """Return the block, or its first `limit` bytes."""
        if self._held is not None:
            return self._held[:limit]
        pieces: list[bytes] = []
        size = 0
        for piece in self.chunks():
            pieces.append(piece)
            size += len(piece)
            if limit is not None and size >= limit:
                break
        return b"".join(pieces)[:limit]

    def _damage(self, reason: str) -> Damage:
        return Damage(file=self.path.name, offset=self.offset, reason=reason)
