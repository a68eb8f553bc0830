"""Sitemaps as literal bytes: what a crawl is led to by them."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

from crawler.sitemap import Entry, Listed, entries, is_sitemap

A, B = "http://a.example/1", "http://a.example/2?x=1&y=2"
C = "http://a.example/2?x=1&amp;y=2"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def pages(data: bytes) -> list[str]:
    return [entry.url for entry in entries(data) if entry.what is Listed.PAGE]


URLSET = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NS}>\n'
    f"<url><loc>{A}</loc><lastmod>2016-10-01</lastmod></url>\n"
    f"<url><loc>\n  {C}\n</loc></url></urlset>\n"
)


@pytest.mark.parametrize(
    "data",
    [
        URLSET.encode(),
        URLSET.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + URLSET.encode(),
        b"\r\n  " + URLSET.encode(),
        URLSET.encode("utf-16"),
        URLSET.replace("UTF-8", "utf-16").encode("utf-16-be"),
        URLSET.replace("UTF-8", "nonsense").encode(),
        gzip.compress(URLSET.encode()),
        gzip.compress(gzip.compress(URLSET.encode())),
        gzip.compress(URLSET[:150].encode()) + gzip.compress(URLSET[150:].encode()),
        gzip.compress(URLSET.encode()) + b"trailing junk",
        URLSET.replace("<loc>", "<sm:loc>").replace("<urlset", "<sm:urlset").encode(),
        URLSET.replace(A, f"<![CDATA[{A}]]>").encode(),
        URLSET.replace("<url>", "<!-- <loc>http://a.example/no</loc> --><url>").encode(),
        URLSET.replace("<?xml", '<?xml-stylesheet href="s.xsl"?><?xml').encode(),
        URLSET.replace("<urlset", "<!DOCTYPE urlset><urlset").encode(),
    ],
)
def test_the_same_two_pages_however_they_are_written(data: bytes) -> None:
    assert pages(data) == [A, B]


@pytest.mark.parametrize(
    "data",
    [
        URLSET.replace("</urlset>", "").encode(),
        URLSET.replace("</url>", "").encode(),
        URLSET.replace("</loc>", "").encode(),
        URLSET.replace("<lastmod>", "<lastmod & ").encode(),
        URLSET.replace("<lastmod>", "\x00\x01&nbsp;&bogus;<lastmod>").encode(),
        gzip.compress(URLSET.encode())[:-9],
    ],
)
def test_what_is_broken_is_read_as_far_as_it_goes(data: bytes) -> None:
    assert pages(data) == [A, B]


def test_an_index_lists_sitemaps() -> None:
    index = f"<sitemapindex {NS}><sitemap><loc>{A}</loc></sitemap></sitemapindex>".encode()
    assert list(entries(index)) == [Entry(Listed.SITEMAP, A)]


def test_images_and_other_languages_are_listed_too() -> None:
    more = (
        f"<urlset {NS}><url><loc>{A}</loc>"
        '<xhtml:link rel="alternate" hreflang="fr" href="http://a.example/fr"/>'
        "<image:image><image:loc>http://a.example/i.png</image:loc></image:image></url></urlset>"
    )
    assert set(pages(more.encode())) == {A, "http://a.example/fr", "http://a.example/i.png"}


def test_plain_text_has_an_address_a_line() -> None:
    text = f"{A}\r\n\r\n# a comment\n  {B}  \nftp://a.example/\nhttp://a.example/{'x' * 5000}\n"
    assert pages(text.encode()) == [A, B]
    assert pages(b"\xef\xbb\xbf" + text.encode()) == [A, B]


@pytest.mark.parametrize(
    "feed",
    [
        f"<rss><channel><link>{A}</link><item><link>{C}</link></item></channel></rss>",
        f'<feed><link href="{A}"/><entry><link rel="alternate" href="{C}"/></entry></feed>',
    ],
)
def test_a_feed_is_a_sitemap_as_well(feed: str) -> None:
    assert pages(feed.encode()) == [A, B]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body><a href='http://a.example/'>no such page</a></body></html>",
        b"<urlset></urlset>",
        b"\x1f\x8b\x08 not gzip at all",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_sitemap_lists_nothing(data: bytes) -> None:
    assert list(entries(data)) == []


def test_a_sitemap_that_declares_entities_is_refused() -> None:
    lines = ['<!ENTITY l0 "ha">']
    lines += [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    bomb = f"<!DOCTYPE urlset [{''.join(lines)}]><urlset><loc>http://a.example/&l9;</loc></urlset>"
    assert pages(bomb.encode()) == []


def test_a_gzip_bomb_is_inflated_only_to_the_limit() -> None:
    bomb = gzip.compress(URLSET.encode() + b" " * (64 << 20))
    tracemalloc.start()
    try:
        assert [entry.url for entry in entries(bomb, limit=1 << 20)] == [A, B]
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def test_xml_is_told_by_its_root() -> None:
    assert is_sitemap(URLSET)
    assert is_sitemap("<!-- by a plugin --><sm:sitemapindex>")
    assert not is_sitemap("<rss><channel/></rss>")
    assert not is_sitemap("<!-- <urlset> --><html>")
