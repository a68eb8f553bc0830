"""The queue as its page shows it: the links that pass, and the ways to narrow or widen it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reports.changes import CHANGE_WORDS, Change
from reports.reason_words import reason_words
from reports.review import queue
from reports.review.asked import QUEUE, Asked, query_of
from reports.review.filter import UNREVIEWED, Filter
from reports.review.forms import BULK_CHOICES, KIND_WORDS
from reports.review.queue_page import FacetShown, QueuePage, Way
from reports.standing import STANDING_WORDS, Standing
from reports.state_words import STATE_WORDS

_FACETS = {
    "standing": "Standing",
    "decision": "Decision",
    "reason": "Cause",
    "host": "Host",
    "state": "State over time",
    "change": "Since the last run",
}
_FIELDS = _FACETS | {
    "outcome": "Verdict",
    "confidence": "Confidence",
    "author": "Reviewer",
    "tld": "Domain",
    "year": "Year",
    "bureau": "Bureau",
    "document_type": "Document type",
    "q": "Search",
}
_SORTS = {
    "reading": "Broken first, surest, most cited",
    "-cited": "Most cited",
    "broken": "Longest broken",
    "-broken": "Latest broken",
    "-failures": "Most failures",
    "-checked": "Latest checked",
    "checked": "Longest not checked",
    "host": "Host",
}
_DECISIONS = {kind.value: words for kind, words in KIND_WORDS.items()} | {
    UNREVIEWED: "Not reviewed"
}


def queue_page(asked: Asked) -> QueuePage:
    """Return the page of the queue that an address asks for."""
    chosen, sort, number = asked.chosen()
    db = asked.desk.queue()
    page = queue.page(db, chosen, sort, number)
    counts = queue.facets(db, chosen)
    kept = chosen.to_query() | ({"sort": sort} if sort != "reading" else {})
    kept.pop("q", None)

    def page_href(number: int) -> str:
        return _href(chosen, sort, number)

    return QueuePage(
        rows=page.rows,
        total=page.total,
        page=page.page,
        pages=page.pages,
        filter=query_of(chosen, sort),
        filter_words=filter_words(chosen),
        q=chosen.q,
        kept=tuple(kept.items()),
        facets=tuple(_facet(name, getattr(counts, name), chosen, sort) for name in _FACETS),
        sorts=tuple(
            Way(label=words, href=_href(chosen, code), is_on=code == sort, value=code)
            for code, words in _SORTS.items()
        ),
        choices=BULK_CHOICES,
        all_href=QUEUE,
        previous_href=page_href(page.page - 1) if page.page > 1 else None,
        next_href=page_href(page.page + 1) if page.page < page.pages else None,
    )


def filter_words(chosen: Filter) -> str:
    """Return a filter in words."""
    told = (f"{_FIELDS[name]}: {label(name, v)}" for name, v in chosen.to_query().items())
    return ", ".join(told) or "all links"


def label(name: str, value: str) -> str:
    """Return a value of a filter in words."""
    if name == "reason":
        return reason_words(value) or value
    known: Mapping[str, Mapping[str, str]] = {
        "standing": {one.value: words for one, words in STANDING_WORDS.items()},
        "decision": _DECISIONS,
        "state": STATE_WORDS,
        "change": {one.value: words for one, words in CHANGE_WORDS.items()},
    }
    return known.get(name, {}).get(value) or value


def _facet(name: str, counts: Mapping[str, int], chosen: Filter, sort: str) -> FacetShown:
    current = getattr(chosen, name)
    shown = dict(counts)
    if current and current not in shown:
        shown[current] = 0
    if name == "standing":
        shown = {one.value: shown[one.value] for one in Standing if one.value in shown}
    if name == "change":
        shown.pop(Change.NONE.value, None)
    ways = tuple(
        Way(
            label=label(name, value),
            href=_href(replace(chosen, **{name: value}), sort),
            count=count,
            is_on=value == current,
            value=value,
        )
        for value, count in shown.items()
    )
    all_href = _href(replace(chosen, **{name: ""}), sort)
    return FacetShown(
        name=name, label=_FACETS[name], ways=ways, all_href=all_href, is_on=bool(current)
    )


def _href(chosen: Filter, sort: str, page: int = 1) -> str:
    query = query_of(chosen, sort, page)
    return f"{QUEUE}?{query}" if query else QUEUE
