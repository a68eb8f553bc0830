"""How many links pass a filter, and how many would with one choice more."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reports.review.conditions import conditions, decided
from reports.review.filter import UNREVIEWED, Filter
from reports.review.index_schema import COUNTED

MOST_HOSTS = 20
# What links are counted by.
FACETS = ("standing", "reason", "state", "change", "decision", "host")
_BESIDE_COUNTS = ("author", "year", "bureau", "document_type", "q")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Links by each value of a facet, the most first; only values that some link has.

    A facet's own choice does not narrow its counts: they say what another choice would show.
    Hosts are the first 20. `decision` has `none` for what nobody has decided.
    """

    standing: Mapping[str, int]
    reason: Mapping[str, int]
    state: Mapping[str, int]
    change: Mapping[str, int]
    decision: Mapping[str, int]
    host: Mapping[str, int]


def total(db: sqlite3.Connection, chosen: Filter) -> int:
    """Return how many links pass."""
    if _is_counted(chosen):
        table, sql, values = _counting(chosen)
        query = f"SELECT coalesce(sum(n), 0) FROM {table} WHERE {sql}"  # noqa: S608 - names of ours
    else:
        asked = conditions(chosen)
        query, values = f"SELECT count(*) FROM rows WHERE {asked.sql}", asked.values  # noqa: S608 - names of ours
    return int(db.execute(query, values).fetchone()[0])


def facets(db: sqlite3.Connection, chosen: Filter) -> Facets:
    """Return how many links each further choice would show."""
    found = _by_counts(db, chosen) if _is_counted(chosen) else _by_rows(db, chosen)
    made = {name: dict(sorted(counts.items(), key=_most)) for name, counts in found.items()}
    decision = {each or UNREVIEWED: count for each, count in made["decision"].items()}
    return Facets(
        standing=made["standing"],
        reason=made["reason"],
        state=made["state"],
        change=made["change"],
        decision=decision,
        host=dict(list(made["host"].items())[:MOST_HOSTS]),
    )


def _most(one: tuple[str, int]) -> tuple[int, str]:
    return -one[1], one[0]


def _is_counted(chosen: Filter) -> bool:
    return not any(getattr(chosen, name) for name in _BESIDE_COUNTS)


def _counting(chosen: Filter, *, by: str = "") -> tuple[str, str, tuple[str, ...]]:
    """Return the table of counts to read, the conditions and their values."""
    found = [(f"{name} = ?", value) for name in COUNTED if (value := getattr(chosen, name))]
    found = [(sql, decided(value) if sql.startswith("decision") else value) for sql, value in found]
    if chosen.host:
        found.append(("host = ?", chosen.host.lower()))
    table = "host_counts" if chosen.host or by == "host" else "counts"
    sql = " AND ".join(condition for condition, _ in found) or "1"
    return table, sql, tuple(value for _, value in found)


def _by_counts(db: sqlite3.Connection, chosen: Filter) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for name in FACETS:
        table, sql, values = _counting(replace(chosen, **{name: ""}), by=name)
        rows = db.execute(
            f"SELECT {name}, sum(n) FROM {table} WHERE {sql} GROUP BY {name}"  # noqa: S608 - names of ours
            f" ORDER BY 2 DESC, 1 LIMIT {MOST_HOSTS if name == 'host' else -1}",
            values,
        )
        found[name] = dict(rows.fetchall())
    return found


def _by_rows(db: sqlite3.Connection, chosen: Filter) -> dict[str, Counter[str]]:
    """Return the counts of links that are read one by one, but once for all facets."""
    given = {name: value for name in FACETS if (value := getattr(chosen, name))}
    if "decision" in given:
        given["decision"] = decided(given["decision"])
    if "host" in given:
        given["host"] = given["host"].lower()
    asked = conditions(replace(chosen, **dict.fromkeys(given, "")))
    rows = db.execute(
        f"SELECT {', '.join(FACETS)} FROM rows WHERE {asked.sql}",  # noqa: S608 - names of ours
        asked.values,
    ).fetchall()
    wanted = {FACETS.index(name): value for name, value in given.items()}
    return {name: _counted(rows, place, wanted) for place, name in enumerate(FACETS)}


def _counted(
    rows: Sequence[tuple[str, ...]], place: int, wanted: Mapping[int, str]
) -> Counter[str]:
    others = [(at, value) for at, value in wanted.items() if at != place]
    for at, value in others:
        rows = [row for row in rows if row[at] == value]
    return Counter([row[place] for row in rows])
