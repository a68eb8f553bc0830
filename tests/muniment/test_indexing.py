"""Indexes that were deleted come back, and another tool's are left alone."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from muniment.indexing import index_missing, unindexed
from warc.collection import Collection

HTTP = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
RECORD = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
    b"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
) % (len(HTTP), HTTP)


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    made = Collection(tmp_path / "c")
    made.create()
    (made.archive / "other.warc.gz").write_bytes(gzip.compress(RECORD))
    return made


def test_a_warc_without_an_index_gets_one_once(collection: Collection) -> None:
    assert index_missing(collection) == ["other.warc.gz had no index: made again with 1 captures"]
    lines = (collection.indexes / "other.warc.gz.cdxj").read_text("utf-8").splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("example,a)/ 20260101000000 {")
    assert index_missing(collection) == []


def test_a_file_still_being_written_has_none(collection: Collection) -> None:
    file = collection.archive / "other.warc.gz"
    file.rename(file.with_name("other.warc.gz.open"))
    assert unindexed(collection) == []


def test_where_another_tool_has_an_index_nothing_is_made(collection: Collection) -> None:
    (collection.indexes / "index.cdxj").write_text("", "utf-8")
    assert unindexed(collection) == []
