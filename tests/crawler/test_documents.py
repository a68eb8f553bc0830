from __future__ import annotations

import pytest

from crawler.documents import Form, encoding_of, form_of, media_type, texts


@pytest.mark.parametrize(
    ("content_type", "body", "form"),
    [
        ("text/html", b"anything", Form.HTML),
        ("TEXT/HTML; charset=x", b"<p>", Form.HTML),
        ("text/html X-Folded: too", b"<p>", Form.HTML),
        ("text/html, text/html", b"<p>", Form.HTML),
        ("text/plain, text/html", b"<p>", Form.HTML),
        ("text/html; charset=utf-8, */*", b"<p>", Form.HTML),
        ("text/html", b"%PDF-1.4", None),
        ("application/xhtml+xml", b"<html/>", Form.XML),
        ("image/svg+xml", b"<svg/>", Form.XML),
        ("application/rss+xml", b"<rss/>", Form.XML),
        ("text/xml", b"<x/>", Form.XML),
        ("text/css", b"", Form.CSS),
        ("text/plain", b"<html><a href=x>", None),
        ("application/octet-stream", b"<html>", None),
        ("application/json", b"{}", None),
        ("image/png", b"<html>", None),
        ("", b"\n <!DOCTYPE html>", Form.HTML),
        ("", b"\xef\xbb\xbf<p>x", Form.HTML),
        ("", b"<A href=x>", Form.HTML),
        ("", b"<!-- x -->", Form.HTML),
        ("", b"<?xml version='1.0'?>", Form.XML),
        ("", b"<Ax>", None),
        ("", b"plain words", None),
        ("", b"", None),
        ("html", b"<p>", Form.HTML),
        ("unknown/unknown", b"<html>", Form.HTML),
    ],
)
def test_the_type_decides_and_the_bytes_where_there_is_none(
    content_type: str, body: bytes, form: Form | None
) -> None:
    assert form_of(content_type, body) is form


def test_of_several_types_the_last_counts() -> None:
    assert media_type("text/plain, Text/HTML;a=b") == "text/html"
    assert media_type("nonsense") is None


@pytest.mark.parametrize(
    ("content_type", "body", "encoding"),
    [
        ("text/html; charset=windows-1251", b"\xe6", "cp1251"),
        ("text/html; charset=iso-8859-1", b"\x93", "cp1252"),
        ("text/html", b"<meta charset=koi8-r>\xe6", "koi8-r"),
        (
            "text/html",
            b'<META http-equiv=Content-Type content="text/html; charset=Shift_JIS">',
            "cp932",
        ),
        ("text/html", b"<meta charset=utf-16>x", "utf-8"),
        ("text/html; charset=koi8-r", b"\xef\xbb\xbfx", "utf-8"),
        ("text/html", "<p>é".encode("utf-16"), "utf-16-le"),
        ("text/html; charset=nonsense", "é".encode(), "utf-8"),
        ("text/html", "é".encode(), "utf-8"),
        ("text/html", b"caf\xe9 noir", "cp1252"),
        ("application/xml", b'<?xml version="1.0" encoding="windows-1251"?>', "cp1251"),
    ],
)
def test_the_encoding_is_the_marks_the_headers_the_documents_or_a_guess(
    content_type: str, body: bytes, encoding: str
) -> None:
    assert encoding_of(content_type, body) == encoding


def test_a_long_document_comes_in_pieces_that_begin_with_a_tag() -> None:
    body = b"".join(b"<a href=/%d>link</a> some text\n" % n for n in range(1000))
    pieces = list(texts(body, "utf-8", piece=1000))
    assert "".join(pieces).encode() == body
    assert len(pieces) > 20
    assert all(piece.startswith("<") for piece in pieces)


@pytest.mark.parametrize("body", [b"x" * 5000, b"<" * 5000, b"<" + b"x" * 5000, b""])
def test_pieces_lose_nothing_and_end(body: bytes) -> None:
    assert "".join(texts(body, "utf-8", piece=1000)).encode() == body


def test_damaged_text_is_read_all_the_same() -> None:
    assert list(texts(b"a\xffb", "utf-8")) == ["a\ufffdb"]
    assert list(texts("\ufeffé".encode(), "utf-8")) == ["é"]
