"""WARC files as literal bytes, for tests that need them odd."""

from __future__ import annotations

import gzip
from collections.abc import Sequence

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<p>Hello.</p>"
URL = "http://www.state.gov/r/pa/prs/ps/2016/10/263702.htm"

Fields = Sequence[tuple[str, str]]


def record_id(number: int) -> str:
    return f"<urn:uuid:00000000-0000-4000-8000-{number:012}>"


def record(
    block: bytes = PAGE,
    *,
    number: int = 1,
    kind: str = "response",
    url: str | None = URL,
    content_type: str = "application/http;msgtype=response",
    length: int | str | None = None,
    fields: Fields = (),
    version: str = "WARC/1.1",
    end: bytes = b"\r\n\r\n",
) -> bytes:
    """Return a record; `length` is written for the block's own where it is given."""
    named = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", record_id(number)),
        ("WARC-Date", "2016-10-27T15:00:00.123456Z"),
        *([("WARC-Target-URI", url)] if url else []),
        *fields,
        ("Content-Type", content_type),
        ("Content-Length", str(len(block) if length is None else length)),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in named)
    return f"{version}\r\n{head}\r\n".encode() + block + end


def warcinfo(number: int = 9) -> bytes:
    return record(
        b"software: test\r\n",
        number=number,
        kind="warcinfo",
        url=None,
        content_type="application/warc-fields",
    )


def members(*records: bytes) -> list[bytes]:
    return [gzip.compress(one, 6, mtime=0) for one in records]
