"""Telling an archive that walls us off from one that answers."""

from __future__ import annotations

from http import HTTPStatus

IN_A_ROW = 5

# "Technical Difficulties" with status 200 is what state.gov and its archives have answered plain
# clients with, whatever the path; the others are the marks of challenge pages.
_TITLES = (
    b"technical difficulties",
    b"access denied",
    b"attention required",
    b"just a moment",
    b"pardon our interruption",
    b"request rejected",
)
_MARKS = (b"_incapsula_resource", b"cf-chl-", b"g-recaptcha", b"/_sec/cp_challenge")
_REFUSALS = {401, 403, 429}
_LOOK = 4096


class Walls:
    """Which hosts have answered with a wall so often in a row that asking on is no use.

    A page that looks like a wall counts always. A bare 401, 403 or 429 counts only at a host that
    has not yet given a good answer, since a good site has forbidden corners too. Other errors
    tell nothing either way.
    """

    def __init__(self, in_a_row: int = IN_A_ROW) -> None:
        self._limit = in_a_row
        self._rows: dict[str, int] = {}
        self._open: set[str] = set()
        self.hosts: set[str] = set()

    def saw(self, host: str, status: int, body: bytes) -> bool:
        """Take note of an answer with its decoded body; return whether `host` is walled now."""
        walled = _is_wall(body[:_LOOK].lower())
        if not walled and status < HTTPStatus.BAD_REQUEST:
            self._open.add(host)
        if walled or (status in _REFUSALS and host not in self._open):
            self._rows[host] = self._rows.get(host, 0) + 1
        elif status < HTTPStatus.BAD_REQUEST:
            self._rows[host] = 0
        if self._rows.get(host, 0) >= self._limit:
            self.hosts.add(host)
        return host in self.hosts


def _is_wall(beginning: bytes) -> bool:
    """Return whether lower-case HTML begins as a wall does."""
    title = beginning.partition(b"<title")[2].partition(b"</title")[0]
    return any(words in title for words in _TITLES) or any(m in beginning for m in _MARKS)
