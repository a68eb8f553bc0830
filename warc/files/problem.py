"""What a check of WARC files finds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"  # bytes are lost or wrong, or a look-up would fail
    WARNING = "warning"  # against the standard, and readable all the same
    NOTE = "note"  # sound, but another tool may say otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding: the file, the byte (None where it concerns the whole file) and a sentence."""

    severity: Severity
    file: str
    offset: int | None
    message: str

    def __str__(self) -> str:
        where = self.file if self.offset is None else f"{self.file}, byte {self.offset}"
        return f"{self.severity}: {where}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """The outcome of a check.

    `problems` are the first ones found, `found` counts all by severity, and `counts` says what
    was looked at: `files`, `bytes`, `records`, `index lines`, `block digests`, `payload digests`,
    `links` and one `… records` a type.
    """

    problems: tuple[Problem, ...] = ()
    found: Counter[Severity] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def is_sound(self) -> bool:
        """Return whether no error was found."""
        return not self.found[Severity.ERROR]
