from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from warc import metadata
from warc.exchange import Ending, Exchange, Failure, FailureKind, Spool, Timings, TlsParameters

BEGAN = datetime(2026, 11, 23, 20, 9, 1, 123456, tzinfo=UTC)


@pytest.fixture
def answered() -> Iterator[Exchange]:
    exchange = Exchange(
        target_uri="https://a.test/ü?q=%20",
        method="GET",
        began=BEGAN,
        request=b"GET / HTTP/1.1\r\n\r\n",
        response=Spool.of(b"HTTP/1.1 200 OK\r\n\r\nx"),
        head_size=19,
        ending=Ending.CLOSED,
        timings=Timings(resolved=0.1, connected=0.25, secured=0.375, first_byte=0.4, ended=1 / 3),
        interim=b"HTTP/1.1 103 Early Hints\r\n\r\n",
        address="127.0.0.2",
        port=443,
        tls=TlsParameters(
            version="TLSv1.3", cipher="TLS_AES_128_GCM_SHA256", certificates=(b"\0\xff", b"b")
        ),
        notes=("a: b", "two\nlines"),
    )
    yield exchange
    exchange.response.close()


@pytest.fixture
def unanswered() -> Iterator[Exchange]:
    exchange = Exchange(
        target_uri="http://nowhere.test/",
        method="HEAD",
        began=BEGAN,
        request=b"",
        response=Spool(),
        head_size=0,
        ending=Ending.NONE,
        timings=Timings(ended=0.5),
        failure=Failure(kind=FailureKind.DNS_NXDOMAIN, detail=""),
    )
    yield exchange
    exchange.response.close()


@pytest.mark.parametrize("which", ["answered", "unanswered"])
def test_an_exchange_comes_back_whole_from_its_metadata(which, request):
    exchange = request.getfixturevalue(which)
    read = metadata.decode(metadata.encode(exchange, (("via", "http://b.test/"),)))
    assert read.exchange(exchange.request, exchange.response) == exchange
    assert read.fields == (("via", "http://b.test/"),)
    assert read.response_size == exchange.response.size


def test_the_block_is_the_warc_fields_of_other_archivists(unanswered):
    block = metadata.encode(unanswered, (("outlink", "http://c.test/ L a/@href"),))
    assert block.startswith(
        b"fetchTimeMs: 500\r\ntargetUri: http://nowhere.test/\r\nmethod: HEAD\r\n"
    )
    assert block.endswith(b"outlink: http://c.test/ L a/@href\r\n")


def test_a_chain_written_before_is_referred_to(answered):
    exchange = answered
    chain = metadata.ChainReference(record_id="<urn:uuid:1>", offset=5, length=7)
    read = metadata.decode(metadata.encode(exchange, (), chain))
    assert read.chain == chain
    assert read.tls is not None
    assert read.tls.certificates == ()
    assert read.exchange(exchange.request, exchange.response, (b"\0\xff", b"b")) == exchange


@pytest.mark.parametrize("name", ["ending", "two words", "", "a:b", "x\r\ny"])
def test_a_field_may_neither_take_our_name_nor_break_the_lines(unanswered, name):
    with pytest.raises(ValueError, match="field name"):
        metadata.encode(unanswered, ((name, "x"),))


def test_the_fields_of_a_foreign_block_are_read_leniently():
    block = b"via: http://a/\nno colon\r\nfold: a\r\n b\r\n\tc\r\nhopsFromSeed:L\r\n\r\n"
    assert metadata.parse_fields(block) == (
        ("via", "http://a/"),
        ("fold", "a\nb\nc"),
        ("hopsFromSeed", "L"),
    )
    with pytest.raises(ValueError, match="not the metadata of an exchange"):
        metadata.decode(block)
