"""What was captured before: validators to ask with, and how an answer differs from the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from http import HTTPStatus

from crawler.answers import Answer
from crawler.frontier_store import FrontierStore
from warc.cdxj import METHOD, SUFFIX, CdxjEntry, CdxjIndex
from warc.collection import Collection
from warc.damage import DamagedError
from warc.locator import Locator
from warc.random_access import capture_at
from warc.writer import Written

_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class Change(StrEnum):
    """How a page differs from its last capture."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The last whole capture of a URL with status 200."""

    etag: str | None
    modified: str | None
    digest: bytes
    locator: Locator

    @property
    def conditions(self) -> dict[str, str]:
        """Return the request fields that spare an unchanged body (RFC 9110 section 13.1)."""
        fields = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in fields.items() if value}


class Captures:
    """The last capture of each URL, beside the frontier: both are committed together.

    Of WARC files that the frontier's file does not know, such as another tool's or all of them
    where it was lost, the index and the records are asked.
    """

    def __init__(self, store: FrontierStore, collection: Collection) -> None:
        self._store = store
        self._collection = collection
        self._index = CdxjIndex(collection.indexes)
        self._files = {name: number for number, name in store.read("SELECT id, name FROM files")}
        self._began = ""
        self._ends: dict[str, int] = {}
        self._noted: dict[int, tuple[object, ...]] = {}
        self._gone: list[tuple[int]] = []
        names = {path.name for path in collection.warc_files()}
        self._unknown = names - self._files.keys()
        self._is_empty = not store.read("SELECT 1 FROM captures LIMIT 1")

    def find(self, url: str) -> Earlier | None:
        """Return the capture of exactly this URL."""
        known = None if self._is_empty else self._known(url)
        return self._indexed(url) if known is None and self._unknown else known

    def know_all(self) -> None:
        """Take it that all WARC files are known: this pass has met what is in them."""
        for name in self._unknown:
            self._file(name)
        self._unknown = set()

    def _known(self, url: str) -> Earlier | None:
        rows = self._store.read(
            "SELECT etag, modified, digest, name, offset, length FROM captures "
            "JOIN files ON files.id = file WHERE key = ?",
            (_key(url),),
        )
        for etag, modified, digest, name, offset, length in rows:
            locator = Locator(file=name, offset=offset, length=length)
            return Earlier(etag=etag, modified=modified, digest=digest, locator=locator)
        return None

    def _indexed(self, url: str) -> Earlier | None:
        """Return the last capture in a file that is not known."""
        found = [
            entry
            for entry in self._index.captures(url)
            if entry.locator.file in self._unknown
            and entry.url == url
            and (not self._began or entry.timestamp < self._began)
            and _is_page(entry)
        ]
        for entry in sorted(found, key=lambda entry: entry.timestamp, reverse=True):
            try:
                capture = capture_at(self._collection.archive, entry.locator)
            except (DamagedError, OSError):
                continue
            digest = capture.payload_digest
            return Earlier(
                etag=capture.header("ETag"),
                modified=capture.header("Last-Modified"),
                digest=digest.value if digest else b"",
                locator=entry.locator,
            )
        return None

    def note(self, url: str, answer: Answer, earlier: Earlier | None) -> Change | None:
        """Keep what an answer says of its URL; return how that differs from `earlier`."""
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return Change.UNCHANGED if earlier else None
        if answer.status == HTTPStatus.OK:
            return self._note_page(url, answer, earlier)
        if earlier is None:
            return None
        is_gone = answer.status in _GONE
        if is_gone or HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
            self._gone.append((_key(url),))
            return Change.GONE if is_gone else Change.CHANGED
        return None

    def note_end(self, written: Written) -> None:
        """Note that what these records lead to is in the frontier."""
        last = written.metadata or written.request or written.response
        if last is not None:
            self._ends[last.file] = max(self._ends.get(last.file, 0), last.offset + last.length)

    def write(self, unsettled: Iterator[Written]) -> None:
        """Write what was noted, for the next commit of the store.

        With it how far each file is known to the frontier; `unsettled` records are not yet.
        """
        self._store.write_many(
            "INSERT OR REPLACE INTO captures VALUES (?,?,?,?,?,?,?)", list(self._noted.values())
        )
        self._store.write_many("DELETE FROM captures WHERE key = ?", self._gone)
        self._noted.clear()
        self._gone.clear()
        for written in unsettled:
            first = written.response or written.request or written.metadata
            if first is not None and first.file in self._ends:
                self._ends[first.file] = min(self._ends[first.file], first.offset)
        ends = [(end, self._file(name)) for name, end in self._ends.items()]
        self._store.write_many("UPDATE files SET upto = ? WHERE id = ?", ends)
        self._ends.clear()

    def resume(self, began: str) -> dict[str, Locator]:
        """Return the last answer to each URL that was recorded and not committed since `began`.

        A process that was killed has left them; they need not be asked for again, and they are
        not what was captured before.
        """
        self._began = began
        ends = dict(self._store.read("SELECT name, upto FROM files"))
        found: dict[str, Locator] = {}
        for warc in self._collection.warc_files():
            end = ends.get(warc.name, 0)
            if warc.stat().st_size > end:
                for entry in _entries(self._collection, warc.name):
                    if entry.timestamp >= began and entry.locator.offset >= end:
                        found[entry.url] = entry.locator
        return found

    def recorded(self, url: str, since: str) -> Locator | None:
        """Return the last answer to `url` that the pass resumed has, `since` a timestamp.

        Of errors of the server there is none: those are asked again.
        """
        entries = self._index.captures(url) if self._began else ()
        good = [
            (entry.timestamp, entry.locator.offset, entry.locator)
            for entry in entries
            if entry.url == url
            and entry.timestamp >= max(self._began, since)
            and entry.status is not None
            and entry.status < HTTPStatus.INTERNAL_SERVER_ERROR
            and entry.status != HTTPStatus.TOO_MANY_REQUESTS
        ]
        return max(good)[-1] if good else None

    def _note_page(self, url: str, answer: Answer, earlier: Earlier | None) -> Change | None:
        if not answer.is_whole or answer.locator is None:
            return None if earlier else Change.NEW
        same = earlier is not None and earlier.digest == answer.digest
        where = earlier.locator if earlier is not None and same else answer.locator
        key = _key(url)
        self._noted[key] = (
            *(key, answer.etag, answer.modified, answer.digest),
            *(self._file(where.file), where.offset, where.length),
        )
        if earlier is None:
            return Change.NEW
        return Change.UNCHANGED if same else Change.CHANGED

    def _file(self, name: str) -> int:
        number = self._files.get(name)
        if number is None:
            number = self._files[name] = len(self._files) + 1
            self._store.write_many("INSERT INTO files VALUES (?, ?, 0)", [(number, name)])
        return number


def _entries(collection: Collection, warc: str) -> Iterator[CdxjEntry]:
    """Yield what the index of one file says of GET requests."""
    index = collection.indexes / f"{warc}{SUFFIX}"
    if not index.exists():
        return
    with index.open("rb") as lines:
        for line in lines:
            try:
                entry = CdxjEntry.parse(line)
            except ValueError:
                continue
            if METHOD not in entry.urlkey:
                yield entry


def _is_page(entry: CdxjEntry) -> bool:
    return entry.status == HTTPStatus.OK and METHOD not in entry.urlkey


def _key(url: str) -> int:
    name = url.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "big", signed=True)
