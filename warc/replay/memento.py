"""Memento (RFC 7089): which captures of a URL there are, and the one nearest to a date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Self
from urllib.parse import quote

from starlette.responses import PlainTextResponse, RedirectResponse, Response

from warc.cdxj import CdxjEntry, CdxjIndex
from warc.replay.choice import Address, View, address_of, closest, href
from warc.replay.methods import url_of
from warc.surt import surt

MOST_LISTED = 10_000
_PATH = re.compile(
    r"/(?:(?P<gate>timegate)|timemap/(?P<form>link|json))/(?:(?P<page>\d{1,9})/(?=\w+:/))?(?P<url>.+)",
    re.DOTALL,
)
# RFC 7089 section 2.1.1.1 has no other form of a date.
_DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
_URL_SIGNS = "%/:?#[]@!$&'()*+,;=~-._"
_HEADERS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
_LINK_FORMAT = "application/link-format"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request for a TimeGate or TimeMap asks about; `form` is "" for a TimeGate."""

    form: str
    page: int
    url: str

    @classmethod
    def parse(cls, path: str) -> Self | None:
        """Return what a request path with its query asks about; None where it is neither."""
        match = _PATH.fullmatch(path)
        if match is None:
            return None
        # Address knows the forms that addresses take in paths.
        address = Address.parse(f"/2000/{match['url']}")
        url = match["url"] if address is None else address.url
        return cls(form=match["form"] or "", page=int(match["page"] or 1), url=url)


class Mementos:
    """The TimeGate, the TimeMaps and the links between captures of one index."""

    def __init__(self, index: CdxjIndex) -> None:
        self._index = index

    def answer(self, asked: Asked, origin: str, accept_datetime: str | None) -> Response:
        """Return the answer to a request; links in it begin with `origin` (`http://host:port`)."""
        if not asked.form:
            return self._time_gate(asked.url, origin, accept_datetime)
        return self._time_map(asked, origin)

    def links(self, entry: CdxjEntry, origin: str) -> str:
        """Return the Link field of a capture: the URL, its TimeGate and TimeMap, its neighbours.

        RFC 7089 section 2.2; the captures that are first, before, after and last are named with
        their dates, each once.
        """
        url = url_of(entry)
        return ", ".join([*_of_url(url, origin), *self._neighbours(entry, url, origin)])

    def _neighbours(self, entry: CdxjEntry, url: str, origin: str) -> Iterator[str]:
        find, key = self._index, entry.urlkey
        times = {
            "first": find.time_after(key),
            "prev": find.time_before(key, entry.timestamp),
            "": entry.timestamp,
            "next": find.time_after(key, entry.timestamp),
            "last": find.time_before(key),
        }
        for time in dict.fromkeys(time for time in times.values() if time is not None):
            names = [name for name, one in times.items() if name and one == time]
            address = Address(timestamp=time, view=View.PAGE, url=url)
            if address.date is not None:
                yield _memento(origin, address, address.date, " ".join([*names, "memento"]))

    def _time_gate(self, url: str, origin: str, accept_datetime: str | None) -> Response:
        """Return the way to the capture nearest to a date, by default to the last one.

        RFC 7089 section 4.2.1; 400 for what is no date (section 4.5.3).
        """
        headers = _HEADERS | {"Vary": "accept-datetime"}
        try:
            date = datetime.max.replace(tzinfo=UTC)
            if accept_datetime is not None:
                date = parse_date(accept_datetime)
        except ValueError:
            words = "Accept-Datetime is no date such as Thu, 27 Oct 2016 12:00:00 GMT\n"
            return PlainTextResponse(words, 400, headers)
        entry = closest(self._index, url, date)
        if entry is None:
            return PlainTextResponse("not captured\n", 404, headers)
        headers["Link"] = self.links(entry, origin)
        return RedirectResponse(origin + href(address_of(entry, View.PAGE)), 302, headers)

    def _time_map(self, asked: Asked, origin: str) -> Response:
        lines = _dated(self._index.lines(f"{surt(asked.url)} "))
        pages = [lines[at : at + MOST_LISTED] for at in range(0, len(lines), MOST_LISTED)]
        if not 1 <= asked.page <= len(pages):
            return PlainTextResponse("not captured\n", 404, _HEADERS)
        rows = [(date, CdxjEntry.parse(line)) for date, line in pages[asked.page - 1]]
        reach = [(page[0][0], page[-1][0]) for page in pages]
        time_map = _TimeMap(asked, origin, rows, reach)
        if asked.form == "json":
            return Response(time_map.json(), 200, _HEADERS, "application/json")
        return Response(time_map.link_format(), 200, _HEADERS, _LINK_FORMAT)


def parse_date(text: str) -> datetime:
    """Return the date of an Accept-Datetime field; raise ValueError where it is none."""
    if not _DATE.fullmatch(text.strip()):
        raise ValueError(f"no date: {text!r}")
    return parsedate_to_datetime(text).astimezone(UTC)


def http_date(date: datetime) -> str:
    """Return a date as HTTP writes it."""
    return format_datetime(date.astimezone(UTC), usegmt=True)


@dataclass(frozen=True, slots=True)
class _TimeMap:
    """One page of the list of captures of a URL."""

    asked: Asked
    origin: str
    rows: Sequence[tuple[datetime, CdxjEntry]]
    pages: Sequence[tuple[datetime, datetime]]

    def link_format(self) -> str:
        """Return the list as RFC 7089 section 5 has it: a link a line."""
        links = [*_of_url(self.asked.url, self.origin)[:2], *self._others()]
        links += [
            _memento(self.origin, address, date, relation)
            for address, date, relation in self._mementos()
        ]
        return ",\n".join(links) + "\n"

    def json(self) -> str:
        """Return the list in the words of the Time Travel service and of MemGator."""
        listed = [
            {"datetime": f"{date:%Y-%m-%dT%H:%M:%SZ}", "uri": self.origin + href(address)}
            for address, date, _ in self._mementos()
        ]
        url = self.asked.url
        said: dict[str, object] = {
            "original_uri": url,
            "self": self._at("json", self.asked.page),
            "timegate_uri": f"{self.origin}/timegate/{_quoted(url)}",
            "timemap_uri": {
                "link_format": self._at("link", self.asked.page),
                "json_format": self._at("json", self.asked.page),
            },
            "mementos": {"list": listed, "first": listed[0], "last": listed[-1]},
        }
        if len(self.pages) > 1:
            said["timemap_index"] = [
                {"uri": self._at("json", number), "from": f"{first:%Y-%m-%dT%H:%M:%SZ}",
                 "until": f"{last:%Y-%m-%dT%H:%M:%SZ}"}
                for number, (first, last) in enumerate(self.pages, 1)
            ]  # fmt: skip
        return json.dumps(said) + "\n"

    def _at(self, form: str, page: int) -> str:
        return _time_map_at(self.origin, self.asked.url, form, page)

    def _others(self) -> Iterator[str]:
        """Yield the links to this page and to the others, with the dates that they reach over."""
        for number, (first, last) in enumerate(self.pages, 1):
            relation = "self" if number == self.asked.page else "timemap"
            yield (
                f'<{self._at("link", number)}>; rel="{relation}"; type="{_LINK_FORMAT}"; '
                f'from="{http_date(first)}"; until="{http_date(last)}"'
            )

    def _mementos(self) -> Iterator[tuple[Address, datetime, str]]:
        is_first, is_last = self.asked.page == 1, self.asked.page == len(self.pages)
        final = len(self.rows) - 1
        for number, (date, entry) in enumerate(self.rows):
            ends = ["first"] * (is_first and number == 0) + ["last"] * (is_last and number == final)
            yield address_of(entry, View.PAGE), date, " ".join([*ends, "memento"])


def _dated(lines: Iterable[bytes]) -> list[tuple[datetime, bytes]]:
    """Return lines of an index with their dates; lines with less than a date are left out."""
    found = []
    for line in lines:
        with suppress(ValueError):
            found.append((_date(line.split(b" ", 2)[1].decode("latin-1")), line))
    return found


def _date(timestamp: str) -> datetime:
    return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _of_url(url: str, origin: str) -> tuple[str, str, str]:
    """Return the links to the URL itself, to its TimeGate and to its TimeMap."""
    return (
        f'<{_quoted(url)}>; rel="original"',
        f'<{origin}/timegate/{_quoted(url)}>; rel="timegate"',
        f'<{_time_map_at(origin, url, "link", 1)}>; rel="timemap"; type="{_LINK_FORMAT}"',
    )


def _time_map_at(origin: str, url: str, form: str, page: int) -> str:
    number = f"{page}/" if page > 1 else ""
    return f"{origin}/timemap/{form}/{number}{_quoted(url)}"


def _memento(origin: str, address: Address, date: datetime, relation: str) -> str:
    return f'<{origin}{href(address)}>; rel="{relation}"; datetime="{http_date(date)}"'


def _quoted(url: str) -> str:
    return quote(url, safe=_URL_SIGNS)
