"""The Retry-After field, RFC 9110 section 10.2.3."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds from `now` that `value` asks for, 0 where they are over.

    It is a number of seconds or a date; None where it is neither. `now` is aware, and a date
    without a zone is taken to be in its zone.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
        if until.tzinfo is None:
            until = until.replace(tzinfo=now.tzinfo)
        return max((until - now).total_seconds(), 0.0)
    except (ValueError, OverflowError):
        return None
