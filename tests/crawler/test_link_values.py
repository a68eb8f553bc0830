from __future__ import annotations

import time

import pytest

from crawler.link_values import link_header, refresh_target, srcset_urls


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0; url='http://a.example/b'", "http://a.example/b"),
        ("0;http://a.example/b", "http://a.example/b"),
        ("3, URL=/q?a=1", "/q?a=1"),
        (' 1.5 ; url = "x y" z', "x y"),
        ("0;url=it's.htm", "it's.htm"),
        ("0;url='a\"b'", 'a"b'),
        ("0;url='a", "a"),
        ("0 /x", "/x"),
        ("url=/x", "/x"),
        ("0; urlfoo", "urlfoo"),
        ("5", None),
        (" 5 ", None),
        ("5x", None),
        ("0;", None),
        ("0;url=", None),
        ("", None),
    ],
)
def test_refresh_values_as_browsers_read_them(content: str, target: str | None) -> None:
    assert refresh_target(content) == target


@pytest.mark.parametrize(
    ("srcset", "urls"),
    [
        ("a.png", ["a.png"]),
        ("a.png 1x, b.png 2x", ["a.png", "b.png"]),
        ("a.png 100w,b.png 200w", ["a.png", "b.png"]),
        ("a,b.png 1x", ["a,b.png"]),
        ("a.png, b.png", ["a.png", "b.png"]),
        ("a.png,", ["a.png"]),
        (" ,, a.png 1x ,\n b.png (x,y) 3w", ["a.png", "b.png"]),
        ("data:image/png;base64,AA 1x, f.png", ["data:image/png;base64,AA", "f.png"]),
        ("", []),
        (" , ", []),
    ],
)
def test_srcset_candidates_may_hold_commas(srcset: str, urls: list[str]) -> None:
    assert list(srcset_urls(srcset)) == urls


def test_link_fields_may_hold_many_links() -> None:
    value = '</s.css>; rel=preload; as=style, <p2>; rel="next prev"; title="a,b>", <x;y>; REL=up'
    assert list(link_header(value)) == [
        ("/s.css", "preload", ""),
        ("p2", "next prev", ""),
        ("x;y", "up", ""),
    ]
    assert list(link_header('<f>; type="application/rss+xml"')) == [
        ("f", "", "application/rss+xml")
    ]
    assert list(link_header("no link")) == []


@pytest.mark.parametrize("piece", ["<", "<a>;", '<a>"', '<a>;x="', "a ", "a, ", "(", "a (", ";x "])
def test_hostile_values_take_linear_time(piece: str) -> None:
    began = time.process_time()
    list(link_header(piece * 50_000))
    list(srcset_urls(piece * 50_000))
    refresh_target("0;url=" + piece * 50_000)
    assert time.process_time() - began < 1
