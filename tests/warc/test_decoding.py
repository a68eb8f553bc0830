"""Codings taken off a body: whole, stacked, cut, damaged, mislabelled, and bombs."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator

import brotli
import pytest
import zstandard

from warc.framing import decoded_body, entity_body, parse_head
from warc.http.decoding import CodingFault

TEXT = b"".join(b"line %d of a page that is long enough\n" % number for number in range(5000))
MANY = 10_000_000


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def named_gzip(data: bytes) -> bytes:
    """A member with every optional header field: extra, name, comment, header checksum."""
    header = b"\x1f\x8b\x08\x1e\0\0\0\0\0\xff" + b"\x03\0abc" + b"name\0" + b"comment\0" + b"xx"
    return header + raw_deflate(data) + b"\0" * 8


def chunked(data: bytes, size: int = 1000) -> bytes:
    pieces = (data[at : at + size] for at in range(0, len(data), size))
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def split(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def decode(
    data: bytes, content: str, *, transfer: str = "", limit: int = MANY, size: int = 1 << 16
) -> bytes:
    head = parse_head(
        b"HTTP/1.1 200 OK\r\n"
        + (f"Content-Encoding: {content}\r\n".encode() if content else b"")
        + (f"Transfer-Encoding: {transfer}\r\n".encode() if transfer else b"")
        + b"\r\n"
    )
    return decoded_body(head, split(data, size), limit)


WHOLE = {
    "gzip": (gzip.compress(TEXT), "gzip"),
    "x-gzip": (gzip.compress(TEXT), "x-gzip"),
    "GZIP": (gzip.compress(TEXT), "GZIP"),
    "gzip with every field": (named_gzip(TEXT), "gzip"),
    "gzip in two members": (gzip.compress(TEXT[:9000]) + gzip.compress(TEXT[9000:]), "gzip"),
    "gzip with an empty member": (gzip.compress(b"") + gzip.compress(TEXT), "gzip"),
    "gzip with padding": (gzip.compress(TEXT) + b"\0" * 512, "gzip"),
    "gzip with a wrong checksum": (gzip.compress(TEXT)[:-8] + b"wrong!!!", "gzip"),
    "gzip without its trailer": (gzip.compress(TEXT)[:-8], "gzip"),
    "deflate": (zlib.compress(TEXT), "deflate"),
    "deflate without zlib": (raw_deflate(TEXT), "deflate"),
    "deflate with a wrong checksum": (zlib.compress(TEXT)[:-4] + b"nope", "deflate"),
    "br": (brotli.compress(TEXT, quality=5), "br"),
    "zstd": (zstandard.compress(TEXT), "zstd"),
    "zstd in two frames": (zstandard.compress(TEXT[:99]) + zstandard.compress(TEXT[99:]), "zstd"),
    "identity": (TEXT, "identity"),
    "nothing": (TEXT, ""),
    "unknown": (TEXT, "utf-8"),
    "stacked": (brotli.compress(gzip.compress(TEXT), quality=5), "gzip, br"),
    "twice gzip": (gzip.compress(gzip.compress(TEXT)), "gzip, gzip"),
    "gzip in name only": (TEXT, "gzip"),
    "deflate in name only": (TEXT, "deflate"),
    "br in name only": (TEXT, "br"),
    "zstd in name only": (TEXT, "zstd"),
}


@pytest.mark.parametrize(("data", "coding"), WHOLE.values(), ids=WHOLE.keys())
@pytest.mark.parametrize("size", [1, 1 << 16])
def test_the_text_comes_back(data: bytes, coding: str, size: int) -> None:
    assert decode(data, coding, size=size) == TEXT


@pytest.mark.parametrize(("data", "coding"), WHOLE.values(), ids=WHOLE.keys())
def test_it_comes_back_from_chunks(data: bytes, coding: str) -> None:
    assert decode(chunked(data), coding, transfer="chunked") == TEXT


@pytest.mark.parametrize(("data", "coding"), WHOLE.values(), ids=WHOLE.keys())
@pytest.mark.parametrize("limit", [0, 1, 70_000])
def test_no_more_than_the_limit_comes_back(data: bytes, coding: str, limit: int) -> None:
    assert decode(data, coding, limit=limit) == TEXT[:limit]


CODED = {
    "gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT, quality=5),
    "zstd": zstandard.compress(TEXT),
}


@pytest.mark.parametrize(("coding", "data"), CODED.items(), ids=CODED.keys())
def test_of_a_cut_body_comes_back_what_there_is(coding: str, data: bytes) -> None:
    for share in (0.5, 0.9):
        text = decode(data[: int(len(data) * share)], coding)
        assert TEXT.startswith(text)
    # zstd and brotli give whole blocks only, and a small body is one block.
    assert coding in ("br", "zstd") or len(text) > 0.8 * len(TEXT)


@pytest.mark.parametrize(("coding", "data"), CODED.items(), ids=CODED.keys())
def test_of_a_damaged_body_comes_back_what_precedes_the_damage(coding: str, data: bytes) -> None:
    middle = len(data) // 2
    text = decode(data[:middle] + b"\xff" * 64 + data[middle + 64 :], coding)
    # Of a bit gone wrong a coding without checksums notices only later.
    assert text[:1000] in (TEXT[:1000], b"")


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_next_to_nothing_is_borne(coding: str) -> None:
    assert decode(b"", coding) == b""
    assert decode(CODED[coding][:1], coding) in (b"", CODED[coding][:1])
    assert decode(CODED[coding][:5], coding) in (b"", CODED[coding][:5])


BOMB = bytes(200_000_000)


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(gzip.compress(BOMB, 1), 1)),
        ("br", brotli.compress(BOMB, quality=1)),
        ("zstd", zstandard.compress(BOMB, 1)),
    ],
    ids=["gzip in gzip", "br", "zstd"],
)
def test_a_bomb_is_not_inflated_beyond_the_limit(coding: str, data: bytes) -> None:
    coding = "gzip, gzip" if coding == "gzip" else coding
    tracemalloc.start()
    try:
        assert decode(data, coding, limit=100_000) == bytes(100_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000 + 2 * len(data)


ENTITIES = {
    "chunks": (chunked(TEXT), "chunked", TEXT),
    "said to be chunked": (TEXT, "chunked", TEXT),
    "said to be chunked, without a line": (b"text", "chunked", b"text"),
    "cut in a chunk": (b"5\r\nhello\r\n5\r\nwor", "chunked", b"hellowor"),
    "bad later": (b"5\r\nhello\r\nzz\r\nrest", "chunked", b"hello"),
    "bytes behind": (b"5\r\nhello\r\n0\r\n\r\nrest", "chunked", b"hello"),
    "gzip within chunks": (chunked(gzip.compress(TEXT)), "gzip, chunked", TEXT),
    "gzip alone": (gzip.compress(TEXT), "gzip", TEXT),
    "empty": (b"0\r\n\r\n", "chunked", b""),
    "nothing": (b"", "chunked", b""),
    "identity": (TEXT, "identity", TEXT),
}


@pytest.mark.parametrize(("data", "coding", "body"), ENTITIES.values(), ids=ENTITIES.keys())
@pytest.mark.parametrize("size", [1, 7, 1 << 16])
def test_the_entity_is_the_body_without_its_transfer_coding(
    data: bytes, coding: str, body: bytes, size: int
) -> None:
    head = parse_head(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: %b\r\n\r\n" % coding.encode())
    assert b"".join(entity_body(head, split(data, size))) == body


def test_content_coding_stays_in_the_entity() -> None:
    head = parse_head(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
    packed = gzip.compress(TEXT)
    assert b"".join(entity_body(head, [packed])) == packed


@pytest.mark.parametrize(
    ("coding", "body", "faults"),
    [
        ("gzip", gzip.compress(b"text" * 999), []),
        ("gzip", gzip.compress(b""), []),
        ("gzip", gzip.compress(b"text")[:-8] + b"\xff" * 8, []),
        ("gzip", gzip.compress(b"text")[:12], [CodingFault.CUT]),
        ("gzip", gzip.compress(b"text")[:10] + b"\xff" * 9, [CodingFault.DAMAGED]),
        ("gzip", b"text", []),
        ("deflate", b"\xff" * 99, [CodingFault.ABSENT]),
        ("br", b"text as it is", [CodingFault.ABSENT]),
        ("br", brotli.compress(TEXT[:60_000])[:-2], [CodingFault.CUT]),
        ("zstd", b"text", [CodingFault.ABSENT]),
        ("zstd", b"\x28\xb5\x2f\xfd" + b"\xff" * 99, [CodingFault.DAMAGED]),
        ("sdch", b"text", []),
    ],
    ids=[
        "gzip",
        "gzip of nothing",
        "gzip with a wrong sum",
        "gzip cut",
        "gzip damaged",
        "no gzip",
        "no deflate",
        "no brotli",
        "brotli cut",
        "no zstd",
        "zstd damaged",
        "unknown",
    ],
)
def test_faults_of_a_coding_are_told(coding: str, body: bytes, faults: list[CodingFault]) -> None:
    head = parse_head(b"HTTP/1.1 200 OK\r\nContent-Encoding: " + coding.encode() + b"\r\n\r\n")
    found: list[CodingFault] = []
    decoded_body(head, [body], 1 << 16, found)
    assert found == faults
