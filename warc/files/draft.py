"""WARC/1.1 records: drawn up here, put into files by `warc.files.open_warc`.

Our own serialisation, since the block of a response must be the bytes of the wire and nothing else
(warcio writes HTTP heads anew).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import quote

from warc.digest import base32
from warc.exchange import Spool

WARC_FIELDS = "application/warc-fields"
HTTP_RESPONSE = "application/http;msgtype=response"
HTTP_REQUEST = "application/http;msgtype=request"
IDENTICAL_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"

_RANDOM_BITS = ~(0xF << 76 | 0b11 << 62)
_VERSION_4 = 4 << 76 | 0b10 << 62
_BREAKS = re.compile(r"[\r\n]+")
_UNFIT = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record before it is written: its own named fields and its block.

    `named` leaves out what follows from the rest: type, id, date, block digest, length.
    """

    kind: str
    record_id: str
    date: datetime
    content_type: str
    block: bytes | Spool
    named: tuple[tuple[str, str], ...] = ()

    @property
    def size(self) -> int:
        """Return the length of the block."""
        return self.block.size if isinstance(self.block, Spool) else len(self.block)

    def chunks(self) -> Iterable[bytes]:
        """Return the block in pieces that fit into memory."""
        return self.block.chunks() if isinstance(self.block, Spool) else (self.block,)

    def head(self) -> bytes:
        """Return the version line and all named fields with the blank line after them."""
        digest = hashlib.sha1(usedforsecurity=False)
        for chunk in self.chunks():
            digest.update(chunk)
        return serialise(
            [
                ("WARC-Type", self.kind),
                ("WARC-Record-ID", self.record_id),
                ("WARC-Date", warc_date(self.date)),
                *self.named,
                ("WARC-Block-Digest", f"sha1:{base32(digest.digest())}"),
                ("Content-Type", self.content_type),
                ("Content-Length", str(self.size)),
            ]
        )


def serialise(named: Sequence[tuple[str, str]]) -> bytes:
    """Return the head of a record; a line break in a value becomes a space."""
    text = "".join([f"{name}: {value}\r\n" for name, value in named])
    if not text.count("\r") == text.count("\n") == len(named):
        text = "".join([_BREAKS.sub(" ", f"{name}: {value}") + "\r\n" for name, value in named])
    return f"WARC/1.1\r\n{text}\r\n".encode("utf-8", "backslashreplace")


def new_record_id() -> str:
    """Return a record id of its own, a random UUID (RFC 9562 section 5.4)."""
    random = int.from_bytes(os.urandom(16))
    digits = f"{random & _RANDOM_BITS | _VERSION_4:032x}"
    first, second, third = digits[:8], digits[8:12], digits[12:16]
    return f"<urn:uuid:{first}-{second}-{third}-{digits[16:20]}-{digits[20:]}>"


@lru_cache(maxsize=16)  # the records of one exchange have one date
def warc_date(date: datetime) -> str:
    """Return a date as WARC 1.1 section 5.4 has it, to the microsecond."""
    return date.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def target_uri(uri: str) -> str:
    """Return a URI fit for one field: spaces and control characters %-escaped, else as it is."""
    return _UNFIT.sub(lambda match: quote(match[0]), uri) if _UNFIT.search(uri) else uri
