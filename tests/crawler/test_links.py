from __future__ import annotations

import pytest

from crawler.header_address import as_address
from crawler.link_values import refresh_target
from crawler.links import Found, Kind, page_links
from crawler.stylesheets import css_urls


def _hrefs(html: str, kind: Kind) -> list[str]:
    return [found.href for found in page_links(html).found if found.kind is kind]


def test_links_are_what_leads_to_other_pages() -> None:
    html = (
        '<A HREF=" /a.htm ">a</A><area href=b.htm><q cite="c.htm">q</q>'
        '<link rel=next href=d.htm><link rel="canonical" href=e.htm><a href="f.pdf">f</a>'
    )
    expected = {"/a.htm", "b.htm", "c.htm", "d.htm", "e.htm", "f.pdf"}
    assert set(_hrefs(html, Kind.LINK)) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="a.png" srcset="b.png 1x, c.png 2x">', ["a.png", "b.png", "c.png"]),
        ("<script src=s.js></script>", ["s.js"]),
        ('<link rel="shortcut icon" href=f.ico>', ["f.ico"]),
        ("<link rel=STYLESHEET href=s.css>", ["s.css"]),
        ("<style>@import 'z.css'; a{background:url(q.png)}</style>", ["z.css", "q.png"]),
        ("<p style=\"background:url('bg.png')\">", ["bg.png"]),
        ("<table background=t.gif><tr><td background=u.gif>", ["t.gif", "u.gif"]),
        ("<body background=v.gif>", ["v.gif"]),
        ("<video src=m.mp4 poster=p.jpg></video>", ["m.mp4", "p.jpg"]),
        ("<object data=o.swf></object><embed src=e.swf>", ["o.swf", "e.swf"]),
        ("<picture><source srcset='w.webp'></picture>", ["w.webp"]),
        ('<input type=image src="go.gif">', ["go.gif"]),
    ],
)
def test_requisites_are_what_a_page_needs_to_be_shown(html: str, expected: list[str]) -> None:
    assert _hrefs(html, Kind.REQUISITE) == expected


def test_what_stays_in_the_page_or_needs_no_request_is_left_out() -> None:
    html = (
        '<a href="#top">t</a><a name=x>n</a><a href="">e</a><img src="data:image/gif;base64,R0">'
        '<link rel="dns-prefetch" href="//x.example">'
    )
    assert page_links(html).found == ()


def test_the_base_and_a_refresh_are_found() -> None:
    html = '<base href="//1997-2001.state.gov/x/"><meta http-equiv=Refresh content="0;URL=/y">'
    links = page_links(html)
    assert links.base == "//1997-2001.state.gov/x/"
    assert links.found == (Found(Kind.REFRESH, "/y"),)


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0; url='http://a.example/b'", "http://a.example/b"),
        ("0;http://a.example/b", "http://a.example/b"),
        ("3, URL=/q?a=1", "/q?a=1"),
        ("url=/x", "/x"),
        ("5", None),
        ("", None),
        ("0;", None),
    ],
)
def test_refresh_values_as_browsers_read_them(content: str, target: str | None) -> None:
    assert refresh_target(content) == target


def test_css_addresses_but_not_those_in_comments() -> None:
    css = """@import "a.css"; @import url(b.css); /* url(no.png) */
    p { background: url( "c d.png" ) } q { src: url('e.woff') } r { x: url(data:a/b,A) }"""
    assert list(css_urls(css)) == ["a.css", "b.css", "c d.png", "e.woff"]


def test_a_header_names_its_address_by_its_bytes() -> None:
    assert as_address(b"/caf\xe9?q=\xc3\xa9") == "/caf%E9?q=%C3%A9"
