"""Exchanges, the writer that writes them, and what then stands in the files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from warc.collection import Collection
from warc.exchange import Exchange
from warc.writer import WarcWriter, WriterOptions

BEGAN = datetime(2026, 11, 23, 20, 9, 1, 123456, tzinfo=UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\n\r\n"
REQUEST = b"GET / HTTP/1.1\r\nHost: a.test\r\nCookie: secret=1\r\nAccept: */*\r\n\r\n"

Make = Callable[..., Exchange]


class Clock:
    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        return self.now


def writer(collection: Collection, clock: Clock | None = None, **changed) -> WarcWriter:
    values = {
        "archive": collection.archive,
        "indexes": collection.indexes,
        "prefix": "test",
        "info": (("software", "muniment"), ("isPartOf", "a collection")),
        "hostname": "host.example",
    }
    return WarcWriter(WriterOptions(**(values | changed)), clock=clock or Clock())


def records(collection: Collection) -> list[tuple[dict[str, str], bytes]]:
    """Every record of every closed file as warcio reads it, its block untouched."""
    found: list[tuple[dict[str, str], bytes]] = []
    for path in collection.warc_files():
        with path.open("rb") as file:
            found += [
                (dict(record.rec_headers.headers), record.raw_stream.read())
                for record in WarcioIterator(file, no_record_parse=True)
            ]
    return found


def of_kind(collection: Collection, kind: str) -> list[tuple[dict[str, str], bytes]]:
    return [record for record in records(collection) if record[0]["WARC-Type"] == kind]
