from __future__ import annotations

import time

import pytest

from crawler.header_address import as_address
from crawler.links import Found, Kind, page_links


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
    assert links.found == (Found(Kind.REFRESH, "/y", "meta/@content"),)


@pytest.mark.parametrize(
    ("html", "kind", "expected"),
    [
        ("<a href=x>", Kind.LINK, ["x"]),
        ("<A HREF = 'x y'>", Kind.LINK, ["x y"]),
        ('<a href="a&amp;b&copy=1&#x26;c&#38;d&eacute;">', Kind.LINK, ["a&b&copy=1&c&dé"]),
        ('<a\n\thref\n=\n"x">', Kind.LINK, ["x"]),
        ('<a href="x" href="y">', Kind.LINK, ["x"]),
        ("<a href=x", Kind.LINK, []),
        ("<a href=x><b", Kind.LINK, ["x"]),
        ("<a class=q title=t href=x>", Kind.LINK, ["x"]),
        ("<svg><a xlink:href=s.htm><text>t</text></a></svg>", Kind.LINK, ["s.htm"]),
        ("<map><area shape=rect href=m.htm></map>", Kind.LINK, ["m.htm"]),
        ("<blockquote cite=b.htm><del cite=d.htm>", Kind.LINK, ["b.htm", "d.htm"]),
        ("<img src=i longdesc=l.htm>", Kind.LINK, ["l.htm"]),
        ("<noscript><a href=n.htm></noscript>", Kind.LINK, ["n.htm"]),
        ("<frameset><frame src=f><noframes><a href=n></noframes></frameset>", Kind.LINK, ["n"]),
        ("<template shadowrootmode=open><a href=t></template>", Kind.LINK, ["t"]),
        ("<!-- <a href=no> --><![CDATA[<a href=c>]]>", Kind.LINK, []),
        ("<script>'<a href=no>'</script><textarea><a href=no></textarea>", Kind.LINK, []),
        ("<form action=no><button formaction=no><input formaction=no>", Kind.LINK, []),
        ("<plaintext><a href=no>", Kind.LINK, []),
        ("<title><a href=no></title>", Kind.LINK, []),
        ("<link rel=alternate type=application/rss+xml href=f.rss>", Kind.LINK, ["f.rss"]),
        ("<link rel=alternate type=application/json+oembed href=no>", Kind.LINK, []),
        ("<link rel=shortlink href=no><link rel=preconnect href=no>", Kind.LINK, []),
        ("<link href=no>", Kind.LINK, []),
        ("<link rel=sitemap href=s.xml>", Kind.SITEMAP, ["s.xml"]),
        ("<frameset><frame src=f1><frame src='f2'></frameset>", Kind.FRAME, ["f1", "f2"]),
        ("<iframe src=f></iframe><iframe data-src=g></iframe>", Kind.FRAME, ["f", "g"]),
        ("<iframe srcdoc='<p>' src=''></iframe>", Kind.FRAME, []),
        ("<meta http-equiv=' REFRESH ' content='0;url=/r'>", Kind.REFRESH, ["/r"]),
        ("<noscript><meta http-equiv=refresh content='0;/n'></noscript>", Kind.REFRESH, ["/n"]),
        ("<meta http-equiv=refresh content=30>", Kind.REFRESH, []),
        ("<meta name=refresh content='0;url=no'>", Kind.REFRESH, []),
        ("<img data-src=l.png src=data:,>", Kind.REQUISITE, ["l.png"]),
        ("<img data-srcset='a.png 1x, b.png 2x'>", Kind.REQUISITE, ["a.png", "b.png"]),
        ("<div data-bg='url(b.png)'>", Kind.REQUISITE, ["b.png"]),
        ("<div data-background='{\"a\":1}'>", Kind.REQUISITE, []),
        ("<img src=a lowsrc=b dynsrc=c>", Kind.REQUISITE, ["a", "b", "c"]),
        ("<image src=a>", Kind.REQUISITE, ["a"]),
        ("<svg><image href=a></image><use xlink:href='b.svg#i'>", Kind.REQUISITE, ["a", "b.svg#i"]),
        ("<svg><filter><feImage href=f.png></filter></svg>", Kind.REQUISITE, ["f.png"]),
        ("<svg><style>p{b:url(s.png)}</style></svg>", Kind.REQUISITE, ["s.png"]),
        ("<p STYLE='b:URL(x.png)'>", Kind.REQUISITE, ["x.png"]),
        ("<a style='b:url(x.png)'><td background=y.png>", Kind.REQUISITE, ["x.png"]),
        ("<table><td background=y.png><td style='b:x(z)'></table>", Kind.REQUISITE, ["y.png"]),
        ("<p data-original=no><input data-original=no><p cite=no>", Kind.REQUISITE, []),
        ("<template><a href=no></template><template shadowrootmode=open><a href=t></template>",
         Kind.LINK, ["t"]),
        ("<link rel=preload as=image imagesrcset='p.png 2x' href=q.png>", Kind.REQUISITE,
         ["q.png", "p.png"]),
        ("<object><param name=Movie value=m.swf></object>", Kind.REQUISITE, ["m.swf"]),
        ("<applet code=A codebase=/j></applet>", Kind.REQUISITE, ["/j/A.class"]),
        ("<applet code=A archive='a.jar, b.jar'></applet>", Kind.REQUISITE, ["a.jar", "b.jar"]),
        ("<html manifest=m.appcache>", Kind.REQUISITE, ["m.appcache"]),
        ("<bgsound src=s.mid><track src=t.vtt><audio src=a.ogg>", Kind.REQUISITE,
         ["s.mid", "t.vtt", "a.ogg"]),
        ("<video><source src=v.webm></video>", Kind.REQUISITE, ["v.webm"]),
        ("<noscript><img src=n.png></noscript>", Kind.REQUISITE, ["n.png"]),
        ("<!--[if IE]><link rel=stylesheet href=no><![endif]-->", Kind.REQUISITE, []),
    ],
)  # fmt: skip
def test_what_stands_in_odd_places(html: str, kind: Kind, expected: list[str]) -> None:
    assert _hrefs(html, kind) == expected


def test_the_first_base_with_an_address_counts() -> None:
    assert page_links("<base target=x><base href=a><base href=b>").base == "a"


def test_fifty_thousand_links_are_found_in_a_second() -> None:
    html = "".join(f"<p><a class=c href=/p/{n}.htm>{n}</a>" for n in range(50_000))
    began = time.process_time()
    assert len(page_links(html).found) == 50_000
    assert time.process_time() - began < 1


def test_a_header_names_its_address_by_its_bytes() -> None:
    assert as_address(b"/caf\xe9?q=\xc3\xa9") == "/caf%E9?q=%C3%A9"
