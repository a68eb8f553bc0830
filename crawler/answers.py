"""Answers as Scrapy knows them: decoded, made from an exchange or from a record of the WARC."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache, partial
from http import HTTPStatus
from ipaddress import ip_address

from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawler.bodies import Body
from warc.capture import Capture
from warc.cdxj import REVISIT, CdxjEntry, CdxjIndex, timestamp
from warc.collection import Collection
from warc.damage import DamagedError
from warc.exchange import Ending, Exchange
from warc.framing import ResponseHead, decoded_body
from warc.locator import Locator
from warc.random_access import capture_at
from warc.replay.choice import original_of
from warc.writer import Written

Fields = list[tuple[bytes, bytes]]

STORED = "stored"
_CUT = {Ending.DISCONNECT, Ending.TIME, Ending.LENGTH, Ending.MALFORMED}
_ASKED_AGAIN = _CUT - {Ending.LENGTH}
_CODINGS = {b"content-encoding", b"transfer-encoding"}
_address = lru_cache(maxsize=1024)(ip_address)
_of_type = lru_cache(maxsize=256)(responsetypes.from_content_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the frontier keeps of an answer: its validators, and where its records lie."""

    status: int
    etag: str | None = None
    modified: str | None = None
    digest: bytes = b""
    locator: Locator | None = None
    is_whole: bool = True


def answer_of(exchange: Exchange, head: ResponseHead, written: Written) -> Answer:
    """Return what is kept of an exchange that has been written."""
    return Answer(
        status=head.status,
        etag=head.get("ETag"),
        modified=head.get("Last-Modified"),
        digest=written.payload_digest.value if written.payload_digest else b"",
        locator=written.response,
        is_whole=exchange.ending not in _CUT,
    )


def body_of(exchange: Exchange, head: ResponseHead, *, is_read: bool = False) -> Body:
    """Return the body of an exchange; it `is_read` whatever it is called."""
    return Body(head, exchange.target_uri, partial(_decoded, exchange, head), is_read=is_read)


def response_of(exchange: Exchange, head: ResponseHead, body: bytes) -> Response:
    """Return the answer of an exchange; flagged "unread" or "cut" as `CaptureHandler` says."""
    flags = ["cut"] if exchange.ending in _ASKED_AGAIN else []
    if not body:
        flags.append("unread")
    address = _address(exchange.address) if exchange.address else None
    fields = _fields(head)
    return _kind(fields, exchange.target_uri, body)(
        url=exchange.target_uri,
        status=head.status,
        headers=fields,
        body=body,
        flags=flags,
        ip_address=address,
        protocol=head.version.decode("latin-1"),
    )


@dataclass(slots=True)
class Stored:
    """The answers that closed WARC files of a collection hold."""

    collection: Collection
    _index: CdxjIndex = field(init=False)

    def __post_init__(self) -> None:
        self._index = CdxjIndex(self.collection.indexes)

    def response(
        self, url: str, locator: Locator, status: int | None = None
    ) -> tuple[Response, Answer] | None:
        """Return the answer recorded there, flagged "stored"; None where it cannot be read.

        A revisit has the body of the record that it refers to. `status` is said in place of the
        recorded one, as when the server has said "not modified" since.
        """
        try:
            capture = capture_at(self.collection.archive, locator)
            full = self._full(capture)
        except (DamagedError, OSError):
            return None
        if full is None:
            return None
        head = full.headers if capture.status == HTTPStatus.NOT_MODIFIED else capture.headers
        body = Body(head, url, full.payload).useful()
        fields = _fields(head)
        kind = _kind(fields, url, body)
        status = status or capture.status or 0
        answer = Answer(
            status=status,
            etag=capture.header("ETag"),
            modified=capture.header("Last-Modified"),
            digest=capture.payload_digest.value if capture.payload_digest else b"",
            locator=locator,
            is_whole=capture.truncated is None,
        )
        flags = [STORED] if capture.truncated is None else [STORED, "cut"]
        return kind(url=url, status=status, headers=fields, body=body, flags=flags), answer

    def _full(self, capture: Capture) -> Capture | None:
        if capture.record_type != "revisit":
            return capture
        digest, date = capture.payload_digest, capture.refers_to_date
        entry = CdxjEntry(
            urlkey="",
            timestamp="",
            url=capture.target_uri,
            mime=REVISIT,
            status=capture.status,
            digest=str(digest) if digest else "-",
            locator=capture.locator,
        )
        when = timestamp(date) if date is not None else ""
        original = original_of(self._index, entry, capture.refers_to_uri or "", when)
        return capture_at(self.collection.archive, original.locator) if original else None


def _fields(head: ResponseHead) -> Fields:
    """Return the header fields that are true of a decoded body."""
    return [field for field in head.headers if field[0].lower() not in _CODINGS]


def _kind(fields: Fields, url: str, body: bytes) -> type[Response]:
    """Return what Scrapy makes of an answer: by its type, else by its name or its bytes."""
    stated = [value for name, value in fields if name.lower() == b"content-type"]
    kind = _of_type(stated[-1]) if stated else Response
    if kind is not Response:
        return kind
    return responsetypes.from_args(headers=Headers(fields), url=url, body=body)


def _decoded(exchange: Exchange, head: ResponseHead, most: int) -> bytes:
    return decoded_body(head, exchange.response.chunks(exchange.head_size), most)
