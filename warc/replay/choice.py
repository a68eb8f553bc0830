"""Choose what to show: which capture answers (URL, date), and where its links lead. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import quote

from ada_url import join_url

from warc.cdxj import CdxjEntry, CdxjIndex, timestamp
from warc.locator import Locator
from warc.replay.methods import url_of
from warc.surt import surt

_ADDRESS = re.compile(r"/(\d{4,14})(id_|mp_)?/(.+)", re.DOTALL)
_EARLIEST_FILL = "00000101000000"


class View(StrEnum):
    """How a capture is shown; the values are pywb's modifiers in replay addresses."""

    FRAME = ""  # a page of ours around the capture
    PAGE = "mp_"  # the capture, its links leading into the archive
    RAW = "id_"  # the entity body as captured


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A replay address: `/<timestamp><modifier>/<url>`."""

    timestamp: str
    view: View
    url: str

    @classmethod
    def parse(cls, path: str) -> Address | None:
        """Return the address a request path with its query names; None where it is none.

        A timestamp of fewer than 14 digits is filled up to the earliest date it can mean.
        """
        match = _ADDRESS.fullmatch(path)
        if match is None:
            return None
        digits = match[1] + _EARLIEST_FILL[len(match[1]) :]
        url = match[3]
        if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", url):
            url = f"http://{url}"
        # Browsers and proxies fold the two slashes after the scheme into one.
        url = re.sub(r"^(https?):/+", r"\1://", url, flags=re.IGNORECASE)
        return cls(timestamp=digits, view=View(match[2] or ""), url=url)

    def __str__(self) -> str:
        return f"/{self.timestamp}{self.view.value}/{self.url}"

    @property
    def date(self) -> datetime | None:
        """Return the timestamp as aware UTC; None for digits that are no date."""
        try:
            return datetime.strptime(self.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            return None


def nearest(captures: Sequence[CdxjEntry], date: datetime) -> CdxjEntry | None:
    """Return the capture nearest to `date`; of two equally near, the one with a 2xx status."""
    return min(captures, key=lambda entry: _distance(entry, date), default=None)


def _distance(entry: CdxjEntry, date: datetime) -> tuple[float, bool]:
    try:
        seconds = abs((entry.date - date).total_seconds())
    except ValueError:  # another tool's line with fewer digits
        seconds = float("inf")
    is_good = entry.status is not None and 200 <= entry.status < 300  # noqa: PLR2004 - RFC 9110
    return seconds, not is_good


def closest(index: CdxjIndex, url: str, date: datetime) -> CdxjEntry | None:
    """Return the capture of `url` nearest to `date`.

    http and https, `www.`, default ports and a trailing slash make no difference: they share a
    urlkey.
    """
    return nearest(index.nearest_to(surt(url), timestamp(date)), date)


def original_of(
    index: CdxjIndex, revisit: CdxjEntry, refers_to_uri: str, refers_to_timestamp: str
) -> CdxjEntry | None:
    """Return the capture that holds the payload of `revisit`.

    First the one that it refers to by URI and date (WARC 1.1 section 6.7), else any capture of
    that URI, then of its own, with the same payload digest.
    """
    for url in dict.fromkeys((refers_to_uri or revisit.url, revisit.url)):
        full = [entry for entry in index.captures(url) if not entry.is_revisit]
        same = [e for e in full if e.payload_digest == revisit.payload_digest]
        dated = [e for e in full if e.timestamp == refers_to_timestamp]
        for entry in (*(e for e in dated if e in same), *same, *dated):
            return entry
    return None


def redirect_target(status: int | None, url: str, location: str | None) -> str | None:
    """Return the absolute URL that a captured redirect leads to; None where it is none."""
    if status not in {301, 302, 303, 307, 308} or not location:
        return None
    try:
        target = join_url(url, location)
    except ValueError:  # a Location no URL parser takes
        return None
    return target if target.lower().startswith(("http://", "https://")) else None


def address_of(entry: CdxjEntry, view: View = View.FRAME) -> Address:
    """Return the address of a capture."""
    return Address(timestamp=entry.timestamp, view=view, url=url_of(entry))


def href(address: Address) -> str:
    """Return the address as a link on this server; what no path may hold is escaped."""
    return quote(str(address), safe="%/:?#[]@!$&'()*+,;=~-._")


def record_href(locator: Locator) -> str:
    """Return the link to the page of a record."""
    return f"/record/{quote(locator.file)}/{locator.offset}"


def list_href(url: str) -> str:
    """Return the link to the list of captures of `url`."""
    return f"/list?url={quote(url, safe='')}"


def date_words(entry: CdxjEntry) -> str:
    """Return when a capture was made, for people; its timestamp where that is no date."""
    try:
        return entry.date.strftime("%Y-%m-%d %H:%M:%S UTC")
    except ValueError:
        return entry.timestamp
