"""Text of archived pages made safe for a terminal."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


def printable(text: str) -> str:
    """Return `text` on one line, without what could steer a terminal or reverse a line."""
    return _CONTROLS.sub(" ", text)
