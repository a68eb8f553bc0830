"""User names and passwords in addresses, which nobody is to read."""

from __future__ import annotations

import re

_USER = re.compile(r"(?<=://)[^/?#\s]*@")


def masked(text: str) -> str:
    """Return `text` with `***` for what stands before the host of an address."""
    return _USER.sub("***@", text)
