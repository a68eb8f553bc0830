"""Heads as servers write them."""

from __future__ import annotations

import pytest

from warc.framing import parse_head

STATUS_LINES = {
    b"HTTP/1.1 200 OK": (b"HTTP/1.1", 200, b"OK"),
    b"HTTP/1.1 200": (b"HTTP/1.1", 200, b""),
    b"HTTP/1.1 200 ": (b"HTTP/1.1", 200, b""),
    b"HTTP/1.1  404  Not  Found ": (b"HTTP/1.1", 404, b"Not  Found"),
    b"HTTP/1.1\t200\tOK": (b"HTTP/1.1", 200, b"OK"),
    b"HTTP/1.1 200OK": (b"HTTP/1.1", 200, b"OK"),
    b"HTTP/1.0 200 OK": (b"HTTP/1.0", 200, b"OK"),
    b"HTTP/2 200": (b"HTTP/2", 200, b""),
    b"http/1.1 200 ok": (b"http/1.1", 200, b"ok"),
    b"HTTP 200 OK": (b"HTTP", 200, b"OK"),
    b"ICY 200 OK": (b"ICY", 200, b"OK"),
    b"HTTP/1.1 999 Request denied": (b"HTTP/1.1", 999, b"Request denied"),
    b"HTTP/1.1 200 caf\xe9 \x00": (b"HTTP/1.1", 200, b"caf\xe9 \x00"),
    b"HTTP/1.1": (b"HTTP/1.1", 0, b""),
    b"HTTP/1.1 OK": (b"HTTP/1.1", 0, b"OK"),
    b"HTTP/1.1 20": (b"HTTP/1.1", 0, b"20"),
    b"HTTP/1.1 2000 OK": (b"HTTP/1.1", 0, b"2000 OK"),
    b"HTTP/1.1 -1": (b"HTTP/1.1", 0, b"-1"),
}


@pytest.mark.parametrize(("line", "parts"), STATUS_LINES.items())
@pytest.mark.parametrize("end", [b"\r\n\r\n", b"\n\n", b"\r\n", b""])
@pytest.mark.parametrize("before", [b"", b"\r\n\r\n", b"\xef\xbb\xbf"])
def test_a_status_line(
    line: bytes, parts: tuple[bytes, int, bytes], end: bytes, before: bytes
) -> None:
    head = parse_head(before + line + end)
    assert (head.version, head.status, head.reason) == parts
    assert head.headers == ()


@pytest.mark.parametrize("data", [b"", b"<html>", b"hello HTTP/1.1 200 OK", b"\r\n"])
def test_no_status_line_is_http_0_9(data: bytes) -> None:
    head = parse_head(data)
    assert (head.version, head.status) == (b"HTTP/0.9", 200)


def test_fields_keep_order_case_and_repetition() -> None:
    head = parse_head(
        b"HTTP/1.1 200 OK\r\nX-b: 1\r\nx-A:2\r\nX-B : 3 \r\nno colon\r\nEmpty:\r\n: nameless\r\n"
        b"Folded: a\r\n  b\r\n\tc\r\nCaf\xe9: \xff\r\nUrl: http://h:80/\r\n\r\nBody: no\r\n"
    )
    assert head.headers == (
        (b"X-b", b"1"),
        (b"x-A", b"2"),
        (b"X-B", b"3"),
        (b"Empty", b""),
        (b"", b"nameless"),
        (b"Folded", b"a b c"),
        (b"Caf\xe9", b"\xff"),
        (b"Url", b"http://h:80/"),
    )
    assert head.get("X-B") == "1"
    assert head.get_all("x-b") == ["1", "3"]
    assert head.get("café") == "ÿ"
    assert head.get("absent") is None
    assert head.get("☃") is None
    assert head.get_all("absent") == []


def test_a_fold_before_any_field_belongs_to_none() -> None:
    assert parse_head(b"HTTP/1.1 200 OK\r\n folded\r\nA: b\r\n\r\n").headers == ((b"A", b"b"),)


def test_tokens_join_lists_and_repetition() -> None:
    head = parse_head(b'HTTP/1.1 200 OK\r\nTE: GZip;q=1 ,, \r\nTE: "Chunked"\r\n\r\n')
    assert head.tokens("te") == ["gzip", "chunked"]
