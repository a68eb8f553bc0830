"""The queue of the review: pages, counts, neighbours and search over the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reports.review.conditions import Conditions, conditions
from reports.review.counts import FACETS, Facets, facets, total
from reports.review.filter import UNREVIEWED, Filter
from reports.standing import Standing

__all__ = [
    "FACETS", "SORTS", "UNREVIEWED", "Facets", "Filter", "Neighbours", "Page", "Row",
    "facets", "neighbours", "page", "row", "total", "urls",
]  # fmt: skip

PAGE_SIZE = 50
# The columns of each order; with a minus before its name it runs backwards.
SORTS = {
    "reading": ("reading", "url"),
    "host": ("host", "reading", "url"),
    "url": ("url",),
    "checked": ("checked", "id"),
    "broken": ("first_broken", "id"),
    "failures": ("failures", "id"),
    "cited": ("citations", "id"),
}
_ROWS = "rows JOIN texts USING (id) JOIN combos USING (combo)"
_SHOWN = (
    "url, host, standing, sentence, outcome, reason, confidence, state, change, decision, author,"
    " latest, checked, first_broken, failures, citations, final_url, statement_url,"
    " statement_title, statement_date, anchor, cited"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A link as the queue shows it.

    `decision` is the kind of the decision in force, "" where there is none; `latest` the number
    of the latest decision on this link, 0 where there is none. The statement is the first that
    cites the link; `anchor` and `cited` are the link's text and the sentence around it there.
    """

    url: str
    host: str
    standing: Standing
    sentence: str
    outcome: str
    reason: str
    confidence: str
    state: str
    change: str
    decision: str
    author: str
    latest: int
    checked: datetime
    first_broken: datetime | None
    failures: int
    citations: int
    final_url: str | None
    statement_url: str | None
    statement_title: str | None
    statement_date: str | None
    anchor: str | None
    cited: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the queue: `page` of `pages`, both from 1 on, and how many links there are."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The URLs before and after a link; None at the ends."""

    previous: str | None
    next: str | None


def page(
    db: sqlite3.Connection,
    chosen: Filter,
    sort: str = "reading",
    page: int = 1,
    *,
    size: int = PAGE_SIZE,
) -> Page:
    """Return a page of the links that pass; the last one where `page` lies behind it.

    ValueError for an order that does not exist.
    """
    order = _order(sort)
    found = total(db, chosen)
    pages = max(1, -(-found // size))
    page = min(max(1, page), pages)
    asked = conditions(chosen, found)
    rows = db.execute(
        f"SELECT {_SHOWN} FROM {_ROWS} WHERE id IN (SELECT id FROM rows"  # noqa: S608 - names of ours; values are bound
        f" WHERE {asked.sql} ORDER BY {order} LIMIT ? OFFSET ?) ORDER BY {order}",
        (*asked.values, size, (page - 1) * size),
    )
    return Page(rows=tuple(map(_row, rows)), total=found, page=page, pages=pages)


def row(db: sqlite3.Connection, url: str) -> Row | None:
    """Return a link by its URL; None where it is not in the index."""
    rows = db.execute(f"SELECT {_SHOWN} FROM {_ROWS} WHERE url = ?", (url,))  # noqa: S608 - names of ours
    found = rows.fetchone()
    return _row(found) if found else None


def neighbours(
    db: sqlite3.Connection, chosen: Filter, sort: str = "reading", url: str = ""
) -> Neighbours:
    """Return what stands before and after `url` in the queue, whether or not it passes itself.

    A link that is not known stands before all.
    """
    columns, is_back = _columns(sort)
    keys = ", ".join(columns)
    here = db.execute(f"SELECT {keys} FROM rows WHERE url = ?", (url,)).fetchone()  # noqa: S608 - names of ours
    asked = conditions(chosen, total(db, chosen))
    if here is None:
        return Neighbours(previous=None, next=_beside(db, asked, columns, None, is_back))
    return Neighbours(
        previous=_beside(db, asked, columns, here, not is_back),
        next=_beside(db, asked, columns, here, is_back),
    )


def urls(db: sqlite3.Connection, chosen: Filter, sort: str = "reading") -> list[str]:
    """Return the URLs of all links that pass, in order."""
    asked = conditions(chosen, total(db, chosen))
    rows = db.execute(
        f"SELECT url FROM rows WHERE {asked.sql} ORDER BY {_order(sort)}",  # noqa: S608 - names of ours
        asked.values,
    )
    return [url for (url,) in rows]


def _beside(
    db: sqlite3.Connection,
    asked: Conditions,
    columns: Sequence[str],
    here: Sequence[object] | None,
    is_back: bool,
) -> str | None:
    way, than = ("DESC", "<") if is_back else ("ASC", ">")
    order = ", ".join(f"{name} {way}" for name in columns)
    beyond = ""
    if here is not None:
        beyond = f" AND ({', '.join(columns)}) {than} ({', '.join('?' for _ in here)})"
    found = db.execute(
        f"SELECT url FROM rows WHERE {asked.sql}{beyond} ORDER BY {order} LIMIT 1",  # noqa: S608 - names of ours
        (*asked.values, *(here or ())),
    ).fetchone()
    return found[0] if found else None


def _columns(sort: str) -> tuple[tuple[str, ...], bool]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        raise ValueError(f"there is no order {sort[:40]!r}; known: {', '.join(SORTS)}")
    return SORTS[name], sort.startswith("-")


def _order(sort: str) -> str:
    columns, is_back = _columns(sort)
    return ", ".join(f"{name} DESC" if is_back else name for name in columns)


def _row(values: Sequence[object]) -> Row:
    fields = dict(zip(_SHOWN.replace(",", " ").split(), values, strict=True))
    fields["standing"] = Standing(str(fields["standing"]))
    fields["checked"] = datetime.fromisoformat(str(fields["checked"]))
    first = str(fields["first_broken"])
    fields["first_broken"] = datetime.fromisoformat(first) if first else None
    return Row(**fields)  # type: ignore[arg-type]  # the columns of the index have these types
