from __future__ import annotations

import time

import pytest

from warc.replay.rewrite import TooDeepError, rewrite_css, rewrite_html

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
        ('<tr background="b.gif">', ""),
        ('<img lowsrc="l.gif">', 'lowsrc="/R/http://2009-2017.state.gov/r/pa/l.gif"'),
        ('<object data="o.svg">', 'data="/R/http://2009-2017.state.gov/r/pa/o.svg"'),
        ('<embed src="o.swf">', 'src="/R/http://2009-2017.state.gov/r/pa/o.swf"'),
        ('<video poster="p.jpg">', 'poster="/R/http://2009-2017.state.gov/r/pa/p.jpg"'),
        ('<iframe src="data:text/html,x">', 'src="about:blank"'),
        ('<a href="data:text/html,x">', 'href="#"'),
        ('<svg><a xlink:href="/x">', 'xlink:href="/P/http://2009-2017.state.gov/x"'),
        ('<svg><image xlink:href="/i.png">', 'xlink:href="/R/http://2009-2017.state.gov/i.png"'),
        ('<svg><rect fill="url(http://l.example/g#a)">', "/R/http://l.example/g#a"),
        ('<svg><rect mask="url(#m)">', 'mask="url(#m)"'),
        ('<link rel=preload as=image imagesrcset="a.png 1x">', 'imagesrcset="/R/http://2009'),
        (
            '<img srcset="a,b.png 1x, data:image/gif;base64,R0= 2x">',
            'srcset="/R/http://2009-2017.state.gov/r/pa/a,b.png 1x, data:image/gif;base64,R0= 2x"',
        ),
        (
            '<img srcset="a.png, b.png">',
            'srcset="/R/http://2009-2017.state.gov/r/pa/a.png, '
            '/R/http://2009-2017.state.gov/r/pa/b.png"',
        ),
        ('<iframe srcdoc="&lt;a href=/x&gt;">', "/P/http://2009-2017.state.gov/x"),
        (
            '<div><template shadowrootmode=open><a href="/x"></template></div>',
            '<template shadowrootmode="open"><a href="/P/http://2009-2017.state.gov/x"',
        ),
        ("<noscript><img src=/x></noscript>", 'src="/R/http://2009-2017.state.gov/x"'),
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
        '<meta http-equiv="Content-Security-Policy" content="default-src *">',
        '<meta http-equiv="Accept-CH" content="DPR">',
        '<img src=x attributionsrc="http://evil.example/">',
        '<link rel="dns-prefetch preconnect" href="//evil.example">',
        '<svg><a><animate attributeName="href" to="http://evil.example/"></a></svg>',
        '<svg><a><set attributeName="xlink:href" to="http://evil.example/"></a></svg>',
        '<template><img src="http://evil.example/"></template>',
        '<applet codebase="http://evil.example/" code="x.class"></applet>',
        '<html manifest="http://evil.example/m">',
    ],
)
def test_nothing_in_the_page_can_run_or_report(html: str) -> None:
    made = rewritten(html).lower()
    for word in ("<script", "onerror", "onload", "ping=", "http-equiv", "attributionsrc", "evil"):
        assert word not in made


@pytest.mark.parametrize("link", ["#n", "index.htm#n", "/r/pa/index.htm#n"])
def test_a_place_on_the_same_page_stays_in_the_frame(link: str) -> None:
    assert '<a href="#n" target="_self">' in rewritten(f'<a href="{link}">')


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">',
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/x.dtd">',
    ],
)
def test_the_document_type_stays_by_which_browsers_lay_out(doctype: str) -> None:
    assert rewritten(f"{doctype}<p>x").startswith(f"{doctype}<html>")
    assert rewritten(f"<!-- c -->\n{doctype}<p>x").startswith(f"<!-- c -->{doctype}<html>")
    assert rewritten("<p>x").startswith("<html>")


@pytest.mark.parametrize(
    "html",
    [
        "<!--a-->" * 20_000,
        f"<style>{'url(' * 50_000}</style>",
        f"<style>{'image-set(' * 20_000}</style>",
        f"<meta http-equiv=refresh content='{' ' * 20_000}\n x'>",
        f"<img srcset='{'a(,' * 20_000}'>",
        "<template shadowrootmode=open>" * 1_000,
        '<iframe srcdoc="' * 1_000,
    ],
)
def test_hostile_markup_takes_no_time(html: str) -> None:
    before = time.process_time()
    rewritten(html)
    assert time.process_time() - before < 1.0


def test_a_page_that_nests_too_deep_is_not_parsed() -> None:
    with pytest.raises(TooDeepError):
        rewritten("<div>" * 100_000)


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
    assert "url( 'data:x' )" in made
    assert 'url("/R/http://h.example/s/f.woff")' in made


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a{b:url('data:image/svg+xml,<svg xmlns=\"x\">')}", None),
        ('a{content:"url(x)"}', None),
        ("/* url(x) */", None),
        ("@namespace svg url(http://www.w3.org/2000/svg);", None),
        ("a{b:url(#m)}", None),
        ("@import 'x.css' screen;", '@import "/R/http://h.example/x.css" screen;'),
        ("a{b:url(\\68ttp://live.example/x)}", 'a{b:url("/R/http://live.example/x")}'),
        ("a{b:image-set('a.png' 1x, url(b.png) 2x, 'c' type('image/avif'))}",
         'a{b:image-set("/R/http://h.example/a.png" 1x, url("/R/http://h.example/b.png") 2x, '
         '"/R/http://h.example/c" type(\'image/avif\'))}'),
    ],
)  # fmt: skip
def test_what_a_style_sheet_loads_is_led_and_nothing_else(css: str, expected: str | None) -> None:
    assert rewrite_css(css, "http://h.example/u.css", resource) == (expected or css)
