from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warc_bytes import PAGE, record

from warc.collection import Collection
from warc.damage import DamagedError
from warc.exchange import (
    Ending,
    Exchange,
    Failure,
    FailureKind,
    Spool,
    Timings,
    TlsParameters,
)
from warc.locator import Locator
from warc.rebuild import exchange_at
from warc.writer import WarcWriter, WriterOptions, Written

LENGTH = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
TLS = TlsParameters(version="TLSv1.3", cipher="TLS_AES_128_GCM_SHA256", certificates=(b"A", b"B"))


def exchange(url: str, head: bytes, body: bytes, *, ending: Ending = Ending.COMPLETE) -> Exchange:
    return Exchange(
        target_uri=url,
        method="GET",
        began=datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
        request=b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        response=Spool.of(head + body),
        head_size=len(head),
        ending=ending,
        timings=Timings(ended=1.5, first_byte=0.5),
        interim=b"HTTP/1.1 103 Early Hints\r\n\r\n",
        address="127.0.0.2",
        port=443,
        tls=TLS,
        notes=("two lengths",),
    )


def failed() -> Exchange:
    return Exchange(
        target_uri="http://no.example/",
        method="HEAD",
        began=datetime(2026, 1, 2, tzinfo=UTC),
        request=b"",
        response=Spool(),
        head_size=0,
        ending=Ending.NONE,
        timings=Timings(ended=0.1),
        failure=Failure(kind=FailureKind.DNS_NXDOMAIN, detail="no such name"),
    )


EXCHANGES = [
    lambda: exchange("https://a/first", LENGTH, b"hello"),
    lambda: exchange("https://a/same-chain-and-body", LENGTH, b"hello"),
    lambda: exchange("https://a/large", LENGTH, b"x" * 3_000_000),
    lambda: exchange("https://a/cut", LENGTH, b"hel", ending=Ending.DISCONNECT),
    failed,
]


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    return Collection(tmp_path)


def new_writer(collection: Collection) -> WarcWriter:
    options = WriterOptions(
        archive=collection.archive, indexes=collection.indexes, prefix="t", hostname="h"
    )
    return WarcWriter(options, clock=lambda: datetime(2026, 1, 2, tzinfo=UTC))


@pytest.fixture
def writer(collection: Collection) -> Iterator[WarcWriter]:
    with new_writer(collection) as made:
        yield made


def again(collection: Collection, written: Written) -> Exchange:
    return exchange_at(collection.archive, written.response, written.metadata, written.request)


def assert_same(one: Exchange, other: Exchange) -> None:
    for field in fields(Exchange):
        if field.name != "response":
            assert getattr(one, field.name) == getattr(other, field.name), field.name
    assert one.response.read() == other.response.read()


def assert_all_come_back(
    collection: Collection, originals: list[Exchange], written: list[Written]
) -> None:
    for original, where in zip(originals, written, strict=True):
        rebuilt = again(collection, where)
        with closing(rebuilt.response):
            assert_same(rebuilt, original)


def test_exchanges_come_back_as_written_from_an_open_and_a_closed_file(
    collection: Collection,
) -> None:
    originals = [make() for make in EXCHANGES]
    with new_writer(collection) as writer:
        written = [writer.write_exchange(one) for one in originals]
        assert [one.is_revisit for one in written] == [False, True, False, False, False]
        writer.sync()
        assert_all_come_back(collection, originals, written)
    assert_all_come_back(collection, originals, written)
    for original in originals:
        original.response.close()


def test_a_revisits_body_is_framed_as_its_own_head_says(
    collection: Collection, writer: WarcWriter
) -> None:
    for head, body in ((LENGTH, b"hello"), (CHUNKED, b"5\r\nhello\r\n0\r\n\r\n")):
        one = exchange("https://a/x", head, body)
        where = writer.write_exchange(one)
        writer.sync()
        rebuilt = again(collection, where)
        assert rebuilt.response.read() == head + body
        one.response.close()
        rebuilt.response.close()


def test_another_tools_response_without_metadata_is_an_exchange_too(tmp_path: Path) -> None:
    cut = record(PAGE, fields=[("WARC-Truncated", "time"), ("WARC-IP-Address", "1.2.3.4")])
    (tmp_path / "x.warc").write_bytes(cut)
    one = exchange_at(tmp_path, Locator(file="x.warc", offset=0, length=len(cut)), None, None)
    with closing(one.response) as spool:
        assert spool.read() == PAGE
    assert (one.ending, one.address, one.head_size) == (Ending.TIME, "1.2.3.4", PAGE.index(b"<p>"))


def test_what_is_not_the_record_asked_for_says_where(tmp_path: Path) -> None:
    (tmp_path / "x.warc").write_bytes(record())
    here = Locator(file="x.warc", offset=0, length=0)
    with pytest.raises(DamagedError, match=r"x\.warc, byte 0: .*where a metadata is due"):
        exchange_at(tmp_path, None, here, None)
    with pytest.raises(DamagedError, match="where a request is due"):
        exchange_at(tmp_path, here, None, here)
    with pytest.raises(ValueError, match="neither"):
        exchange_at(tmp_path, None, None, None)


def test_a_revisit_whose_original_is_nowhere_says_so(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    profile = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    lost = record(b"HTTP/1.1 200 OK\r\n\r\n", kind="revisit", fields=[("WARC-Profile", profile)])
    (archive / "x.warc").write_bytes(lost)
    with pytest.raises(DamagedError, match="original is nowhere"):
        exchange_at(archive, Locator(file="x.warc", offset=0, length=0), None, None)
