from __future__ import annotations

import gzip
import resource
import tracemalloc
from datetime import timedelta

import pytest
from fastwarc import ArchiveIterator as FastWarcIterator
from fastwarc import WarcRecordType
from written_warcs import BEGAN, HEAD, REQUEST, Clock, of_kind, records, writer

from warc import metadata
from warc.cdxj import CdxjEntry, CdxjIndex
from warc.digest import Digest
from warc.exchange import Ending, Failure, FailureKind, Spool, TlsParameters


def test_one_exchange_becomes_response_request_and_metadata_behind_a_warcinfo(collection, make):
    with writer(collection) as warc:
        written = warc.write_exchange(make(), fields=[("via", "http://b.test/")])
    (info, info_block), (response, block), (request, _), (about, fields) = records(collection)

    assert info["WARC-Type"] == "warcinfo"
    assert info["WARC-Filename"] == "test-20261123200901-00000-host.example.warc.gz"
    assert info_block.startswith(b"software: muniment\r\nisPartOf: a collection\r\n")
    assert b"conformsTo: http://iipc.github.io/warc-specifications/" in info_block

    assert response["WARC-Type"] == "response"
    assert response["WARC-Date"] == "2026-11-23T20:09:01.123456Z"
    assert response["WARC-Target-URI"] == "http://a.test/"
    assert response["WARC-IP-Address"] == "127.0.0.2"
    assert response["WARC-Protocol"] == "http/1.1"
    assert response["WARC-Warcinfo-ID"] == info["WARC-Record-ID"]
    assert response["WARC-Payload-Digest"] == str(Digest.of(b"hello"))
    assert response["Content-Type"] == "application/http;msgtype=response"
    assert "WARC-Concurrent-To" not in response
    assert "WARC-Truncated" not in response
    assert block == HEAD + b"hello"

    assert request["WARC-Type"] == "request"
    assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert about["WARC-Type"] == "metadata"
    assert about["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert metadata.parse_fields(fields)[0] == ("fetchTimeMs", "300")
    assert ("via", "http://b.test/") in metadata.parse_fields(fields)

    assert len({head["WARC-Record-ID"] for head, _ in records(collection)}) == 4
    for head, content in records(collection):
        assert Digest.parse(head["WARC-Block-Digest"]) == Digest.of(content)
    assert written.payload_digest == Digest.of(b"hello")
    assert written.date == BEGAN
    assert not written.is_revisit


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"HTTP/1.1 200\nx:y\n\n", b"bare line feeds"),
        (
            b"HTTP/1.1 200 OK\r\nA: 1\r\na: 2\r\n  folded\r\nno colon\r\n\r\n",
            b"\r\n\r\nWARC/1.1\r\n",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"5;x=y\r\nhello\r\n0\r\nT: 1\r\n\r\n",
        ),
        (b"HTTP/1.0 404 \xe4\x00\r\nX: \xff\r\n\r\n", bytes(range(256))),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"Z: " + b"z" * 70_000 + b"\r\n\r\n", b""),
        (b"", b"<html>HTTP/0.9 had no head</html>"),
        (b"ICY 200 OK\r\n\r\n", b"radio"),
    ],
)
def test_two_other_readers_give_back_the_bytes_of_the_wire(collection, make, head, body):
    with writer(collection) as warc:
        written = warc.write_exchange(make(head, body))
    assert of_kind(collection, "response")[0][1] == head + body

    (path,) = collection.warc_files()
    with path.open("rb") as file:
        fast = FastWarcIterator(file, record_types=WarcRecordType.response, parse_http=False)
        found = [(record.stream_pos, record.reader.read()) for record in fast]
    assert found == [(written.response.offset, head + body)]

    with path.open("rb") as file:
        file.seek(written.response.offset)
        member = gzip.decompress(file.read(written.response.length))
    assert member.endswith(head + body + b"\r\n\r\n")


def test_the_payload_digest_leaves_the_transfer_coding_out_and_the_content_coding_in(
    collection, make
):
    squeezed = gzip.compress(b"hello", mtime=0)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    with writer(collection) as warc:
        written = warc.write_exchange(
            make(head, b"%x\r\n%s\r\n0\r\n\r\n" % (len(squeezed), squeezed))
        )
    assert written.payload_digest == Digest.of(squeezed)


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        (Ending.DISCONNECT, "disconnect"),
        (Ending.TIME, "time"),
        (Ending.LENGTH, "length"),
        (Ending.MALFORMED, "unspecified"),
    ],
)
def test_a_cut_answer_says_why_and_is_never_the_original_of_a_revisit(
    collection, make, ending, reason
):
    with writer(collection) as warc:
        warc.write_exchange(make(ending=ending))
        again = warc.write_exchange(make())
    assert of_kind(collection, "response")[0][0]["WARC-Truncated"] == reason
    assert not again.is_revisit


def test_credentials_are_left_out_and_that_is_said(collection, make):
    sent = REQUEST.replace(b"Accept", b"AUTHORIZATION: Basic x\r\n folded\r\nAccept")
    with writer(collection) as warc:
        warc.write_exchange(make(request=sent))
    ((_, request),) = of_kind(collection, "request")
    assert request == b"GET / HTTP/1.1\r\nHost: a.test\r\nAccept: */*\r\n\r\n"
    ((_, about),) = of_kind(collection, "metadata")
    assert metadata.decode(about).fields == (("requestHeadersLeftOut", "Cookie, AUTHORIZATION"),)
    ((_, info),) = of_kind(collection, "warcinfo")
    assert b"credentials: Cookie, Authorization and Proxy-Authorization" in info
    assert b"are left out" in info


def test_credentials_are_kept_when_asked_for(collection, make):
    with writer(collection, keep_credentials=True) as warc:
        warc.write_exchange(make())
    assert of_kind(collection, "request")[0][1] == REQUEST
    assert b"are kept as sent" in of_kind(collection, "warcinfo")[0][1]


def test_a_failure_leaves_request_and_metadata_and_no_index_line(collection, make):
    failed = {
        "ending": Ending.NONE,
        "failure": Failure(kind=FailureKind.EMPTY, detail="closed at once"),
    }
    with writer(collection) as warc:
        sent = warc.write_exchange(make(b"", b"", **failed))
        unsent = warc.write_exchange(make(b"", b"", request=b"", address=None, **failed))
    assert (sent.response, unsent.response, unsent.request) == (None, None, None)
    assert unsent.payload_digest is None
    ((request, _),) = of_kind(collection, "request")
    (first, block), (second, _) = of_kind(collection, "metadata")
    assert "WARC-Concurrent-To" not in request
    assert first["WARC-Concurrent-To"] == request["WARC-Record-ID"]
    assert "WARC-Concurrent-To" not in second
    assert "WARC-IP-Address" not in second
    assert metadata.decode(block).failure == failed["failure"]
    assert list(CdxjIndex(collection.indexes)) == []


def test_tls_is_named_and_a_certificate_chain_is_written_once_a_file(collection, make):
    modern = TlsParameters(version="TLSv1.3", cipher="TLS_AES_128_GCM_SHA256", certificates=(b"x",))
    older = TlsParameters(version="TLSv1.2", cipher="ECDHE-RSA-AES128-GCM-SHA256")
    odd = TlsParameters(version="TLSv1", cipher="AES128-SHA")
    with writer(collection) as warc:
        first = warc.write_exchange(make(tls=modern))
        warc.write_exchange(make(tls=modern, target_uri="http://a.test/2"))
        warc.write_exchange(make(body=b"older", tls=older))
        warc.write_exchange(make(body=b"oddly", tls=odd))
    (path,) = collection.warc_files()
    text = gzip.decompress(path.read_bytes())
    assert text.count(b"WARC-Protocol: http/1.1\r\nWARC-Protocol: tls/1.3\r\n") == 4
    ciphers = [head.get("WARC-Cipher-Suite") for head, _ in of_kind(collection, "response")]
    assert ciphers == [
        "TLS_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        None,  # OpenSSL's own name is not IANA's
    ]
    whole, referring = [metadata.decode(block) for _, block in of_kind(collection, "metadata")[:2]]
    assert whole.tls == modern
    assert referring.tls == TlsParameters(version=modern.version, cipher=modern.cipher)
    assert referring.chain == metadata.ChainReference(
        record_id=of_kind(collection, "metadata")[0][0]["WARC-Record-ID"],
        offset=first.metadata.offset,
        length=first.metadata.length,
    )


def test_files_rotate_by_size_and_each_begins_with_a_warcinfo(collection, make):
    with writer(collection, max_bytes=1) as warc:
        for number in range(3):
            warc.write_exchange(make(target_uri=f"http://a.test/{number}"))
    names = [path.name for path in collection.warc_files()]
    assert names == [
        f"test-20261123200901-0000{serial}-host.example.warc.gz" for serial in range(3)
    ]
    assert len(of_kind(collection, "warcinfo")) == 3
    assert len({head["WARC-Warcinfo-ID"] for head, _ in of_kind(collection, "metadata")}) == 3


def test_files_rotate_by_age(collection, make):
    clock = Clock()
    with writer(collection, clock, max_age_seconds=60) as warc:
        warc.write_exchange(make())
        clock.now += timedelta(seconds=59)
        warc.write_exchange(make())
        clock.now += timedelta(seconds=1)
        warc.write_exchange(make())
    assert [path.name[:25] for path in collection.warc_files()] == [
        "test-20261123200901-00000",
        "test-20261123201001-00001",
    ]


def test_no_file_is_written_over(collection, make):
    for _ in range(2):
        with writer(collection) as warc:
            warc.write_exchange(make())
    assert [path.name[20:25] for path in collection.warc_files()] == ["00000", "00001"]


def test_nothing_is_seen_of_a_file_before_it_is_closed(collection, make):
    with writer(collection) as warc:
        assert list(collection.archive.iterdir()) == []
        warc.write_exchange(make())
        assert [path.suffix for path in collection.archive.iterdir()] == [".open"]
        assert list(collection.indexes.glob("*.cdxj")) == []
    assert [path.suffix for path in collection.archive.iterdir()] == [".gz"]
    (index,) = collection.indexes.glob("*.cdxj*")
    assert index.name == collection.warc_files()[0].name + ".cdxj"


def test_index_lines_are_sorted_and_lead_to_their_records(collection, make):
    with writer(collection) as warc:
        written = {
            f"http://{host}.test/": warc.write_exchange(make(target_uri=f"http://{host}.test/"))
            for host in ("c", "a", "b")
        }
    (index,) = collection.indexes.glob("*.cdxj")
    lines = index.read_bytes().splitlines()
    assert lines == sorted(lines)
    entries = [CdxjEntry.parse(line) for line in lines]
    assert {entry.url: entry.locator for entry in entries} == {
        url: records.response for url, records in written.items()
    }
    assert entries[0].timestamp == "20261123200901"
    assert entries[2].mime == "text/html"


def test_the_answer_to_a_head_request_is_not_found_as_the_page(collection, make):
    with writer(collection) as warc:
        warc.write_exchange(make(HEAD, b"", method="HEAD"))
    assert CdxjIndex(collection.indexes).captures("http://a.test/") == []
    (entry,) = CdxjIndex(collection.indexes)
    assert entry.urlkey == "test,a)/?__wb_method=head"


def test_a_url_with_spaces_or_line_breaks_cannot_break_a_record(collection, make):
    with writer(collection) as warc:
        warc.write_exchange(make(target_uri="http://a.test/a b\r\nWARC-Type: x"))
    ((response, _),) = of_kind(collection, "response")
    assert response["WARC-Target-URI"] == "http://a.test/a%20b%0D%0AWARC-Type:%20x"


def test_a_field_that_does_not_fit_leaves_nothing_behind(collection, make):
    with writer(collection) as warc:
        warc.write_exchange(make())
        with pytest.raises(ValueError, match="field name"):
            warc.write_exchange(make(target_uri="http://a.test/2"), fields=[("ending", "x")])
        warc.write_exchange(make(target_uri="http://a.test/3"))
    assert [head["WARC-Target-URI"] for head, _ in of_kind(collection, "metadata")] == [
        "http://a.test/",
        "http://a.test/3",
    ]


def test_a_full_disk_keeps_all_that_was_written_whole(collection, make):
    noise = b"".join(Digest.of(b"%d" % number).value for number in range(20_000))
    with writer(collection) as warc:
        warc.write_exchange(make())
        (path,) = collection.archive.iterdir()
        before = path.read_bytes()
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
        try:
            with pytest.raises(OSError, match="File too large"):
                warc.write_exchange(make(body=noise))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert path.read_bytes() == before
        warc.write_exchange(make(target_uri="http://a.test/after"))
    assert len(records(collection)) == 7
    assert len(list(CdxjIndex(collection.indexes))) == 2


def test_a_large_body_is_never_held_in_memory(collection, make):
    spool = Spool.of(HEAD)
    for _ in range(24):
        spool.write(b"x" * (1 << 20))
    tracemalloc.start()
    with writer(collection) as warc:
        warc.write_exchange(make(response=spool, head_size=len(HEAD)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    spool.close()
    assert peak < 4 << 20


def test_a_prefix_that_is_no_file_name_is_refused(collection):
    with pytest.raises(ValueError, match="file name"):
        writer(collection, prefix="a/b")
