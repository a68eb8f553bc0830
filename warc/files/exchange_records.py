"""The records of one exchange: what each says of it, following WARC 1.1 sections 5 and 6."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warc import metadata
from warc.digest import Digest
from warc.exchange import Ending, Exchange, Spool
from warc.files.credentials import without_credentials
from warc.files.draft import (
    HTTP_REQUEST,
    HTTP_RESPONSE,
    IDENTICAL_PAYLOAD,
    NOT_MODIFIED,
    WARC_FIELDS,
    Draft,
    new_record_id,
    target_uri,
)
from warc.files.originals import Original

LEFT_OUT = "requestHeadersLeftOut"

_TRUNCATED = {
    Ending.DISCONNECT: "disconnect",
    Ending.TIME: "time",
    Ending.LENGTH: "length",
    Ending.MALFORMED: "unspecified",
}
_HTTP_VERSION = re.compile(rb"(?:^| )HTTP/(\d\.\d)")
_TLS_VERSION = re.compile(r"TLSv1(?:\.(\d))?")
# WARC-Cipher-Suite takes the names of IANA; OpenSSL has its own before TLS 1.3.
_CIPHERS = {
    f"ECDHE-{key}-{cipher}": f"TLS_ECDHE_{key}_WITH_{iana}"
    for key in ("RSA", "ECDSA")
    for cipher, iana in (
        ("AES128-GCM-SHA256", "AES_128_GCM_SHA256"),
        ("AES256-GCM-SHA384", "AES_256_GCM_SHA384"),
        ("CHACHA20-POLY1305", "CHACHA20_POLY1305_SHA256"),
        ("AES128-SHA256", "AES_128_CBC_SHA256"),
        ("AES256-SHA384", "AES_256_CBC_SHA384"),
    )
}


def response(exchange: Exchange, payload: Digest, warcinfo_id: str) -> Draft:
    """Return the response record: its block is what came over the wire, byte for byte."""
    named = [*_common(exchange, warcinfo_id, _version(exchange.head))]
    named.append(("WARC-Payload-Digest", str(payload)))
    if exchange.ending in _TRUNCATED:
        named.append(("WARC-Truncated", _TRUNCATED[exchange.ending]))
    return _draft(exchange, "response", HTTP_RESPONSE, exchange.response, named)


def revisit(exchange: Exchange, original: Original, warcinfo_id: str) -> Draft:
    """Return the revisit record: its block is the head of the answer (WARC 1.1 section 6.7).

    A 304 has the profile server-not-modified, every other the profile of an identical payload.
    The payload digest is the original's in both.
    """
    head = exchange.head
    named = [*_common(exchange, warcinfo_id, _version(head))]
    same = exchange.response.size > exchange.head_size
    named += [
        ("WARC-Profile", IDENTICAL_PAYLOAD if same else NOT_MODIFIED),
        ("WARC-Refers-To", original.record_id),
        ("WARC-Refers-To-Target-URI", original.target_uri),
        ("WARC-Refers-To-Date", original.date),
        ("WARC-Payload-Digest", str(original.payload_digest)),
    ]
    if same:
        named.append(("WARC-Truncated", "length"))  # section 6.7.2 asks for it
    return _draft(exchange, "revisit", HTTP_RESPONSE, head, named)


def request(
    exchange: Exchange, answer_id: str | None, warcinfo_id: str, *, keep_credentials: bool
) -> tuple[Draft, tuple[str, ...]]:
    """Return the request record, and the names of the headers that were left out of it."""
    block, left_out = without_credentials(exchange.request)
    if keep_credentials:
        block, left_out = exchange.request, ()
    first_line = exchange.request.partition(b"\n")[0].rstrip(b"\r")
    named = [*_common(exchange, warcinfo_id, _version(first_line))]
    if answer_id is not None:
        named.append(("WARC-Concurrent-To", answer_id))
    return _draft(exchange, "request", HTTP_REQUEST, block, named), left_out


def about(
    exchange: Exchange,
    concurrent_to: str | None,
    warcinfo_id: str,
    fields: Sequence[tuple[str, str]],
    chain: metadata.ChainReference | None,
) -> Draft:
    """Return the metadata record, linked to the answer or, where there is none, to the request."""
    named = [*_common(exchange, warcinfo_id, None)]
    if concurrent_to is not None:
        named.append(("WARC-Concurrent-To", concurrent_to))
    block = metadata.encode(exchange, fields, chain)
    return _draft(exchange, "metadata", WARC_FIELDS, block, named)


def _draft(
    exchange: Exchange,
    kind: str,
    content_type: str,
    block: bytes | Spool,
    named: list[tuple[str, str]],
) -> Draft:
    return Draft(
        kind=kind,
        record_id=new_record_id(),
        date=exchange.began,
        content_type=content_type,
        block=block,
        named=tuple(named),
    )


def _common(
    exchange: Exchange, warcinfo_id: str, http_version: str | None
) -> list[tuple[str, str]]:
    """Return target, address, protocols and warcinfo id.

    `WARC-Protocol` (one field a protocol) and `WARC-Cipher-Suite` are the extensions that the
    IIPC lists as in use (warc-specifications issues 42 and 86).
    """
    named = [("WARC-Target-URI", target_uri(exchange.target_uri))]
    if exchange.address is not None:
        named.append(("WARC-IP-Address", exchange.address))
    if http_version is not None:
        named.append(("WARC-Protocol", f"http/{http_version}"))
    if exchange.tls is not None:
        named += _tls(exchange.tls.version, exchange.tls.cipher)
    named.append(("WARC-Warcinfo-ID", warcinfo_id))
    return named


def _tls(version: str, cipher: str) -> list[tuple[str, str]]:
    named = []
    if match := _TLS_VERSION.fullmatch(version):
        named.append(("WARC-Protocol", f"tls/1.{match[1] or 0}"))
    iana = _CIPHERS.get(cipher, cipher)
    if iana.startswith("TLS_"):
        named.append(("WARC-Cipher-Suite", iana))
    return named


def _version(head: bytes) -> str | None:
    """Return the HTTP version a head or request line names; 0.9 for none at all."""
    match = _HTTP_VERSION.search(head[:4096].partition(b"\n")[0])
    if match:
        return match[1].decode("ascii")
    return None if head else "0.9"
