"""What a POST sent as part of its urlkey: the forms of cdxj-indexer, taken down from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from warc.cdxj import build_index, urlkey
from warc.post_query import post_query

FORM = "application/x-www-form-urlencoded"
PARTS = (
    b'--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\none two\r\n'
    b'--XX\r\nContent-Disposition: form-data; name="f"; filename="x.bin"\r\n'
    b"Content-Type: application/octet-stream\r\n\r\n\x00\xff\r\n--XX--\r\n"
)


def request(mime: str | None, body: bytes) -> bytes:
    field = f"Content-Type: {mime}\r\n" if mime else ""
    return f"POST /x HTTP/1.1\r\nHost: a.test\r\n{field}\r\n".encode() + body


@pytest.mark.parametrize(
    ("mime", "body", "query"),
    [
        (FORM, b"a=1+2&b=%41", "a=1 2&b=A"),
        (f"{FORM}; charset=utf-8", b"\xff=1", "__wb_post_data=/z0x"),
        (
            "application/json",
            b'{"a":1,"b":{"c":[1,2,{"a":null}]},"t":true}',
            "a=1&c=1&c.2_=2&a.2_=None&t=True",
        ),
        ("application/json", b'{"a":1}\n{"a":2}', "a=1&a.2_=2"),
        ("application/json", b"no", ""),
        ("text/plain", b'{"x":"y z"}', "x=y+z"),
        ("text/plain", b"hello", "__wb_post_data=aGVsbG8="),
        ("image/png", b"\x00\x01", "__wb_post_data=AAE="),
        (None, b"abc", "__wb_post_data=YWJj"),
        (None, b"", ""),
        ("multipart/form-data; boundary=XX", PARTS, "a=one+two&f=%00%FF"),
        ("multipart/form-data", b"abc", "__wb_post_data=YWJj"),
    ],
)
def test_each_kind_of_body_has_its_form(mime: str | None, body: bytes, query: str) -> None:
    assert post_query(request(mime, body)) == query


def test_a_long_body_is_cut_where_pywb_cuts_it() -> None:
    assert len(post_query(request(FORM, b"a=" + b"x" * 9000))) == 4096


def test_two_answers_of_one_form_have_two_keys() -> None:
    one, other = (urlkey("http://a.test/f", "POST", request(FORM, b)) for b in (b"q=1", b"q=2"))
    assert one == "test,a)/f?__wb_method=post&q=1"
    assert other == "test,a)/f?__wb_method=post&q=2"


def test_a_body_counts_for_no_other_method() -> None:
    assert urlkey("http://a.test/", "DELETE", request(FORM, b"q=1")) == (
        "test,a)/?__wb_method=delete"
    )
    assert urlkey("http://a.test/", "GET", request(FORM, b"q=1")) == "test,a)/"


def test_an_index_of_anothers_file_has_the_keys_of_cdxj_indexer(shared: Path) -> None:
    entries = build_index(shared / "warcs" / "cdxj-indexer" / "post-test-more.warc")
    assert {entry.urlkey for entry in entries} == {
        "org,httpbin)/post?__wb_method=post&another=more^data&test=some+data",
        "org,httpbin)/post?__wb_method=post&a=json-data",
    }
