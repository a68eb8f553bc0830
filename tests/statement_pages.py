"""Captures of statement pages as literal bytes, for tests of what extraction writes."""

from __future__ import annotations

import gzip

from warc.digest import Digest

HOST = "http://2009-2017.state.gov"


def page(title: str = "On Trade", *paragraphs: str, kind: str = "Media Note") -> bytes:
    body = "".join(f"<p>{text}</p>" for text in paragraphs or ("The text.",))
    return (
        f'<html><body><div id="centerblock-outer"><h2 id="page-title">{title}</h2>'
        '<!-- TOP-META START --><div id="templateFields">'
        f'<span class="document_type">{kind}<br></span></div>'
        '<div id="templateFields"><span class="releasing_office">Office of the Spokesperson<br>'
        '</span></div><div id="date_long">October 27, 2016</div><!-- TOP-META END -->'
        f'<!-- CENTERBLOCK START --><div id="centerblock">{body}</div>'
        "<!-- CENTERBLOCK END --></div></body></html>"
    ).encode()


def captured(
    html: bytes, path: str, *, number: int = 1, date: str = "2016-10-27T15:00:00Z"
) -> bytes:
    """Return a response record of a page, compressed."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html
    return _record("response", block, path, html, number, date)


def revisited(
    html: bytes, path: str, original: str | None, *, number: int = 2, of: str = "2016-10-27"
) -> bytes:
    """Return a revisit record: `path` gave once more what `original` had given."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    profile = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    more = f"WARC-Profile: {profile}\r\n"
    if original is not None:
        more += f"WARC-Refers-To-Target-URI: {HOST}{original}\r\n"
        more += f"WARC-Refers-To-Date: {of}T15:00:00Z\r\n"
    return _record("revisit", block, path, html, number, "2016-10-28T15:00:00Z", more)


def _record(
    kind: str, block: bytes, path: str, html: bytes, number: int, date: str, more: str = ""
) -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: {date}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Target-URI: {HOST}{path}\r\nWARC-Payload-Digest: {Digest.of(html)}\r\n{more}"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 6, mtime=0)
