"""What a capture found against the one before, in figures and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_EXAMPLES = 2


def change_figures(last: Mapping[str, Any]) -> dict[str, int | str]:
    """Return how many pages are new, changed, unchanged and gone; nothing of a first capture."""
    counts = {name: int(last.get(name, 0)) for name in ("new", "changed", "unchanged", "gone")}
    known = sum(counts.values()) - counts["new"]
    return {**counts} if known else {}


def gone_notes(last: Mapping[str, Any]) -> list[str]:
    """Return the sentence on pages that are not there, or not linked, any more."""
    n = last.get("gone", 0)
    if not n:
        return []
    some = ", ".join(last.get("examples", {}).get("gone", ())[:_EXAMPLES])
    words = "1 page captured before is gone" if n == 1 else f"{n} pages captured before are gone"
    return [f"{words} ({some}{', ...' if n > _EXAMPLES else ''})"]
