"""How fast the review's queue answers with 100,000 links and a million checks in the store.

`python benchmarks/review.py` makes such a store, indexes it and asks for pages as reviewers do:
each with its count and facets. Exit status 1 where a figure is beyond its bound.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from made_up_store import FIRST, make_store

from pipelines.decisions.log import append
from pipelines.decisions.model import Decision, Kind, new_id
from pipelines.lifecycle import LifecycleRules
from pipelines.store import STORE_NAME, Store
from reports.review import index, queue
from reports.review.queue import Filter

_TIMES = 7
_PAGE_MS, _SEARCH_MS, _DECIDED_MS = 15.0, 50.0, 100.0
_BROKEN = {"standing": "broken", "decision": "none"}
_PAGES: dict[str, tuple[dict[str, str], str, int]] = {
    "all links": ({}, "reading", 1),
    "unreviewed, broken": (_BROKEN, "reading", 1),
    "its page 40": (_BROKEN, "reading", 40),
    "its last page": (_BROKEN, "reading", 10_000),
    "most failures": (_BROKEN, "-failures", 1),
    "broken last": (_BROKEN, "-broken", 1),
    "a cause": ({**_BROKEN, "reason": "dns-nxdomain"}, "reading", 1),
    "a state": ({"state": "dead-gone"}, "reading", 1),
    "a host": ({"host": "{host}"}, "reading", 1),
    "a domain": ({**_BROKEN, "tld": "gov"}, "reading", 1),
    "low confidence": ({"standing": "broken", "confidence": "low"}, "checked", 1),
    "dismissed": ({"decision": "dismissed"}, "reading", 1),
    "a reviewer": ({"author": "ann"}, "reading", 1),
    "a year": ({**_BROKEN, "year": "2013"}, "reading", 1),
    "a bureau": ({**_BROKEN, "bureau": "Consular Affairs"}, "reading", 1),
}
_SEARCHES = (
    "proliferation",
    "nuclear treaty",
    '"human rights"',
    "women",
    "54321",
    "secur",
    "gov",
    "un",
)


def main() -> int:
    """Return 1 where a figure is beyond its bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--links", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=10, help="checks of each link (default 10)")
    parser.add_argument("--keep", type=Path, help="a folder for the store, used again where full")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / STORE_NAME
        if not path.exists():
            took, _ = _timed(
                lambda: make_store(
                    path, links=given.links, runs=given.runs, decisions=given.links // 20
                )
            )
            print(f"store made in {took / 1000:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        faults = _measure(folder)
    print(*faults, sep="\n")
    return int(bool(faults))


def _measure(folder: Path) -> list[str]:
    path = folder / index.INDEX_NAME
    path.unlink(missing_ok=True)
    rules, now = LifecycleRules(), FIRST + timedelta(days=365)
    with Store(folder / STORE_NAME) as store:
        took, count = _timed(lambda: index.refresh(store, path, rules, now))
        print(f"{count:,} links indexed in {took / 1000:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        took, count = _timed(lambda: index.refresh(store, path, rules, now))
        print(f"nothing new: {took:.1f} ms")
        with closing(index.open_index(path)) as db:
            decided = _decided(store, db, path, rules)
            pages = _asked_pages(db)
            searches = _asked_searches(db)
    figures = (
        ("a page, median", statistics.median(pages), _PAGE_MS),
        ("a search, the slowest", max(searches), _SEARCH_MS),
        ("a decision taken in", decided, _DECIDED_MS),
    )
    for name, figure, most in figures:
        print(f"{name}: {figure:.1f} ms, at most {most:g} wanted")
    return [f"{name} takes {figure:.1f} ms" for name, figure, most in figures if figure > most]


def _decided(store: Store, db: sqlite3.Connection, path: Path, rules: LifecycleRules) -> float:
    """Return the milliseconds until the index knows of a decision."""
    took = []
    for day in range(_TIMES):
        url = queue.page(db, Filter.from_query(_BROKEN)).rows[day].url
        now = FIRST + timedelta(days=366 + day)
        one = Decision(id=new_id(), made=now, author="dora", kind=Kind.CONFIRMED, subject=url)
        append(store, [one])
        took.append(_timed(lambda now=now: index.refresh(store, path, rules, now))[0])
    return min(took)


def _asked_pages(db: sqlite3.Connection) -> list[float]:
    host = next(iter(queue.facets(db, Filter()).host))
    found = []
    for name, (query, sort, number) in _PAGES.items():
        chosen = Filter.from_query({key: value.format(host=host) for key, value in query.items()})
        took = min(_page(db, chosen, sort, number) for _ in range(_TIMES))
        total = queue.total(db, chosen)
        print(f"  {name:20} {took:7.1f} ms  {total:7,} links")
        found.append(took)
    return found


def _asked_searches(db: sqlite3.Connection) -> list[float]:
    """Return the milliseconds of each search, which is never the one asked just before."""
    filters = [Filter.from_query({**_BROKEN, "q": q}) for q in _SEARCHES]
    rounds = [[_page(db, one, "reading", 1) for one in filters] for _ in range(_TIMES)]
    found = [min(took) for took in zip(*rounds, strict=True)]
    for chosen, took in zip(filters, found, strict=True):
        print(f"  search {chosen.q:20} {took:7.1f} ms  {queue.total(db, chosen):7,} links")
    return found


def _page(db: sqlite3.Connection, chosen: Filter, sort: str, number: int) -> float:
    def ask() -> None:
        found = queue.page(db, chosen, sort, number)
        queue.facets(db, chosen)
        if found.rows:
            queue.neighbours(db, chosen, sort, found.rows[0].url)

    return _timed(ask)[0]


def _timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    """Return the milliseconds that `ask` takes, and its answer."""
    began = time.perf_counter()
    answer = ask()
    return (time.perf_counter() - began) * 1000, answer


if __name__ == "__main__":
    sys.exit(main())
