"""A filter as conditions in SQL over the rows of the index."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reports.review.filter import UNREVIEWED, Filter

_COLUMNS = (
    "standing", "outcome", "reason", "confidence", "state", "change", "tld", "author",
)  # fmt: skip
_OF_STATEMENTS = ("year", "bureau", "document_type")
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_SHORTEST = 3  # of what the trigrams of the search can find


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What follows WHERE, and the values it is bound to."""

    sql: str
    values: tuple[str, ...]


def conditions(chosen: Filter) -> Conditions:
    """Return the conditions that a row must meet to pass the filter."""
    found: list[tuple[str, tuple[str, ...]]] = [
        (f"{name} = ?", (value,)) for name in _COLUMNS if (value := getattr(chosen, name))
    ]
    if chosen.host:
        found.append(("host = ?", (chosen.host.lower(),)))
    if chosen.decision:
        found.append(("decision = ?", (decided(chosen.decision),)))
    found += [
        (f"id IN (SELECT id FROM cited WHERE kind = '{name}' AND value = ?)", (value,))  # noqa: S608 - a name of ours
        for name in _OF_STATEMENTS
        if (value := getattr(chosen, name))
    ]
    found += _searched(chosen.q)
    return Conditions(
        sql=" AND ".join(sql for sql, _ in found) or "1",
        values=tuple(value for _, values in found for value in values),
    )


def decided(decision: str) -> str:
    """Return how the rows say that the decision in force is `decision`."""
    return "" if decision == UNREVIEWED else decision


def terms(q: str) -> list[str]:
    """Return the words and phrases that are looked for, without their quotes."""
    pairs = (found.groups() for found in _TERM.finditer(q.replace("\0", " ")))
    return [text for phrase, word in pairs if (text := word if phrase is None else phrase)]


def _searched(q: str) -> list[tuple[str, tuple[str, ...]]]:
    found = terms(q)
    long = " AND ".join(f'"{one}"' for one in found if len(one) >= _SHORTEST)
    made: list[tuple[str, tuple[str, ...]]] = []
    if long:
        made.append(("id IN (SELECT rowid FROM search WHERE search MATCH ?)", (long,)))
    made += [_beginning(one) for one in found if len(one) < _SHORTEST]
    return made


def _beginning(term: str) -> tuple[str, tuple[str, ...]]:
    """Return the condition that the host or the address begins so."""
    low = term.lower()
    spans = [(f"{before}{low}", f"{before}{low}\U0010ffff") for before in _BEFORE]
    return (
        "(host >= ? AND host < ? OR url >= ? AND url < ? OR url >= ? AND url < ?)",
        (low, f"{low}\U0010ffff", *(end for span in spans for end in span)),
    )


_BEFORE = ("http://www.", "https://www.")
