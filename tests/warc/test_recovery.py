from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from warc.cdxj import CdxjIndex, build_index
from warc.collection import Collection
from warc.exchange import Ending, Exchange, Spool, Timings
from warc.recovery import recover
from warc.writer import WarcWriter, WriterOptions, Written

BEGAN = datetime(2026, 11, 23, 20, 9, 1, tzinfo=UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
NAME = "test-20261123200901-00000-h.warc.gz"


def options(collection: Collection) -> WriterOptions:
    return WriterOptions(
        archive=collection.archive,
        indexes=collection.indexes,
        prefix="test",
        hostname="h",
        sync_seconds=1e9,
    )


def write(warc: WarcWriter, url: str, body: bytes, method: str = "GET") -> Written:
    spool = Spool.of(HEAD + body)
    try:
        return warc.write_exchange(
            Exchange(
                target_uri=url,
                method=method,
                began=BEGAN,
                request=b"%s / HTTP/1.1\r\n\r\n" % method.encode(),
                response=spool,
                head_size=len(HEAD),
                ending=Ending.COMPLETE,
                timings=Timings(ended=0.5),
            )
        )
    finally:
        spool.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed:
    """What a process killed in the middle leaves: an open file, synced after its first exchange."""

    warc: bytes
    index: bytes
    written: list[Written]


@pytest.fixture(scope="module")
def crashed(tmp_path_factory) -> Iterator[Crashed]:
    collection = Collection(tmp_path_factory.mktemp("crashed"))
    warc = WarcWriter(options(collection), clock=lambda: BEGAN)
    written = [write(warc, "http://a.test/1", b"one")]
    warc.sync()
    written += [
        write(warc, "http://a.test/2", b"two"),
        write(warc, "http://a.test/1", b"one"),
        write(warc, "http://a.test/3", b"three", "HEAD"),
    ]
    yield Crashed(
        warc=(collection.archive / f"{NAME}.open").read_bytes(),
        index=(collection.indexes / f"{NAME}.cdxj.open").read_bytes(),
        written=written,
    )
    warc.close()


def left(root: Path, warc: bytes, index: bytes | None) -> Collection:
    collection = Collection(root)
    collection.create()
    (collection.archive / f"{NAME}.open").write_bytes(warc)
    if index is not None:
        (collection.indexes / f"{NAME}.cdxj.open").write_bytes(index)
    return collection


def assert_whole(collection: Collection) -> int:
    """Assert that warcio reads the file to its end and the index agrees; return its records."""
    (path,) = collection.warc_files()
    with path.open("rb") as file:
        count = sum(1 for _ in ArchiveIterator(file, no_record_parse=True))
    gzip.decompress(path.read_bytes())  # raises where the last member is not whole
    assert list(CdxjIndex(collection.indexes)) == build_index(path)
    assert [path.name for path in collection.indexes.iterdir()] == [f"{NAME}.cdxj"]
    assert not list(collection.archive.glob("*.open"))
    return count


def test_a_file_cut_anywhere_in_its_last_two_records_keeps_every_whole_one(crashed, tmp_path):
    last = crashed.written[-1]
    starts = [last.request.offset, last.metadata.offset, len(crashed.warc)]
    for cut in range(starts[0], len(crashed.warc) + 1):
        root = tmp_path / str(cut)
        collection = left(root, crashed.warc[:cut], crashed.index)
        (sentence,) = recover(collection)
        kept = max(start for start in starts if start <= cut)
        path = collection.archive / NAME
        assert path.read_bytes() == crashed.warc[:kept]
        if cut == kept:  # the same bytes need no second reading
            assert assert_whole(collection) == 11 + starts.index(kept)
        tail = collection.archive / f"{NAME}.cut"
        if kept < cut:
            assert tail.read_bytes() == crashed.warc[kept:cut]
            assert f"{cut - kept} bytes" in sentence
        else:
            assert not tail.exists()
        assert sentence.startswith(f"{NAME} was left open: closed with 4 captures")
        shutil.rmtree(root)


@pytest.mark.parametrize("cut", [0, 1, 200])
def test_a_file_without_a_whole_record_is_removed_and_its_bytes_are_kept(crashed, tmp_path, cut):
    collection = left(tmp_path, crashed.warc[:cut], b"")
    (sentence,) = recover(collection)
    assert "no whole record" in sentence
    kept = [path.read_bytes() for path in collection.archive.iterdir()]
    assert kept == ([crashed.warc[:cut]] if cut else [])
    assert list(collection.indexes.iterdir()) == []


@pytest.mark.parametrize("cut", [0, 100, 700, 1200, 10_000])
def test_index_lines_may_be_lost_or_torn(crashed, tmp_path, cut):
    collection = left(tmp_path, crashed.warc, crashed.index[:cut])
    recover(collection)
    assert assert_whole(collection) == 13
    assert len(list(CdxjIndex(collection.indexes))) == 4


def test_a_file_without_any_index_is_indexed(crashed, tmp_path):
    collection = left(tmp_path, crashed.warc, None)
    recover(collection)
    assert assert_whole(collection) == 13


def test_lines_behind_the_cut_are_dropped(crashed, tmp_path):
    second = crashed.written[1].response
    collection = left(tmp_path, crashed.warc[: second.offset + 5], crashed.index)
    recover(collection)
    assert assert_whole(collection) == 4
    assert [entry.url for entry in CdxjIndex(collection.indexes)] == ["http://a.test/1"]


def test_what_was_synced_is_not_read_again(crashed, tmp_path):
    """Damage before the mark is not recovery's to find: `verify` reads everything."""
    damaged = bytearray(crashed.warc)
    damaged[crashed.written[0].response.offset + 40] ^= 0xFF
    collection = left(tmp_path, bytes(damaged), crashed.index)
    recover(collection)
    assert (collection.archive / NAME).read_bytes() == damaged


def test_a_mark_that_is_beyond_the_file_is_not_believed(crashed, tmp_path):
    index = crashed.index + b"!synced 999999\n"
    collection = left(tmp_path, crashed.warc, index)
    recover(collection)
    assert assert_whole(collection) == 13


def test_garbage_behind_the_last_record_is_cut(crashed, tmp_path):
    collection = left(tmp_path, crashed.warc + bytes(4096), crashed.index)
    recover(collection)
    assert assert_whole(collection) == 13
    assert (collection.archive / f"{NAME}.cut").read_bytes() == bytes(4096)


def test_the_record_of_a_head_request_keeps_its_key(crashed, tmp_path):
    collection = left(tmp_path, crashed.warc, b"")
    recover(collection)
    keys = [entry.urlkey for entry in CdxjIndex(collection.indexes)]
    assert "test,a)/3?__wb_method=head" in keys


def test_a_second_recovery_finds_nothing_to_do(crashed, tmp_path):
    collection = left(tmp_path, crashed.warc[:-3], crashed.index)
    recover(collection)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert recover(collection) == []
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_a_process_killed_between_the_two_renames_leaves_nothing_unindexed(crashed, tmp_path):
    collection = left(tmp_path, crashed.warc, crashed.index)
    (collection.archive / f"{NAME}.open").rename(collection.archive / NAME)
    (sentence,) = recover(collection)
    assert sentence == f"{NAME} had no index: made again with 4 captures."
    assert assert_whole(collection) == 13


def test_an_index_without_its_file_is_removed(tmp_path):
    collection = left(tmp_path, b"", b"")
    (collection.archive / f"{NAME}.open").unlink()
    assert recover(collection) == [
        f"The unfinished index of {NAME} was removed: there is no such file."
    ]
    assert list(collection.indexes.iterdir()) == []


def test_a_file_that_is_being_written_is_left_alone(tmp_path):
    collection = Collection(tmp_path)
    with WarcWriter(options(collection), clock=lambda: BEGAN) as warc:
        write(warc, "http://a.test/1", b"one")
        assert recover(collection) == [
            f"{NAME} is being written by another process and was left alone."
        ]
        write(warc, "http://a.test/2", b"two")
    assert len(list(CdxjIndex(collection.indexes))) == 2


def test_a_collection_that_does_not_exist_yet_needs_no_recovery(tmp_path):
    assert recover(Collection(tmp_path / "none")) == []
    assert list(tmp_path.iterdir()) == []


def test_a_killed_writer_loses_nothing_it_reported_as_written(tmp_path):
    """SIGKILL right behind the third exchange: all three are there, in file and index."""
    script = textwrap.dedent("""
        import os, signal, sys
        from datetime import UTC, datetime
        from pathlib import Path
        from warc.exchange import Ending, Exchange, Spool, Timings
        from warc.writer import WarcWriter, WriterOptions
        root = Path(sys.argv[1])
        clock = lambda: datetime.now(UTC)
        warc = WarcWriter(
            WriterOptions(archive=root / "archive", indexes=root / "indexes", prefix="k"),
            clock=clock,
        )
        for number in range(3):
            spool = Spool.of(b"HTTP/1.1 200 OK\\r\\n\\r\\n%d" % number)
            warc.write_exchange(Exchange(
                target_uri=f"http://a.test/{number}", method="GET", began=clock(), request=b"",
                response=spool, head_size=19, ending=Ending.CLOSED, timings=Timings(ended=0.1),
            ))
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert killed.returncode == -9
    collection = Collection(tmp_path)
    (sentence,) = recover(collection)
    assert sentence.endswith("closed with 3 captures.")
    assert [entry.url[-1] for entry in CdxjIndex(collection.indexes)] == ["0", "1", "2"]
    with WarcWriter(options(collection), clock=lambda: BEGAN) as warc:
        again = write(warc, "http://a.test/again", b"2")
    assert again.is_revisit
