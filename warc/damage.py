"""What a reader could not read: named with its file and offset, never dropped."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Damage:
    """Bytes of a WARC or ARC file that are no whole record.

    `offset` counts bytes on disk and is where the damaged record or the unclaimed bytes begin,
    so that the file is whole up to there. `reason` is one clause in plain words.
    """

    file: str
    offset: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, byte {self.offset}: {self.reason}"


class DamagedError(ValueError):
    """There is no whole record where one was asked for; `damage` says which file and offset."""

    def __init__(self, damage: Damage) -> None:
        super().__init__(str(damage))
        self.damage = damage


class BrokenContainerError(Exception):
    """The compressed stream cannot be followed further; told to the reader, never to its user."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(reason)
        self.offset = offset
        self.reason = reason
