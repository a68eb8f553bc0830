"""The outlinks in metadata records: Heritrix's words, each once, bounded."""

from __future__ import annotations

from collections.abc import Iterator

from scrapy.http import HtmlResponse, Response

from crawler.links import Found, Kind
from crawler.outlinks import CUT, FIELD, MOST, MOST_BYTES, outlink_fields, redirect_field
from crawler.references import References, redirected_to, references

PAGE = "http://a.test/x/y.htm"


def _lines(html: str, page: str = PAGE, **headers: str) -> list[str]:
    headers = {"Content-Type": "text/html; charset=utf-8", **headers}
    response = HtmlResponse(page, headers=headers, body=html.encode())
    fields, _ = outlink_fields(references(response))
    assert {name for name, _ in fields} <= {FIELD}
    return [value for _, value in fields if "favicon" not in value]


def _made(found: Iterator[Found]) -> References:
    return References(base=PAGE, encoding="utf-8", found=found)


def test_each_says_the_address_the_hop_and_where_it_stands() -> None:
    html = (
        "<a href=b.htm>b</a><img src=/p.png><link rel=stylesheet href=s.css><iframe src=f.htm>"
        "</iframe><body background=bg.gif><p style='background:url(q.png)'>"
        "<meta http-equiv=refresh content='0;url=z.htm'>"
    )
    assert set(_lines(html)) == {
        "http://a.test/x/b.htm L a/@href",
        "http://a.test/p.png E img/@src",
        "http://a.test/x/s.css E link/@href",
        "http://a.test/x/f.htm E iframe/@src",
        "http://a.test/x/bg.gif E body/@background",
        "http://a.test/x/q.png E =EMBED_MISC",
        "http://a.test/x/z.htm R meta/@content",
    }


def test_the_icon_is_told_as_inferred() -> None:
    response = HtmlResponse(PAGE, headers={"Content-Type": "text/html"}, body=b"<p>x")
    (field,) = outlink_fields(references(response))[0]
    assert field == (FIELD, "http://a.test/favicon.ico E =INFERRED_MISC")


def test_what_stands_there_twice_is_told_once() -> None:
    assert _lines("<a href=b>1</a><a href=b#c>2</a>") == ["http://a.test/x/b L a/@href"]


def test_an_address_that_cannot_be_asked_is_left_out() -> None:
    assert _lines("<a href='mailto:a@b'>m</a><a href='javascript:x'>j</a><a href='http://'>n") == []


def test_an_address_that_only_begins_like_one_is_relative() -> None:
    assert _lines("<a href='https-help.htm'>h</a>") == ["http://a.test/x/https-help.htm L a/@href"]


def test_addresses_follow_the_base() -> None:
    lines = _lines("<base href='http://b.test/z/'><a href=c>c</a><a href=/d>d</a>")
    assert lines == ["http://b.test/z/c L a/@href", "http://b.test/d L a/@href"]


def test_a_line_stays_one_line_of_three_words() -> None:
    (line,) = _lines("<a href='a b\n c.htm'>x</a>")
    assert len(line.split()) == 3


def test_fields_of_the_head_are_named_as_such() -> None:
    headers = {"Link": "</n>; rel=next", "Refresh": "3; url=/r"}
    assert _lines("<p>x", **headers) == ["http://a.test/r R Refresh:", "http://a.test/n L Link:"]


def test_a_redirect_is_an_outlink() -> None:
    response = Response(PAGE, status=302, headers={"Location": "../b"})
    assert redirected_to(response) == "../b"
    assert redirect_field(PAGE, "../b") == ((FIELD, "http://a.test/b R Location:"),)
    assert redirect_field(PAGE, "http://") == ()
    assert redirected_to(Response(PAGE, headers={"Location": "../b"})) is None


def test_after_so_many_the_rest_is_not_told_but_still_followed() -> None:
    found = (Found(Kind.LINK, f"/{n}", "a/@href") for n in range(MOST + 500))
    fields, what = outlink_fields(_made(found))
    assert len(fields) == MOST + 1
    assert fields[-1] == (CUT, f"after {MOST}")
    assert [each.href for each in what.found] == [f"/{n}" for n in range(MOST + 500)]


def test_so_many_bytes_are_not_gone_beyond() -> None:
    fields, _ = outlink_fields(_made(Found(Kind.LINK, f"/{n}{'x' * 1000}") for n in range(500)))
    assert sum(len(value) for name, value in fields if name == FIELD) <= MOST_BYTES
    assert fields[-1] == (CUT, f"after {len(fields) - 1}")
    assert len(fields) > 100


def test_exactly_as_many_as_are_told_are_not_called_cut() -> None:
    fields, _ = outlink_fields(_made(Found(Kind.LINK, f"/{n}") for n in range(MOST)))
    assert len(fields) == MOST
