from __future__ import annotations

import gzip
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard
from warc_bytes import PAGE, URL, members, record, warcinfo

from warc.capture import Capture
from warc.damage import Damage, DamagedError
from warc.digest import Digest
from warc.files.record import Record
from warc.locator import Locator
from warc.reader import capture_at, iter_captures, iter_records, record_at

Found = Record | Damage


def found_in(path: Path, data: bytes) -> list[Found]:
    path.write_bytes(data)
    return list(iter_records(path))


def read(path: Path, data: bytes) -> tuple[list[bytes], list[tuple[int, str]]]:
    """Return the blocks and the damage that a file holds."""
    found = found_in(path, data)
    blocks = [one.read() for one in found if isinstance(one, Record)]
    return blocks, [(one.offset, one.reason) for one in found if isinstance(one, Damage)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.warc.gz"


BLOCKS = [b"one", b"", b"three\r\n\r\n"]
RECORDS = [record(block, number=n) for n, block in enumerate(BLOCKS)]


class TestWholeFiles:
    def test_gzip_members_give_offset_and_length_on_disk(self, path: Path) -> None:
        parts = members(*RECORDS)
        found = found_in(path, b"".join(parts))
        places = [(one.offset, one.length) for one in found if isinstance(one, Record)]
        assert places == [
            (0, len(parts[0])),
            (len(parts[0]), len(parts[1])),
            (len(parts[0]) + len(parts[1]), len(parts[2])),
        ]

    def test_a_plain_file_gives_the_same_records_whatever_its_name(self, path: Path) -> None:
        assert read(path, b"".join(RECORDS)) == (BLOCKS, [])

    def test_every_record_can_be_fetched_by_its_locator(self, path: Path) -> None:
        for data in (b"".join(members(*RECORDS)), b"".join(RECORDS)):
            found = [one for one in found_in(path, data) if isinstance(one, Record)]
            again = [record_at(path.parent, one.locator) for one in found]
            assert [one.read() for one in again] == BLOCKS

    def test_one_member_for_everything_is_read_without_lengths(self, path: Path) -> None:
        found = found_in(path, gzip.compress(b"".join(RECORDS)))
        assert [(one.read(), one.length) for one in found if isinstance(one, Record)] == [
            (block, 0) for block in BLOCKS
        ]

    def test_zstd_frames_and_a_compressed_dictionary(self, path: Path) -> None:
        samples = [record(f"sample {n}".encode() * 9, number=n) for n in range(200)]
        dictionary = zstandard.train_dictionary(2000, samples)
        stored = zstandard.compress(dictionary.as_bytes())
        front = b"\x5d\x2a\x4d\x18" + len(stored).to_bytes(4, "little") + stored
        compressor = zstandard.ZstdCompressor(dict_data=dictionary)
        frames = [compressor.compress(one) for one in RECORDS]
        found = found_in(path, front + b"".join(frames))
        assert [one.read() for one in found if isinstance(one, Record)] == BLOCKS
        assert found[1] == record_at(path.parent, Locator(file=path.name, offset=found[1].offset,
                                                          length=len(frames[1])))  # fmt: skip

    def test_field_names_in_lower_case_count(self, path: Path) -> None:
        data = (
            RECORDS[0].replace(b"Content-Length", b"content-length").replace(b"WARC-T", b"warc-t")
        )
        (one,) = found_in(path, data)
        assert isinstance(one, Record)
        assert (one.type, one.read()) == ("response", b"one")

    def test_a_header_of_more_than_32_kib_is_read(self, path: Path) -> None:
        data = record(b"x", fields=[("WARC-Target-URI", "http://a/" + "y" * 40_000)])
        assert read(path, data) == ([b"x"], [])

    def test_lf_line_ends_and_folded_fields_are_read(self, path: Path) -> None:
        data = b"WARC/1.0\nWARC-Type: metadata\nX: a\n b\nContent-Length: 2\n\nhi\n\n"
        (one,) = found_in(path, data)
        assert isinstance(one, Record)
        assert (one.get("x"), one.read()) == ("a b", b"hi")

    def test_a_record_over_several_members_is_put_together(self, path: Path) -> None:
        whole = record(b"0123456789" * 9)
        parts = [gzip.compress(part) for part in (whole[:300], whole[300:340], whole[340:])]
        (one,) = found_in(path, b"".join(parts))
        assert isinstance(one, Record)
        assert one.read() == b"0123456789" * 9
        assert one.length == sum(map(len, parts))


class TestDamage:
    def test_an_empty_member_in_mid_file_ends_nothing(self, path: Path) -> None:
        first, *others = members(*RECORDS)
        assert read(path, first + gzip.compress(b"") + b"".join(others)) == (BLOCKS, [])

    def test_junk_and_nul_bytes_between_members_are_named_and_passed(self, path: Path) -> None:
        first, second, third = members(*RECORDS)
        blocks, damage = read(path, first + b"junk" * 9 + second + b"\0" * 512 + third)
        assert blocks == BLOCKS
        assert damage[0][0] == len(first)
        assert damage[1] == (len(first + second) + 36, "512 NUL bytes after a gzip member")

    def test_a_member_that_does_not_inflate_costs_that_record_only(self, path: Path) -> None:
        first, second, third = members(*RECORDS)
        blocks, damage = read(path, first + second[:20] + b"\xff" * 40 + second[60:] + third)
        assert blocks == [BLOCKS[0], BLOCKS[2]]
        assert [offset for offset, _ in damage] == [len(first)]

    def test_a_wrong_checksum_is_named_and_the_record_kept_with_a_note(self, path: Path) -> None:
        first, second, third = members(*RECORDS)
        broken = second[:-8] + b"\0\0\0\0" + second[-4:]
        found = found_in(path, first + broken + third)
        assert isinstance(found[1], Damage)
        assert (found[1].offset, "checksum" in found[1].reason) == (len(first), True)
        assert isinstance(found[2], Record)
        assert found[2].notes == (found[1].reason,)

    def test_a_cut_at_any_byte_of_a_gzip_file_is_named(self, path: Path) -> None:
        parts = members(*RECORDS)
        ends = [0, len(parts[0]), len(parts[0]) + len(parts[1])]
        data = b"".join(parts)
        for size in range(1, len(data)):
            found = found_in(path, data[:size])
            damage = [one for one in found if isinstance(one, Damage)]
            last = max(end for end in ends if end <= size)
            assert [one.offset for one in damage] == ([] if size in ends else [last]), size
            before = found[: found.index(damage[0])] if damage else found
            assert len(before) == ends.index(last), size

    def test_a_cut_at_any_byte_of_a_plain_file_is_named(self, path: Path) -> None:
        data = b"".join(RECORDS)
        ends = [0, len(RECORDS[0]), len(RECORDS[0]) + len(RECORDS[1])]
        for size in range(1, len(data)):
            found = found_in(path, data[:size])
            damage = [one.offset for one in found if isinstance(one, Damage)]
            last = max(end for end in ends if end <= size)
            assert damage == ([] if size in ends else [last]), size

    @pytest.mark.parametrize("length", ["", "-1", "ten", "1e3"])
    def test_no_usable_length_is_named_and_the_next_record_found(
        self, path: Path, length: str
    ) -> None:
        bad = record(b"lost", length=length)
        blocks, damage = read(path, RECORDS[0] + bad + RECORDS[2])
        assert blocks == [BLOCKS[0], BLOCKS[2]]
        assert [offset for offset, _ in damage] == [len(RECORDS[0])]

    @pytest.mark.parametrize("length", [30, 500, 10_000_000])
    def test_a_length_that_is_too_long_costs_that_record_only(
        self, path: Path, length: int
    ) -> None:
        bad = record(b"lost", length=length)
        for data in (RECORDS[0] + bad + RECORDS[2], b"".join(members(RECORDS[0], bad, RECORDS[2]))):
            blocks, damage = read(path, data)
            assert blocks == [BLOCKS[0], BLOCKS[2]]
            assert len(damage) == 1

    def test_a_length_that_is_too_short_keeps_what_it_says_and_names_the_rest(
        self, path: Path
    ) -> None:
        bad = record(b"0123456789", length=4)
        for data in (RECORDS[0] + bad + RECORDS[2], b"".join(members(RECORDS[0], bad, RECORDS[2]))):
            blocks, damage = read(path, data)
            assert blocks == [BLOCKS[0], b"0123", BLOCKS[2]]
            assert damage[0][1] == "10 bytes that belong to no record"

    def test_a_record_inside_a_page_is_never_taken_for_one(self, path: Path) -> None:
        smuggled = b"text\r\n\r\n" + record(b"smuggled", length=9)
        lost = record(b"x" + smuggled + b" more", length="none")
        blocks, _ = read(path, RECORDS[0] + record(smuggled + b" more") + lost + RECORDS[2])
        assert blocks == [BLOCKS[0], smuggled + b" more", BLOCKS[2]]

    def test_a_header_that_breaks_off_at_another_record_loses_itself_only(self, path: Path) -> None:
        blocks, damage = read(path, RECORDS[0][:40] + b"\r\n" + RECORDS[2])
        assert blocks == [BLOCKS[2]]
        assert damage == [(0, "a record's header breaks off where another record begins")]

    def test_what_is_no_warc_is_one_named_damage(self, path: Path) -> None:
        assert read(path, b"<html>WARC/1.0</html>\n")[0] == []
        assert read(path, gzip.compress(b"abcd\n")) == ([], [(0, "bytes that are no record")])

    def test_a_missing_file_raises(self, path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            list(iter_records(path))


class TestArc:
    FRONT = b"1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n"

    def data(self, url: bytes) -> bytes:
        filedesc = b"filedesc://x.arc 0.0.0.0 20010203040506 text/plain %d\n" % len(self.FRONT)
        line = b"%b 1.2.3.4 20010203040506 text/html %d\n" % (url, len(PAGE))
        return filedesc + self.FRONT + b"\n" + line + PAGE + b"\n"

    def test_pages_become_captures_spaces_in_the_url_included(self, path: Path) -> None:
        path.write_bytes(self.data(b"http://a.example/x y"))
        (one,) = iter_captures(path)
        assert isinstance(one, Capture)
        assert (one.target_uri, one.status) == ("http://a.example/x y", 200)
        assert one.date == datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)
        assert one.payload(100) == b"<p>Hello.</p>"
        assert capture_at(path.parent, one.locator) == one

    def test_a_cut_is_named_at_its_record(self, path: Path) -> None:
        data = self.data(b"http://a.example/")
        blocks, damage = read(path, data[:-10])
        assert len(blocks) == 1
        assert [offset for offset, _ in damage] == [data.index(b"http://a")]


class TestCaptures:
    def one(self, path: Path, data: bytes) -> Capture | Damage:
        path.write_bytes(warcinfo() + data)
        (one,) = iter_captures(path)
        return one

    def test_a_response_says_what_was_answered(self, path: Path) -> None:
        digest = Digest.of(b"<p>Hello.</p>")
        one = self.one(path, record(fields=[("WARC-Payload-Digest", str(digest))]))
        assert isinstance(one, Capture)
        assert (one.target_uri, one.status, one.content_type) == (URL, 200, "text/html")
        assert one.date == datetime(2016, 10, 27, 15, 0, 0, 123456, tzinfo=UTC)
        assert (one.payload_digest, one.payload(100)) == (digest, b"<p>Hello.</p>")

    def test_codings_are_taken_off(self, path: Path) -> None:
        body = gzip.compress(b"text")
        chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
        head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        one = self.one(path, record(head + chunks))
        assert isinstance(one, Capture)
        assert one.payload(100) == b"text"
        assert b"".join(one.entity()) == body
        assert b"".join(one.body()) == chunks

    @pytest.mark.parametrize(
        ("block", "status"),
        [
            (b"<html>0.9</html>", None),
            (b"HTTP/1.1 204\r\n\r\n", 204),
            (b"ICY 200 OK\r\n\r\n", 200),
            (b"HTTP/2 \r\n:status: 404\r\n\r\n", 404),
        ],
    )
    def test_odd_status_lines(self, path: Path, block: bytes, status: int | None) -> None:
        one = self.one(path, record(block))
        assert isinstance(one, Capture)
        assert one.status == status

    def test_a_resource_has_the_content_type_of_its_record(self, path: Path) -> None:
        one = self.one(path, record(b"body", kind="resource", content_type="text/css"))
        assert isinstance(one, Capture)
        assert (one.content_type, one.status, one.payload(9)) == ("text/css", None, b"body")

    def test_a_date_that_is_none_is_named(self, path: Path) -> None:
        one = self.one(path, record().replace(b"2016-10-27T15", b"yesterday at"))
        assert isinstance(one, Damage)
        assert "yesterday" in one.reason

    def test_brackets_around_a_uri_are_wgets_not_the_uris(self, path: Path) -> None:
        one = self.one(path, record(url=f"<{URL}>"))
        assert isinstance(one, Capture)
        assert one.target_uri == URL


class TestRandomAccess:
    def test_a_wrong_place_says_file_and_offset(self, path: Path) -> None:
        path.write_bytes(b"".join(members(*RECORDS)))
        with pytest.raises(DamagedError, match=r"x\.warc\.gz, byte 7: "):
            capture_at(path.parent, Locator(file=path.name, offset=7, length=9))
        with pytest.raises(DamagedError, match="the file ends before this byte"):
            capture_at(path.parent, Locator(file=path.name, offset=99_999, length=9))

    def test_a_wrong_length_or_url_or_kind_is_refused(self, path: Path) -> None:
        path.write_bytes(warcinfo() + record())
        end = len(warcinfo())
        good = Locator(file=path.name, offset=end, length=len(record()))
        assert capture_at(path.parent, good, URL).status == 200
        with pytest.raises(DamagedError, match="takes"):
            capture_at(path.parent, Locator(file=path.name, offset=end, length=7))
        with pytest.raises(DamagedError, match="not of http://b/"):
            capture_at(path.parent, good, "http://b/")
        with pytest.raises(DamagedError, match="warcinfo record, not a capture"):
            capture_at(path.parent, Locator(file=path.name, offset=0, length=0))

    @pytest.mark.parametrize("name", ["../x", "a/b", "..", "", "a\\b", "a\0b", "/etc/passwd"])
    def test_a_name_never_leads_out_of_the_archive(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(DamagedError, match="not the name of a file"):
            record_at(tmp_path, Locator(file=name, offset=0, length=0))

    def test_a_file_still_being_written_is_found_by_its_later_name(self, path: Path) -> None:
        path.with_name("x.warc.gz.open").write_bytes(b"".join(members(*RECORDS)))
        assert record_at(path.parent, Locator(file=path.name, offset=0, length=0)).read() == b"one"


def test_memory_stays_flat_whatever_the_body(path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    size = 48 << 20
    compressor = zstandard.ZstdCompressor()
    whole = record(head + bytes(size))
    for data in (gzip.compress(whole, 1), compressor.compress(whole)):
        path.write_bytes(data)
        tracemalloc.start()
        (one,) = iter_captures(path)
        assert isinstance(one, Capture)
        assert sum(map(len, one.body())) == size
        assert len(one.payload(1000)) == 1000
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 40 << 20
