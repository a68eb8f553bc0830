"""The head of a record: read where one is due, and searched for where none is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from warc.files.arc import VERSION_BLOCK, is_arc_line, parse_arc_line
from warc.files.container import Plain
from warc.files.fields import WarcFields
from warc.files.text import Text

MAX_HEAD = 1 << 20
_MAGIC = b"WARC/"
_ZIP = b"PK\x03\x04"
_HEAD_END = re.compile(rb"\n\r*\n")
_LINE_END = re.compile(rb"\n")
_INNER = re.compile(rb"\nWARC/\d\.\d+\r*\n")
_NEXT = re.compile(rb"\n(?=WARC/\d\.\d+\r*\n)")
_NEXT_ARC = re.compile(rb"\n(?=[a-z][a-z0-9+.\-]*:\S[^\r\n]{0,4000} \d{14} \S* [^\r\n]*\d\r?\n)")
_LINE = 1 << 12  # the longest first line looked for
_CANDIDATE = 1 << 13  # the longest head that a search accepts
_MOST_DIGITS = 15


class NotARecordError(Exception):
    """What lies here is no record; the message is the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHead:
    """A record's version and fields; `size` is the length its block should have."""

    version: str
    fields: WarcFields
    size: int
    notes: tuple[str, ...] = ()

    @property
    def is_arc(self) -> bool:
        """Return whether the record is an ARC one."""
        return self.version.startswith("ARC")

    @property
    def line_ends(self) -> int:
        """Return how many line ends close such a record."""
        return 1 if self.is_arc else 2


def read_head(text: Text, *, arc: bool) -> RecordHead:
    """Return the head that begins here and go behind it.

    Lines may end with LF alone; `arc` says that the file has been one of ARC so far. Raise
    NotARecordError where there is none, or none that can be followed.
    """
    text.ensure(len(VERSION_BLOCK))
    first = text.buffer[text.at : text.at + len(VERSION_BLOCK)]
    if first.startswith(_MAGIC):
        return _warc_head(text)
    if arc or first == VERSION_BLOCK:
        return _arc_head(text)
    if first.startswith(_ZIP):
        raise NotARecordError("a ZIP file; a WACZ's WARC files are in its folder archive/")
    raise NotARecordError("NUL bytes" if not first.strip(b"\0") else "bytes that are no record")


def _warc_head(text: Text) -> RecordHead:
    head = _until(text, _HEAD_END)
    inner = _INNER.search(head)
    if inner is not None:
        text.push_back(head[inner.start() :])
        raise NotARecordError("a record's header breaks off where another record begins")
    fields = WarcFields.of_head(head)
    return RecordHead(
        version=head[: head.index(b"\n")].strip().decode("latin-1"),
        fields=fields,
        size=_size(fields),
        notes=() if fields.get("WARC-Type") else ("no WARC-Type",),
    )


def _arc_head(text: Text) -> RecordHead:
    line = _until(text, _LINE_END)
    try:
        fields = parse_arc_line(line)
    except ValueError as error:
        raise NotARecordError(str(error)) from None
    return RecordHead(version="ARC/1", fields=fields, size=_size(fields))


def _until(text: Text, end: re.Pattern[bytes]) -> bytes:
    """Return the text up to the end of a match."""
    while True:
        match = end.search(text.buffer, text.at)
        if match is not None:
            found = text.buffer[text.at : match.end()]
            text.at = match.end()
            return found
        if len(text.buffer) - text.at > MAX_HEAD:
            raise NotARecordError(f"a record's header is longer than {MAX_HEAD} bytes")
        if not text.more():
            if isinstance(text.container, Plain) and text.buffer.endswith(b"\n"):
                found, text.at = text.buffer[text.at :] + b"\n", len(text.buffer)
                return found  # a record with an empty block, its blank line left out
            where = "record's member" if text.container.compressed else "file"
            raise NotARecordError(f"the {where} ends inside a record's header")


def _size(fields: WarcFields) -> int:
    value = fields.get("Content-Length")
    if value is None:
        raise NotARecordError("a record without Content-Length")
    if not (value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS):
        raise NotARecordError(f"a record with Content-Length {value[:40]!r}")
    return int(value)


def begins_record(text: Text, *, arc: bool) -> bool:
    """Return whether a record begins here, without moving."""
    text.ensure(_LINE if arc else len(_MAGIC))
    return looks_like_record(text.buffer[text.at : text.at + _LINE], arc=arc)


def looks_like_record(first: bytes, *, arc: bool) -> bool:
    """Return whether a record may begin with these bytes."""
    if first.startswith((_MAGIC, VERSION_BLOCK)):
        return True
    return arc and is_arc_line(first)


def search_record(text: Text, *, arc: bool) -> int | None:
    """Go to the next record of this member and return its position; to its end without one.

    In a file that is not compressed a head is taken for a record's only where another record or
    the file's end follows its block: pages may hold the text of a WARC.
    """
    pattern = _NEXT_ARC if arc else _NEXT
    while True:
        match = pattern.search(text.buffer, text.at)
        if match is not None:
            text.at = match.end()
            if arc or _is_candidate(text):
                return text.position
            continue
        text.at = max(text.at, len(text.buffer) - _LINE)
        if not text.more():
            text.at = len(text.buffer)
            return None


def _is_candidate(text: Text) -> bool:
    text.ensure(_CANDIDATE)
    end = _HEAD_END.search(text.buffer, text.at, text.at + _CANDIDATE)
    if end is None:
        return False
    lines = text.buffer[text.at : end.end()].split(b"\n")[1:-2]
    fields = WarcFields.parse(line.rstrip(b"\r") for line in lines)
    try:
        size = _size(fields)
    except NotARecordError:
        return False
    if not isinstance(text.container, Plain):
        return fields.get("WARC-Type") is not None
    behind = text.container.peek(text.base + end.end() + size, _LINE)
    return behind is not None and behind.lstrip(b"\r\n")[: len(_MAGIC)] in (b"", _MAGIC)
