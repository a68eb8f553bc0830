"""What passes a filter of the review's queue: pages, neighbours, counts and search."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from queued_links import NOW, RULES, fill

from pipelines.store import Store
from reports.review import index, queue
from reports.review.queue import Filter


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Yield an index that no test changes."""
    folder: Path = tmp_path_factory.mktemp("queue")
    with Store(folder / "store.sqlite") as store:
        fill(store)
        index.refresh(store, folder / index.INDEX_NAME, RULES, NOW)
    with closing(index.open_index(folder / index.INDEX_NAME)) as opened:
        yield opened


SORTED = [*queue.SORTS, *(f"-{name}" for name in queue.SORTS)]


@pytest.mark.parametrize("sort", SORTED)
def test_pages_and_neighbours_follow_one_order(db: sqlite3.Connection, sort: str) -> None:
    chosen = Filter(host="un.example")
    whole = queue.urls(db, chosen, sort)
    assert len(whole) == 9
    pages = [queue.page(db, chosen, sort, number, size=4) for number in (1, 2, 3)]
    assert [row.url for page in pages for row in page.rows] == whole
    assert queue.page(db, chosen, sort, 99, size=4) == pages[-1]
    assert {(page.total, page.pages) for page in pages} == {(9, 3)}
    walked = [queue.neighbours(db, chosen, sort, url) for url in whole]
    assert [one.next for one in walked] == [*whole[1:], None]
    assert [one.previous for one in walked] == [None, *whole[:-1]]


def test_neighbours_of_a_link_that_passes_no_more(db: sqlite3.Connection) -> None:
    whole = queue.urls(db, Filter())
    broken = queue.urls(db, Filter(standing="broken"))
    other = next(url for url in whole if url not in broken)
    assert queue.neighbours(db, Filter(standing="broken"), "reading", other) == queue.Neighbours(
        previous=broken[-1], next=None
    )
    assert queue.neighbours(db, Filter(), "reading", "http://unknown/").next == whole[0]


FILTERS = [
    Filter(),
    Filter(standing="broken"),
    Filter(standing="broken", reason="http-404", host="nato.example"),
    Filter(decision="none", tld="example", year="2016"),
    Filter(q="page-1", state="suspect"),
    Filter(q="report trade", confidence="high", host="un.example", outcome="gone"),
    Filter(q="os", standing="broken"),
]


@pytest.mark.parametrize("chosen", FILTERS, ids=lambda one: "&".join(one.to_query()))
def test_facets_say_what_another_choice_would_show(db: sqlite3.Connection, chosen: Filter) -> None:
    assert Filter.from_query(chosen.to_query()) == chosen
    assert queue.total(db, chosen) == len(queue.urls(db, chosen))
    facets = queue.facets(db, chosen)
    for name in queue.FACETS:
        counts = getattr(facets, name)
        assert sum(counts.values()) == queue.total(db, _with(chosen, name, ""))
        for value, count in counts.items():
            assert queue.total(db, _with(chosen, name, value)) == count, (name, value)


def _with(chosen: Filter, name: str, value: str) -> Filter:
    return Filter.from_query({**chosen.to_query(), name: value})


def test_facets_count_as_a_reader_would(db: sqlite3.Connection) -> None:
    rows = [row for row in queue.page(db, Filter()).rows if "page-1" in row.url]
    counts = Counter(row.standing for row in rows)
    assert dict(queue.facets(db, Filter(q="page-1")).standing) == counts


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("PAGE-7", 3),
        ("page-7 nato", 1),
        ('"report on trade"', 27),
        ("?gone", 3),
        ("o", 9),  # www.osce
        ("na page-7", 1),
        ("page-7 OR nato", 0),
        ('"', 27),
        ("%", 0),
        ("*:^()-", 0),
        ("a\0b", 0),
    ],
)
def test_what_is_typed_is_looked_for_as_it_stands(
    db: sqlite3.Connection, q: str, expected: int
) -> None:
    found = queue.total(db, Filter(q=q))
    assert found == len(queue.page(db, Filter(q=q)).rows)
    assert found == expected or (q == "?gone" and found)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"colour": "red"}, "there is no filter 'colour'"),
        ({"standing": "dead"}, "standing cannot be 'dead'; known: broken, could-not-look"),
        ({"year": "16"}, "year cannot be '16'; it has four digits"),
        ({"q": "x" * 501}, "q is longer than 500 characters"),
        ({"decision": "undo"}, "decision cannot be 'undo'"),
    ],
)
def test_an_address_that_cannot_be_is_refused_in_words(query: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Filter.from_query(query)


def test_an_order_that_does_not_exist_is_refused_in_words(db: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="there is no order 'rowid; --'"):
        queue.page(db, Filter(), "rowid; --")


def test_sort_and_page_stand_beside_the_filter() -> None:
    query = {"page": "3", "sort": "-cited", "q": " a b ", "standing": "broken", "host": ""}
    assert Filter.from_query(query).to_query() == {"standing": "broken", "q": "a b"}
