"""How much of a body is read, and how often."""

from __future__ import annotations

import pytest

from crawler.bodies import BEGINNING, Body
from warc.framing import parse_head

PAGE = b"<html>" + b"x" * 100
LONG = b"<html>" + b"x" * BEGINNING


class Source:
    """Bytes that note how many of them were asked for each time."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.asked: list[int] = []

    def read(self, most: int) -> bytes:
        self.asked.append(most)
        return self.content[:most]


def body(content: bytes, content_type: str = "", name: str = "a") -> tuple[Body, Source]:
    field = f"Content-Type: {content_type}\r\n" if content_type else ""
    head = parse_head(f"HTTP/1.1 200 OK\r\n{field}\r\n".encode())
    source = Source(content)
    return Body(head, f"http://h.example/{name}", source.read), source


def test_a_short_body_is_decoded_once() -> None:
    short, source = body(PAGE, "text/html")
    assert short.beginning() == short.useful() == PAGE
    assert source.asked == [BEGINNING]


def test_of_a_long_page_the_beginning_is_kept_and_the_whole_read_anew() -> None:
    long, source = body(LONG, "text/html")
    assert long.beginning() == LONG[:BEGINNING]
    assert source.asked == [BEGINNING]
    assert long.useful() == LONG


@pytest.mark.parametrize(
    ("content_type", "name", "size"),
    [
        ("text/plain", "a", BEGINNING),
        ("image/png", "a", 0),
        ("application/octet-stream", "a", 0),
        ("application/octet-stream", "sitemap.gz", len(LONG)),
        ("", "a", len(LONG)),
    ],
)
def test_what_is_of_use_is_told_by_its_type(content_type: str, name: str, size: int) -> None:
    given, source = body(LONG, content_type, name)
    assert len(given.useful()) == size
    assert bool(source.asked) == bool(size)


def test_what_is_to_be_read_is_read_whatever_its_type() -> None:
    head = parse_head(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
    given = Body(head, "http://h.example/robots.txt", Source(LONG).read, is_read=True)
    assert given.useful() == LONG
