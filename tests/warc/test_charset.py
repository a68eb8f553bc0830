from __future__ import annotations

import pytest

from warc.charset import decode


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (b"caf\xe9", "text/html; charset=iso-8859-1", "café"),
        (b"\x93q\x94", "text/html; charset=iso-8859-1", "“q”"),
        ("é".encode(), "text/html", "é"),
        (b"caf\xe9 \x93q\x94", "text/html", "café “q”"),
        ("é".encode(), "text/html; charset=iso-8859-1", "é"),
        (b"<meta charset=windows-1251>\xcf", "text/html", "<meta charset=windows-1251>П"),
        (b"\xef\xbb\xbf\xc3\xa9", "text/html; charset=iso-8859-1", "é"),
        (b"\xff", "text/html; charset=utf-8", "ÿ"),
        (b"x", "text/html; charset=no-such", "x"),
        (b"x", None, "x"),
    ],
)
def test_text_is_read_as_a_browser_would(body: bytes, content_type: str | None, text: str) -> None:
    assert decode(body, content_type) == text
