"""Patterns over URLs: `*` for any characters, `?` for one, all else for itself."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=1_000)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the expression of a pattern, for `fullmatch`.

    The first place where the words between two `*` stand is kept (atomic groups), so that no
    pattern needs more than one pass over the URL.
    """
    first, *rest = re.split(r"\*+", pattern)
    if not rest:
        return re.compile(_words(first), re.DOTALL)
    *between, last = rest
    middle = "".join(f"(?>.*?{_words(part)})" for part in between)
    # Where the last words must stand is known from the end of the URL.
    before_last = f"(?>.*(?=.{{{len(last)}}}\\Z))"
    return re.compile(f"{_words(first)}{middle}{before_last}{_words(last)}", re.DOTALL)


def _words(part: str) -> str:
    return "".join("." if letter == "?" else re.escape(letter) for letter in part)
