"""Where a record lies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Locator:
    """Name one record: the bytes `offset` to `offset + length` of `file`.

    `file` is a name inside the collection's `archive/` folder, never a path, so that a
    collection can be moved; lengths count the bytes on disk (compressed, for a gzip member).
    """

    file: str
    offset: int
    length: int
