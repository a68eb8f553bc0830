"""The CDX server: the index by URL, in the parameters and the answers of pywb's.

`/cdx?url=a.example/*&output=json&filter=status:200`, as in "CDXJ Server API" of pywb's manual;
`collapse` is the Wayback Machine's.
"""

from __future__ import annotations

import heapq
import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from urllib.parse import parse_qs

from starlette.responses import JSONResponse, Response, StreamingResponse

from warc.cdxj import CdxjIndex
from warc.surt import surt

_MOST = 100_000  # pywb's limit where none is asked for
_AT_ONCE = 500  # lines
_HEADERS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
_OTHER_NAMES = {
    "original": "url", "u": "url", "statuscode": "status", "mimetype": "mime", "m": "mime",
    "l": "length", "s": "length", "o": "offset", "d": "digest", "t": "timestamp", "k": "urlkey",
    "f": "filename",
}  # fmt: skip
_TYPES = {"cdxj": "text/x-cdxj", "json": "text/x-ndjson", "text": "text/plain"}
_EARLIEST, _LATEST = "00010101000000", "99991231235959"


class Row:
    """A line of an index, its fields read only where they are asked for."""

    __slots__ = ("__dict__", "line", "timestamp")

    def __init__(self, line: bytes) -> None:
        self.line = line.decode("utf-8", "replace")
        self.timestamp = self.line.split(" ", 2)[1]

    @cached_property
    def fields(self) -> dict[str, str]:
        """Return the fields in the order of the line, the first two alone where it is not CDXJ."""
        urlkey, timestamp, rest = self.line.split(" ", 2)
        try:
            named = json.loads(rest)
        except ValueError:
            named = {}
        if not isinstance(named, dict):
            named = {}
        said = {_OTHER_NAMES.get(name, name): str(value) for name, value in named.items()}
        return {"urlkey": urlkey, "timestamp": timestamp} | said

    def get(self, name: str) -> str:
        """Return a field by any of its names, "" where the line has none."""
        return self.fields.get(_OTHER_NAMES.get(name, name), "")


class Query:
    """One question to the index; making it raises ValueError where it makes no sense."""

    def __init__(self, query: str) -> None:
        given = parse_qs(query, keep_blank_values=True)
        self._given = {name: values[-1] for name, values in given.items()}
        url = self._given.get("url", "").strip()
        if not url:
            raise ValueError('The "url" param is required')
        self.prefixes = prefixes(url, self._given.get("matchType", ""))
        self.output = self._given.get("output", "cdxj")
        if self.output not in _TYPES:
            raise ValueError(f"output={self.output} not supported")
        self.limit = self._number("limit", _MOST)
        names = self._given.get("fields") or self._given.get("fl")
        self.names = names.split(",") if names else None
        self._filters = [_filter(text) for text in given.get("filter", [])]
        self._from = _padded(self._given.get("from") or self._given.get("from_ts", ""), _EARLIEST)
        self._to = _padded(self._given.get("to", ""), _LATEST)
        self._collapse = self._collapsed_by()
        self._closest = self._given.get("closest", "")
        self._middle = _date(self._closest) if self._closest else None
        asked = self._given.get("reverse", "").lower() in {"1", "true", "yes"}
        self._is_reverse = asked or self._given.get("sort") == "reverse"

    def _number(self, name: str, default: int) -> int:
        text = self._given.get(name, "")
        if not text:
            return default
        if not text.isascii() or not text.isdecimal():
            raise ValueError(f"Invalid value for {name}= param: {text}")
        return int(text[:12])

    def _collapsed_by(self) -> Callable[[Row], object] | None:
        """Return by what lines that follow each other count as one."""
        if self._given.get("collapseTime"):
            digits = self._number("collapseTime", 10)
            return lambda row: (row.timestamp[:digits], row.get("status"))
        field, _, length = self._given.get("collapse", "").partition(":")
        if not field:
            return None
        if length and not length.isdecimal():
            raise ValueError(f"Invalid value for collapse= param: {field}:{length}")
        signs = int(length) if length else None
        return lambda row: row.get(field)[:signs]

    def rows(self, index: CdxjIndex) -> Iterator[Row]:
        """Yield what answers it, in order."""
        lines = (line for prefix in self.prefixes for line in index.lines(prefix))
        found = self._chosen(Row(line) for line in lines if line.count(b" ") > 1)
        if self._middle is not None:
            middle = self._middle
            near = heapq.nsmallest(self.limit, found, key=lambda row: _distance(row, middle))
            return iter(near)
        if self._is_reverse:
            return reversed(deque(found, maxlen=self.limit))
        return islice(found, self.limit)

    def _chosen(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows that no condition leaves out."""
        before: object = None
        for row in rows:
            if not all(holds(row) for holds in self._filters):
                continue
            if not self._from <= row.timestamp <= self._to:
                continue
            if self._collapse is not None:
                now = self._collapse(row)
                if now == before:
                    continue
                before = now
            yield row

    def written(self, row: Row) -> str:
        """Return a row in the form asked for, with its line end."""
        if self.names is None and self.output == "cdxj":
            return f"{row.line}\n"
        fields = row.fields
        if self.output == "text":
            names = fields if self.names is None else self.names
            return " ".join(row.get(name) or "-" for name in names) + "\n"
        if self.names is not None:
            fields = {name: row.get(name) for name in self.names if row.get(name)}
        if self.output == "json":
            return json.dumps(fields) + "\n"
        rest = {name: value for name, value in fields.items() if name not in _IN_FRONT}
        return f"{row.fields['urlkey']} {row.timestamp} {json.dumps(rest)}\n"


_IN_FRONT = frozenset({"urlkey", "timestamp"})


def answer(index: CdxjIndex, query: str) -> Response:
    """Return the answer to a query string; 400 with a message where it makes no sense."""
    try:
        asked = Query(query)
        rows = asked.rows(index)
        first = [asked.written(row) for row in islice(rows, _AT_ONCE)]
    except ValueError as error:
        return JSONResponse({"message": str(error)}, 400, _HEADERS)
    kind = _TYPES[asked.output]
    if len(first) < _AT_ONCE:
        return Response("".join(first), 200, _HEADERS, kind)
    return StreamingResponse(_pieces(first, asked, rows), 200, _HEADERS, kind)


def _pieces(first: list[str], asked: Query, rows: Iterator[Row]) -> Iterator[str]:
    while first:
        yield "".join(first)
        first = [asked.written(row) for row in islice(rows, _AT_ONCE)]


def prefixes(url: str, match_type: str) -> tuple[str, ...]:
    """Return with what the lines begin that match, in order; raise ValueError for no such type.

    `*.a.example` is a domain and `a.example/p*` a prefix where no type is given.
    """
    if not match_type:
        if url.startswith("*."):
            url, match_type = url[2:], "domain"
        elif url.endswith("*"):
            url, match_type = url[:-1], "prefix"
    key = surt(url)
    host = key.partition(")/")[0]
    match match_type:
        case "" | "exact":
            return (f"{key} ",)
        case "prefix":
            return (_ended_alike(key, url),)
        case "host":
            return (f"{host})/",)
        case "domain":
            # Of a top-level domain there is no host by itself.
            return (f"{host})/", f"{host},") if "," in host else (f"{host},",)
    raise ValueError(f"Invalid match_type: {match_type}")


def _ended_alike(key: str, url: str) -> str:
    """Return a key with the `/` or `?` that canonical keys do without and a prefix means."""
    ending = url[-1:]
    return key + ending if ending in {"/", "?"} and not key.endswith(ending) else key


def _filter(text: str) -> Callable[[Row], bool]:
    """Return the condition of a `filter`: `[!][=|~]field:text`, without a field of the line."""
    is_not, text = text.startswith("!"), text.removeprefix("!")
    kind, text = (text[0], text[1:]) if text[:1] in {"=", "~"} else ("", text)
    field, colon, wanted = text.partition(":")
    if not colon:
        field, wanted = "", text
    holds = _comparison(kind, wanted)
    return lambda row: holds(row.get(field) if field else row.line) is not is_not


def _comparison(kind: str, wanted: str) -> Callable[[str], bool]:
    if kind == "=":
        return lambda value: value == wanted
    if kind == "~":
        try:
            pattern = re.compile(wanted)
        except re.error as error:
            raise ValueError(f"not a regular expression ({error}): {wanted}") from None
        return lambda value: pattern.match(value) is not None
    return lambda value: wanted in value


def _padded(digits: str, bound: str) -> str:
    """Return a timestamp of 14 digits for a shorter one; "" is the bound itself."""
    if digits and not (digits.isascii() and digits.isdecimal()):
        raise ValueError(f"not a timestamp: {digits}")
    return digits[:14] + bound[len(digits) :]


def _date(digits: str) -> datetime:
    """Return the date of a timestamp, filled up to the earliest it can mean."""
    try:
        return datetime.strptime(_padded(digits, _EARLIEST), "%Y%m%d%H%M%S")  # noqa: DTZ007 - compared with its like
    except ValueError:
        raise ValueError(f"not a timestamp: {digits}") from None


def _distance(row: Row, middle: datetime) -> timedelta:
    try:
        return abs(_date(row.timestamp) - middle)
    except ValueError:
        return timedelta.max
