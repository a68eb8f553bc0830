"""Lists of links as people have them: what is a link in each, and what of it is as written."""

from __future__ import annotations

import json
from io import BytesIO

import pytest

from pipelines.link_lists import LineFault, ListedLink, ListError, ListKind, kind_of, read_links


def read(data: str | bytes, kind: ListKind, base: str | None = None) -> list[ListedLink]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read_links(BytesIO(raw), kind, base))


def hrefs(data: str, kind: ListKind) -> list[str]:
    return [link.href for link in read(data, kind)]


@pytest.mark.parametrize(
    ("name", "start", "kind"),
    [
        ("a.HTML", b"http://x.test/", ListKind.HTML),
        ("README.md", b"<p>", ListKind.MARKDOWN),
        ("a.jsonl", b"", ListKind.JSONL),
        ("-", b'\xef\xbb\xbf {"href": "x"}', ListKind.JSONL),
        ("-", b"\n<!DOCTYPE html>", ListKind.HTML),
        ("a.txt", b"<html>", ListKind.HTML),
        ("a.txt", b"<http://x.test/> is a link", ListKind.MARKDOWN),
        ("-", b"# my links\nhttp://x.test/\n", ListKind.URLS),
        ("-", b"//x.test/\n", ListKind.URLS),
        ("-", b"<http://x.test/>\n", ListKind.URLS),
        ("-", b'"http://x.test/",\n', ListKind.URLS),
        ("-", b"www.x.test/a\n", ListKind.URLS),
        ("-", b"www.x.test is a good site.\n", ListKind.MARKDOWN),
        ("-", b"# A title\n\nSee [this](http://x.test/).\n", ListKind.MARKDOWN),
        ("-", b"", ListKind.URLS),
    ],
)
def test_how_a_list_is_written_shows_by_its_suffix_else_by_its_beginning(
    name: str, start: bytes, kind: ListKind
) -> None:
    assert kind_of(name, start) is kind


def test_a_url_a_line_is_kept_as_written_and_known_by_its_line() -> None:
    found = read(
        "\ufeff# links\r\n\r\n http://x.test/a b \r\n#top\nhttp://x.test/#a # b", ListKind.URLS
    )
    assert [(link.id, link.line, link.href) for link in found] == [
        (3, 3, " http://x.test/a b "),
        (4, 4, "#top"),
        (5, 5, "http://x.test/#a # b"),
    ]
    assert all(link.is_source for link in found)


def test_json_lines_keep_their_id_and_base() -> None:
    lines = [
        {"id": {"page": 7}, "href": "../a&amp;b", "base": "http://x.test/d/e"},
        {"href": "/x", "base": None},
        {"id": 0, "url": "http://x.test/"},
        "http://y.test/",
    ]
    found = read("\n\n".join(map(json.dumps, lines)), ListKind.JSONL, "http://z.test/")
    assert [(link.id, link.href, link.base) for link in found] == [
        ({"page": 7}, "../a&amp;b", "http://x.test/d/e"),
        (3, "/x", "http://z.test/"),
        (0, "http://x.test/", "http://z.test/"),
        (7, "http://y.test/", "http://z.test/"),
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"{", LineFault.NOT_JSON),
        (b"[" * 100_000, LineFault.NOT_JSON),
        (b"\xff", LineFault.NOT_UTF8),
        (b"[]", LineFault.NO_HREF),
        (b'{"id": 2}', LineFault.NO_HREF),
        (b'{"id": 2, "href": null}', LineFault.NO_HREF),
        (b'"' + b"x" * (3 << 20) + b'"', LineFault.TOO_LONG),
    ],
)
def test_a_bad_line_among_good_ones_is_told_by_its_number(line: bytes, fault: LineFault) -> None:
    good = b'{"id": 1, "href": "http://x.test/"}'
    found = read(b"\n".join((good, line, good)), ListKind.JSONL)
    assert [(link.line, link.fault) for link in found] == [(1, None), (2, fault), (3, None)]
    assert found[1].id == 2
    assert len(found[1].href) <= 200


@pytest.mark.parametrize("kind", [ListKind.URLS, ListKind.JSONL])
def test_what_is_no_text_is_no_list(kind: ListKind) -> None:
    with pytest.raises(ListError, match="UTF-8"):
        read("http://x.test/".encode("utf-16"), kind)


def test_markdown_that_is_not_utf8_says_on_which_line() -> None:
    with pytest.raises(ListError, match="line 3 is not UTF-8"):
        read(b"a\nb\n\xff\n", ListKind.MARKDOWN)


def test_the_links_of_a_page_are_relative_to_its_base() -> None:
    page = """<base href="//x.test/d/"><a href=" a&amp;b ">1</a><a name=n>no</a><img src=no>
    <map><area href=/c></map><a href>empty</a><a href="#top">up</a>"""
    found = read(page, ListKind.HTML, "https://z.test/")
    assert [(link.id, link.href) for link in found] == [
        (1, " a&b "),
        (2, "/c"),
        (3, ""),
        (4, "#top"),
    ]
    assert {link.base for link in found} == {"https://x.test/d/"}
    assert not any(link.is_source or link.fault for link in found)


def test_a_place_on_a_page_without_an_address_leads_nowhere_else() -> None:
    for data, kind in (("<a href='#top'>", ListKind.HTML), ("[up](#top)", ListKind.MARKDOWN)):
        assert [link.fault for link in read(data, kind)] == [LineFault.SAME_PAGE]


def test_the_links_of_markdown_are_those_a_reader_can_follow() -> None:
    text = """# A [title](http://1.test/a?b&amp;c "no") and <http://2.test/>
See http://3.test/x_y_, (http://4.test/a(b)) and `http://no.test/`.
[![badge](http://no.test/b.png)](http://5.test/) ![picture](http://no.test/)

[ref]: http://6.test/ "used"
[other]: http://no.test/
[x][ref] [y](<http://7.test/a b>) [z](javascript:x) [here](http://8.test/) http://9.test

    http://no.test/

Text <a href="http://10.test/?a&amp;b">http://10.test/</a>

| a |
|---|
| [t](HTTP://11.test/%2F) |
"""
    assert hrefs(text, ListKind.MARKDOWN) == [
        "http://1.test/a?b&c",
        "http://2.test/",
        "http://3.test/x_y",
        "http://4.test/a(b)",
        "http://5.test/",
        "http://6.test/",
        "http://7.test/a b",
        "javascript:x",
        "http://8.test/",
        "http://9.test",
        "http://10.test/?a&b",
        "HTTP://11.test/%2F",
    ]


def test_a_link_of_markdown_names_its_line() -> None:
    text = "one\n\ntwo\nthree [x](http://x.test/)\n"
    assert [link.line for link in read(text, ListKind.MARKDOWN)] == [4]
