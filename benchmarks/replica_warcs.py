"""WARC files of the replica's statements, written by Muniment's own writer without any network."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from replica.almanac import Almanac
from replica.answer import Received
from replica.archive import Archive
from replica.statement import HOST
from warc.capture import Capture
from warc.collection import Collection
from warc.digest import Digest
from warc.exchange import Ending, Exchange, Spool, Timings
from warc.reader import iter_captures
from warc.writer import WarcWriter, WriterOptions

_BEGAN = datetime(2024, 5, 1, tzinfo=UTC)


def write_warcs(folder: Path, pages: int, files: int) -> list[Path]:
    """Return WARC files with so many statements between them: answer, request, metadata of each."""
    exchanges = list(_exchanges(pages))
    each = -(-len(exchanges) // files)
    parts = [exchanges[start : start + each] for start in range(0, len(exchanges), each)]
    return [_write(folder / str(number), part) for number, part in enumerate(parts)]


def write_big_warc(path: Path, source: Path, megabytes: int) -> int:
    """Write the captures of `source` again and again, not compressed but in gzip members.

    Each time at other addresses and with other bytes, until the file has so many MB. Return how
    many captures it has.
    """
    pages = [
        (found.target_uri, found.record.read())
        for found in iter_captures(source)
        if isinstance(found, Capture)
    ]
    count = 0
    with path.open("wb") as out:
        while out.tell() < megabytes * 1_000_000:
            for url, block in pages:
                changed = b"%s\n<!-- %d -->" % (block, count)
                out.write(gzip.compress(_response(f"{url}?copy={count}", changed), 0, mtime=0))
                count += 1
    return count


def _response(url: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2024-05-01T00:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Payload-Digest: {Digest.of(block)}\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _exchanges(pages: int) -> Iterator[Exchange]:
    """Yield the statements of the replica as it serves them: plain, gzip or chunked."""
    almanac = Almanac(pages=pages, seed=1)
    archive = Archive(almanac, trap=False, difficulties=False)
    for number, statement in enumerate(almanac):
        path = statement.path
        asked = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
        answer = archive.respond(Received(HOST, "GET", path, asked, "http"))
        yield Exchange(
            target_uri=f"http://{HOST}{path}",
            method="GET",
            began=_BEGAN + timedelta(seconds=number),
            request=asked,
            response=Spool.of(answer.head + answer.wire),
            head_size=len(answer.head),
            ending=Ending.COMPLETE,
            timings=Timings(ended=0.05),
            address="127.0.0.1",
            port=80,
        )


def _write(folder: Path, exchanges: list[Exchange]) -> Path:
    collection = Collection(folder)
    options = WriterOptions(
        archive=collection.archive, indexes=collection.indexes, prefix=f"bench{folder.name}"
    )
    with WarcWriter(options, clock=lambda: _BEGAN) as writer:
        for exchange in exchanges:
            writer.write_exchange(exchange)
    (written,) = collection.warc_files()
    return written
