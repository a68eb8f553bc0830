"""When broken links make the exit status 2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from muniment.config import ConfigError


@dataclass(frozen=True, slots=True)
class FailOn:
    """A threshold on the share of broken links; None means that no share is too many."""

    percent: float | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the threshold of `none`, `any` or `N%`; raise ConfigError for anything else."""
        if text == "none":
            return cls(None)
        if text == "any":
            return cls(0.0)
        match = re.fullmatch(r"(\d+(?:\.\d+)?)%", text)
        if match is None or float(match[1]) > 100:  # noqa: PLR2004 - per cent
            raise ConfigError(f"fail_on: {text!r} is none of: none, any, a share such as 5%")
        return cls(float(match[1]))

    def is_exceeded(self, broken: int, judged: int) -> bool:
        """Return whether `broken` of `judged` links is beyond the threshold."""
        return self.percent is not None and 100 * broken > self.percent * judged
