"""What is wrong with one record, seen by itself."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterator

from warc.capture import http_head
from warc.files.fields import is_w3c_date, parse_date
from warc.files.problem import Severity
from warc.files.record import Record

Fault = tuple[Severity, str]

_MANDATORY = ("WARC-Record-ID", "WARC-Date", "WARC-Type")  # WARC 1.1 section 5.1
_MAY_REPEAT = frozenset({"warc-concurrent-to", "warc-protocol"})
_TYPES = frozenset(
    {"warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion"}
    | {"continuation"}
)
_NEEDS_TARGET = _TYPES - {"warcinfo", "metadata"}  # section 5.6; metadata may be of a file
_TRUNCATED = frozenset({"length", "time", "disconnect", "unspecified"})
_BODY_FIELDS = ("WARC-Refers-To-Target-URI", "WARC-Refers-To", "WARC-Payload-Digest")
_WORDS_OF_A_REQUEST_LINE = 3


def faults(record: Record) -> Iterator[Fault]:
    """Yield what in the record's own fields and HTTP head goes against WARC 1.1."""
    yield from ((Severity.WARNING, note) for note in record.notes)
    if record.version.startswith("WARC"):
        yield from _fields(record)
    yield from _date(record)
    yield from _address(record)
    yield from _http(record)


def _fields(record: Record) -> Iterator[Fault]:
    for name in _MANDATORY:
        if not record.get(name):
            yield Severity.ERROR, f"no {name}"
    times = Counter(name.lower() for name, _ in record.fields)
    repeated = [name for name, count in times.items() if count > 1 and name not in _MAY_REPEAT]
    for name in repeated:
        yield Severity.WARNING, f"{name} stands there {times[name]} times; the first is taken"
    if record.type not in _TYPES:
        yield Severity.NOTE, f"WARC-Type {record.type!r} is none of WARC 1.1"
    if record.type in _NEEDS_TARGET and not record.get("WARC-Target-URI"):
        yield Severity.ERROR, f"a {record.type} record without WARC-Target-URI"
    if record.type == "revisit" and not any(record.get(name) for name in _BODY_FIELDS):
        yield Severity.ERROR, "a revisit record that does not say what it repeats"
    truncated = record.get("WARC-Truncated")
    if truncated and truncated.lower() not in _TRUNCATED:
        yield Severity.WARNING, f"WARC-Truncated {truncated!r} is no reason of WARC 1.1"


def _date(record: Record) -> Iterator[Fault]:
    text = record.get("WARC-Date")
    if not text:
        return
    try:
        parse_date(text)
    except ValueError:
        yield Severity.ERROR, f"WARC-Date {text!r} is no date"
        return
    if not is_w3c_date(text):
        yield Severity.WARNING, f"WARC-Date {text!r} is not written as WARC 1.1 asks"


def _address(record: Record) -> Iterator[Fault]:
    text = record.get("WARC-IP-Address")
    if text is None:
        return
    try:
        ipaddress.ip_address(text)
    except ValueError:
        yield Severity.WARNING, f"WARC-IP-Address {text!r} is no address"


def _http(record: Record) -> Iterator[Fault]:
    is_http = (record.get("Content-Type") or "").lower().startswith("application/http")
    if not is_http or record.type not in ("request", "response", "revisit"):
        return
    size, head = http_head(record)
    if record.type == "request":
        line = record.read(size).partition(b"\n")[0]
        if len(line.split(None, _WORDS_OF_A_REQUEST_LINE - 1)) < _WORDS_OF_A_REQUEST_LINE:
            yield Severity.WARNING, "the HTTP request line has not three words"
    elif size == 0 and (record.type == "response" or record.block_size):
        yield Severity.WARNING, "no HTTP status line: HTTP/0.9, or not an answer"
    elif size and not head.status:
        yield Severity.WARNING, "the HTTP status line has no status"
