from __future__ import annotations

import pytest

from warc.replay.rewrite import rewrite_css, rewrite_html

PAGE = "http://2009-2017.state.gov/r/pa/index.htm"


def resource(url: str) -> str:
    return f"/R/{url}"


def page(url: str) -> str:
    return f"/P/{url}"


def rewritten(html: str) -> str:
    return rewrite_html(html, PAGE, resource, page)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/x">', 'href="/P/http://2009-2017.state.gov/x"'),
        ('<a href="y.htm#z">', 'href="/P/http://2009-2017.state.gov/r/pa/y.htm#z"'),
        ('<a href="//other.example/">', 'href="/P/http://other.example/"'),
        ('<a href="#note1">', 'href="#note1"'),
        ('<a href=" java\nscript:alert(1)">', 'href="#"'),
        ('<a href="file:///etc/passwd">', 'href="#"'),
        ('<a href="http://[">', 'href="#"'),
        ('<img src="i.png">', 'src="/R/http://2009-2017.state.gov/r/pa/i.png"'),
        ('<link rel=stylesheet href="/c.css">', 'href="/R/http://2009-2017.state.gov/c.css"'),
        ('<td background="b.gif">', ""),
        ('<body background="b.gif">', 'background="/R/http://2009-2017.state.gov/r/pa/b.gif"'),
        ('<iframe src="https://v.example/1">', 'src="/R/https://v.example/1"'),
        (
            '<img srcset="a.png 1x, /b.png 2x">',
            'srcset="/R/http://2009-2017.state.gov/r/pa/a.png 1x, '
            '/R/http://2009-2017.state.gov/b.png 2x"',
        ),
        (
            "<p style=\"background:url('/z.png')\">",
            "/R/http://2009-2017.state.gov/z.png",
        ),
        ("<style>@import '/k.css';</style>", '@import "/R/http://2009-2017.state.gov/k.css"'),
        (
            '<meta http-equiv="Refresh" content="0; URL=http://wh.example/x">',
            'content="0;url=/P/http://wh.example/x"',
        ),
        ('<form action="/search">', 'action="#"'),
    ],
)
def test_every_link_leads_into_the_archive(html: str, expected: str) -> None:
    assert expected in rewritten(html)


@pytest.mark.parametrize(
    "html",
    [
        "<script>top.location='http://evil.example/'</script>",
        '<svg><script href="x.js"></script></svg>',
        '<img src=x onerror="fetch(1)">',
        '<body onload="go()">',
        '<a href="/x" ping="http://evil.example/">',
        '<meta http-equiv="Set-Cookie" content="a=b">',
    ],
)
def test_nothing_in_the_page_can_run_or_report(html: str) -> None:
    made = rewritten(html).lower()
    for word in ("<script", "onerror", "onload", "ping=", "set-cookie"):
        assert word not in made


def test_base_is_followed_and_taken_out() -> None:
    made = rewritten('<base href="//1997-2001.state.gov/www/"><a href="a.html">x</a>')
    assert 'href="/P/http://1997-2001.state.gov/www/a.html"' in made
    assert "<base" not in made


def test_anchors_leave_the_frame_so_that_the_banner_follows() -> None:
    assert 'target="_top"' in rewritten('<a href="/x" target="_blank">')


def test_text_is_kept_as_it_is() -> None:
    assert "8<sup>th</sup> Annual &amp; &lt;b&gt;" in rewritten(
        "8<sup>th</sup> Annual &amp; &lt;b&gt;"
    )


def test_a_style_sheet_leads_into_the_archive() -> None:
    css = "@import url(a.css); b{background:url( 'data:x' )} c{src:url(\"../f.woff\")}"
    made = rewrite_css(css, "http://h.example/s/t/u.css", resource)
    assert 'url("/R/http://h.example/s/t/a.css")' in made
    assert 'url("data:x")' in made
    assert 'url("/R/http://h.example/s/f.woff")' in made
