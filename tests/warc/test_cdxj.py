from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warc.cdxj import CdxjEntry, CdxjIndex, build_index, mime_of, timestamp, urlkey
from warc.digest import Digest
from warc.files.sorted_lines import SortedLines
from warc.locator import Locator

# The example of pywb's documentation on CDXJ.
PYWB = (
    'com,example)/ 20170730223850 {"url": "http://example.com/", "mime": "text/html", '
    '"status": "200", "digest": "G7HRM7BGOKSKMSXZAHMUQTTV53QOFSMK", "length": "1219", '
    '"offset": "771", "filename": "example-20170730223917.warc.gz"}'
)
# What cdxj-indexer and py-wacz write: labels, numbers, folders, fields left out.
FOREIGN = (
    'com,example)/ 20170730223850 {"url":"http://example.com/","offset":771,'
    '"digest":"sha256:' + "0" * 64 + '","filename":"archive/x.warc.gz","recordDigest":"y"}'
)


def line(url: str, stamp: str = "20200101000000", offset: int = 0) -> str:
    fields = {"url": url, "filename": "x.warc.gz", "offset": str(offset), "length": "1"}
    return f"{urlkey(url)} {stamp} {json.dumps(fields)}\n"


def fill(folder: Path, name: str, lines: list[str]) -> None:
    (folder / name).write_text("".join(sorted(lines)))


def test_pywbs_own_line_is_read_and_written_back_the_same():
    entry = CdxjEntry.parse(PYWB)
    assert entry == CdxjEntry(
        urlkey="com,example)/",
        timestamp="20170730223850",
        url="http://example.com/",
        mime="text/html",
        status=200,
        digest="G7HRM7BGOKSKMSXZAHMUQTTV53QOFSMK",
        locator=Locator(file="example-20170730223917.warc.gz", offset=771, length=1219),
    )
    assert str(entry) == PYWB
    assert entry.date == datetime(2017, 7, 30, 22, 38, 50, tzinfo=UTC)
    assert entry.payload_digest == Digest.parse("sha1:G7HRM7BGOKSKMSXZAHMUQTTV53QOFSMK")
    assert not entry.is_revisit


def test_lines_of_other_indexers_are_read():
    entry = CdxjEntry.parse(FOREIGN.encode())
    assert entry.locator == Locator(file="x.warc.gz", offset=771, length=0)
    assert entry.payload_digest == Digest(algorithm="sha256", value=bytes(32))
    assert (entry.mime, entry.status) == ("unk", None)


@pytest.mark.parametrize("text", ["", "a b", "a b {", 'a b {"url": "x"}', "a b []", "!meta 0 {}"])
def test_what_is_no_line_of_an_index_is_an_error(text):
    with pytest.raises(ValueError, match="not a CDXJ line"):
        CdxjEntry.parse(text)


def test_a_digest_that_is_none_is_none():
    assert (
        CdxjEntry.parse(PYWB.replace("G7HRM7BGOKSKMSXZAHMUQTTV53QOFSMK", "-")).payload_digest
        is None
    )


@pytest.mark.parametrize(
    ("content_type", "mime"),
    [
        ("text/html; charset=utf-8", "text/html"),
        (" text/html ", "text/html"),
        ("text/html charset=x", "text/html"),
        ("", "unk"),
        (None, "unk"),
    ],
)
def test_a_mime_has_no_parameters(content_type, mime):
    assert mime_of(content_type) == mime


def test_another_method_than_get_has_a_key_of_its_own():
    assert urlkey("http://a.test/x?z=1#y", "HEAD") == "test,a)/x?__wb_method=head&z=1"
    assert urlkey("http://a.test/x", "get") == "test,a)/x"


def test_a_timestamp_is_utc():
    assert timestamp(datetime.fromisoformat("2026-01-01T01:00:00+02:00")) == "20251231230000"


def test_captures_of_several_files_come_by_time_and_only_of_the_key(tmp_path):
    fill(
        tmp_path,
        "a.cdxj",
        [
            line("http://a.test/", "20200103000000", 1),
            line("http://a.test/b", "20200101000000", 2),
            line("http://a.test/", "20200101000000", 3),
        ],
    )
    fill(tmp_path, "b.cdxj", [line("https://www.A.test:443/#x", "20200102000000", 4)])
    fill(tmp_path, "c.cdxj.open", [line("http://a.test/", "20200102000000", 5)])
    index = CdxjIndex(tmp_path)
    assert [entry.locator.offset for entry in index.captures("http://a.test/")] == [3, 4, 1]
    assert index.captures("http://a.test/none") == []
    assert index.captures("http://a.tes/") == []


def test_a_prefix_is_found_in_order_and_up_to_the_limit(tmp_path):
    for name in "abc":
        fill(tmp_path, f"{name}.cdxj", [line(f"http://{name}.test/{n}") for n in range(5)])
    index = CdxjIndex(tmp_path)
    assert [entry.url for entry in index.prefix("test,b)/")] == [
        f"http://b.test/{n}" for n in range(5)
    ]
    assert [entry.url for entry in index.prefix("test,", limit=7)][-1] == "http://b.test/1"
    assert index.prefix("test,", limit=0) == []
    assert len(list(index)) == 15


def test_header_lines_of_other_tools_are_passed(tmp_path):
    (tmp_path / "a.cdxj").write_text('!meta 0 {"format": "x"}\n' + line("http://a.test/"))
    assert len(list(CdxjIndex(tmp_path))) == 1


def test_files_may_come_change_and_go_between_two_questions(tmp_path):
    index = CdxjIndex(tmp_path / "none")
    assert list(index) == []
    index = CdxjIndex(tmp_path)
    fill(tmp_path, "a.cdxj", [line("http://a.test/")])
    assert len(index.captures("http://a.test/")) == 1
    fill(tmp_path, "new", [line("http://a.test/", "20200101000000"), line("http://a.test/2")])
    (tmp_path / "new").replace(tmp_path / "a.cdxj")
    assert len(list(index)) == 2
    (tmp_path / "a.cdxj").unlink()
    assert index.captures("http://a.test/") == []


@given(
    st.lists(st.text("ab) 0", min_size=0, max_size=6), max_size=40),
    st.text("ab) 0", max_size=4),
    st.booleans(),
)
def test_the_search_finds_what_reading_every_line_finds(tmp_path_factory, lines, prefix, ended):
    path = tmp_path_factory.mktemp("lines") / "x.cdxj"
    ordered = sorted(text.encode() for text in lines)
    path.write_bytes(b"\n".join(ordered) + (b"\n" if ended and ordered else b""))
    expected = [text for text in path.read_bytes().splitlines() if text.startswith(prefix.encode())]
    assert list(SortedLines(path).starting_with(prefix.encode())) == expected


def test_a_search_touches_few_lines_of_a_large_file(tmp_path):
    """A hundred thousand lines, a thousand questions: impossible by reading them all."""
    fill(tmp_path, "a.cdxj", [f"test,a)/{number:06} 2 {{}}\n" for number in range(100_000)])
    lines = SortedLines(tmp_path / "a.cdxj")
    for number in range(0, 100_000, 100):
        key = b"test,a)/%06d " % number
        assert [text[:15] for text in lines.starting_with(key)] == [key]


WARCS = Path("../shared/warcs")


@pytest.mark.skipif(not WARCS.is_dir(), reason="no foreign WARC files here")
def test_foreign_files_are_indexed_at_the_offsets_their_other_readers_give():
    from warcio.archiveiterator import ArchiveIterator

    path = WARCS / "pywb/iana.warc.gz"
    with path.open("rb") as file:
        records = ArchiveIterator(file)
        expected = sorted(
            (record.rec_headers["WARC-Target-URI"], records.get_record_offset())
            for record in records
            if record.rec_type in ("response", "revisit")
        )
    found = build_index(path)
    assert sorted((entry.url, entry.locator.offset) for entry in found) == expected
    assert [str(entry).encode() for entry in found] == sorted(str(e).encode() for e in found)
