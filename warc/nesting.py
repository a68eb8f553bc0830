"""Tell pages that nest too deep to be parsed.

The parser looks through all open elements for each new one, as the HTML standard has it: its work
grows with the square of the depth, and a megabyte of `<div>` takes it an hour.
"""

from __future__ import annotations

import re

_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9]*)")
_NEVER_AROUND = frozenset(
    b"""
    area base br col embed hr img input link meta param source track wbr
    p li dd dt tr td th option tbody thead tfoot
    """.split()
)
_DEEPEST = 15_000  # a third of a second
_LONG = 50_000  # bytes: what is shorter cannot nest that deep


def is_too_deep(source: bytes) -> bool:
    """Return whether elements in `source` nest deeper than any page made to be read."""
    if len(source) < _LONG or source.count(b"<") - 2 * source.count(b"</") < _DEEPEST:
        return False
    depth = 0
    for tag in _TAG.finditer(source):
        if tag[2].lower() not in _NEVER_AROUND:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > _DEEPEST:
                return True
    return False
