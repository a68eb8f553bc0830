"""Why a crawl ends or leaves a host, the exit status that means, and when a budget is spent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class StopReason(StrEnum):
    """Why the crawl ended; the values are Scrapy's closing reasons where it has one.

    Four of them are why one host is left; the crawl ends so where it has no other to go on with.
    """

    FINISHED = "finished"
    MAX_PAGES = "max-pages"
    MAX_BYTES = "max-bytes"
    MAX_SECONDS = "max-seconds"
    SIGNAL = "shutdown"
    WALLED = "walled"  # answers with a page that stands in for every page
    THROTTLED = "throttled"  # goes on asking to be left alone
    UNREACHABLE = "unreachable"  # gave no answer so often in a row
    ROBOTS_UNREACHABLE = "robots-unreachable"  # which forbids all
    DISK_FULL = "disk-full"
    FAULT = "fault"


class ExitStatus(IntEnum):
    """How the crawling process ends."""

    FINISHED = 0
    FAULT = 1
    CUT_SHORT = 4
    NOTHING_CAPTURED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much may be captured; None where there is no limit."""

    max_pages: int | None = None
    max_bytes: int | None = None

    def spent(self, *, pages: int, octets: int) -> StopReason | None:
        """Return which limit has been reached."""
        if self.max_pages is not None and pages >= self.max_pages:
            return StopReason.MAX_PAGES
        if self.max_bytes is not None and octets >= self.max_bytes:
            return StopReason.MAX_BYTES
        return None


def exit_status(reason: StopReason, pages: int) -> ExitStatus:
    """Return the exit status of a crawl that ended so with that many answers (no robots.txt)."""
    if reason is StopReason.FAULT:
        return ExitStatus.FAULT
    if reason is StopReason.DISK_FULL:
        return ExitStatus.CUT_SHORT
    if not pages:
        return ExitStatus.NOTHING_CAPTURED
    return ExitStatus.FINISHED if reason is StopReason.FINISHED else ExitStatus.CUT_SHORT
