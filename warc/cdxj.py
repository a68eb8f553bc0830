"""CDXJ indexes: `urlkey timestamp {json}` lines, sorted by their bytes, as pywb reads them."""

from __future__ import annotations

import heapq
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from json.encoder import encode_basestring_ascii as quoted
from pathlib import Path
from typing import Self

from warc.capture import Capture, capture_of
from warc.digest import Digest
from warc.files.record import Record
from warc.files.sorted_lines import SortedLines
from warc.locator import Locator
from warc.post_query import MOST_BODY, WITH_BODY, post_query
from warc.reader import iter_records
from warc.surt import surt

REVISIT = "warc/revisit"
UNKNOWN = "unk"  # pywb's word for a capture without a content type
SUFFIX = ".cdxj"
_NO_MARKS = str.maketrans("", "", "-:T")
_AFTER_MIME = re.compile(r"[;\s]")
METHOD = "__wb_method="  # pywb's argument for another method than GET


@dataclass(frozen=True, slots=True, kw_only=True)
class CdxjEntry:
    """One line of an index: a response, revisit or resource, and where it lies.

    `timestamp` is 14 digits of UTC. `status` is None where there is no status line. `digest` is
    as the line has it, bare or labelled; `payload_digest` reads either. `mime` is `warc/revisit`
    for a revisit, whatever its content type.
    """

    urlkey: str
    timestamp: str
    url: str
    mime: str
    status: int | None
    digest: str
    locator: Locator

    @classmethod
    def parse(cls, line: str | bytes) -> Self:
        """Return the entry of a line; raise ValueError where it is not CDXJ.

        Lines of other indexers are read too: numbers for strings, folders before file names,
        absent fields; a length that is not given is 0.
        """
        text = line.decode("utf-8", "replace") if isinstance(line, bytes) else line
        try:
            urlkey, timestamp, rest = text.strip().split(" ", 2)
            fields = json.loads(rest)
            return cls(
                urlkey=urlkey,
                timestamp=timestamp,
                url=str(fields["url"]),
                mime=str(fields.get("mime", UNKNOWN)),
                status=_status(fields.get("status")),
                digest=str(fields.get("digest", "-")),
                locator=Locator(
                    file=str(fields["filename"]).rpartition("/")[2],
                    offset=int(fields["offset"]),
                    length=int(fields.get("length", 0)),
                ),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a CDXJ line ({error}): {text[:200]!r}") from None

    def __str__(self) -> str:
        at = self.locator
        status = "-" if self.status is None else self.status
        return (
            f'{self.urlkey} {self.timestamp} {{"url": {quoted(self.url)}, '
            f'"mime": {quoted(self.mime)}, "status": "{status}", "digest": {quoted(self.digest)}, '
            f'"length": "{at.length}", "offset": "{at.offset}", "filename": {quoted(at.file)}}}'
        )

    @property
    def is_revisit(self) -> bool:
        """Return whether the payload lies in another record."""
        return self.mime == REVISIT

    @property
    def payload_digest(self) -> Digest | None:
        """Return the digest, SHA-1 where it has no label; None where the line has none."""
        try:
            return Digest.parse(self.digest if ":" in self.digest else f"sha1:{self.digest}")
        except ValueError:
            return None

    @property
    def date(self) -> datetime:
        """Return the timestamp as aware UTC; raise ValueError where it is not 14 digits."""
        return datetime.strptime(self.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _status(value: object) -> int | None:
    return int(str(value)) if str(value).isdecimal() else None


def timestamp(date: datetime) -> str:
    """Return the 14 digits of a date in UTC."""
    return date.astimezone(UTC).isoformat(timespec="seconds")[:19].translate(_NO_MARKS)


def urlkey(url: str, method: str = "GET", request: bytes = b"") -> str:
    """Return the key of a capture of `url`.

    Another method than GET is part of the key, as pywb has it, so that the bare answer to a HEAD
    is never taken for the page; so is what a POST or PUT sent, read from the bytes of `request`.
    """
    method = method.upper()
    if method == "GET":
        return surt(url)
    base = url.partition("#")[0]
    sent = post_query(request) if method in WITH_BODY and request else ""
    asked = f"{METHOD}{method}" + (f"&{sent}" if sent else "")
    return surt(f"{base}{'&' if '?' in base else '?'}{asked}")


def mime_of(content_type: str | None) -> str:
    """Return a Content-Type as an index has it: without parameters."""
    bare = _AFTER_MIME.split((content_type or "").strip(), maxsplit=1)[0]
    return bare or UNKNOWN


class CdxjIndex:
    """All `*.cdxj` files of a folder as one index, searched where they lie.

    Files that appear, vanish or are replaced between two questions are seen. Lines that start
    with `!` (headers of other tools) sort before every key and are left out.
    """

    def __init__(self, indexes: Path) -> None:
        self._folder = indexes
        self._files: dict[Path, SortedLines] = {}

    def captures(self, url: str) -> list[CdxjEntry]:
        """Return every capture whose urlkey is that of `url`, by time.

        URLs that differ in scheme, `www.`, case or order of arguments share a key.
        """
        return self.under(surt(url))

    def under(self, key: str) -> list[CdxjEntry]:
        """Return every entry whose urlkey is `key`, by time."""
        entries = [
            CdxjEntry.parse(line)
            for lines in self._open()
            for line in lines.starting_with(f"{key} ".encode())
        ]
        return sorted(entries, key=lambda entry: (entry.timestamp, entry.locator))

    def nearest_to(self, key: str, timestamp: str) -> list[CdxjEntry]:
        """Return the entries of `key` at that time; without any, those of the times next to it.

        By time. Found without reading what lies between, however many captures there are.
        """
        found = self._at(key, timestamp)
        if found:
            return found
        times = (self.time_before(key, timestamp), self.time_after(key, timestamp))
        return [entry for time in times if time is not None for entry in self._at(key, time)]

    def time_before(self, key: str, timestamp: str = "\x7f") -> str | None:
        """Return the last time of a capture of `key` before `timestamp`, by default of all."""
        prefix, bound = f"{key} ".encode(), f"{key} {timestamp}".encode()
        found = [lines.before(prefix, bound) for lines in self._open()]
        return max((_time(line) for line in found if line is not None), default=None)

    def time_after(self, key: str, timestamp: str = "") -> str | None:
        """Return the first time of a capture of `key` after `timestamp`, by default of all."""
        # "!" sorts behind the space that ends a line's timestamp.
        prefix, bound = f"{key} ".encode(), f"{key} {timestamp and timestamp + '!'}".encode()
        found = [lines.at_or_after(prefix, bound) for lines in self._open()]
        return min((_time(line) for line in found if line is not None), default=None)

    def _at(self, key: str, timestamp: str) -> list[CdxjEntry]:
        prefix = f"{key} {timestamp} ".encode()
        lines = (line for file in self._open() for line in file.starting_with(prefix))
        return sorted((CdxjEntry.parse(line) for line in lines), key=lambda entry: entry.locator)

    def lines(self, prefix: str) -> Iterator[bytes]:
        """Yield the lines that start with a prefix, in the order of their bytes."""
        return self._merged(prefix.encode())

    def prefix(self, urlkey_prefix: str, limit: int = 1000) -> list[CdxjEntry]:
        """Return the first `limit` entries whose urlkey starts with the prefix, by key and time."""
        found: list[CdxjEntry] = []
        for line in self._merged(urlkey_prefix.encode()):
            if len(found) >= limit:
                break
            found.append(CdxjEntry.parse(line))
        return found

    def __iter__(self) -> Iterator[CdxjEntry]:
        """Yield every entry, by key and time."""
        for line in self._merged(b""):
            yield CdxjEntry.parse(line)

    def _merged(self, prefix: bytes) -> Iterator[bytes]:
        runs = [lines.starting_with(prefix) for lines in self._open()]
        for line in heapq.merge(*runs):
            if not line.startswith(b"!") and line.strip():
                yield line

    def _open(self) -> list[SortedLines]:
        """Return the files as they are now; one that has not changed stays mapped."""
        current: dict[Path, SortedLines] = {}
        for path in index_files(self._folder):
            known = self._files.get(path)
            current[path] = known if known and known.is_current() else SortedLines(path)
        self._files = current
        return list(current.values())


def _time(line: bytes) -> str:
    return line.split(b" ", 2)[1].decode("latin-1")


def index_files(folder: Path) -> list[Path]:
    """Return the CDXJ files of a folder in name order; those still being written are left out."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIX))


def build_index(warc: Path) -> list[CdxjEntry]:
    """Return the entries of any WARC or ARC file, in the order of an index.

    What is damaged has no entry; `warc.check` tells of it. Raise OSError where the file cannot
    be read.
    """
    records = (found for found in iter_records(warc) if isinstance(found, Record))
    return sorted(entries_of(records), key=lambda entry: str(entry).encode())


def entries_of(records: Iterable[Record]) -> Iterator[CdxjEntry]:
    """Yield the entry of each capture among the records of a file, in the same order.

    The request next to a capture, if one is linked to it, tells the method.
    """
    before: Record | None = None
    waiting: Capture | None = None
    for record in records:
        if waiting is not None:
            yield _entry(waiting, *_asked(waiting.record, before, record))
            before = waiting.record
        found = capture_of(record)
        waiting = found if isinstance(found, Capture) else None
        before = before if waiting is not None else record
    if waiting is not None:
        yield _entry(waiting, *_asked(waiting.record, before, None))


def _entry(capture: Capture, method: str, request: bytes) -> CdxjEntry:
    revisit = capture.record_type == "revisit"
    digest = capture.payload_digest
    return CdxjEntry(
        urlkey=urlkey(capture.target_uri, method, request),
        timestamp=timestamp(capture.date),
        url=capture.target_uri,
        mime=REVISIT if revisit else mime_of(capture.content_type),
        status=capture.status,
        digest="-" if digest is None else index_digest(digest),
        locator=capture.locator,
    )


def index_digest(digest: Digest) -> str:
    """Return a digest as an index has it: SHA-1 bare, every other with its label."""
    return digest.bare if digest.algorithm == "sha1" else str(digest)


def _asked(record: Record, *neighbours: Record | None) -> tuple[str, bytes]:
    """Return method and bytes of the request, the bytes only where a body is part of the key."""
    for other in neighbours:
        if other is not None and other.type == "request" and _linked(record, other):
            method = other.read(32).partition(b" ")[0].decode("latin-1")
            return method, other.read(MOST_BODY) if method.upper() in WITH_BODY else b""
    return "GET", b""


def _linked(one: Record, other: Record) -> bool:
    return (
        other.get("WARC-Concurrent-To") == one.record_id
        or one.get("WARC-Concurrent-To") == other.record_id
    )
