"""A fault of our own code on one link: told in words, so that it never costs a whole run."""

from __future__ import annotations

_MOST = 160  # signs


def told(fault: Exception) -> str:
    """Return what went wrong, on one line: the kind of fault and its message."""
    message = " ".join(str(fault).split())
    name = type(fault).__name__
    return (f"{name}: {message}" if message else name)[:_MOST]
