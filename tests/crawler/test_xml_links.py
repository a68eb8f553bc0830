from __future__ import annotations

import time

import pytest

from crawler.links import Kind
from crawler.xml_links import xml_links


@pytest.mark.parametrize(
    ("xml", "kind", "expected"),
    [
        ('<?xml version="1.0"?><html xmlns="x"><head><script src="s.js"/><title/></head>'
         '<body><a href="a"/><a href="b">b</a></body></html>', Kind.LINK, ["a", "b"]),
        ('<html xmlns="x"><script src="s.js"/><p><img src="i.png"/></p></html>', Kind.REQUISITE,
         ["s.js", "i.png"]),
        ('<svg xmlns:xlink="x"><a xlink:href="a.htm"/></svg>', Kind.LINK, ["a.htm"]),
        ('<svg><image xlink:href="i.png"/><use href="u.svg#x"/><use href="#y"/>'
         "<style><![CDATA[p{fill:url(c.png)}]]></style></svg>", Kind.REQUISITE,
         ["i.png", "u.svg#x", "c.png"]),
        ('<?xml-stylesheet type="text/xsl" href="s.xsl?a=1&amp;b=2"?><x/>', Kind.REQUISITE,
         ["s.xsl?a=1&b=2"]),
        ("<rss><channel><link>http://a.example/</link><item><link>/relative</link>"
         "<guid isPermaLink='false'>tag:1</guid><enclosure url='e.mp3'/></item></channel></rss>",
         Kind.LINK, ["e.mp3", "http://a.example/", "/relative"]),
        ("<feed><link rel='self' href='/f'/><id>urn:x</id></feed>", Kind.LINK, ["/f"]),
        ("<item><description>&lt;a href=&quot;d.htm&quot;&gt;d&lt;/a&gt;</description></item>",
         Kind.LINK, ["d.htm"]),
        ("<item><content:encoded><![CDATA[<p><a href='c.htm'>c</a><img src='i.png'>]]>"
         "</content:encoded></item>", Kind.LINK, ["c.htm", "i.png"]),
        ("<link><![CDATA[http://a.example/c]]></link>", Kind.LINK, ["http://a.example/c"]),
        ('<opml><outline xmlUrl="x.rss" htmlUrl="h.htm"/></opml>', Kind.LINK, ["x.rss", "h.htm"]),
        ("<x><!-- <link>/no</link> --></x>", Kind.LINK, []),
        ('<x xmlns="http://www.w3.org/ns" name="http://a.example/no"/>', Kind.LINK, []),
        ("<broken <link>/still", Kind.LINK, []),
        ("<item><link>/cut</link", Kind.LINK, ["/cut"]),
    ],
)  # fmt: skip
def test_xml_refers_to(xml: str, kind: Kind, expected: list[str]) -> None:
    found = [
        each.href for each in xml_links(xml).found if each.kind is kind and each.href[0] != "#"
    ]
    assert found == expected


@pytest.mark.parametrize("piece", ["<", "<a ", "<![CDATA[", "<!--", "<link>", "&lt;", "<a/", "<p "])
def test_hostile_xml_takes_linear_time(piece: str) -> None:
    began = time.process_time()
    xml_links("<rss>" + piece * 50_000)
    assert time.process_time() - began < 1
