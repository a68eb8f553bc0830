"""Every link of a body is told apart, resolved and unwrapped, with the words around it."""

from __future__ import annotations

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipelines.sites import profile_named
from pipelines.statements.outlinks import Outlink, OutlinkKind, read_outlinks, sentence_around
from pipelines.statements.paragraphs import read_blocks
from pipelines.urls import UrlProblem

URL = "http://2009-2017.state.gov/r/pa/prs/ps/2016/10/263705.htm"
SITE = profile_named("state-2009-2017")


def links_of(html: str, base: str | None = None, url: str = URL) -> tuple[Outlink, ...]:
    body = LexborHTMLParser(html).body
    assert body is not None
    return read_outlinks(read_blocks([body]), url, base, SITE)


@pytest.mark.parametrize(
    ("href", "kind"),
    [
        ("https://www.iaea.org/", OutlinkKind.EXTERNAL),
        ("https://www.iaea.org/report.pdf", OutlinkKind.EXTERNAL),
        ("//2001-2009.state.gov/x.htm", OutlinkKind.SISTER),
        ("http://www.state.gov/documents/organization/1.pdf", OutlinkKind.SISTER),
        ("/r/pa/prs/ps/index.htm", OutlinkKind.SAME),
        ("/documents/organization/1.pdf", OutlinkKind.DOCUMENT),
        ("mailto:press@state.gov", OutlinkKind.MAIL),
        ("#_ftn1", OutlinkKind.FRAGMENT),
        ("263705.htm#_ftn1", OutlinkKind.FRAGMENT),
        ("JavaScript:history.back()", OutlinkKind.SCRIPT),
        ("ftp://ftp.state.gov/a.zip", OutlinkKind.MALFORMED),
        ("http://state/gov", OutlinkKind.MALFORMED),
    ],
)
def test_kinds(href: str, kind: OutlinkKind) -> None:
    [link] = links_of(f'<p><a href="{href}">x</a></p>')
    assert link.kind is kind


def test_a_link_is_kept_as_written_and_as_asked() -> None:
    [link] = links_of('<p><a href=" HTTP://WWW.IAEA.org:80/a b#frag ">x</a></p>')
    assert link.href == "HTTP://WWW.IAEA.org:80/a b#frag"
    assert link.resolved == "http://www.iaea.org/a%20b#frag"
    assert link.canonical == "http://www.iaea.org/a%20b"


def test_base_counts_for_links_but_not_for_fragments() -> None:
    html = '<p><a href="toc.html">a</a><a href="#top">b</a></p>'
    url = "http://1997-2001.state.gov/www/global/arms/x.html"
    first, second = links_of(html, base="//1997-2001.state.gov/global/arms/", url=url)
    assert first.resolved == "http://1997-2001.state.gov/global/arms/toc.html"
    assert second.kind is OutlinkKind.FRAGMENT


def test_anchors_without_href_are_no_links() -> None:
    assert links_of('<p><a name="top"></a><a>x</a></p>') == ()


def test_bare_urls_in_the_text_are_found_without_the_punctuation_around_them() -> None:
    html = (
        "<p>See https://www.dhs.gov/uflpa. Or (www.state.gov/j/tip), or \u201chttp://a.gov/x_(y)\u201d;"
        ' not <a href="http://b.gov/">http://b.gov/</a> twice.</p>'
    )
    links = links_of(html)
    assert [link.href for link in links] == [
        "https://www.dhs.gov/uflpa",
        "http://www.state.gov/j/tip",
        "http://a.gov/x_(y)",
        "http://b.gov/",
    ]
    assert links[1].text == "www.state.gov/j/tip"


def test_positions_follow_the_text() -> None:
    html = '<p><a href="http://a.gov/">a</a> <a href="#f">1</a></p><p><a href="http://b.gov/">b</a></p>'
    assert [(link.position, link.text) for link in links_of(html)] == [(0, "a"), (1, "1"), (2, "b")]


def test_mailboxes_in_wrapped_links_are_nowhere_in_the_record() -> None:
    href = (
        "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.a.gov%2Fx"
        "&amp;data=05%7Cjane%40state.gov%7C&amp;sdata=q%3D&amp;reserved=0"
    )
    [link] = links_of(f'<p>At <a href="{href}">{href}</a> now.</p>')
    assert link.target == "https://www.a.gov/x"
    assert link.wrappers == ("safelinks",)
    assert "jane" not in json.dumps(link.as_json())


def test_a_problem_inside_a_wrapper_is_told() -> None:
    [link] = links_of('<p><a href="https://web.archive.org/web/2016/http://state/gov">x</a></p>')
    assert (link.kind, link.problem) == (OutlinkKind.MALFORMED, UrlProblem.INTRANET_HOST)
    assert link.canonical is None


def test_the_date_of_an_archived_link_is_kept() -> None:
    [link] = links_of('<p><a href="http://web.archive.org/web/20160101/http://a.gov/">x</a></p>')
    assert link.memento_date is not None
    assert link.memento_date.isoformat() == "2016-01-01T00:00:00+00:00"
    assert link.canonical == "http://a.gov/"


def test_links_survive_json() -> None:
    html = '<p><a href="http://web.archive.org/web/2016/http://a.gov/">x</a> <a href="http://">y</a></p>'
    for link in links_of(html):
        assert Outlink.from_json(json.loads(json.dumps(link.as_json()))) == link


def test_the_sentence_around_a_link() -> None:
    text = "The U.S. agreed. Mr. Kerry met the IAEA on Jan. 5 in Vienna. Talks go on."
    start = text.index("IAEA")
    assert sentence_around(text, start, start + 4) == "Mr. Kerry met the IAEA on Jan. 5 in Vienna."


def test_a_sentence_without_end_is_cut_around_the_link() -> None:
    text = "word " * 1000
    sentence = sentence_around(text, 2500, 2504)
    assert 400 < len(sentence) <= 520
