"""Exchanges become records: files, rotation, revisits, and an index line for each answer."""

from __future__ import annotations

import hashlib
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from warc import metadata
from warc.cdxj import REVISIT, CdxjEntry, index_digest, mime_of, timestamp
from warc.cdxj import urlkey as urlkey_of
from warc.digest import Digest
from warc.exchange import Ending, Exchange
from warc.files import exchange_records
from warc.files.draft import CONFORMS_TO, WARC_FIELDS, Draft, new_record_id, target_uri
from warc.files.open_warc import OpenWarc
from warc.files.originals import Original, Originals
from warc.http.decoding import entity_body
from warc.http.head import ResponseHead, parse_head
from warc.locator import Locator
from warc.post_query import MOST_BODY

_OK, _NOT_MODIFIED = 200, 304
_WHOLE = (Ending.COMPLETE, Ending.CLOSED)
_LAST_SERIAL = 99_999


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterOptions:
    """Where to write, what warcinfo says, and when a file is full.

    `info` goes into warcinfo as it is (software, operator, robots, isPartOf, description …).
    A file is closed once it has `max_bytes` or is `max_age_seconds` old. `sync_seconds` bounds
    what a power loss may take; what is written survives the death of the process in any case.
    """

    archive: Path
    indexes: Path
    prefix: str
    info: tuple[tuple[str, str], ...] = ()
    max_bytes: int = 1_000_000_000
    max_age_seconds: float = 86_400
    sync_seconds: float = 2
    hostname: str = field(default_factory=socket.gethostname)
    keep_credentials: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where the records of one exchange lie; `date` is their WARC-Date, when it began.

    `response` is the response or revisit record and None where there was no answer; `request`
    is None where nothing was sent.
    """

    response: Locator | None
    request: Locator | None
    metadata: Locator | None
    payload_digest: Digest | None
    is_revisit: bool
    date: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """The record of an answer, decided on but not yet written."""

    draft: Draft
    head: ResponseHead
    digest: Digest
    original: Original | None
    may_be_original: bool


class WarcWriter:
    """Write exchanges into the WARC files of a collection; not to be shared by threads.

    A file is made with its first exchange. An exchange is written whole or, where that raises
    (OSError: the disk is full), not at all; the writer can then still be closed.
    """

    def __init__(self, options: WriterOptions, *, clock: Callable[[], datetime]) -> None:
        if not re.fullmatch(r"[^\s/\\]+", options.prefix):
            raise ValueError(f"not fit to begin a file name: {options.prefix!r}")
        options.archive.mkdir(parents=True, exist_ok=True)
        options.indexes.mkdir(parents=True, exist_ok=True)
        self._options = options
        self._clock = clock
        self._hostname = re.sub(r"[^A-Za-z0-9.]+", "-", options.hostname) or "localhost"
        self._serial = 0
        self._file: OpenWarc | None = None
        self._opened = self._synced = clock()
        self._warcinfo_id = ""
        self._chains: dict[bytes, metadata.ChainReference] = {}
        self._originals = Originals(options.archive, options.indexes)

    def write_exchange(
        self, exchange: Exchange, *, fields: Sequence[tuple[str, str]] = ()
    ) -> Written:
        """Write response or revisit, request and metadata, in this order; return where they lie.

        `fields` are appended to the metadata record (`via`, `outlink` …); ValueError where one
        has a name of that record's own.
        """
        file = self._ready()
        try:
            written, answer, chain = self._append(file, exchange, fields)
            file.commit(_entry(exchange, answer, written) if answer else None)
        except BaseException:
            file.rollback()
            raise
        self._remember(exchange, answer, written)
        self._chains.update(chain)
        self._sync_if_due()
        return written

    def write_note(self, fields: Sequence[tuple[str, str]]) -> Locator:
        """Write a metadata record that belongs to no exchange; return where it lies.

        It names no target URI: what `fields` say is about the file's whole contents.
        """
        file = self._ready()
        draft = Draft(
            kind="metadata",
            record_id=new_record_id(),
            date=self._clock(),
            content_type=WARC_FIELDS,
            block=metadata.format_fields(fields),
            named=(("WARC-Warcinfo-ID", self._warcinfo_id),),
        )
        try:
            where = file.append(draft)
            file.commit()
        except BaseException:
            file.rollback()
            raise
        return where

    def sync(self) -> None:
        """Put everything written so far on the disk."""
        if self._file is not None:
            self._file.sync()
        self._originals.flush()
        self._synced = self._clock()

    def close(self) -> None:
        """Give the present file its name and publish its index."""
        try:
            self._close_file()
        finally:
            self._originals.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _append(
        self, file: OpenWarc, exchange: Exchange, fields: Sequence[tuple[str, str]]
    ) -> tuple[Written, _Answer | None, dict[bytes, metadata.ChainReference]]:
        answer = self._answer(exchange)
        response = request = linked = None
        if answer is not None:
            response, linked = file.append(answer.draft), answer.draft.record_id
        if exchange.request:
            draft, left_out = exchange_records.request(
                exchange, linked, self._warcinfo_id, keep_credentials=self._options.keep_credentials
            )
            request, linked = file.append(draft), linked or draft.record_id
            if left_out:
                fields = (*fields, (exchange_records.LEFT_OUT, ", ".join(left_out)))
        key, known = self._chain(exchange)
        about = exchange_records.about(exchange, linked, self._warcinfo_id, fields, known)
        where = file.append(about)
        written = Written(
            response=response,
            request=request,
            metadata=where,
            payload_digest=answer.digest if answer else None,
            is_revisit=answer is not None and answer.original is not None,
            date=exchange.began,
        )
        if key is None or known is not None:
            return written, answer, {}
        chain = metadata.ChainReference(
            record_id=about.record_id, offset=where.offset, length=where.length
        )
        return written, answer, {key: chain}

    def _answer(self, exchange: Exchange) -> _Answer | None:
        """Return the record that the answer becomes; revisits are decided here and nowhere else.

        An empty payload is no revisit, and only a whole answer refers to an original or is one.
        """
        if exchange.failure is not None or not exchange.response.size:
            return None
        head = parse_head(exchange.head)
        digest, size = _payload(exchange, head)
        original = None
        if exchange.ending in _WHOLE:
            if size:
                original = self._originals.by_payload(digest, head.tokens("transfer-encoding"))
            elif head.status == _NOT_MODIFIED:
                original = self._originals.by_url(exchange.target_uri)
        if original is not None:
            draft = exchange_records.revisit(exchange, original, self._warcinfo_id)
            digest = original.payload_digest
        else:
            draft = exchange_records.response(exchange, digest, self._warcinfo_id)
        return _Answer(
            draft=draft,
            head=head,
            digest=digest,
            original=original,
            may_be_original=bool(size) and exchange.ending in _WHOLE,
        )

    def _chain(self, exchange: Exchange) -> tuple[bytes | None, metadata.ChainReference | None]:
        """Return the key of the certificate chain, and where this file has it already."""
        if exchange.tls is None or not exchange.tls.certificates:
            return None, None
        key = hashlib.sha256(b"".join(exchange.tls.certificates)).digest()
        return key, self._chains.get(key)

    def _remember(self, exchange: Exchange, answer: _Answer | None, written: Written) -> None:
        if answer is None or not answer.may_be_original or written.response is None:
            return
        is_page = answer.head.status == _OK and exchange.method == "GET"
        url = exchange.target_uri if is_page else None
        if answer.original is None:
            self._originals.add(written.response, answer.digest, url)
        elif url is not None:
            self._originals.seen_again(answer.digest, url)

    def _ready(self) -> OpenWarc:
        """Return the file to write to: a new one where there is none or it is full."""
        if self._file is not None and self._is_full(self._file):
            self._close_file()
        if self._file is None:
            self._file = self._open_file()
        return self._file

    def _is_full(self, file: OpenWarc) -> bool:
        age = (self._clock() - self._opened).total_seconds()
        return file.size >= self._options.max_bytes or age >= self._options.max_age_seconds

    def _open_file(self) -> OpenWarc:
        self._opened = self._synced = self._clock()
        file = self._unused_file()
        draft = self._warcinfo(file.name)
        try:
            file.append(draft)
            file.commit()
        except BaseException:
            file.rollback()
            file.abandon()
            raise
        self._warcinfo_id = draft.record_id
        self._chains.clear()
        return file

    def _unused_file(self) -> OpenWarc:
        """Open the next file whose name nobody has; an existing file is never written over."""
        options = self._options
        stamp = timestamp(self._opened)
        while self._serial <= _LAST_SERIAL:
            name = f"{options.prefix}-{stamp}-{self._serial:05}-{self._hostname}.warc.gz"
            self._serial += 1
            try:
                return OpenWarc(options.archive, options.indexes, name)
            except FileExistsError:
                continue
        raise FileExistsError(f"no unused file name is left for {options.prefix}-{stamp}")

    def _warcinfo(self, name: str) -> Draft:
        credentials = "kept as sent" if self._options.keep_credentials else "left out"
        given = {name for name, _ in self._options.info}
        own = (
            ("format", "WARC File Format 1.1"),
            ("conformsTo", CONFORMS_TO),
            ("hostname", self._options.hostname),
            ("payloadDigest", "over the entity body without its transfer coding"),
            (
                "credentials",
                f"Cookie, Authorization and Proxy-Authorization in requests are {credentials}",
            ),
        )
        fields = (*self._options.info, *(pair for pair in own if pair[0] not in given))
        return Draft(
            kind="warcinfo",
            record_id=new_record_id(),
            date=self._opened,
            content_type=WARC_FIELDS,
            block=metadata.format_fields(fields),
            named=(("WARC-Filename", name),),
        )

    def _sync_if_due(self) -> None:
        if (self._clock() - self._synced).total_seconds() >= self._options.sync_seconds:
            self.sync()

    def _close_file(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            self._originals.indexed(file.close())


def _payload(exchange: Exchange, head: ResponseHead) -> tuple[Digest, int]:
    """Return digest and size of the entity body without transfer coding; content coding stays."""
    digest, size = hashlib.sha1(usedforsecurity=False), 0
    for piece in entity_body(head, exchange.response.chunks(exchange.head_size)):
        digest.update(piece)
        size += len(piece)
    return Digest(algorithm="sha1", value=digest.digest()), size


def _entry(exchange: Exchange, answer: _Answer, written: Written) -> CdxjEntry:
    assert written.response is not None, "an answer has a record"  # noqa: S101 - for the type checker
    return CdxjEntry(
        urlkey=urlkey_of(exchange.target_uri, exchange.method, exchange.request[:MOST_BODY]),
        timestamp=timestamp(exchange.began),
        url=target_uri(exchange.target_uri),
        mime=REVISIT if answer.original else mime_of(answer.head.get("Content-Type")),
        status=(answer.head.status or None) if exchange.head_size else None,
        digest=index_digest(answer.digest),
        locator=written.response,
    )
