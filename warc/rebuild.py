"""Exchanges made again from their records: the inverse of `WarcWriter.write_exchange`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from warc.capture import Capture, capture_of
from warc.cdxj import CdxjIndex, timestamp
from warc.collection import Collection
from warc.damage import Damage, DamagedError
from warc.exchange import Ending, Exchange, Spool, Timings
from warc.files.record import Record
from warc.files.walk import iter_records
from warc.http.head import ResponseHead
from warc.locator import Locator
from warc.metadata import ExchangeMetadata, decode
from warc.random_access import archive_file, capture_at, record_at

_ENDINGS = {
    "disconnect": Ending.DISCONNECT,
    "time": Ending.TIME,
    "length": Ending.LENGTH,
    "unspecified": Ending.MALFORMED,
}
_LONGEST_METHOD = 32


def exchange_at(
    archive: Path,
    response: Locator | None,
    metadata: Locator | None,
    request: Locator | None,
    index: CdxjIndex | None = None,
) -> Exchange:
    """Return the exchange that the records of `archive` at these places hold.

    The same as was written, but for credentials left out of the request. A revisit's body is
    that of the record it refers to, found through `index` (by default that of the collection
    around `archive`) and framed as the revisit's own head says. Without a metadata record (another
    tool's WARC) what it would say is taken from the response's own fields. Raise DamagedError
    where a record is not there or not what it should be, ValueError where neither a response nor
    a metadata record is given. The caller closes the exchange's `response`.
    """
    capture = None if response is None else capture_at(archive, response)
    sent = b"" if request is None else _of_type(record_at(archive, request), "request").read()
    if metadata is None and capture is None:
        raise ValueError("neither a response nor a metadata record to make an exchange from")
    about = None if metadata is None else _about(archive, metadata)
    spool = Spool()
    try:
        if capture is not None:
            _fill(spool, archive, capture, index)
        if about is not None and metadata is not None:
            return about.exchange(sent, spool, _certificates(archive, metadata, about))
        assert capture is not None, "one of the two is there"  # noqa: S101 - for the type checker
        return _without_metadata(capture, sent, spool)
    except BaseException:
        spool.close()
        raise


def _of_type(record: Record, record_type: str) -> Record:
    if record.type != record_type:
        raise _damaged(record, f"a {record.type or 'nameless'} record where a {record_type} is due")
    return record


def _about(archive: Path, locator: Locator) -> ExchangeMetadata:
    record = _of_type(record_at(archive, locator), "metadata")
    try:
        return decode(record.read())
    except ValueError as error:
        raise _damaged(record, str(error)) from None


def _certificates(archive: Path, locator: Locator, about: ExchangeMetadata) -> tuple[bytes, ...]:
    """Return the certificate chain kept in an earlier record of the file; () without one."""
    if about.chain is None:
        return ()
    place = Locator(file=locator.file, offset=about.chain.offset, length=about.chain.length)
    record = record_at(archive, place)
    if record.record_id != about.chain.record_id:
        raise _damaged(record, f"not the record {about.chain.record_id} with the certificates")
    holder = _about(archive, place)
    return () if holder.tls is None else holder.tls.certificates


def _without_metadata(capture: Capture, sent: bytes, spool: Spool) -> Exchange:
    method = sent[:_LONGEST_METHOD].partition(b" ")[0].decode("latin-1") or "GET"
    return Exchange(
        target_uri=capture.target_uri,
        method=method,
        began=capture.date,
        request=sent,
        response=spool,
        head_size=capture.head_size,
        ending=_ENDINGS.get(capture.truncated or "", Ending.COMPLETE),
        timings=Timings(ended=0.0),
        address=capture.record.get("WARC-IP-Address"),
    )


def _fill(spool: Spool, archive: Path, capture: Capture, index: CdxjIndex | None) -> None:
    """Write the answer: head and body, the body of a revisit from the record it refers to."""
    for piece in capture.record.chunks():
        spool.write(piece)
    if capture.record_type != "revisit" or not capture.has_payload:
        return
    original = find_original(archive, capture, index)
    if original is None:
        raise _damaged(capture.record, "a revisit whose original is nowhere in the collection")
    for piece in _framed(original, capture.headers):
        spool.write(piece)


def find_original(
    archive: Path, revisit: Capture, index: CdxjIndex | None = None
) -> Capture | None:
    """Return the capture that holds a revisit's payload, None where it is not to be found.

    Looked for in the index by what the revisit refers to, then by digest under both URLs, then
    in front of the revisit in its own file, which may be one that is not indexed yet.
    """
    index = CdxjIndex(Collection(archive.parent).indexes) if index is None else index
    found = indexed_original(archive, revisit, index)
    if found is not None:
        return found
    for record in iter_records(archive_file(archive, revisit.locator)):
        if record.offset >= revisit.locator.offset:
            break
        capture = capture_of(record) if isinstance(record, Record) else None
        if isinstance(capture, Capture) and _is_original(capture, revisit):
            return capture
    return None


def indexed_original(archive: Path, revisit: Capture, index: CdxjIndex) -> Capture | None:
    """Return the capture that holds a revisit's payload, None where the index knows of none."""
    for locator in _indexed(index, revisit):
        try:
            found = capture_at(archive, locator)
        except (OSError, DamagedError):
            continue
        if _is_original(found, revisit):
            return found
    return None


def _indexed(index: CdxjIndex, revisit: Capture) -> list[Locator]:
    """Return where full captures of the URLs concerned lie, the one referred to first."""
    date = revisit.refers_to_date
    wanted = None if date is None else timestamp(date)
    urls = dict.fromkeys((revisit.refers_to_uri or revisit.target_uri, revisit.target_uri))
    entries = [e for url in urls for e in index.captures(url) if not e.is_revisit]
    entries = [
        e
        for e in entries
        if e.timestamp == wanted
        or (e.payload_digest is not None and e.payload_digest == revisit.payload_digest)
    ]
    return [e.locator for e in sorted(entries, key=lambda e: e.timestamp != wanted)]


def _is_original(capture: Capture, revisit: Capture) -> bool:
    if capture.record_type == "revisit":
        return False
    if capture.payload_digest is not None and revisit.payload_digest is not None:
        return capture.payload_digest == revisit.payload_digest
    return revisit.refers_to is not None and capture.record_id == revisit.refers_to


def _framed(original: Capture, head: ResponseHead) -> Iterator[bytes]:
    """Yield the original's body in the transfer coding that `head` states."""
    chunked = "chunked" in head.tokens("transfer-encoding")
    if chunked == ("chunked" in original.headers.tokens("transfer-encoding")):
        yield from original.body()
        return
    for piece in original.entity():
        yield b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece
    if chunked:
        yield b"0\r\n\r\n"


def _damaged(record: Record, reason: str) -> DamagedError:
    return DamagedError(Damage(file=record.file, offset=record.offset, reason=reason))
