"""A capture: what one record says that a URL answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from warc.damage import Damage
from warc.digest import Digest
from warc.files.fields import parse_date
from warc.files.record import Record
from warc.http.decoding import decoded_body, entity_body
from warc.http.head import ResponseHead, parse_head, status_line_start
from warc.locator import Locator

TYPES = frozenset({"response", "revisit", "resource"})
_HEAD_END = re.compile(rb"\n\r*\n")
_MOST_HEAD = 1 << 20
_PSEUDO_STATUS = re.compile(rb"status:[ \t]*(\d{3})\b")
_NO_HEAD = ResponseHead(version=b"", status=0, reason=b"", headers=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A response, revisit or resource record of an http or https URL.

    `headers` is the head of the HTTP answer, empty for a resource; `head_size` is its length in
    the block. `status` is None where there is no status line. A revisit has no body of its own:
    its payload lies in the record that `refers_to_uri` and `refers_to_date` tell of.
    """

    record: Record
    target_uri: str
    date: datetime
    record_type: str
    status: int | None
    headers: ResponseHead
    head_size: int
    payload_digest: Digest | None

    @property
    def locator(self) -> Locator:
        """Return where the record lies."""
        return self.record.locator

    @property
    def record_id(self) -> str:
        """Return `WARC-Record-ID` as written, "" where there is none."""
        return self.record.record_id

    @property
    def content_type(self) -> str | None:
        """Return the Content-Type of the answer, of the record itself for a resource."""
        if self.record_type == "resource":
            return self.record.get("Content-Type")
        return self.headers.get("Content-Type")

    @property
    def truncated(self) -> str | None:
        """Return why the block is not whole (`WARC-Truncated`), None where it is.

        A revisit's block has no body by its nature, whatever the field says.
        """
        return None if self.record_type == "revisit" else self.record.get("WARC-Truncated")

    @property
    def refers_to(self) -> str | None:
        """Return the id of the record that a revisit refers to."""
        return self.record.get("WARC-Refers-To")

    @property
    def refers_to_uri(self) -> str | None:
        """Return the target URI of the record that a revisit refers to."""
        uri = self.record.get("WARC-Refers-To-Target-URI")
        return None if uri is None else bare_uri(uri)

    @property
    def refers_to_date(self) -> datetime | None:
        """Return the date of the record that a revisit refers to; None where it is no date."""
        try:
            return parse_date(self.record.get("WARC-Refers-To-Date") or "")
        except ValueError:
            return None

    @property
    def has_payload(self) -> bool:
        """Return whether the answer had a body; a 304 (server-not-modified) has none."""
        return self.record_type != "revisit" or repeats_payload(self.record)

    def header(self, name: str) -> str | None:
        """Return the first value of a field of the HTTP head, None where there is none."""
        return self.headers.get(name)

    def body(self) -> Iterator[bytes]:
        """Yield the block behind the HTTP head as it was received, codings and all."""
        left_out = self.head_size
        for piece in self.record.chunks():
            if left_out < len(piece):
                yield piece[left_out:] if left_out else piece
            left_out = max(0, left_out - len(piece))

    def entity(self) -> Iterator[bytes]:
        """Yield the body without its transfer coding; its content coding stays."""
        return entity_body(self.headers, self.body())

    def payload(self, limit: int) -> bytes:
        """Return the body without transfer and content coding, at most its first `limit` bytes.

        Best effort on damage, as `warc.http.decoding.decoded_body` says; b"" for a revisit.
        """
        return decoded_body(self.headers, self.body(), limit)


def bare_uri(uri: str) -> str:
    """Return a URI without the angle brackets that wget, following WARC 1.0, puts around it."""
    return uri[1:-1] if uri.startswith("<") and uri.endswith(">") else uri


def repeats_payload(revisit: Record) -> bool:
    """Return whether a revisit is of an identical payload, not of an answer without one."""
    profile = revisit.get("WARC-Profile") or ""
    return not profile.rstrip("/").endswith("server-not-modified")


def capture_of(record: Record) -> Capture | Damage | None:
    """Return the capture that a record is, damage where it should be one, None where it is none."""
    record_type = record.type
    if record_type not in TYPES:
        return None
    uri = record.get("WARC-Target-URI")
    if uri is None:
        return _damage(record, f"a {record_type} record without WARC-Target-URI")
    uri = bare_uri(uri)
    if not uri[:8].lower().startswith(("http://", "https://")):
        return None
    try:
        date = parse_date(record.get("WARC-Date") or "")
    except ValueError:
        written = record.get("WARC-Date")
        return _damage(record, f"a {record_type} record with WARC-Date {written!r}")
    head_size, headers = http_head(record)
    return Capture(
        record=record,
        target_uri=uri,
        date=date,
        record_type=record_type,
        status=_status(headers),
        headers=headers,
        head_size=head_size,
        payload_digest=_digest(record.get("WARC-Payload-Digest")),
    )


def _damage(record: Record, reason: str) -> Damage:
    return Damage(file=record.file, offset=record.offset, reason=reason)


def http_head(record: Record) -> tuple[int, ResponseHead]:
    """Return the size of a record's HTTP head and what it says; 0 and nothing where it has none.

    Of a request the size alone. HTTP/0.9 has no head.
    """
    if not _is_http(record):
        return 0, _NO_HEAD
    block = _beginning(record)
    if record.type != "request" and status_line_start(block) is None:
        return 0, _NO_HEAD
    end = _HEAD_END.search(block)
    size = len(block) if end is None else end.end()
    return size, _NO_HEAD if record.type == "request" else parse_head(block[:size])


def _is_http(record: Record) -> bool:
    if record.type not in ("request", "response", "revisit"):
        return False
    content_type = record.get("Content-Type") or "application/http"
    return content_type.lower().startswith("application/http") or record.type == "revisit"


def _beginning(record: Record) -> bytes:
    """Return as much of the block as its HTTP head may take."""
    if record.block_size <= _MOST_HEAD:
        return record.read()
    first = b"".join(islice(record.chunks(), 1))
    return first if _HEAD_END.search(first) else record.read(_MOST_HEAD)


def _status(headers: ResponseHead) -> int | None:
    """Return the status; that of a `:status` line which HTTP/2 recorders leave in."""
    if headers.status:
        return headers.status
    pseudo = (_PSEUDO_STATUS.match(value) for name, value in headers.headers if not name)
    return next((int(match[1]) for match in pseudo if match), None)


def _digest(text: str | None) -> Digest | None:
    try:
        return None if text is None else Digest.parse(text)
    except ValueError:
        return None
