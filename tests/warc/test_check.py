from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warc_bytes import PAGE, members, record, record_id, warcinfo

from warc.check import CheckReport, Severity, check_collection, check_file, check_files
from warc.collection import Collection
from warc.digest import Digest
from warc.exchange import Ending, Exchange, Spool, Timings
from warc.writer import WarcWriter, WriterOptions

BODY = b"<p>Hello.</p>"
CHUNKED_HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNKS = b"d\r\n<p>Hello.</p>\r\n0\r\n\r\n"


def said(path: Path, data: bytes) -> list[tuple[Severity, int | None, str]]:
    path.write_bytes(data)
    return [(one.severity, one.offset, one.message) for one in check_file(path)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.warc"


def digests(block: bytes, payload: bytes) -> list[tuple[str, str]]:
    return [
        ("WARC-Block-Digest", str(Digest.of(block))),
        ("WARC-Payload-Digest", f"sha1:{Digest.of(payload).value.hex()}"),
    ]


class TestOneFile:
    def test_a_sound_file_has_no_problem(self, path: Path) -> None:
        assert said(path, warcinfo() + record(fields=digests(PAGE, BODY))) == []

    def test_wrong_digests_are_errors_at_the_record(self, path: Path) -> None:
        (block, payload) = said(path, warcinfo() + record(fields=digests(b"a", b"b")))
        assert block[:2] == payload[:2] == (Severity.ERROR, len(warcinfo()))
        assert "WARC-Block-Digest" in block[2]
        assert "WARC-Payload-Digest" in payload[2]

    def test_a_digest_without_chunks_is_right_and_warcios_view_is_told(self, path: Path) -> None:
        block = CHUNKED_HEAD + CHUNKS
        (one,) = said(path, record(block, fields=digests(block, BODY)))
        assert one[0] is Severity.NOTE
        assert "`warcio check` calls these wrong" in one[2]

    def test_a_digest_with_chunks_is_a_note_not_an_error(self, path: Path) -> None:
        block = CHUNKED_HEAD + CHUNKS
        (one,) = said(path, record(block, fields=digests(block, CHUNKS)))
        assert one[0] is Severity.NOTE
        assert "as warcio writes it" in one[2]

    def test_a_digest_covers_bytes_behind_the_last_chunk_on_the_wire(self, path: Path) -> None:
        block = CHUNKED_HEAD + CHUNKS + b"surplus"
        (one,) = said(path, record(block, fields=digests(block, CHUNKS + b"surplus")))
        assert one[0] is Severity.NOTE

    def test_damage_and_a_cut_end_are_errors_at_their_byte(self, path: Path) -> None:
        first, second = members(warcinfo(), record())
        problems = said(path, first + second[:-3])
        assert problems[0][:2] == (Severity.ERROR, len(first))

    def test_the_same_id_twice_names_both_places(self, path: Path) -> None:
        (one,) = said(path, record() + record())
        assert one[:2] == (Severity.ERROR, len(record()))
        assert "byte 0 of x.warc" in one[2]

    def test_records_that_share_a_member_are_told_once(self, path: Path) -> None:
        data = gzip.compress(warcinfo() + record() + record(number=2))
        (one,) = said(path, data)
        assert one[0] is Severity.WARNING
        assert "share a gzip member" in one[2]

    @pytest.mark.parametrize(
        ("old", "new", "severity", "words"),
        [
            (b"2016-10-27T15:00:00.123456Z", b"20161027150000", Severity.WARNING, "not written as"),
            (b"2016-10-27T15:00:00.123456Z", b"2016-13-99", Severity.ERROR, "is no date"),
            (b"WARC-Type: response", b"WARC-Type: odd", Severity.NOTE, "none of WARC 1.1"),
            (b"WARC-Record-ID", b"X-Record-ID", Severity.ERROR, "no WARC-Record-ID"),
            (b"WARC-Target-URI", b"X-Target-URI", Severity.ERROR, "without WARC-Target-URI"),
            (b"HTTP/1.1 200 OK", b"<html> no stat.", Severity.WARNING, "no HTTP status line"),
        ],
    )
    def test_faults_of_one_record(
        self, path: Path, old: bytes, new: bytes, severity: Severity, words: str
    ) -> None:
        data = record()
        assert old in data
        (one,) = said(path, data.replace(old, new))
        assert (one[0], words in one[2]) == (severity, True), one

    def test_a_file_without_a_record_is_an_error(self, path: Path) -> None:
        assert said(path, b"") == [(Severity.ERROR, None, "holds no record")]

    def test_links_out_of_one_file_are_notes(self, path: Path) -> None:
        data = record(fields=[("WARC-Concurrent-To", record_id(77))])
        (one,) = said(path, data)
        assert one[0] is Severity.NOTE
        assert record_id(77) in one[2]


def exchange(url: str, body: bytes) -> Exchange:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)
    return Exchange(
        target_uri=url,
        method="GET",
        began=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        request=b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        response=Spool.of(head + body),
        head_size=len(head),
        ending=Ending.COMPLETE,
        timings=Timings(ended=0.1),
    )


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """Return a collection of our own writer's: two pages and a revisit."""
    made = Collection(tmp_path / "c")
    options = WriterOptions(archive=made.archive, indexes=made.indexes, prefix="t", hostname="h")
    with WarcWriter(options, clock=lambda: datetime(2026, 1, 2, tzinfo=UTC)) as writer:
        for url, body in (("http://a/1", b"one"), ("http://a/2", b"two"), ("http://a/3", b"one")):
            with_body = exchange(url, body)
            writer.write_exchange(with_body)
            with_body.response.close()
    return made


def errors(report: CheckReport) -> list[str]:
    return [str(one) for one in report.problems if one.severity is Severity.ERROR]


class TestCollection:
    def test_what_our_writer_writes_is_sound(self, collection: Collection) -> None:
        report = check_collection(collection)
        assert (report.problems, report.is_sound) == ((), True)
        assert report.counts["index lines"] == 3
        assert report.counts["revisit records"] == 1
        assert report.counts["block digests"] == report.counts["records"] == 10

    def test_every_wrong_word_of_an_index_line_is_told(self, collection: Collection) -> None:
        (index,) = collection.indexes.glob("*.cdxj")
        text = index.read_text()
        index.write_text(text.replace('"status": "200"', '"status": "404"', 1))
        assert "status 404, its record 200" in errors(check_collection(collection))[0]

    def test_a_line_without_a_record_and_a_record_without_a_line(
        self, collection: Collection
    ) -> None:
        (index,) = collection.indexes.glob("*.cdxj")
        first, *others = index.read_text().splitlines(keepends=True)
        index.write_text("".join(others))
        assert "a capture that no index line names" in errors(check_collection(collection))[0]
        index.write_text(first.replace('"offset": "', '"offset": "9') + "".join(others))
        assert any("where no capture begins" in one for one in errors(check_collection(collection)))

    def test_lines_out_of_order_are_told(self, collection: Collection) -> None:
        (index,) = collection.indexes.glob("*.cdxj")
        index.write_text("".join(reversed(index.read_text().splitlines(keepends=True))))
        told = errors(check_collection(collection))
        assert "sorts before the one above" in told[0]
        assert any("a search of the index for http://a/1 does not find" in one for one in told)

    def test_every_capture_is_searched_for_and_progress_reaches_the_end(
        self, collection: Collection
    ) -> None:
        steps: list[tuple[int, int, str]] = []
        report = check_collection(collection, None, lambda *step: steps.append(step))
        (file,) = collection.warc_files()
        assert report.counts["look-ups"] == 3
        assert steps[-1] == (file.stat().st_size, file.stat().st_size, file.name)
        assert [done for done, _, _ in steps] == sorted(done for done, _, _ in steps)

    def test_links_to_nowhere_and_a_revisit_without_payload_are_errors(
        self, collection: Collection
    ) -> None:
        lost = record(
            b"HTTP/1.1 200 OK\r\n\r\n",
            kind="revisit",
            fields=[
                ("WARC-Refers-To", record_id(99)),
                ("WARC-Payload-Digest", str(Digest.of(b"nowhere"))),
                (
                    "WARC-Profile",
                    "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
                ),
            ],
        )
        (collection.archive / "x.warc").write_bytes(warcinfo() + lost)
        told = " ".join(errors(check_collection(collection)))
        assert "a revisit whose payload is no record's in the collection" in told
        assert f"WARC-Refers-To leads to {record_id(99)}" in told

    def test_a_refers_to_that_contradicts_its_record_is_an_error(
        self, collection: Collection
    ) -> None:
        other = record(
            b"HTTP/1.1 304 Not Modified\r\n\r\n",
            number=2,
            kind="revisit",
            fields=[
                ("WARC-Refers-To", record_id(1)),
                ("WARC-Refers-To-Target-URI", "http://b/"),
                ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/server-not-modified"),
            ],
        )
        (collection.archive / "x.warc").write_bytes(record() + other)
        assert any("another URI or date" in one for one in errors(check_collection(collection)))

    def test_a_truncated_file_is_told_as_it_is_found(self, collection: Collection) -> None:
        (file,) = collection.warc_files()
        file.write_bytes(file.read_bytes()[:-5])
        told: list[str] = []
        report = check_collection(collection, lambda problem: told.append(problem.message))
        assert not report.is_sound
        assert any("the file ends inside a gzip member" in one for one in told)

    def test_files_left_open_are_named(self, collection: Collection) -> None:
        (collection.archive / "y.warc.gz.open").write_bytes(b"")
        (one,) = check_collection(collection).problems
        assert (one.severity, one.file) == (Severity.WARNING, "y.warc.gz.open")


class TestSomeFiles:
    def test_a_link_from_one_to_another_is_sound(self, tmp_path: Path) -> None:
        one, other = tmp_path / "1.warc", tmp_path / "2.warc"
        one.write_bytes(warcinfo())
        other.write_bytes(record(fields=[("WARC-Warcinfo-ID", record_id(9))]))
        assert check_files([one, other]).problems == ()
        (alone,) = check_files([other]).problems
        assert alone.severity is Severity.NOTE

    def test_a_file_that_cannot_be_read_is_an_error_and_the_rest_is_checked(
        self, tmp_path: Path
    ) -> None:
        sound = tmp_path / "1.warc"
        sound.write_bytes(warcinfo())
        report = check_files([tmp_path / "none.warc", sound])
        assert [str(one) for one in report.problems] == [
            "error: none.warc: cannot be read: No such file or directory"
        ]
        assert report.counts["records"] == 1

    def test_a_zip_file_is_called_by_its_name(self, tmp_path: Path) -> None:
        (tmp_path / "x.wacz").write_bytes(b"PK\x03\x04" + b"\0" * 60)
        assert "a WACZ's WARC files" in check_files([tmp_path / "x.wacz"]).problems[0].message
