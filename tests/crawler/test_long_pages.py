"""A page of very many links: the crawl that has enough does not wait for the last of them."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from typing import Any

LINKS = 12_000


def known(crawling: Any) -> int:
    """Return how many addresses the frontier has."""
    file = crawling.options.collection / "crawl.sqlite"
    with contextlib.closing(sqlite3.connect(file)) as database:
        return int(database.execute("SELECT count(*) FROM urls").fetchone()[0])


def test_a_long_page_is_left_when_the_crawl_ends_and_read_on_by_the_next(
    site: Any, start: Callable[..., Any]
) -> None:
    site.page("/", "<a href=/first>x</a><a href=/many>x</a>")
    site.page("/many", "".join(f"<a href='/n/{n}'>x</a>" for n in range(LINKS)))
    crawling = start(site.url, max_pages=4)
    first = crawling.wait()
    assert (first.status, first.finished["reason"]) == (4, "max-pages")
    before = known(crawling)
    assert before < LINKS
    crawling = start(site.url, max_pages=400)
    second = crawling.wait()
    assert (second.status, second.finished["reason"]) == (4, "max-pages")
    assert known(crawling) > before
    assert site.paths.count("/many") == 1
