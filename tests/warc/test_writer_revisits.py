from __future__ import annotations

from datetime import timedelta

from written_warcs import BEGAN, HEAD, of_kind, writer

from warc.cdxj import CdxjIndex
from warc.digest import Digest


def test_a_payload_seen_before_becomes_a_revisit_that_can_be_resolved(collection, make):
    other = HEAD.replace(b"Content-Type", b"X-Other: 1\r\nContent-Type")
    with writer(collection) as warc:
        first = warc.write_exchange(make())
        second = warc.write_exchange(
            make(other, target_uri="http://a.test/b", began=BEGAN + timedelta(seconds=9))
        )
    (original, _), (revisit, block) = (
        *of_kind(collection, "response"),
        *of_kind(collection, "revisit"),
    )
    assert second.is_revisit
    assert second.payload_digest == first.payload_digest
    assert revisit["WARC-Profile"].endswith("/warc/1.1/revisit/identical-payload-digest")
    assert revisit["WARC-Refers-To"] == original["WARC-Record-ID"]
    assert revisit["WARC-Refers-To-Target-URI"] == "http://a.test/"
    assert revisit["WARC-Refers-To-Date"] == "2026-11-23T20:09:01.123456Z"
    assert revisit["WARC-Payload-Digest"] == original["WARC-Payload-Digest"]
    assert revisit["WARC-Truncated"] == "length"
    assert block == other
    (entry,) = CdxjIndex(collection.indexes).captures("http://a.test/b")
    assert (entry.mime, entry.status, entry.locator) == ("warc/revisit", 200, second.response)


def test_revisits_are_found_across_runs_and_without_their_cache(collection, make):
    with writer(collection) as warc:
        warc.write_exchange(make())
    with writer(collection) as warc:
        assert warc.write_exchange(make(target_uri="http://a.test/2")).is_revisit
    (collection.indexes / "originals.sqlite").unlink()
    with writer(collection) as warc:
        assert warc.write_exchange(make(target_uri="http://a.test/3")).is_revisit
    (collection.indexes / "originals.sqlite").write_bytes(b"torn" * 1000)
    with writer(collection) as warc:
        assert warc.write_exchange(make(target_uri="http://a.test/4")).is_revisit


def test_an_original_that_is_gone_is_not_referred_to(collection, make):
    with writer(collection) as warc:
        warc.write_exchange(make())
    for path in collection.warc_files():
        path.unlink()
    with writer(collection) as warc:
        assert not warc.write_exchange(make()).is_revisit
        assert warc.write_exchange(make()).is_revisit


def test_a_payload_in_another_transfer_coding_is_no_revisit(collection, make):
    """pywb sends a revisit's head and then its original's body as it lies there."""
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = b"5\r\nhello\r\n0\r\n\r\n"
    with writer(collection) as warc:
        first = warc.write_exchange(make())
        other = warc.write_exchange(make(chunked, body))
        again = warc.write_exchange(make(chunked, body, target_uri="http://a.test/2"))
    assert first.payload_digest == other.payload_digest
    assert (other.is_revisit, again.is_revisit) == (False, True)


def test_an_empty_payload_is_no_revisit(collection, make):
    with writer(collection) as warc:
        empty = [warc.write_exchange(make(HEAD, b"")) for _ in range(2)]
    assert not any(written.is_revisit for written in empty)


def test_a_304_refers_to_the_page_it_confirms(collection, make):
    head = b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"
    with writer(collection) as warc:
        unknown = warc.write_exchange(make(head, b""))
        warc.write_exchange(make())
    with writer(collection) as warc:
        known = warc.write_exchange(make(head, b""))
        elsewhere = warc.write_exchange(make(head, b"", target_uri="http://a.test/else"))
    assert (unknown.is_revisit, known.is_revisit, elsewhere.is_revisit) == (False, True, False)
    ((revisit, block),) = of_kind(collection, "revisit")
    assert revisit["WARC-Profile"].endswith("/warc/1.1/revisit/server-not-modified")
    assert revisit["WARC-Refers-To-Target-URI"] == "http://a.test/"
    assert revisit["WARC-Payload-Digest"] == str(Digest.of(b"hello"))
    assert "WARC-Truncated" not in revisit
    assert block == head


def test_a_304_for_a_page_that_was_itself_a_revisit_refers_to_the_payload(collection, make):
    head = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    with writer(collection) as warc:
        warc.write_exchange(make())
        warc.write_exchange(make(target_uri="http://a.test/copy"))
    (collection.indexes / "originals.sqlite").unlink()
    with writer(collection) as warc:
        assert warc.write_exchange(make(head, b"", target_uri="http://a.test/copy")).is_revisit
    assert of_kind(collection, "revisit")[-1][0]["WARC-Refers-To-Target-URI"] == "http://a.test/"
