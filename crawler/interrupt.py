"""Signals that come before Scrapy listens to them: remembered, for the crawl to end by.

Of the process, as signals are. This module imports nothing slow.
"""

from __future__ import annotations

import signal
from types import FrameType

_asked: list[int] = []


def heed() -> None:
    """Remember SIGINT and SIGTERM from now on instead of dying by them."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, remember)


def is_asked_to_stop() -> bool:
    """Return whether such a signal has come."""
    return bool(_asked)


def remember(number: int, frame: FrameType | None) -> None:
    """Note that a signal has come."""
    _asked.append(number)
