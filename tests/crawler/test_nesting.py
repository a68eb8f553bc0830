"""Pages that nest without end are read in parts, in linear time and without losing a link."""

from __future__ import annotations

import time

import pytest

from crawler.links import page_links
from crawler.nesting import shallow


@pytest.mark.parametrize("piece", ["<div>", "<b a={}>", "<a><div>", "<div></p>", "<i><b x={}>"])
def test_a_deep_page_takes_linear_time(piece: str) -> None:
    html = "".join(piece.format(n) for n in range(60_000))
    html = f"<a href=/first>x</a>{html}<a href=/last>x</a>"
    began = time.process_time()
    found = [each.href for part in shallow(html) for each in page_links(part).found]
    assert time.process_time() - began < 3
    assert found == ["/first", "/last"]


def test_parts_are_the_page_again_and_begin_with_a_tag() -> None:
    html = "text<div>" * 5500
    parts = list(shallow(html))
    assert "".join(parts) == html
    assert [part.count("<div>") for part in parts] == [1000] * 5 + [500]
    assert all(part.startswith("<div>") for part in parts[1:])


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<div>" * 100,
        "<div><b>x</b></div>\n" * 5000,
        "<p>unclosed<br><li>item<img src=x>" * 3000,
        "<table><tr><td>x<td>y</table>" * 2000,
    ],
)
def test_a_page_made_to_be_read_is_one_part(html: str) -> None:
    assert list(shallow(html)) == [html]
