"""What the page of the queue shows, as plain values, as those of `reports.review.finding`."""

from __future__ import annotations

from dataclasses import dataclass

from reports.review.finding import Choice
from reports.review.queue import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to another view of the queue: its words, how many links it shows, whether it is on."""

    label: str
    href: str
    count: int = 0
    is_on: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetShown:
    """What the queue can be narrowed by; `all_href` takes its choice away."""

    name: str
    label: str
    ways: tuple[Way, ...]
    all_href: str
    is_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """A page of the queue (`queue.html` gets it as `page`).

    `filter` is its query, the hidden field `filter` of the bulk form and what `finding_href`
    takes; `kept` are the hidden fields of the search form, whose own field is `q`.
    """

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    filter: str
    filter_words: str
    q: str
    kept: tuple[tuple[str, str], ...]
    facets: tuple[FacetShown, ...]
    sorts: tuple[Way, ...]
    choices: tuple[Choice, ...]
    all_href: str
    previous_href: str | None = None
    next_href: str | None = None
