"""The named fields of a WARC record, as received and looked up without regard to case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

_PARTIAL_DATE = re.compile(
    r"(\d{4})(?:-?(\d\d)(?:-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?Z?)?)?)?"
)
# Nearly every head of WARC.
_PLAIN_HEAD = re.compile(rb"WARC/\d\.\d\r?\n(?:[!-9;-~]+:[ -~\t]*\r?\n)*\r?\n")
_W3C_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z)?)?)?")


class WarcFields:
    """Fields in the order received; `get` gives the first of a name.

    Names differ in nothing but case where they are the same (WARC 1.1 section 4); real files of
    Scoop have them in lower case.
    """

    __slots__ = ("_first", "_head", "_lower", "_pairs")

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._head = self._lower = b""
        self._set(tuple(pairs))

    def _set(self, pairs: tuple[tuple[str, str], ...]) -> None:
        self._pairs: tuple[tuple[str, str], ...] | None = pairs
        self._first: dict[str, str] = {}
        for name, value in pairs:
            self._first.setdefault(name.lower(), value)

    @classmethod
    def of_head(cls, head: bytes) -> WarcFields:
        """Return the fields of a record's head, its version line and blank line included."""
        fields = cls.of_plain_head(head)
        if fields is None or fields.head_size < len(head):
            return cls.parse(line.rstrip(b"\r") for line in head.split(b"\n")[1:-2])
        return fields

    @classmethod
    def of_plain_head(cls, text: bytes) -> WarcFields | None:
        """Return the fields of the head that `text` begins with; None where it is not plain.

        A plain one is ASCII, each name right at its colon, nothing folded. Its fields are looked
        for when they are asked for.
        """
        match = _PLAIN_HEAD.match(text)
        if match is None:
            return None
        fields = cls.__new__(cls)
        fields._pairs = None
        fields._head = match[0]
        fields._lower = match[0].lower()
        return fields

    @property
    def head_size(self) -> int:
        """Return the size of the plain head that the fields are of, 0 where it was not plain."""
        return len(self._head)

    @classmethod
    def parse(cls, lines: Iterable[bytes]) -> WarcFields:
        """Return the fields of header lines; a folded line continues the one before it.

        Lines without a colon are left out. Values are UTF-8, or Latin-1 where they are not.
        """
        pairs: list[tuple[str, str]] = []
        for raw in lines:
            line = _text(raw)
            if line[:1] in (" ", "\t") and pairs:
                name, value = pairs[-1]
                pairs[-1] = (name, f"{value} {line.strip()}")
                continue
            name, colon, value = line.partition(":")
            if colon:
                pairs.append((name.strip(), value.strip()))
        return cls(pairs)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return all names and values in order."""
        if self._pairs is None:
            lines = self._head.decode("ascii").split("\n")[1:-2]
            split = (line.partition(":") for line in lines)
            self._set(tuple((name, value.strip()) for name, _, value in split))
        return self._pairs or ()

    def get(self, name: str) -> str | None:
        """Return the first value of `name`, None where there is none."""
        if self._pairs is not None:
            return self._first.get(name.lower())
        wanted = b"\n%s:" % name.lower().encode()
        at = self._lower.find(wanted)
        if at < 0:
            return None
        at += len(wanted)
        return self._head[at : self._head.index(b"\n", at)].decode("ascii").strip()

    def get_all(self, name: str) -> tuple[str, ...]:
        """Return every value of `name` in order."""
        lower = name.lower()
        return tuple(value for own, value in self.pairs if own.lower() == lower)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WarcFields) and self.pairs == other.pairs

    def __hash__(self) -> int:
        return hash(self.pairs)

    def __repr__(self) -> str:
        return f"WarcFields({self.pairs!r})"


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def parse_date(text: str) -> datetime:
    """Return the date a field gives, in UTC, at its beginning where it is less than a second.

    Reads W3C dates as WARC 1.1 has them (a year, a month, up to nanoseconds, which are cut to
    microseconds) and the 12 or 14 digits of ARC. Raise ValueError for anything else.
    """
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text) if len(text) >= len("2016-10-27T00") else None
    except ValueError:
        moment = None
    if moment is None or text.isdecimal():
        moment = _partial(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def is_w3c_date(text: str) -> bool:
    """Return whether `text` is written as WARC 1.1 section 5.4 allows."""
    return _W3C_DATE.fullmatch(text) is not None


def _partial(text: str) -> datetime:
    match = _PARTIAL_DATE.fullmatch(text[:14] if text.isdecimal() else text)
    if match is None:
        raise ValueError(f"not a date: {text!r}")
    year, month, day, hour, minute, second = (int(group or 0) for group in match.groups())
    return datetime(year, month or 1, day or 1, hour, minute, second, tzinfo=UTC)
