"""Where payloads lie in a file, by what they are looked for with: eight bytes a key and a place."""

from __future__ import annotations

from array import array

_EMPTY = -1
_FEWEST = 1 << 10
_MASK = (1 << 63) - 1


class Places:
    """Offsets by the hashes of keys; the first of a key stays.

    A WARC may hold captures by the million, and a dict takes ten times the memory. Hashes of 63
    bits may meet: who finds an offset has to look whether what lies there is what was meant.
    """

    def __init__(self) -> None:
        self._count = 0
        self._hashes = array("q", [_EMPTY]) * _FEWEST
        self._offsets = array("q", [_EMPTY]) * _FEWEST

    def add(self, key: object, offset: int) -> None:
        """Note the offset of `key`, unless it has one."""
        hashed = hash(key) & _MASK
        at = self._slot(hashed)
        if self._hashes[at] != _EMPTY:
            return
        self._hashes[at], self._offsets[at] = hashed, offset
        self._count += 1
        if self._count * 3 > len(self._hashes) * 2:
            self._grow()

    def get(self, key: object) -> int | None:
        """Return the offset of `key`, None where there is none."""
        at = self._slot(hash(key) & _MASK)
        return None if self._hashes[at] == _EMPTY else self._offsets[at]

    def _slot(self, hashed: int) -> int:
        """Return where `hashed` is, or would be put."""
        hashes = self._hashes
        last = len(hashes) - 1
        at = hashed & last
        while hashes[at] != _EMPTY and hashes[at] != hashed:
            at = (at + 1) & last
        return at

    def _grow(self) -> None:
        old = zip(self._hashes, self._offsets, strict=True)
        size = len(self._hashes) * 2
        self._hashes, self._offsets = (array("q", [_EMPTY]) * size for _ in range(2))
        for hashed, offset in old:
            if hashed != _EMPTY:
                at = self._slot(hashed)
                self._hashes[at], self._offsets[at] = hashed, offset
