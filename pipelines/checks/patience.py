"""How long a server that hung is waited for when it is asked again."""

from __future__ import annotations

_LEAST, _FACTOR = 0.5, 1.5
_FEWEST = 4


class Patience:
    """The time a server takes until it answers, as TCP estimates it (RFC 6298 section 2)."""

    __slots__ = ("_count", "_mean", "_spread")

    def __init__(self) -> None:
        self._count = 0
        self._mean = self._spread = 0.0

    @property
    def mean(self) -> float:
        """Return the seconds that an answer takes; 0 where none is known."""
        return self._mean

    def add(self, seconds: float) -> None:
        """Note the time until the first byte of an answer."""
        self._count += 1
        if self._count == 1:
            self._mean, self._spread = seconds, seconds / 2
        else:
            self._spread += (abs(seconds - self._mean) - self._spread) / 4
            self._mean += (seconds - self._mean) / 8

    def seconds(self, most: float) -> float:
        """Return more than the time that hardly any answer takes, `most` where few are known.

        For an address that was already waited for as long as `most`.
        """
        if self._count < _FEWEST:
            return most
        return min(most, max(_LEAST, _FACTOR * (self._mean + 4 * self._spread)))
