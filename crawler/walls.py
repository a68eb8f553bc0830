"""Telling a page that stands in for every page from the pages of a site."""

from __future__ import annotations

# "Technical Difficulties" with status 200 is what state.gov and its archives have answered plain
# clients with, whatever the path; the others are the titles and marks of challenge pages.
_TITLES = (
    b"technical difficulties",
    b"access denied",
    b"attention required",
    b"just a moment",
    b"pardon our interruption",
    b"request rejected",
)
_MARKS = (b"_incapsula_resource", b"cf-chl-", b"g-recaptcha", b"/_sec/cp_challenge")
_LOOK = 4096


def is_wall(body: bytes) -> bool:
    """Return whether a decoded HTML body begins as a wall does."""
    beginning = body[:_LOOK].lower()
    title = beginning.partition(b"<title")[2].partition(b"</title")[0]
    return any(words in title for words in _TITLES) or any(m in beginning for m in _MARKS)
