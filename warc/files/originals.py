"""Where a payload, or a URL's last page, was captured first: what a revisit record refers to.

A cache beside the index that may be deleted at any time: it is made again from the CDXJ files. It
holds positions only and is never believed: the record at the position is read each time, so that
a revisit cannot refer to a record that was cut away, moved or damaged.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from warc.cdxj import METHOD, CdxjEntry, index_files
from warc.digest import Digest
from warc.files.fields import WarcFields
from warc.files.open_index import OPEN
from warc.http.head import parse_head
from warc.locator import Locator

FILE_NAME = "originals.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS originals (
  key INTEGER PRIMARY KEY, proof INTEGER NOT NULL,
  file INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS indexed (
  name TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL);
"""
_OK = 200
_BATCH = 1000
_HEAD = 1 << 16  # far more than the two heads of a record have as a rule
_BLANK_LINE = re.compile(rb"\n\r*\n")
_REMEMBERED = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A whole response record, in the words of its own head.

    `codings` are its transfer codings. Replay tools put a revisit's head before its original's
    body as that lies there, so pywb cuts a page short where one was chunked and the other not.
    """

    record_id: str
    target_uri: str
    date: str
    payload_digest: Digest
    codings: tuple[str, ...]


class _Key(NamedTuple):
    """128 bits that stand for a digest or a URL: the half that is looked up, and the other."""

    key: int
    proof: int


class Originals:
    """The positions of the originals of a collection, those of this run included."""

    def __init__(self, archive: Path, indexes: Path) -> None:
        self._archive = archive
        self._pending: dict[_Key, Locator] = {}
        self._read: dict[Locator, Original | None] = {}
        self._files: dict[str, int] = {}
        path = indexes / FILE_NAME
        try:
            self._database = _connected(path)
        except sqlite3.DatabaseError:  # torn by a power loss
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._database = _connected(path)
        self._catch_up(indexes)

    def by_payload(self, digest: Digest, codings: Sequence[str]) -> Original | None:
        """Return the record that holds the payload in the same transfer codings, None for none."""
        original = self._original(_of_digest(digest))
        if original is None or original.payload_digest != digest:
            return None
        return original if original.codings == tuple(codings) else None

    def by_url(self, url: str) -> Original | None:
        """Return the record that holds the payload last captured under exactly this URL."""
        return self._original(_of_url(url))

    def add(self, locator: Locator, digest: Digest, url: str | None) -> None:
        """Note that the response at `locator` holds the payload, and that `url` now has it."""
        self._read.pop(locator, None)  # a lost file of the same name may have been looked for
        self._pending[_of_digest(digest)] = locator
        if url is not None:
            self._pending[_of_url(url)] = locator
        self._flush_if_many()

    def seen_again(self, digest: Digest, url: str) -> None:
        """Note that `url` now has a payload that is known already."""
        locator = self._locate(_of_digest(digest))
        if locator is not None:
            self._pending[_of_url(url)] = locator
            self._flush_if_many()

    def indexed(self, index: Path) -> None:
        """Note that all of a CDXJ file is known here, so that no later start reads it again."""
        self.flush()
        status = index.stat()
        with self._database:
            self._database.execute(
                "INSERT OR REPLACE INTO indexed VALUES (?, ?, ?)",
                (index.name, status.st_size, status.st_mtime_ns),
            )

    def flush(self) -> None:
        """Write what is pending in one transaction, short enough for another writer to wait for."""
        rows = [
            (key.key, key.proof, self._file_id(locator.file), locator.offset, locator.length)
            for key, locator in self._pending.items()
        ]
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO originals VALUES (?,?,?,?,?)", rows)
        self._pending.clear()

    def close(self) -> None:
        """Write what is pending and close."""
        try:
            self.flush()
        finally:
            self._database.close()

    def _flush_if_many(self) -> None:
        if len(self._pending) >= _BATCH:
            self.flush()

    def _file_id(self, name: str) -> int:
        if name not in self._files:
            with self._database:
                self._database.execute("INSERT OR IGNORE INTO files(name) VALUES (?)", (name,))
            found = self._database.execute("SELECT id FROM files WHERE name = ?", (name,))
            self._files[name] = int(found.fetchone()[0])
        return self._files[name]

    def _original(self, key: _Key) -> Original | None:
        locator = self._locate(key)
        if locator is None:
            return None
        if locator not in self._read:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            self._read[locator] = _read_original(self._archive, locator)
        return self._read[locator]

    def _locate(self, key: _Key) -> Locator | None:
        if key in self._pending:
            return self._pending[key]
        row = self._database.execute(
            "SELECT name, offset, length FROM originals JOIN files ON files.id = file "
            "WHERE key = ? AND proof = ?",
            key,
        ).fetchone()
        return row and Locator(file=row[0], offset=row[1], length=row[2])

    def _catch_up(self, indexes: Path) -> None:
        """Read the CDXJ files that are new or changed since they were last read."""
        known = {
            name: (size, modified)
            for name, size, modified in self._database.execute("SELECT * FROM indexed")
        }
        for index in index_files(indexes):
            status = index.stat()
            if known.get(index.name) != (status.st_size, status.st_mtime_ns):
                self._learn(index)
                self.indexed(index)

    def _learn(self, index: Path) -> None:
        with index.open("rb") as lines:
            for entry, digest in _entries(lines):
                if not entry.is_revisit and entry.locator.length:
                    self.add(entry.locator, digest, entry.url if _is_page(entry) else None)
        with index.open("rb") as lines:
            for entry, digest in _entries(lines):
                if entry.is_revisit and _is_page(entry):
                    self.seen_again(digest, entry.url)


def _is_page(entry: CdxjEntry) -> bool:
    return entry.status == _OK and METHOD not in entry.urlkey


def _entries(lines: Iterable[bytes]) -> Iterable[tuple[CdxjEntry, Digest]]:
    """Yield the entries that have a digest; lines that are none are somebody else's to report."""
    for line in lines:
        try:
            entry = CdxjEntry.parse(line)
        except ValueError:
            continue
        digest = entry.payload_digest
        if digest is not None:
            yield entry, digest


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=30)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.executescript(_SCHEMA)
    except BaseException:
        database.close()
        raise
    return database


def _of_digest(digest: Digest) -> _Key:
    return _key(digest.value)


def _of_url(url: str) -> _Key:
    return _key(hashlib.sha256(url.encode("utf-8", "surrogatepass")).digest())


def _key(value: bytes) -> _Key:
    first, second = value[:8], value[8:16]
    return _Key(int.from_bytes(first, signed=True), int.from_bytes(second, signed=True))


def _read_original(archive: Path, locator: Locator) -> Original | None:
    """Return what the record at `locator` says, None unless it is a whole response."""
    fields, block = _record_at(archive, locator)
    digest = fields.get("WARC-Payload-Digest")
    if fields.get("WARC-Type") != "response" or fields.get("WARC-Truncated") or not digest:
        return None
    try:
        return Original(
            record_id=fields.get("WARC-Record-ID") or "",
            target_uri=fields.get("WARC-Target-URI") or "",
            date=fields.get("WARC-Date") or "",
            payload_digest=Digest.parse(digest),
            codings=tuple(parse_head(block).tokens("transfer-encoding")),
        )
    except ValueError:
        return None


def _record_at(archive: Path, locator: Locator) -> tuple[WarcFields, bytes]:
    """Return a record's named fields and HTTP head, nothing where no WARC record is there."""
    for name in (locator.file, locator.file + OPEN):
        try:
            with (archive / name).open("rb") as file:
                file.seek(locator.offset)
                raw = file.read(min(locator.length, _HEAD))
            if raw.startswith(b"\x1f\x8b"):
                raw = zlib.decompressobj(31).decompress(raw, _HEAD)
        except (FileNotFoundError, zlib.error):
            continue
        head, blank, block = raw.partition(b"\r\n\r\n")
        if blank and head.startswith(b"WARC/"):
            return WarcFields.parse(head.split(b"\r\n")[1:]), _http_head(block)
    return WarcFields(()), b""


def _http_head(block: bytes) -> bytes:
    end = _BLANK_LINE.search(block)
    return block[: end.end()] if end else block
