"""What a check remembers of all records: ids, links, index entries; on disk, not in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from types import TracebackType
from typing import NamedTuple, Self

from warc.capture import bare_uri, repeats_payload
from warc.cdxj import CdxjEntry
from warc.digest import Digest
from warc.files.fields import parse_date
from warc.files.record import Record
from warc.locator import Locator

LINKS = ("WARC-Concurrent-To", "WARC-Refers-To", "WARC-Warcinfo-ID")
_SCHEMA = """
CREATE TABLE records (id TEXT UNIQUE, file TEXT, offset INTEGER, uri TEXT, date TEXT);
CREATE TABLE payloads (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE revisits (file TEXT, offset INTEGER, id TEXT, page TEXT, digest TEXT);
CREATE TABLE links (file TEXT, offset INTEGER, name TEXT, target TEXT, uri TEXT, date TEXT);
CREATE TABLE captures (file TEXT, offset INTEGER, line TEXT, seen INTEGER DEFAULT 0,
  PRIMARY KEY (file, offset)) WITHOUT ROWID;
"""


class Link(NamedTuple):
    """A link from the record at `file`, `offset` to the record `target` by the field `name`."""

    file: str
    offset: int
    name: str
    target: str


class Ledger:
    """A private temporary database, gone when closed."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")  # a file without a name, by SQLite's own rule
        self._database.executescript(f"PRAGMA cache_size=-8000; {_SCHEMA}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def add(self, record: Record) -> tuple[str, int] | None:
        """Remember a record and its links; return where its id was seen before, None if nowhere."""
        uri = bare_uri(record.get("WARC-Target-URI") or "")
        row = (record.record_id, record.file, record.offset, uri, _moment(record, "WARC-Date"))
        insert = "INSERT OR IGNORE INTO records VALUES (?, ?, ?, ?, ?)"
        is_new = not record.record_id or self._database.execute(insert, row).rowcount
        self._add_payload(record)
        self._database.executemany(
            "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?)",
            [
                (record.file, record.offset, name, target, *_refers_to(record, name))
                for name in LINKS
                for target in record.fields.get_all(name)
            ],
        )
        if is_new:
            return None
        found = "SELECT file, offset FROM records WHERE id = ?"
        file, offset = self._database.execute(found, (record.record_id,)).fetchone()
        return file, offset

    def _add_payload(self, record: Record) -> None:
        """Remember what the payload of a record, or the one a revisit repeats, is known by."""
        if record.type == "revisit":
            if repeats_payload(record):
                row = (record.file, record.offset, *_original_keys(record))
                self._database.execute("INSERT INTO revisits VALUES (?, ?, ?, ?, ?)", row)
        elif record.type in ("response", "resource"):
            keys = [(key,) for key in _own_keys(record) if key]
            self._database.executemany("INSERT OR IGNORE INTO payloads VALUES (?)", keys)

    def without_payload(self) -> Iterator[tuple[str, int]]:
        """Yield file and offset of every revisit whose payload no record has."""
        yield from self._database.execute(
            "SELECT file, offset FROM revisits WHERE NOT EXISTS (SELECT 1 FROM payloads"
            " WHERE key IN (revisits.id, revisits.page, revisits.digest)) ORDER BY 1, 2"
        )

    def unresolved(self) -> Iterator[Link]:
        """Yield every link to a record that is not there, by file and offset."""
        rows = self._database.execute(
            "SELECT links.file, links.offset, name, target FROM links LEFT JOIN records"
            " ON records.id = target WHERE records.id IS NULL ORDER BY 1, 2"
        )
        return (Link(*row) for row in rows)

    def contradicted(self) -> Iterator[Link]:
        """Yield every WARC-Refers-To whose target has another URI or date than the link says."""
        rows = self._database.execute(
            "SELECT links.file, links.offset, name, target FROM links JOIN records"
            " ON records.id = target WHERE (links.uri <> '' AND links.uri <> records.uri)"
            " OR (links.date <> '' AND links.date <> records.date) ORDER BY 1, 2"
        )
        return (Link(*row) for row in rows)

    def count_links(self) -> int:
        """Return how many links there are."""
        (count,) = self._database.execute("SELECT count(*) FROM links").fetchone()
        return int(count)

    def expect(self, entry: CdxjEntry) -> None:
        """Remember the index line that a capture should have."""
        where = (entry.locator.file, entry.locator.offset, str(entry))
        self._database.execute("INSERT OR IGNORE INTO captures VALUES (?, ?, ?, 0)", where)

    def expected(self, locator: Locator) -> CdxjEntry | None:
        """Return the line that the capture there should have, and count it as seen."""
        where = (locator.file, locator.offset)
        found = self._database.execute(
            "UPDATE captures SET seen = seen + 1 WHERE file = ? AND offset = ? RETURNING line",
            where,
        ).fetchone()
        return None if found is None else CdxjEntry.parse(found[0])

    def seen(self) -> Iterator[CdxjEntry]:
        """Yield, by urlkey, the line that each capture should have which an index line named."""
        rows = self._database.execute("SELECT line FROM captures WHERE seen > 0 ORDER BY line")
        return (CdxjEntry.parse(line) for (line,) in rows)

    def unseen(self) -> Iterator[tuple[str, int]]:
        """Yield file and offset of every capture that no index line named."""
        yield from self._database.execute(
            "SELECT file, offset FROM captures WHERE seen = 0 ORDER BY 1, 2"
        )


def _own_keys(record: Record) -> tuple[str, str, str]:
    uri = bare_uri(record.get("WARC-Target-URI") or "")
    page = f"{_moment(record, 'WARC-Date')} {uri}"
    return record.record_id, page, _payload_digest(record)


def _original_keys(revisit: Record) -> tuple[str, str, str]:
    uri, date = _refers_to(revisit, "WARC-Refers-To")
    return revisit.get("WARC-Refers-To") or "", f"{date} {uri}", _payload_digest(revisit)


def _payload_digest(record: Record) -> str:
    try:
        return str(Digest.parse(record.get("WARC-Payload-Digest") or ""))
    except ValueError:
        return ""


def _refers_to(record: Record, name: str) -> tuple[str, str]:
    if name != "WARC-Refers-To":
        return "", ""
    uri = bare_uri(record.get("WARC-Refers-To-Target-URI") or "")
    return uri, _moment(record, "WARC-Refers-To-Date")


def _moment(record: Record, name: str) -> str:
    """Return a date of the record to the second, which is all that older files give."""
    try:
        return parse_date(record.get(name) or "").strftime("%Y%m%d%H%M%S")
    except ValueError:
        return ""
